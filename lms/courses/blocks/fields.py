"""What a block is made of. A field reads a form, cleans any value to a safe one and says which words it holds.

Cleaning never refuses: what is half written is kept as a draft. `missing` says what must be there to publish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.core import formulas, html

MOST_ROWS = 60
_IMAGES = re.compile(r"<img\b[^>]*>")
_TAGS = re.compile(r"<[a-zA-Z/!?]|&[a-z#0-9]+;")


@dataclass(frozen=True)
class Field:
    name: str
    label: Any
    needed: bool = False
    hint: Any = ""

    widget = "line"
    longest = 300

    def read(self, form: Mapping[str, str], name: str) -> Any:
        return self.clean(form.get(name, ""))

    def clean(self, value: Any) -> Any:
        text = value if isinstance(value, str) else ""
        return " ".join(text.replace("\0", "").split())[: self.longest]

    def missing(self, value: Any) -> str:
        return _("Fill in: %(field)s.", field=self.label) if self.needed and not value else ""

    def words(self, value: Any) -> Iterator[str]:
        yield value

    def files(self, value: Any) -> Iterator[str]:
        return iter(())


class Line(Field):
    """One line of text."""


class Word(Line):
    """A term: those of the subject are offered."""

    widget = "term"


class Text(Field):
    """Lines of plain text, breaks kept."""

    widget = "text"
    longest = 60_000

    def clean(self, value: Any) -> str:
        text = value if isinstance(value, str) else ""
        text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        return text[: self.longest].strip("\n")


class Rich(Field):
    r"""Text with emphasis, lists, links and formulas between \( and \)."""

    widget = "rich"
    longest = 200_000

    def clean(self, value: Any) -> str:
        text = (value if isinstance(value, str) else "")[: self.longest]
        if not _TAGS.search(text):
            text = "".join(
                f"<p>{escape(part.strip(), False)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip()
            )
        # Pictures are blocks of their own: they have sizes, a description and a weight.
        return _IMAGES.sub("", html.clean(text)).strip()

    def missing(self, value: Any) -> str:
        return super().missing(html.plain(value or ""))

    def words(self, value: Any) -> Iterator[str]:
        yield html.plain(value)


class Formula(Field):
    widget = "formula"
    longest = formulas.LONGEST

    def missing(self, value: Any) -> str:
        if value and not formulas.readable(value):
            return _("The formula cannot be read: look at its brackets.")
        return super().missing(value)


@dataclass(frozen=True)
class Number(Field):
    lowest: int = 0
    highest: int = 1000
    usual: int = 0

    widget = "number"

    def clean(self, value: Any) -> int:
        try:
            return min(max(int(value), self.lowest), self.highest)
        except (TypeError, ValueError):
            return self.usual

    def words(self, value: Any) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True)
class Choice(Field):
    choices: tuple[tuple[str, Any], ...] = ()

    widget = "choice"

    def clean(self, value: Any) -> str:
        known = [code for code, _label in self.choices]
        return value if value in known else known[0]

    def words(self, value: Any) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True)
class Attached(Field):
    """The key of a CourseFile; it arrives by a form of its own, so this one only keeps it."""

    family: str = "file"

    widget = "attached"

    def clean(self, value: Any) -> str:
        try:
            return str(UUID(str(value))) if value else ""
        except ValueError:
            return ""

    def words(self, value: Any) -> Iterator[str]:
        return iter(())

    def files(self, value: Any) -> Iterator[str]:
        if value:
            yield value


class Grid(Field):
    """A table typed as lines whose cells are parted by | or by a tabulator."""

    widget = "grid"
    most_cells = 12

    def clean(self, value: Any) -> list[list[str]]:
        if isinstance(value, str):
            lines = Text.clean(self, value).split("\n")  # type: ignore[arg-type]
            value = [re.split(r"\s*[|\t]\s*", line.strip()) for line in lines if line.strip()]
        rows = [row for row in value if isinstance(row, list)] if isinstance(value, list) else []
        cut = [[Line.clean(self, cell) for cell in row[: self.most_cells]] for row in rows[: MOST_ROWS * 5]]
        width = max(map(len, cut), default=0)
        return [row + [""] * (width - len(row)) for row in cut]

    longest = 60_000

    def words(self, value: Any) -> Iterator[str]:
        yield from (cell for row in value for cell in row if cell)


@dataclass(frozen=True)
class Rows(Field):
    """Several things of one shape: tabs, steps, cards. Those left empty disappear."""

    of: tuple[Field, ...] = ()
    least: int = 1

    widget = "rows"

    def read(self, form: Mapping[str, str], name: str) -> list[dict[str, Any]]:
        read = [
            {field.name: field.read(form, f"{name}-{index}-{field.name}") for field in self.of}
            for index in range(MOST_ROWS)
            if any(f"{name}-{index}-{field.name}" in form for field in self.of)
        ]
        return self.clean(read)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        cut = [
            {field.name: field.clean(one.get(field.name)) for field in self.of} for one in rows[:MOST_ROWS]
        ]
        return [one for one in cut if any(self._said(one))]

    def _said(self, row: dict[str, Any]) -> Iterator[Any]:
        for field in self.of:
            yield from field.files(row[field.name])
            yield from field.words(row[field.name])

    def missing(self, value: Any) -> str:
        if len(value) < self.least:
            return _("Fill in: %(field)s.", field=self.label)
        found = (field.missing(one[field.name]) for one in value for field in self.of)
        return next(filter(None, found), "")

    def words(self, value: Any) -> Iterator[str]:
        for one in value:
            for field in self.of:
                yield from field.words(one[field.name])

    def files(self, value: Any) -> Iterator[str]:
        for one in value:
            for field in self.of:
                yield from field.files(one[field.name])
