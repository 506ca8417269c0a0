"""One walker over any table: get, set, _count, _children and _version, knowing no element by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scorm.datamodel.types import Checker

INDEX = re.compile(r"\.([0-9]+)(?=\.|$)")
NOWHERE = 10**9  # what an index with a leading zero, or a very long one, stands for
SIGN = re.compile(r"\.(?:n|\{target\})(?:\.|\Z)")  # of the table alone: in content's mouth they name nothing
KEYWORD = re.compile(r"(.*)\.(_children|_count|_version)\Z", re.DOTALL)
LACKING = {"_children": "no_children", "_count": "no_count", "_version": "no_version"}


@dataclass
class Store:
    """What one attempt on one SCO holds, as plain values: element → value."""

    values: dict[str, str] = field(default_factory=dict)
    live: dict[str, str] = field(default_factory=dict)  # the system's answers of this moment
    access: dict[str, str] = field(default_factory=dict)  # where narrower than the table says
    counts: dict[str, int] = field(default_factory=dict)  # of each list that has records

    @classmethod
    def of(cls, values: Mapping[str, str], **more: Any) -> Store:
        store = cls(dict(values), **more)
        for element in values:
            store.count_in(element)
        return store

    def count_in(self, element: str) -> None:
        """The lists this element stands in have at least so many records."""
        for found in INDEX.finditer(element):
            path = element[: found.start()]
            self.counts[path] = max(self.counts.get(path, 0), index_of(found[1]) + 1)


@dataclass(frozen=True)
class Answer:
    value: str = ""
    error: str = "0"
    reason: str = ""

    @property
    def ok(self) -> bool:
        return self.error == "0"


@dataclass(frozen=True)
class Place:
    """Where an element's name leads: its row in the table and the lists on the way there."""

    row: Mapping[str, Any]
    lists: tuple[tuple[str, int, Mapping[str, Any]], ...]  # (path, index, row of the list)
    parent: str  # of the last part, with indices


