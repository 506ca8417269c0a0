"""The checks a table's types are made of. Each answers None or the reason the value is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

Types = Mapping[str, Mapping[str, Any]]
Spec = Mapping[str, Any]
Reason = str | None

MARK = re.compile(r"\{([a-z_]+)=([^{}]*)\}")
TAG = re.compile(r"([A-Za-z]{1,3})(?:-[A-Za-z0-9]{1,8})*")
# Patterns as long as the book foresees at all come back as they were sent: ADL's cases ask for both.
TIDY = 32768
PRIVATE_USE = re.compile(r"q[a-t][a-z]")


class Checker:
    """The types of one table. `check(name, value)` is the whole of its face."""

    def __init__(self, types: Types, languages: str) -> None:
        self.types = types
        self.languages = frozenset(languages.split())

    def check(self, name: str, value: str) -> Reason:
        spec = self.types[name]
        return CHECKS[spec["check"]](self, spec, value)

    def canonical(self, name: str, value: str) -> str:
        """A checked value as it is kept: its marks in the table's order, without those that say the default."""
        marks = self.types[name].get("marks")
        if not marks or not value.startswith("{") or length(value) > TIDY:
            return value
        language = {"lang": {"default": None}} if self.types[name]["check"] == "localized" else {}
        taken, rest = take_marks(marks | language, value)
        kept = (
            one
            for one in marks | language
            if one in taken and taken[one] != (marks | language)[one]["default"]
        )
        return "".join(f"{{{one}={taken[one]}}}" for one in kept) + rest


@lru_cache(maxsize=256)
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def length(value: str) -> int:
    """Characters as the browser counts them, so that both sides draw the line at the same place."""
    if value.isascii():
        return len(value)
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def check_text(checker: Checker, spec: Spec, value: str) -> Reason:
    most = spec.get("max")
    return "too_long" if most is not None and length(value) > most else None


def check_pattern(checker: Checker, spec: Spec, value: str) -> Reason:
    if not _compiled(spec["regex"]).fullmatch(value):
        return "type"
    return check_text(checker, spec, value)


def check_words(checker: Checker, spec: Spec, value: str) -> Reason:
    return None if value in spec["words"] else "type"


def check_number(checker: Checker, spec: Spec, value: str) -> Reason:
    if value == "" and spec.get("empty"):
        return None
    if not _compiled(spec["regex"]).fullmatch(value):
        return "type"
    number = float(value)
    low, high = spec.get("min", number), spec.get("max", number)
    return None if low <= number <= high else "range"


def check_language(checker: Checker, spec: Spec, value: str) -> Reason:
    """RTE 4.1.1.6: RFC 3066, of which only the primary subtag has a closed list."""
    if value == "" and spec.get("empty"):
        return None
    found = TAG.fullmatch(value)
    if not found:
        return "type"
    primary = found[1].lower()
    return None if primary in checker.languages or PRIVATE_USE.fullmatch(primary) else "type"


def take_marks(names: Iterable[str], value: str) -> tuple[dict[str, str], str]:
    """The {name=value} marks a value begins with, each at most once, and what follows; any other brace is text."""
    taken: dict[str, str] = {}
    while (found := MARK.match(value)) and found[1] in names and found[1] not in taken:
        taken[found[1]] = found[2]
        value = value[found.end() :]
    return taken, value


def _marks_hold(spec: Spec, taken: Mapping[str, str]) -> bool:
    marks = spec.get("marks", {})
    return all(value in marks[name]["words"] for name, value in taken.items() if name in marks)


def check_localized(checker: Checker, spec: Spec, value: str) -> Reason:
    """RTE 4.1.1.6: a text with at most one language before it."""
    taken, rest = take_marks({"lang", *spec.get("marks", ())}, value)
    if "lang" in taken and check_language(checker, {}, taken["lang"]):
        return "type"
    return check_text(checker, spec, rest) if _marks_hold(spec, taken) else "type"


def check_list(checker: Checker, spec: Spec, value: str) -> Reason:
    """RTE 4.2.9.1 and 4.2.9.2: items with delimiters between them."""
    if length(value) > spec["most"]:
        return "too_long"
    taken, rest = take_marks(spec.get("marks", ()), value)
    if not _marks_hold(spec, taken):
        return "type"
    if rest == "" and spec.get("empty"):
        return None
    items = rest.split(spec["separator"])
    if spec.get("distinct") and len(set(items)) < len(items):
        return "type"
    return next((reason for item in items if (reason := checker.check(spec["item"], item))), None)


def check_parts(checker: Checker, spec: Spec, value: str) -> Reason:
    parts = value.split(spec["separator"])
    if len(parts) != len(spec["parts"]) or (spec.get("some") and not any(parts)):
        return "type"
    checked = (checker.check(name, part) for name, part in zip(spec["parts"], parts, strict=True))
    return next((reason for reason in checked if reason), None)


def check_span(checker: Checker, spec: Spec, value: str) -> Reason:
    ends = value.split(spec["separator"])
    if len(ends) != 2 or any(end and checker.check(spec["item"], end) for end in ends):
        return "type"
    low, high = ends
    return "type" if low and high and float(low) > float(high) else None


def check_either(checker: Checker, spec: Spec, value: str) -> Reason:
    reason: Reason = None
    for name in spec["types"]:
        reason = checker.check(name, value)
        if reason is None:
            return None
    return reason


CHECKS: dict[str, Callable[[Checker, Spec, str], Reason]] = {
    "text": check_text,
    "pattern": check_pattern,
    "words": check_words,
    "number": check_number,
    "language": check_language,
    "localized": check_localized,
    "list": check_list,
    "parts": check_parts,
    "span": check_span,
    "either": check_either,
}
