"""A table of right and wrong answers as people have it: header and names of pupils are found out.

pupil;q1;q2;q3
Айгүл;1;0;1
Болат;0;;1        an empty cell is an item that was not given
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lms.core.sheets.csv_in import csv_records

Matrix = NDArray[np.float64]
MOST_PUPILS = 200_000
MOST_ITEMS = 500
NAMES_OF_PUPILS = {"", "id", "№", "no", "pupil", "student", "person", "name"}
VALUES = {"": np.nan, "na": np.nan, "0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0, "0,0": 0.0, "1,0": 1.0}


class ResponsesRefused(Exception):
    """`code` says why: empty, value, wide; `line` and `column` say where, as the person's own program counts."""

    def __init__(self, code: str, line: int = 0, column: str = "", given: str = "") -> None:
        super().__init__(code, line, column, given)
        self.code, self.line, self.column, self.given = code, line, column, given


@dataclass(frozen=True)
class Responses:
    pupils: tuple[str, ...]
    items: tuple[str, ...]
    marks: Matrix  # pupils × items; 0 to 1; NaN is not given

    @property
    def present(self) -> int:
        """Pupils who were given anything at all: the number every guard looks at."""
        return int(answered(self.marks).sum())


def answered(marks: Matrix) -> NDArray[np.bool_]:
    """Pupils who were given anything at all."""
    return np.asarray(np.isnan(marks).sum(axis=1) < marks.shape[1])


def varying(marks: Matrix) -> NDArray[np.bool_]:
    """Items on which not everyone did alike."""
    return np.array([len(np.unique(column[~np.isnan(column)])) > 1 for column in marks.T], dtype=bool)


def read_responses(data: bytes) -> Responses:
    records, _encoding = csv_records(data, MOST_PUPILS, MOST_ITEMS + 1)
    rows = [(line, [cell.strip() for cell in cells]) for line, cells in records]
    rows = [(line, cells) for line, cells in rows if any(cells)]
    header = rows[0][1] if rows and _is_header(rows[0][1]) else []
    body = rows[1:] if header else rows
    if not body:
        raise ResponsesRefused("empty")
    wide = len(header) or max(len(cells) for _line, cells in body)
    _refuse_wider(body, wide)
    first = 1 if _names_pupils(header, [cells[0] for _line, cells in body]) and wide > 1 else 0
    items = tuple(_title(header, place, first) for place in range(first, wide))
    marks = np.array([_marks(line, cells, first, items) for line, cells in body])
    pupils = tuple(cells[0] if first else str(number) for number, (_line, cells) in enumerate(body, start=1))
    return Responses(pupils, items, marks)


def _is_header(cells: Sequence[str]) -> bool:
    return any(cell.lower() not in VALUES for cell in (cells[1:] or cells))


def _names_pupils(header: Sequence[str], first: Sequence[str]) -> bool:
    """By its title, or because its cells are no marks: all different, or mostly neither 0 nor 1."""
    if header and header[0].lower() in NAMES_OF_PUPILS:
        return True
    marks = sum(cell.lower() in VALUES for cell in first)
    return marks < len(first) and (len(set(first)) == len(first) or marks * 2 < len(first))


def _title(header: Sequence[str], place: int, first: int) -> str:
    return (header[place] if header else "") or f"i{place - first + 1}"


def _refuse_wider(body: Sequence[tuple[int, list[str]]], wide: int) -> None:
    for line, cells in body:
        if any(cells[wide:]):
            raise ResponsesRefused("wide", line)


def _marks(line: int, cells: list[str], first: int, items: Sequence[str]) -> list[float]:
    found = []
    for place, item in enumerate(items, start=first):
        cell = cells[place].lower() if place < len(cells) else ""
        if cell not in VALUES:
            raise ResponsesRefused("value", line, item, cells[place])
        found.append(VALUES[cell])
    return found