class Model:
    """One version's data model: a table made ready for walking."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        self.elements: Mapping[str, Mapping[str, Any]] = table["elements"]
        self.checker = Checker(table["types"], table["languages"])

    @cached_property
    def _nodes(self) -> frozenset[str]:
        """Every path that begins some element, so that the depth of a wrong turn can be told."""
        return frozenset(
            ".".join(parts[:depth])
            for parts in (path.split(".") for path in self.elements)
            for depth in range(1, len(parts) + 1)
        )

    # -- answers ------------------------------------------------------------------------------------------

    def refuse(self, reason: str, row: Mapping[str, Any] | None = None, depth: int = 0) -> Answer:
        code = (row or {}).get("errors", {}).get(reason, self.table["errors"][reason])
        if isinstance(code, list):
            code = code[min(depth, len(code) - 1)]
        return Answer("", code, reason)

    def _unknown(self, element: str) -> Answer:
        parts = pattern_of(element).split(".")
        depth = next(
            (deep for deep in range(len(parts)) if ".".join(parts[: deep + 1]) not in self._nodes), len(parts)
        )
        return self.refuse("unknown", depth=depth)

    # -- finding ------------------------------------------------------------------------------------------

    def find(self, element: str) -> Place | None:
        row = self.elements.get(pattern_of(element))
        if row is None or SIGN.search(element):
            return None
        plain = _aimless(element)
        lists = []
        for found in INDEX.finditer(plain):
            path = plain[: found.start()]
            lists.append((path, index_of(found[1]), self.elements[pattern_of(path)]))
        return Place(row, tuple(lists), plain.rpartition(".")[0])

    # -- GetValue -----------------------------------------------------------------------------------------

    def get(self, store: Store, element: str) -> Answer:
        if element == "":
            return self.refuse("empty_get")
        place = self.find(element)
        if place is None:
            return self._get_keyword(store, element)
        row = place.row
        if "children" in row:
            return self.refuse("container_get", row)
        if "r" not in row["access"]:
            return self.refuse("write_only", row)
        if self._beyond(store, place):
            return self.refuse("index_get", row)
        if "r" not in store.access.get(element, "r"):
            return self.refuse("write_only", row)
        return self._value(store, element, row)

    def _value(self, store: Store, element: str, row: Mapping[str, Any]) -> Answer:
        if row.get("live"):
            return Answer(store.live.get(element, row["default"]))
        derived = self._derived(store, row.get("derive"))
        if derived is not None:
            return Answer(derived)
        value = store.values.get(element, row.get("default"))
        unset = value is None or (value == "" and row.get("blank"))
        return self.refuse("not_set", row) if unset else Answer(value or "")

    def _derived(self, store: Store, rule: Mapping[str, str] | None) -> str | None:
        """RTE 4.2.4.1 and 4.2.22.1: a threshold's verdict stands above what the SCO has set."""
        threshold = store.values.get(rule["threshold"], "") if rule else ""
        if not rule or threshold == "":
            return None
        measure = store.values.get(rule["measure"], "")
        if measure == "":
            return rule["open"]
        return rule["met"] if float(measure) >= float(threshold) else rule["unmet"]

    def _get_keyword(self, store: Store, element: str) -> Answer:
        asked = KEYWORD.match(element)
        place = self.find(asked[1]) if asked else None
        if not asked or place is None:
            return self._unknown(element)
        keyword, row = asked[2], place.row
        if keyword == "_children" and row.get("children"):
            value = ",".join(row["children"])
        elif keyword == "_count" and row.get("list"):
            value = str(store.counts.get(asked[1], 0))
        else:
            return self.refuse(LACKING[keyword], row)
        return self.refuse("index_get", row) if self._beyond(store, place) else Answer(value)

    @staticmethod
    def _beyond(store: Store, place: Place) -> bool:
        return any(index >= store.counts.get(path, 0) for path, index, _ in place.lists)

    # -- SetValue -----------------------------------------------------------------------------------------

    def set(self, store: Store, element: str, value: str) -> Answer:
        """Sets the value in the store when nothing speaks against it; otherwise the store stays as it was."""
        place = self.find(element)
        if place is None:
            return self._set_unknown(element)
        reason = self._objection(store, element, place, value)
        if reason:
            return self.refuse(reason, place.row)
        store.values[element] = self._kept(store, place, value)
        store.count_in(_aimless(element))
        return Answer("true")

    def _set_unknown(self, element: str) -> Answer:
        if element == "":
            return self.refuse("empty_set")
        asked = KEYWORD.match(element)
        place = self.find(asked[1]) if asked else None
        return self.refuse("keyword_set", place.row) if place else self._unknown(element)

    def _objection(self, store: Store, element: str, place: Place, value: str) -> str | None:
        row = place.row
        if "children" in row:
            return "container_set"
        if "w" not in row["access"]:
            return "read_only"
        if any(
            index > store.counts.get(path, 0) - bool(row.get("closed")) for path, index, row in place.lists
        ):
            return "index_set"
        if "w" not in store.access.get(element, "w"):
            return "read_only"
        return (
            self._missing(store, element, place)
            or self._crowded(store, place)
            or self.checker.check(self._type(store, place), value)
            or self._taken(store, element, place, value)
        )

    def _kept(self, store: Store, place: Place, value: str) -> str:
        return self.checker.canonical(self._type(store, place), value)

    def _missing(self, store: Store, element: str, place: Place) -> str | None:
        """`first` and `needs`: something that has to be there before this may be set."""
        for path, index, row in place.lists:
            record = f"{path}.{index}"
            first = row.get("first")
            if first and element != f"{record}.{first}" and f"{record}.{first}" not in store.values:
                return "dependency"
            if _absent(store, path.rpartition(".")[0], row):
                return "dependency"
        return "dependency" if _absent(store, place.parent, place.row) else None

    def _crowded(self, store: Store, place: Place) -> str | None:
        for path, index, row in place.lists:
            rule = row.get("at_most")
            if rule:
                kind = store.values.get(f"{path.rpartition('.')[0]}.{rule['by']}", "")
                if index >= rule["limits"].get(kind, index + 1):
                    return "too_many"
        return None

    @staticmethod
    def _type(store: Store, place: Place) -> str:
        """The type's name, which may hang on a sibling's value; that one is there, for `needs` was looked at before."""
        type_ = place.row["type"]
        if isinstance(type_, str):
            return type_
        in_list = type_.get("beside") == "list"
        beside = place.lists[-1][0].rpartition(".")[0] if in_list else place.parent
        name: str = type_["types"][store.values[f"{beside}.{type_['by']}"]]
        return name

    def _taken(self, store: Store, element: str, place: Place, value: str) -> str | None:
        row = place.row
        if row.get("fixed") and store.values.get(element, value) != value:
            return "fixed"
        if not place.lists:
            return None
        path, index, list_row = place.lists[-1]
        rule = list_row.get("unique")
        if not rule or not element.endswith("." + rule["child"]) or not _applies(store, path, rule):
            return None
        kept = self._kept(store, place, value)
        others = (number for number in range(store.counts.get(path, 0)) if number != index)
        same = any(store.values.get(f"{path}.{number}.{rule['child']}") == kept for number in others)
        return "duplicate" if same else None


def index_of(digits: str) -> int:
    return NOWHERE if len(digits) > 9 or (digits[0] == "0" and digits != "0") else int(digits)


def pattern_of(element: str) -> str:
    """The path as the table writes it: every index `n`, a target `{target}`."""
    return INDEX.sub(".n", _aimless(element, "{target}"))


def _aimless(element: str, sign: str = "") -> str:
    """The element with `sign` for the target that ends it. Not by a pattern: names of strangers could make it crawl."""
    at = element.find("{target=")
    return element[:at] + sign if at >= 0 and element.endswith("}") else element


def _absent(store: Store, beside: str, row: Mapping[str, Any]) -> bool:
    return any(f"{beside}.{name}" not in store.values for name in row.get("needs", ()))


def _applies(store: Store, path: str, rule: Mapping[str, Any]) -> bool:
    return "by" not in rule or store.values.get(f"{path.rpartition('.')[0]}.{rule['by']}") in rule["values"]
