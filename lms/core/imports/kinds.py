"""A kind of list: its columns, what it means for each row, how it is carried out. Rooms register theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import force_locale

from lms.core.i18n import LANGUAGES
from lms.core.imports.columns import Column, common_faults, given, matched, title_key
from lms.core.imports.findings import Finding
from lms.core.imports.trace import Trace
from lms.core.sheets import MOST_ROWS, read_sheet
from lms.core.sheets.csv_in import WINDOWS_CYRILLIC

Given = dict[str, str]


@dataclass
class Judged:
    """One row with its verdict: new, changed, unchanged or bad."""

    number: int
    given: Given
    findings: list[Finding] = field(default_factory=list)
    verdict: str = "new"

    def bad(self, code: str, column: str = "", **facts: Any) -> None:
        self.findings.append(Finding(code, column, self.given.get(column, "")[:40], facts))
        self.verdict = "bad"

    def note(self, code: str, column: str = "", **facts: Any) -> None:
        self.findings.append(Finding(code, column, self.given.get(column, "")[:40], facts, bad=False))


@dataclass(frozen=True)
class Reading:
    rows: list[Judged]
    notes: list[Finding]


class ImportKind:
    name: ClassVar[str]
    title: ClassVar[Any]
    advice: ClassVar[Any]  # what the list is for and what happens with it
    permission: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    refused_columns: ClassVar[frozenset[str]] = frozenset()
    sentences: ClassVar[Mapping[str, Any]] = {}
    accept: ClassVar[str] = ".csv,.xlsx"
    most: ClassVar[int] = MOST_ROWS

    def read(self, data: bytes) -> Reading:
        """Rows of the file with the faults that any list can have."""
        sheet = read_sheet(data, self.most)
        where = matched(sheet.header, self.columns, self.refused_columns, self._titles())
        notes = [Finding("unknown_column", facts={"column": one}, bad=False) for one in where.unknown]
        if sheet.encoding == WINDOWS_CYRILLIC:
            notes.append(Finding("read_as_windows", bad=False))
        rows = [Judged(line.number, given(sheet, line, where)) for line in sheet.lines]
        for row in rows:
            row.findings = common_faults(row.given, self.columns)
            row.verdict = "bad" if row.findings else "new"
        return Reading(rows, notes)

    def path_of(self, place_id: UUID) -> str:
        """Where the list belongs; raises NotYours when there is no such place."""
        raise TypeError(f"{type(self).__name__} does not say where it belongs")

    def judge(self, place_id: UUID, rows: Sequence[Judged]) -> None:
        """Compare with what is there: set verdicts, add findings. Changes nothing."""
        raise TypeError(f"{type(self).__name__} does not say what its rows mean")

    def carry_out(self, place_id: UUID, rows: Sequence[Judged], trace: Trace) -> None:
        """Do it for rows that are new or changed; everything goes through the trace."""
        raise TypeError(f"{type(self).__name__} does not say what to do")

    def taking_back(self, made: Sequence[dict[str, Any]]) -> None:
        """Called before a run is undone, with what it had made: for what lives outside the database."""

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)

    def title_of(self, name: str) -> str:
        found = self.column(name)
        return str(found.title) if found else name

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset(one.name for one in self.columns if one.secret)

    def _titles(self) -> dict[str, set[str]]:
        titles = {one.name: {title_key(one.name), *map(title_key, one.also)} for one in self.columns}
        for code in (*LANGUAGES, "en"):
            with force_locale(code):
                for one in self.columns:
                    titles[one.name].add(title_key(str(one.title)))
        return titles


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> ImportKind | None:
    return _kinds.get(name)


def all_kinds() -> list[ImportKind]:
    return list(_kinds.values())
