"""What was answered to a question, and by how many."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from lms.quizzes.models import GivenAnswer
from lms.quizzes.queries.results import Column, Line
from lms.quizzes.questions import kind_of


def _answer(column: Column, line: Line) -> object:
    cell = line.cells.get(column.item_id.hex)
    seed = _seed(line, cell)
    if cell is None or cell.version_id != column.version.id or seed is None:
        return None
    return kind_of(column.version.item.kind).answer(column.version.content, seed, cell.fields)


def _seed(line: Line, cell: GivenAnswer | None) -> int | None:
    if line.attempt is None or cell is None:
        return None
    asked: UUID | None = cell.version_id
    return next(
        (one["s"] for one in line.attempt.questions if asked is not None and one["v"] == asked.hex), None
    )


def said(column: Column, lines: list[Line]) -> list[tuple[str, int]]:
    """What was answered to one question, the most frequent first; "" is no answer."""
    kind, counted = kind_of(column.version.item.kind), Counter[str]()
    for line in lines:
        if column.item_id.hex in line.cells:
            answer = _answer(column, line)
            seed = _seed(line, line.cells[column.item_id.hex]) or 0
            counted["; ".join(kind.said(column.version.content, answer, seed))[:200]] += 1
    return counted.most_common(30)
