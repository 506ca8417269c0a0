"""Gathers what a reader meets into modules, lessons and blocks."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from html import escape
from typing import Any

MOST_LESSONS, MOST_FILES = 200, 300
MOST_COLUMNS, MOST_ROWS = 12, 300  # of a table block
MOST_BLOCKS, MOST_LETTERS, MOST_CODE, MOST_HEADING = 300, 100_000, 50_000, 300


class Builder:
    def __init__(self) -> None:
        self.modules: list[dict[str, str]] = []
        self.lessons: list[dict[str, Any]] = []
        self.files: list[dict[str, Any]] = []
        self.missed: Counter[str] = Counter()
        self.text: list[str] = []
        self.letters = 0
        self.places: dict[tuple[str, str], int] = {}

    def module(self, titles: dict[str, str]) -> None:
        """Lessons from here on belong to it. A document without modules becomes one."""
        self.close()
        self.modules.append(titles)

    def lesson(self, title: str, facts: dict[str, Any] | None = None) -> None:
        self.close()
        if len(self.lessons) < MOST_LESSONS:
            module = len(self.modules) - 1
            self.lessons.append({"title": title[:200], "facts": facts or {}, "module": module, "blocks": []})
        else:
            self.missed["lesson"] += 1

    def markup(self, html: str) -> None:
        """Paragraphs and lists that follow each other are one block of text."""
        self.text.append(html)
        self.letters += len(html)
        if self.letters > MOST_LETTERS:
            self.close()

    def heading(self, text: str, level: str) -> None:
        """One that is longer than a heading may be is text."""
        if len(text) > MOST_HEADING:
            self.markup(f"<p><strong>{escape(text, quote=False)}</strong></p>")
        elif text:
            self.block("heading", {"text": text, "level": level})

    def code(self, text: str, language: str = "") -> None:
        for start in range(0, len(text), MOST_CODE):
            self.block("code", {"language": language, "code": text[start : start + MOST_CODE]})

    def block(self, kind: str, content: Any, other: Any = None) -> None:
        self.close()
        self._blocks().append([kind, content, other])

    def close(self) -> None:
        if self.text:
            markup = "".join(self.text).replace("</ul><ul>", "").replace("</ol><ol>", "")
            self.text, self.letters = [], 0
            self._blocks().append(["text", {"html": markup}, None])

    def table(self, caption: str, rows: list[list[str]]) -> None:
        """One that is too wide or too long for a table block is cut in pieces, not cut short."""
        wide = max(map(len, rows), default=0)
        whole = [row + [""] * (wide - len(row)) for row in rows]
        for left in range(0, wide, MOST_COLUMNS):
            for top in range(0, len(whole), MOST_ROWS):
                part = [row[left : left + MOST_COLUMNS] for row in whole[top : top + MOST_ROWS]]
                self.block("table", {"caption": caption, "rows": part, "heads": "none" if top else "row"})

    def picture(self, name: str, data: bytes, alt: str, caption: str = "") -> None:
        self.attached("picture", name, data, {"alt": alt, "caption": caption})

    def attached(self, family: str, name: str, data: bytes, content: dict[str, Any]) -> None:
        """A block that shows one file; blocks are called like the families of their files."""
        if len(self.files) >= MOST_FILES:
            self.missed[family] += 1
            return
        self.block(family, {"file": f"@{self.file(name, family, data)}", **content})

    def file(self, name: str, family: str, data: bytes) -> int:
        """The place of a file. A picture that stands on every page comes along once."""
        key = (family, sha256(data).hexdigest())
        if key not in self.places:
            self.places[key] = len(self.files)
            self.files.append({"name": name, "family": family, "data": data})
        return self.places[key]

    def _blocks(self) -> list[Any]:
        if not self.lessons:
            self.lesson("")
        if len(self.lessons[-1]["blocks"]) >= MOST_BLOCKS:
            full = self.lessons[-1]  # what does not fit goes on in a lesson of the same name
            self.lessons.append({**full, "blocks": []})
        found: list[Any] = self.lessons[-1]["blocks"]
        return found

    def found(self) -> dict[str, Any]:
        self.close()
        return {
            "modules": self.modules, "lessons": self.lessons, "files": self.files, "missed": dict(+self.missed),
        }  # fmt: skip
