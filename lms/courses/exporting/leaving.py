"""An edition about to leave: its lessons in one language, and the files they need under names of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import force_locale
from sqlalchemy import select

from lms.core.db import db
from lms.core.storage import open_blob
from lms.courses import showing
from lms.courses.blocks import Content, Kind, kind_of
from lms.courses.exporting.font import packed_font
from lms.courses.models import CourseEdition, CourseFile, EditionLesson, ModelPart
from lms.courses.outline import lessons_of, needed, title_in
from lms.courses.queries.writing import files_by_key
from lms.web import DIST

ENDS = {
    "image/png": ".png", "image/jpeg": ".jpg", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg",
    "audio/wav": ".wav", "video/mp4": ".mp4", "video/webm": ".webm", "text/vtt": ".vtt", "application/pdf": ".pdf",
    "text/plain": ".txt", "text/csv": ".csv", "model/gltf-binary": ".glb",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One lesson on its way out."""

    number: int
    lesson: Mapping[str, Any]
    title: str
    blocks: list[dict[str, Any]]

    @property
    def name(self) -> str:
        return f"lesson-{self.number:02}.html"


class Leaving:
    def __init__(self, edition: CourseEdition, language: str) -> None:
        self.edition, self.language = edition, language
        self.outline: Mapping[str, Any] = edition.outline
        self.title = title_in(self.outline, language)

    @cached_property
    def pages(self) -> list[Page]:
        """Lessons only: a package or a test of this system cannot go along inside another one."""
        rows = db.session.scalars(select(EditionLesson).where(EditionLesson.edition_id == self.edition.id))
        blocks = {str(one.lesson_id): one.blocks for one in rows}
        own = [one for one in lessons_of(self.outline) if not one["activity"]]
        return [
            Page(number, one, title_in(one, self.language), blocks.get(one["id"], []))
            for number, one in enumerate(own, 1)
        ]

    @cached_property
    def by_lesson(self) -> dict[str, Page]:
        return {page.lesson["id"]: page for page in self.pages}

    def needed(self, page: Page) -> list[Page]:
        """Pages that must be done first; what stays here, such as a test, holds nobody up elsewhere."""
        own = [one.lesson for one in self.pages]
        return [self.by_lesson[one["id"]] for one in needed(own, page.number - 1)]

    def modules(self) -> Iterator[tuple[Mapping[str, Any], list[Page]]]:
        """Modules with their pages; one without any is left out."""
        for module in self.outline["modules"]:
            pages = [self.by_lesson[one["id"]] for one in module["lessons"] if one["id"] in self.by_lesson]
            if pages:
                yield module, pages

    @cached_property
    def files(self) -> dict[str, CourseFile]:
        """Those the pages show."""
        keys = {
            key
            for page in self.pages
            for block in page.blocks
            for key in kind_of(block["kind"]).files(showing.content_in(block, self.language)[0])
        }
        return {key: one for key, one in self.files_of_both.items() if key in keys}

    @cached_property
    def files_of_both(self) -> dict[str, CourseFile]:
        keys = {
            UUID(key)
            for page in self.pages
            for block in page.blocks
            for language in ("kk", "ru")
            for key in kind_of(block["kind"]).files(block[language] or {})
        }
        return files_by_key(keys)

    def contents(self, page: Page) -> Iterator[tuple[dict[str, Any], Kind, Content]]:
        for block in page.blocks:
            kind = kind_of(block["kind"])
            yield block, kind, {**kind.empty(), **showing.content_in(block, self.language)[0]}

    def address(self, file: CourseFile, size: str = "") -> str:
        if file.family == "model":
            return f"models/{file.id}/{file.start}"
        return f"files/{file.id}{'-small' if size else ''}{ENDS.get(file.media_type) or _end(file.name)}"

    def shown(self, packed: bool = True, end: str = "") -> showing.Shown:
        """`end`: of the pages that may lead to each other. A learning system leads from one to the other itself."""
        lesson_at = (lambda key: self._page_at(key, end)) if end else (lambda _key: "")
        return showing.Shown(
            self.files, self.address, self.language, packed=packed, lesson_at=lesson_at, sizes=False
        )

    def _page_at(self, key: str, end: str) -> str:
        return self.by_lesson[key].name.replace(".html", end) if key in self.by_lesson else ""

    def page_markup(self, page: Page, alone: bool) -> str:
        """A whole page of HTML. `alone`: without a learning system around, so it leads on by itself."""
        at = self.pages.index(page)
        with force_locale(self.language):
            return render_template(
                "courses/packed/lesson.html", leaving=self, page=page, alone=alone, shown=self.shown(end=".html" if alone else ""),
                markup=showing.markup, before=self.pages[at - 1] if at else None,
                after=self.pages[at + 1] if at + 1 < len(self.pages) else None,
            )  # fmt: skip

    def kept_as(self, file: CourseFile) -> str:
        """Where the whole file lies. A model is unpacked for its page and stands beside it as it came."""
        return f"models/{file.id}.zip" if file.family == "model" else self.address(file)

    def twins(self) -> dict[str, bytes]:
        """Path → bytes of what the source names and no page shows."""
        return {
            self.kept_as(one): _read(one.digest)
            for key, one in self.files_of_both.items()
            if key not in self.files or one.family == "model"
        }

    @cached_property
    def _attachments(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for file in self.files.values():
            if file.family == "model":
                found.update(_parts(file))
                continue
            found[self.address(file)] = _read(file.digest)
            if file.small and file.family == "picture":  # a film goes along once, as it came
                found[self.address(file, "small")] = _read(file.small)
        if any(one.family == "solid" for one in self.files.values()):
            found.update({name: (DIST / name).read_bytes() for name in showing.VIEWER})
        return found

    def attachments(self) -> dict[str, bytes]:
        """Path → bytes of everything the pages refer to."""
        return dict(self._attachments)


def own_files() -> dict[str, bytes]:
    """The look, the font and the behaviour every packed course takes along."""
    return {**{name: (DIST / name).read_bytes() for name in ("course.css", "course.js")}, **packed_font()}


def _parts(file: CourseFile) -> dict[str, bytes]:
    rows = db.session.scalars(select(ModelPart).where(ModelPart.file_id == file.id))
    return {f"models/{file.id}/{one.path}": _read(one.digest) for one in rows}


def _read(digest: str) -> bytes:
    stored = open_blob(digest)
    try:
        return stored.read()
    finally:
        stored.close()


def _end(name: str) -> str:
    end = name.rpartition(".")[2].lower()
    return f".{end}" if end.isalnum() and len(end) < 6 else ""
