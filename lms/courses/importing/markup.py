"""A stranger's page of HTML as blocks: words, headings, lists, tables, pictures, sounds, films, code and formulas.

Nothing of its markup goes on as it was: text is written anew from the few marks a text block knows. Scripts, forms
and frames stay outside and are counted.
"""

from __future__ import annotations

from html import escape
from typing import Any

from lms.courses.importing.builder import Builder
from lms.courses.importing.markup_files import Attached, Fetch, PageOf
from lms.courses.importing.markup_words import (
    DEEPEST,
    HEADINGS,
    LINES,
    MARKS,
    MISSED,
    SILENT,
    THROUGH,
    as_words,
    only_layout,
    rows_of,
    says,
    text_of,
    unwrapped,
)  # fmt: skip
from lms.courses.importing.mathml import latex


class Markup(Attached):
    def __init__(
        self, builder: Builder, fetch: Fetch, title: str = "", page_of: PageOf = lambda _address: ""
    ) -> None:
        super().__init__(builder, fetch, page_of)
        self.title = " ".join(title.split())
        self.depth = 0

    def read(self, tree: Any) -> None:
        self._many(tree)
        self._end()

    def _many(self, parent: Any) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.builder.missed["too-deep"] += 1
        else:
            self._words(parent.text)
            for one in parent:
                if isinstance(one.tag, str):
                    self._one(one, one.tag.rpartition("}")[2].lower())
                self._words(one.tail)
        self.depth -= 1

    def _one(self, one: Any, tag: str) -> None:
        way = getattr(self, f"_{tag}", None)
        if tag in SILENT:
            return
        if way:
            way(one)
        elif tag in HEADINGS:
            self._heading(one, HEADINGS[tag])
        elif tag in MISSED:
            self.builder.missed[MISSED[tag]] += 1
            if tag in THROUGH:
                self._many(one)
        elif tag in MARKS:
            self._marked(one, MARKS[tag])
        elif tag in LINES:
            self._many(one)
        elif tag in ("ul", "ol"):
            self._list(one, tag)
        else:
            self._end()
            self._many(one)
            self._end()

    def _marked(self, one: Any, mark: str) -> None:
        """A mark around words; around a block of its own it says nothing."""
        outside, self.line = self.line, []
        blocks = len(self.builder.lessons[-1]["blocks"]) if self.builder.lessons else 0
        self._many(one)
        inside, self.line = "".join(self.line), outside
        after = len(self.builder.lessons[-1]["blocks"]) if self.builder.lessons else 0
        self.line.append(f"<{mark}>{inside}</{mark}>" if says(inside) and blocks == after else inside)

    def _br(self, _one: Any) -> None:
        self.line.append("<br>")

    def _hr(self, _one: Any) -> None:
        self._end()

    def _heading(self, one: Any, level: str) -> None:
        self._end()
        words = text_of(one)
        if words and words != self.title:
            self.builder.heading(words, level)
        self._pictures(one)

    def _table(self, one: Any) -> None:
        """A table with words in it; one that only lays a page out is read as the page."""
        self._end()
        if any(
            True for _ in one.iterdescendants("table", "ul", "ol", "p", "h1", "h2", "h3", "pre")
        ) and only_layout(one):
            self._many(one)
            self._end()
            return
        rows = rows_of(one)
        caption = next((text_of(found) for found in one.iter("caption")), "")
        if any(any(row) for row in rows):
            self.builder.table(caption, rows)
        self._pictures(one)

    def _pre(self, one: Any) -> None:
        self._end()
        self.builder.code("".join(one.itertext()).strip("\n"))

    def _blockquote(self, one: Any) -> None:
        self._end()
        self.builder.block("quotation", {"html": f"<p>{escape(text_of(one), quote=False)}</p>", "source": ""})
        self._pictures(one)

    def _math(self, one: Any) -> None:
        found = latex(one)
        if found and one.get("display") == "block":
            self._end()
            self.builder.block("formula", {"latex": found})
        elif found:
            self.line.append(rf"\({escape(found, quote=False)}\)")
        else:
            self.builder.missed["formula"] += 1

    def _list(self, one: Any, tag: str) -> None:
        """Items keep their marks; what is no text in them follows the list."""
        self._end()
        later = []
        for item in one:
            if not isinstance(item.tag, str):
                continue
            inside, pictures = self._item(item)
            later += pictures
            if says(inside):
                self.builder.markup(f"<{tag}><li>{inside}</li></{tag}>")
        for picture in later:
            self._img(picture)

    def _item(self, item: Any) -> tuple[str, list[Any]]:
        own, apart = Builder(), Markup(Builder(), lambda _address: None, page_of=self.page_of)
        apart.builder = own
        apart.depth = self.depth
        apart._many(item)
        own.missed.pop("picture", None)
        self.builder.missed.update(own.missed)
        inside = "".join([*own.text, "".join(apart.line)])
        rest = [block for lesson in own.lessons for block in lesson["blocks"]]
        inside = "".join(as_words(block) for block in rest) + inside
        return unwrapped(inside), list(item.iter("img"))
