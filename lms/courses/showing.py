"""A block as markup: the same templates serve the page, the workshop's preview and what leaves the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import render_template
from flask_babel import force_locale
from markupsafe import Markup

from lms.core import formulas
from lms.courses import links
from lms.courses.blocks import Content, kind_of
from lms.courses.blocks.element import elements
from lms.courses.models import CourseFile
from lms.web import DIST

VIEWER = ("solid.js", "solid.css")
Address = Callable[[CourseFile, str], str]  # of a file; "" or "small"


@dataclass
class Shown:
    """How blocks are shown: where files lie, whether there is somebody to answer to."""

    files: Mapping[str, CourseFile]
    address: Address
    language: str
    answers: Mapping[str, Any] = field(default_factory=dict)  # by block: what the pupil has answered
    replies: Mapping[str, Sequence[Any]] = field(default_factory=dict)  # by block: what the class wrote
    answer_to: Callable[[str], str] | None = None  # where a block's form goes; none: it cannot be answered
    lesson_at: Callable[[str], str] = lambda _key: ""  # where another lesson lies, for links to it
    sizes: bool = True  # films may be had in smaller sizes; what leaves the house carries them once
    packed: bool = False  # in a package: course.js marks, so the keys go along

    def file(self, key: str) -> CourseFile | None:
        return self.files.get(key)

    def url(self, key: str, size: str = "") -> str:
        found = self.files.get(key)
        return self.address(found, size) if found else ""

    def said(self, block: Mapping[str, Any]) -> Any:
        return self.answers.get(block["id"])


def content_in(block: Mapping[str, Any], language: str) -> tuple[Content, str]:
    """What the block says in this language or, when it is not translated, in the other one; and which."""
    other = "ru" if language == "kk" else "kk"
    mine = block.get(language)
    return (mine, language) if mine is not None else (block.get(other) or {}, other)


def markup(block: Mapping[str, Any], shown: Shown) -> Markup:
    content, language = content_in(block, shown.language)
    kind = kind_of(block["kind"])
    whole = {**kind.empty(), **content}
    with force_locale(shown.language):
        drawn = render_template(
                f"courses/blocks/{kind.code}.html", block=block, c=whole, shown=shown, language_of_text=language,
                elements=elements, kind=kind, viewer_bytes=viewer_bytes,
            )  # fmt: skip
        return Markup(links.shown(drawn, shown.lesson_at))


@cache
def viewer_bytes() -> int:
    """What draws models, loaded with the first of them."""
    return sum((DIST / f"{name}.gz").stat().st_size for name in VIEWER)


def rich(clean_html: str) -> Markup:
    """Filter of the templates: clean markup with its formulas drawn."""
    return formulas.inline(clean_html or "")


def formula(latex: str) -> Markup:
    return formulas.mathml(latex, block=True)


@dataclass(frozen=True)
class Weight:
    """What a page costs: its own text first, then what is loaded beside it."""

    text: int
    media: int

    def seconds(self, kilobits: int) -> float:
        return round((self.text + self.media) * 8 / (kilobits * 1000), 1)

    @property
    def total(self) -> int:
        return self.text + self.media


def weight(blocks: Sequence[Mapping[str, Any]], shown: Shown) -> Weight:
    """Films and recordings are loaded on demand, so they do not count; pictures count in the size of a telephone."""
    text = sum(len(str(markup(one, shown)).encode()) for one in blocks)
    return Weight(text, sum(media_weight(one, shown) for one in blocks))


def media_weight(block: Mapping[str, Any], shown: Shown) -> int:
    content, _language = content_in(block, shown.language)
    found = (shown.file(key) for key in kind_of(block["kind"]).files(content))
    return sum(one.small_size or one.size for one in found if one is not None and one.family == "picture")
