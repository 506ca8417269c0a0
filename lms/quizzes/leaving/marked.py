"""The key of a question in plain data for a page that marks by itself: a self-test far from any school."""

from __future__ import annotations

from typing import Any

from lms.quizzes.queries.taking import Drawn

Key = dict[str, Any]
# Kinds a page can mark alone; the others need a person or the school's own grammar of formulas.
MARKED = frozenset(
    ["single", "several", "true_false", "short_text", "number", "calculated", "matching", "classification", "ordering", "gaps", "table"]
)  # fmt: skip


def key_for_page(one: Drawn) -> Key:
    """Parts that have to be right: {"field", "want": [...], "how": choice, set, text or number, …}."""
    content = one.version.content
    scoring = {
        "scoring": content.get("scoring", "all"),
        "table": content.get("table", {}),
        "most": one.shown["points"],
    }
    return {**scoring, "parts": list(_PARTS[one.kind.name](one, content))}


def _keys(one: Drawn, part: str) -> dict[str, str]:
    """The author's text → the opaque key behind which the reader sees it."""
    return {row["text"]: row["key"] for row in one.shown[part]}


def _single(one: Drawn, content: dict[str, Any]) -> list[Key]:
    keys = _keys(one, "options")
    right = [
        keys[row["text"]] for row in content["options"] if row.get("right", row["id"] == content.get("right"))
    ]
    return [{"field": "choice", "want": right, "how": "set"}]


def _true_false(one: Drawn, content: dict[str, Any]) -> list[Key]:
    return [{"field": "choice", "want": ["true" if content["right"] else "false"], "how": "choice"}]


def _text(field: str, answers: list[str], content: dict[str, Any]) -> Key:
    return {
        "field": field, "want": answers, "how": "text", "case": not content.get("ignore_case"),
        "letters": not content.get("ignore_letters"),
    }  # fmt: skip


def _short(one: Drawn, content: dict[str, Any]) -> list[Key]:
    return [_text("text", content["answers"], content)]


def _number(one: Drawn, content: dict[str, Any]) -> list[Key]:
    kind: Any = one.kind
    value = float(content["value"] if "value" in content else kind.right(content, one.seed) or 0)
    tolerance = float(content.get("tolerance", 0))
    room = abs(value) * tolerance / 100 if content.get("in_percent") else tolerance
    units = {row["text"]: float(row["factor"]) for row in content.get("units", [])}
    return [{"field": "text", "want": [value], "how": "number", "room": room, "units": units, "unit_needed": bool(content.get("unit_needed"))}]  # fmt: skip


def _pairs(one: Drawn, content: dict[str, Any]) -> list[Key]:
    rows, ends = ("rows", "values") if "rows" in content else ("cards", "groups")
    mine, theirs = _keys(one, "rows"), _keys(one, "values")
    name = {row["id"]: row["text"] for row in content[ends]}
    side = "value" if rows == "rows" else "group"
    return [
        {"field": f"row{mine[row['text']]}", "want": [theirs[name[row[side]]]], "how": "choice"}
        for row in content[rows]
    ]


def _ordering(one: Drawn, content: dict[str, Any]) -> list[Key]:
    keys = _keys(one, "steps")
    return [
        {"field": f"step{keys[row['text']]}", "want": [str(place)], "how": "choice"}
        for place, row in enumerate(content["steps"], 1)
    ]


def _gaps(one: Drawn, content: dict[str, Any]) -> list[Key]:
    found = []
    for place, gap in enumerate(content["gaps"], 1):
        if gap["mode"] == "chosen":
            keys = {text: key for key, text in one.shown["gaps"][str(place)]["options"]}
            found.append({"field": f"gap{place}", "want": [keys[gap["right"]]], "how": "choice"})
        else:
            found.append(_text(f"gap{place}", gap["answers"], content))
    return found


def _table(one: Drawn, content: dict[str, Any]) -> list[Key]:
    cells = [cell for row in content["rows"] for cell in row if "given" not in cell]
    return [_text(f"cell{place}", cell["answers"], content) for place, cell in enumerate(cells, 1)]


_PARTS: dict[str, Any] = {
    "single": _single, "several": _single, "true_false": _true_false, "short_text": _short, "number": _number,
    "calculated": _number, "matching": _pairs, "classification": _pairs, "ordering": _ordering, "gaps": _gaps, "table": _table,
}  # fmt: skip
