"""The clinic as its page shows it, in the reader's language: plain values, so that it can be kept."""

from __future__ import annotations

from typing import Any

from lms.quizzes.analysis.verdicts import FEW, GOOD, Verdict
from lms.quizzes.clinic_plots import option_curves, wright_steps
from lms.quizzes.clinic_tables import figure, item_table, test_lines
from lms.quizzes.clinic_texts import verdict_name, verdict_sentence
from lms.quizzes.queries.clinic import Choice, Clinic

Page = dict[str, Any]


def page_of(found: Clinic) -> Page:
    return {
        "modern": found.analysis.modern is not None, "lines": test_lines(found.analysis),
        "questions": [_question(found, place) for place in range(len(found.columns))],
        "steps": [vars(one) for one in wright_steps(found.analysis)], "table": item_table(found.analysis),
    }  # fmt: skip


def _question(found: Clinic, place: int) -> Page:
    column, choices = found.columns[place], found.choices.get(place, [])
    curves = option_curves([(one.letter, one.found.right, one.found.curve) for one in choices])
    return {
        "item": str(column.item_id), "title": column.version.item.title,
        "share": figure(100 * float(found.analysis.classical.facility[place]), 0),
        "verdicts": [_verdict(one) for one in found.analysis.verdicts[place] if one.code != FEW],
        "curves": [vars(one) for one in curves], "options": [_option(one) for one in choices],
    }  # fmt: skip


def _verdict(one: Verdict) -> dict[str, str]:
    kind = "bad" if one.grave else "good" if one.code == GOOD else "warning"
    return {"kind": kind, "name": verdict_name(one), "sentence": verdict_sentence(one)}


def _option(one: Choice) -> Page:
    return {
        "letter": one.letter, "text": one.text, "right": one.found.right, "chosen": one.found.chosen,
        "share": figure(100 * one.found.share, 0),
    }  # fmt: skip
