"""Verdicts and notes of the item clinic in the reader's language, made of codes."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.core.sheets import SheetRefused
from lms.quizzes.analysis import report, verdicts
from lms.quizzes.analysis.guard import FEWEST, RASCH, THREE, TWO
from lms.quizzes.analysis.responses import ResponsesRefused
from lms.quizzes.analysis.verdicts import Verdict

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MODELS: dict[str, Any] = {
    RASCH: _l("Rasch model"),
    TWO: _l("two-parameter model"),
    THREE: _l("three-parameter model"),
}

# A short name for tables, and a sentence with what to do.
VERDICTS: dict[str, tuple[Any, Any]] = {
    verdicts.GOOD: (_l("good"), _l("The item works: leave it as it is.")),
    verdicts.FEW: (
        _l("too few pupils"), _l("Fewer than 30 pupils answered. Only the share of right answers can be shown; conclusions would be chance."),
    ),
    verdicts.CHECK_KEY: (
        _l("check the key"), _l("Most strong pupils chose %(option)s: check the key."),
    ),
    verdicts.BACKWARDS: (
        _l("works backwards"), _l("Weak pupils answer this better than strong ones: check the key and the wording."),
    ),
    verdicts.WEAKLY: (
        _l("weak"), _l("The item hardly tells strong pupils from weak ones: look for a second meaning or a hint in the wording."),
    ),
    verdicts.HARD: (
        _l("too hard"), _l("Hardly anyone answered this: check whether it was taught, or move it to the hard level."),
    ),
    verdicts.EASY: (_l("too easy"), _l("Nearly everyone answered this: it warms up and measures little.")),
    verdicts.SAME: (
        _l("no difference"), _l("All pupils answered alike, so the item says nothing about them. Check the key if nobody was right."),
    ),
    verdicts.NOISE: (
        _l("noisy"), _l("Answers do not follow the ability of pupils as they should: guessing, copying or an unclear question."),
    ),
    verdicts.DEPENDENT: (
        _l("depends on another"), _l("Answers follow from other items too closely: perhaps one item gives away another."),
    ),
    verdicts.IDLE_OPTION: (
        _l("idle option"), _l("Hardly anyone chooses option %(option)s: replace it with a mistake that pupils really make."),
    ),
    verdicts.UNEQUAL: (
        _l("unequal"), _l("Equally able pupils of two groups answer this differently: check the translation and the context."),
    ),
}  # fmt: skip

NOTES: dict[str, Any] = {
    report.TOO_FEW: _l("Fewer than %(fewest)s pupils: only the share of right answers is shown."),
    report.WEAKER_MODEL: _l("Too few pupils for the model that was asked for; the strongest that the table carries was used."),
    report.NOT_SETTLED: _l("The estimation did not settle. Take the figures with care."),
    report.LEFT_OUT: _l("Items that everyone answered alike have no difficulty on the scale and were left out of it."),
}  # fmt: skip

REFUSALS: dict[str, Any] = {
    "empty": _l("The file holds no answers. Rows are pupils, columns are items, cells are 0, 1 or empty."),
    "value": _l("Line %(line)s, item %(column)s: “%(given)s” is not an answer. Write 1, 0 or leave the cell empty."),
    "wide": _l("Line %(line)s has more cells than the first line."),
    "too_many_rows": _l("The file has too many rows: at most %(most)s are taken at once. Split it into several files."),
    "too_wide": _l("Line %(line)s has more than %(most)s columns. Check the separators and quotation marks there."),
    "unclosed_quote": _l("A quotation mark opened in line %(line)s is not closed properly. Correct that line and upload the file again."),
    "encoding": _l("The letters of the file cannot be read. Save it as “CSV UTF-8” or as XLSX and upload it again."),
}  # fmt: skip


def verdict_name(verdict: Verdict) -> str:
    return str(VERDICTS[verdict.code][0])


def verdict_sentence(verdict: Verdict) -> str:
    option = LETTERS[verdict.option % len(LETTERS)] if verdict.option is not None else ""
    return str(VERDICTS[verdict.code][1]) % {"option": option}


def note_sentence(code: str) -> str:
    return str(NOTES[code]) % {"fewest": FEWEST[RASCH]}


def refusal_sentence(refused: ResponsesRefused | SheetRefused) -> str:
    if isinstance(refused, SheetRefused):
        return str(REFUSALS.get(refused.code, _("The file cannot be read."))) % refused.facts
    return str(REFUSALS[refused.code]) % vars(refused)
