"""Gaps as Moodle's embedded answers: {1:SHORTANSWER:=water~=Water}, {1:MULTICHOICE:=current~voltage}.

https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type; short names of the kinds count, too.
"""

from __future__ import annotations

import html
import re
from typing import Any

from lms.quizzes.questions import Content

_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_SPLIT = re.compile(r"(?<!\\)~")
TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
NUMBERS = {"NUMERICAL", "NM"}
CHOSEN = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
          "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"}  # fmt: skip


class ClozeRefused(Exception):
    """A kind of gap nobody here knows."""


def read(markup: str) -> tuple[str, list[Content]]:
    gaps: list[Content] = []

    def keep(found: re.Match[str]) -> str:
        gaps.append(_gap(found[2], found[3]))
        return f"[[{len(gaps)}]]"

    text = _GAP.sub(keep, markup)
    return text, gaps


def _gap(kind: str, body: str) -> Content:
    answers = [_answer(html.unescape(part)) for part in _SPLIT.split(body)]
    full = [text for text, share in answers if share >= 99.9]
    notes = ["part_answers_dropped"] if any(0 < share < 99.9 for _text, share in answers) else []
    if kind in CHOSEN:
        return {
            "mode": "chosen",
            "options": [text for text, _share in answers],
            "right": full[0],
            "notes": notes,
        }
    if kind in TYPED:
        return {"mode": "typed", "answers": full, "notes": notes}
    if kind in NUMBERS:
        wide = any(not _exact(text) for text in full)
        return {"mode": "typed", "answers": [text.split(":")[0] for text in full],
                "notes": [*notes, *(["gap_tolerance_dropped"] if wide else [])]}  # fmt: skip
    raise ClozeRefused(kind)


def _exact(text: str) -> bool:
    _value, _colon, tolerance = text.partition(":")
    return not tolerance or float(tolerance) == 0


def _answer(text: str) -> tuple[str, float]:
    """(text, share of the mark in percent); feedback after # is passed over."""
    share = 0.0
    if found := re.match(r"%(-?\d+(?:\.\d+)?)%", text):
        share, text = float(found[1]), text[found.end() :]
    elif text.startswith("="):
        share, text = 100.0, text[1:]
    text = re.split(r"(?<!\\)#", text, maxsplit=1)[0]
    return re.sub(r"\\(.)", r"\1", text).strip(), share


def changes(gaps: list[Content]) -> list[str]:
    return sorted({code for gap in gaps for code in gap.get("notes", [])})


def written(text: str, gaps: list[dict[str, Any]], case: bool) -> str:
    """The other way: [[1]] becomes an embedded answer."""
    return re.sub(r"\[\[(\d+)\]\]", lambda found: _embedded(gaps[int(found[1]) - 1], case), text)


def _embedded(gap: dict[str, Any], case: bool) -> str:
    if gap["mode"] == "chosen":
        # In the author's own order; the right one carries the sign.
        parts = [("=" if text == gap["right"] else "") + _escaped(text) for text in gap["options"]]
        return "{1:MULTICHOICE:" + "~".join(parts) + "}"
    kind = "SHORTANSWER" if not case else "SHORTANSWER_C"
    return "{1:" + kind + ":" + "~".join("=" + _escaped(text) for text in gap["answers"]) + "}"


def _escaped(text: str) -> str:
    return html.escape(re.sub(r"([\\~=#{}])", r"\\\1", text), quote=False)
