"""The answers to a given test as the item clinic reads them: marks by pupil and question, and who chose which option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlalchemy import case, func, select

from lms.core.db import db
from lms.quizzes.analysis.classical import rest_scores
from lms.quizzes.analysis.options import NONE, Option, options_of
from lms.quizzes.analysis.report import Analysis, analyse
from lms.quizzes.analysis.responses import Responses
from lms.quizzes.models import GivenAnswer, KeptClinic, KeyChange, QuizAttempt, Sitting
from lms.quizzes.queries.results import Column, Line, Matrix, matrix
from lms.quizzes.questions import kind_of
from lms.quizzes.questions.base import letter, words


@dataclass(frozen=True)
class Choice:
    """One option of a question as its author wrote it, and who took it."""

    letter: str
    text: str
    found: Option


@dataclass(frozen=True)
class Clinic:
    analysis: Analysis
    columns: Sequence[Column]
    choices: dict[int, list[Choice]]  # by the place of the question


@dataclass(frozen=True)
class Size:
    """How many answers there are to a test, and a mark that changes with them and with their points."""

    count: int
    stamp: str


def answers_to(sitting_id: UUID) -> Size:
    changed = select(func.max(KeyChange.created_at)).where(KeyChange.sitting_id == sitting_id)
    waiting = func.sum(case((GivenAnswer.waiting, 1), else_=0))
    row = db.session.execute(
        select(func.count(), func.sum(GivenAnswer.points), waiting, changed.scalar_subquery())
        .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
        .where(QuizAttempt.sitting_id == sitting_id)
    ).one()
    return Size(row[0], "/".join(str(one or 0) for one in row))


def kept(sitting_id: UUID, model: str) -> KeptClinic | None:
    return db.session.scalar(
        select(KeptClinic).where(KeptClinic.sitting_id == sitting_id, KeptClinic.model == model)
    )


def clinic(sitting: Sitting, model: str) -> Clinic:
    """As many statements as the table of results; figures are made here."""
    return analysed(matrix(sitting), model)


def analysed(found: Matrix, model: str) -> Clinic:
    lines = [one for one in found.lines if one.cells]
    columns = [one for one in found.columns if kind_of(one.version.item.kind).answered]
    marks = np.array([[_mark(line, column) for column in columns] for line in lines]).reshape(
        len(lines), len(columns)
    )
    names = tuple(str(place) for place in range(1, len(columns) + 1))
    responses = Responses(tuple(line.person.full_name for line in lines), names, marks)
    choices = {
        place: _choices(lines, column, rest_scores(marks, place))
        for place, column in enumerate(columns)
        if column.version.item.kind == "single" and len(columns) > 1
    }
    options = {place: [one.found for one in row] for place, row in choices.items()}
    return Clinic(analyse(responses, model, options), columns, choices)


def _mark(line: Line, column: Column) -> float:
    """A part of the points; not given, or still waiting for a person, is unknown."""
    cell = line.cells.get(column.item_id.hex)
    return (
        float("nan")
        if cell is None or cell.points is None or not cell.most or cell.waiting
        else cell.points / cell.most
    )


def _choices(lines: Sequence[Line], column: Column, rest: np.ndarray) -> list[Choice]:
    content = column.version.content
    keys = [one["id"] for one in content["options"]]
    chosen = np.array([_chosen(line, column, keys) for line in lines], dtype=np.int64)
    found = options_of(chosen, len(keys), [keys.index(content["right"])], rest)
    return [
        Choice(letter(n), words(one["text"]), option)
        for n, (one, option) in enumerate(zip(content["options"], found, strict=True))
    ]


def _chosen(line: Line, column: Column, keys: list[str]) -> int:
    """In the author's order, whatever order this pupil saw."""
    cell = line.cells.get(column.item_id.hex)
    if cell is None or line.attempt is None:
        return NONE
    seed = next((one["s"] for one in line.attempt.questions if one["n"] == cell.number), 0)
    answer = kind_of("single").answer(column.version.content, seed, cell.fields)
    return keys.index(answer) if answer in keys else NONE
