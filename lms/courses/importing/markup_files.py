"""What a page of HTML names beside its words: files, pictures, sounds, films, addresses."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from lms.courses.importing.builder import Builder
from lms.courses.importing.markup_words import FAMILIES, FILES, PICTURES, says, spaced, text_of
from lms.courses.links import PAGE

# An address as it stands in the page → (name, bytes); None: it is not among the files that came along.
Fetch = Callable[[str], tuple[str, bytes] | None]
PageOf = Callable[[str], str]  # an address → the number of the page it leads to, among those that came along


class Attached:
    def __init__(self, builder: Builder, fetch: Fetch, page_of: PageOf = lambda _address: "") -> None:
        self.builder, self.fetch, self.page_of = builder, fetch, page_of
        self.line: list[str] = []

    def _many(self, parent: Any) -> None:
        raise NotImplementedError

    def _words(self, text: str | None) -> None:
        if text:
            self.line.append(escape(spaced(text), quote=False))

    def _end(self) -> None:
        """What stands in the line so far is a paragraph."""
        markup = "".join(self.line).strip()
        self.line = []
        if says(markup):
            self.builder.markup(f"<p>{markup}</p>")

    def _a(self, one: Any) -> None:
        address = (one.get("href") or "").strip()
        if address.lower().startswith(("http://", "https://", "mailto:")):
            self._linked(one, address)
            return
        page = self.page_of(address)
        if page:
            self._linked(one, f"#{PAGE}-{page}")
            return
        self._many(one)
        if address and not address.startswith("#"):
            self._file(one, address)

    def _linked(self, one: Any, address: str) -> None:
        outside, self.line = self.line, []
        self._many(one)
        inside, self.line = "".join(self.line), outside
        self.line.append(f'<a href="{escape(address)}">{inside}</a>' if says(inside) else inside)

    def _file(self, one: Any, address: str) -> None:
        """A link to a file that came along takes it along."""
        found = self.fetch(address)
        end = found[0].rpartition(".")[2].lower() if found else ""
        if found and end in FILES:
            self._end()
            self.builder.attached("file", *found, {"title": text_of(one) or found[0]})
        elif found and end in PICTURES:
            self._end()
            self.builder.picture(*found, text_of(one))
        else:
            self.builder.missed["script" if address.lower().startswith("javascript:") else "link"] += 1

    def _img(self, one: Any) -> None:
        found = self.fetch(one.get("src") or "")
        if found is None or found[0].rpartition(".")[2].lower() not in PICTURES:
            self.builder.missed["picture"] += 1
            self._words(one.get("alt"))
            return
        self._end()
        self.builder.picture(*found, " ".join((one.get("alt") or "").split()))

    def _pictures(self, one: Any) -> None:
        for picture in one.iter("img"):
            self._img(picture)

    def _audio(self, one: Any) -> None:
        self._medium(one, "audio")

    def _video(self, one: Any) -> None:
        self._medium(one, "video")

    def _medium(self, one: Any, family: str) -> None:
        addresses = [one.get("src"), *(source.get("src") for source in one.iter("source"))]
        found = next(filter(None, (self.fetch(address) for address in addresses if address)), None)
        self._end()
        if found is None or found[0].rpartition(".")[2].lower() not in FAMILIES[family]:
            self.builder.missed[family] += 1
        else:
            self.builder.attached(family, *found, {"title": one.get("title") or found[0]})
