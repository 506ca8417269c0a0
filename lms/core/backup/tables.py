"""Which tables, in which order, and what of a row must be put back in a second round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.backup.values import SetDigest, column_type, kind_of, to_line
from lms.core.db import Base

ROWS = 1000


@dataclass(frozen=True)
class TableNote:
    """A table as the manifest knows it: enough to put it back without the program that made it."""

    name: str
    columns: dict[str, str]  # name → kind, in the order of a line
    key: list[str]
    late: list[str]  # refer to rows that may come later, so they are filled when all rows are there
    rows: int = 0
    digest: str = ""

    def table(self) -> sa.Table:
        columns = [
            sa.Column(name, column_type(kind), primary_key=name in self.key)
            for name, kind in self.columns.items()
        ]
        return sa.Table(self.name, sa.MetaData(), *columns)


def kept_tables() -> list[TableNote]:
    """All but those marked transient: what they hold is worth nothing tomorrow."""
    before: set[str] = set()
    notes = []
    for table in Base.metadata.sorted_tables:
        if not table.info.get("transient"):
            before.add(table.name)
            notes.append(_note(table, before))
    return notes


def _note(table: sa.Table, known: set[str]) -> TableNote:
    late = [
        column.name
        for column in table.columns
        if any(_comes_later(key, table, known) for key in column.foreign_keys)
    ]
    columns = {column.name: kind_of(column) for column in table.columns}
    return TableNote(table.name, columns, [column.name for column in table.primary_key], late)


def _comes_later(key: sa.ForeignKey, table: sa.Table, known: set[str]) -> bool:
    target = key.column.table
    if target.info.get("transient"):
        raise TypeError(f"{table.name} refers to {target.name}, which no backup holds")
    later = target is table or target.name not in known
    if later and not key.parent.nullable:
        raise TypeError(f"{key.parent} refers to a row that may come later, so it must be nullable")
    return later


def lines(connection: sa.Connection, note: TableNote) -> Iterator[bytes]:
    table = note.table()
    found = connection.execute(sa.select(*table.columns).execution_options(yield_per=ROWS))
    kinds = list(note.columns.values())
    with found:
        for row in found:
            yield to_line(kinds, row)


def digest_of(connection: sa.Connection, note: TableNote) -> SetDigest:
    digest = SetDigest()
    for line in lines(connection, note):
        digest.add(line)
    return digest
