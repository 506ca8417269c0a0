"""What a kind of block knows about itself: its fields, how it prints, what it weighs. One file per kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from lms.courses.blocks.fields import Field

GROUPS = ("text", "media", "science", "order", "check")
Content = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """A part of a printed page, the same for PDF and DOCX: heading, html, picture, table, formula, lines, note."""

    shape: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    file: str = ""
    header: bool = False


class Kind:
    code: ClassVar[str]
    title: ClassVar[Any]
    group: ClassVar[str]
    about: ClassVar[Any] = ""
    fields: ClassVar[tuple[Field, ...]] = ()
    scored: ClassVar[bool] = False  # has answers that count
    asks: ClassVar[bool] = False  # waits for something from the pupil

    def empty(self) -> Content:
        return self.clean({})

    def read(self, form: Mapping[str, str]) -> Content:
        """From a form of the workshop. Nothing of it is believed."""
        return {one.name: one.read(form, one.name) for one in self.fields}

    def clean(self, content: Any) -> Content:
        """From anywhere: an import, a copy, a restored version. The only way into a row."""
        given = content if isinstance(content, dict) else {}
        return {one.name: one.clean(given.get(one.name)) for one in self.fields}

    def missing(self, content: Content) -> list[str]:
        """Sentences about what must still be done before this may be published."""
        whole = {**self.empty(), **content}
        return list(filter(None, (one.missing(whole[one.name]) for one in self.fields)))

    def plain(self, content: Content) -> str:
        """The words, for search."""
        whole = {**self.empty(), **content}
        return " ".join(filter(None, (word for one in self.fields for word in one.words(whole[one.name]))))

    def files(self, content: Content) -> list[str]:
        whole = {**self.empty(), **content}
        return [key for one in self.fields for key in one.files(whole[one.name])]

    def pieces(self, content: Content) -> Iterator[Piece]:
        """The block on paper."""
        raise NotImplementedError
