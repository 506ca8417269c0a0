"""Answers that have parts: pairs to be matched, steps to be put in order, gaps to be filled.

metre -> length                       a pair; "-> time" alone belongs to nobody and may mislead
1. Measure the path                   a step; the lines stand in the right order
Water boils at [[100|hundred]] °C     a gap to be typed, with its spellings; [[=gas|ice]] is chosen, the first is right

What the pupil sees first is settled here once and stored, so that the page, a package and marking speak of the same order.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

MOST, LONGEST = 20, 500
_ARROW = re.compile(r"\s*(?:->|→)\s*")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_GAP = re.compile(r"\[\[(.+?)\]\]")
Parts = dict[str, Any]


def from_lines(lines: list[str]) -> Parts | None:
    """None: these lines are of a question without parts."""
    if not lines or any(line[0] in "*=" for line in lines):
        return None
    if any(_GAP.search(line) for line in lines):
        return _gaps("\n".join(lines))
    if all(_ARROW.search(line) for line in lines):
        rows = [_ARROW.split(line, maxsplit=1) for line in lines]
        return {
            "pairs": [{"left": a, "right": b} for a, b in rows if a],
            "extra": [b for a, b in rows if not a],
        }
    if all(_NUMBER.match(line) for line in lines):
        return {"steps": [_NUMBER.sub("", line, count=1) for line in lines]}
    return None


def _gaps(text: str) -> Parts:
    pieces = _GAP.split(text)
    return {"pieces": pieces[::2], "gaps": [_gap(one) for one in pieces[1::2]]}


def _gap(written: str) -> Parts:
    words = [one.strip() for one in written.lstrip("=").split("|") if one.strip()]
    return (
        {"answers": words[:1], "options": words}
        if written.startswith("=")
        else {"answers": words, "options": []}
    )


def as_lines(value: Parts) -> list[str]:
    """What the teacher had typed."""
    if value["kind"] == "pairs":
        return [f"{one['left']} -> {one['right']}" for one in value["pairs"]] + [
            f"-> {one}" for one in value["extra"]
        ]
    if value["kind"] == "order":
        return [f"{number}. {one}" for number, one in enumerate(value["steps"], 1)]
    gaps = [*map(_written, value["gaps"]), ""]
    return "".join(piece + gap for piece, gap in zip(value["pieces"], gaps, strict=True)).split("\n")


def _written(gap: Parts) -> str:
    others = [one for one in gap["options"] if one not in gap["answers"]]
    return (
        f"[[={'|'.join([*gap['answers'], *others])}]]"
        if gap["options"]
        else f"[[{'|'.join(gap['answers'])}]]"
    )


def checked(given: Parts) -> Parts | None:
    """Nothing of it is believed; None when there are no parts in it."""
    if given.get("pairs"):
        pairs = [{side: _text(one.get(side)) for side in ("left", "right")} for one in _dicts(given["pairs"])]
        pairs = [one for one in pairs if one["left"]]
        extra = [text for text in map(_text, _list(given.get("extra"))) if text]
        values = sorted({*extra, *(one["right"] for one in pairs)} - {""})
        return {"kind": "pairs", "pairs": pairs, "extra": extra, "values": values}
    if given.get("steps"):
        steps = [text for text in map(_text, _list(given["steps"])) if text]
        return {"kind": "order", "steps": steps, "shown": _mixed(steps)}
    if given.get("gaps"):
        gaps = [
            {name: _texts(one.get(name)) for name in ("answers", "options")} for one in _dicts(given["gaps"])
        ]
        pieces = [str(one).replace("\0", "")[:8000] for one in (given.get("pieces") or [])[: len(gaps) + 1]]
        pieces += [""] * (len(gaps) + 1 - len(pieces))
        return {
            "kind": "gaps",
            "pieces": pieces,
            "gaps": [{**one, "options": sorted(one["options"])} for one in gaps],
        }
    return None


def whole(value: Parts) -> bool:
    if value["kind"] == "pairs":
        return len(value["pairs"]) > 1 and all(one["right"] for one in value["pairs"])
    if value["kind"] == "order":
        return len(set(value["steps"])) > 1
    return all(one["answers"] and (not one["options"] or len(one["options"]) > 1) for one in value["gaps"])


def words(value: Parts) -> list[str]:
    """For search: what the pupil sees, never what is right."""
    if value["kind"] == "pairs":
        return [one["left"] for one in value["pairs"]] + value["values"]
    return list(value["steps"] if value["kind"] == "order" else value["pieces"])


def said(value: Parts, reply: list[str]) -> str:
    """An answer in words, for the teacher."""
    if value["kind"] == "pairs":
        chosen = [value["values"][int(one)] if _is_place(one, value["values"]) else "…" for one in reply]
        return "; ".join(f"{one['left']} → {text}" for one, text in zip(value["pairs"], chosen, strict=False))
    if value["kind"] == "order":
        placed = sorted(zip(reply, value["shown"], strict=False), key=lambda one: (len(one[0]), one[0]))
        return "; ".join(f"{number or '…'}. {value['steps'][step]}" for number, step in placed)
    return "; ".join(f"{number}) {text or '…'}" for number, text in enumerate(reply[: len(value["gaps"])], 1))


def _is_place(text: str, rows: list[str]) -> bool:
    return text.isdecimal() and int(text) < len(rows)


def _mixed(steps: list[str]) -> list[int]:
    """Always the same order for the same words, and never the right one."""
    places = sorted(range(len(steps)), key=lambda place: sha256(steps[place].encode()).digest())
    return places if places != sorted(places) else [*places[1:], *places[:1]]


def _list(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else []


def _dicts(value: Any) -> list[Parts]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _texts(value: Any) -> list[str]:
    return [text for text in map(_text, _list(value)) if text]


def _text(value: Any) -> str:
    return " ".join(str(value or "").replace("\0", "").split())[:LONGEST]
