"""What every kind of question can do, and the part of its content that all kinds share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l

from lms.core.html import plain
from lms.quizzes.questions.typed import from_html, inline, to_html

Content = dict[str, Any]
Answer = Any
Fields = Mapping[str, Sequence[str]]  # name of a field → its values, as a form sends them

MOST_POINTS = 100
LONGEST = 20_000
_FILE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Mark:
    """What an answer is worth. `by_hand`: a person decides, and the points are 0 until then."""

    points: float
    most: float
    mistakes: int = 0
    details: tuple[bool, ...] = ()  # part by part, where a question has parts
    by_hand: bool = False

    @property
    def right(self) -> bool:
        return not self.by_hand and self.points >= self.most > 0

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 0.0


class Kind:
    """One kind of question. Subclasses fill in what begins with an underscore."""

    name: ClassVar[str] = ""
    title: ClassVar[Any] = ""
    about: ClassVar[Any] = ""
    by_hand: ClassVar[bool] = False
    answered: ClassVar[bool] = True  # a context is only read
    sheet: ClassVar[bool] = False  # can be answered on a bubble sheet

    def blank(self) -> Content:
        """What the editor begins with."""
        return {"stem": "", "points": 1, "explanation": "", "hints": [], "media": [], **self._blank()}

    def sheet_lines(self, content: Content) -> list[tuple[int, bool]]:
        """Lines of bubbles on a sheet: how many options each has, and whether several may be filled."""
        return []

    def from_sheet(self, marks: Sequence[Sequence[int]]) -> dict[str, list[str]]:
        """What is marked on those lines, as the fields of a form."""
        return {}

    def check(self, content: Content) -> list[Any]:
        """What is wrong, in words. Content from elsewhere may lack anything, so nothing is taken for granted."""
        try:
            return [*_common_problems(content, self.answered), *self._check(content)]
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return [_l("The question is not whole.")]

    def most(self, content: Content) -> float:
        return float(content.get("points", 1)) if self.answered else 0.0

    def public(self, content: Content, seed: int) -> Content:
        """Without the key, the explanation and the author's own names of options."""
        shown = {
            "kind": self.name,
            "stem": content.get("stem", ""),
            "media": content.get("media", []),
            "points": self.most(content),
        }
        return {**shown, **self._public(content, seed)}

    def answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        """What was filled in, in the author's terms; None when nothing was. Hostile fields give None, never an error."""
        try:
            return self._answer(content, seed, fields)
        except (KeyError, TypeError, ValueError, IndexError):
            return None

    def mark(self, content: Content, answer: Answer | None, seed: int = 0) -> Mark:
        if not self.answered:
            return Mark(0.0, 0.0)
        if self.by_hand:
            return Mark(0.0, self.most(content), by_hand=answer is not None)
        if answer is None:
            return Mark(0.0, self.most(content))
        return self._mark(content, answer, seed)

    def key(self, content: Content, seed: int = 0) -> list[str]:
        """The right answer in plain words, line by line: for the key sheet and for review."""
        return []

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        """An answer in plain words."""
        return []

    def edited(self, fields: Fields) -> Content:
        """The content an editor's form describes."""
        return {
            "stem": to_html(one(fields, "stem")),
            "points": _points(one(fields, "points")),
            "explanation": to_html(one(fields, "explanation")),
            "hints": [to_html(text) for text in lines(fields, "hints")],
            "media": media_of(fields),
            **self._edited(fields),
        }

    def typed(self, content: Content) -> Content:
        """The content with its markup as people type it: for the editor's fields."""
        return {
            **content,
            "stem": from_html(content.get("stem", "")),
            "explanation": from_html(content.get("explanation", "")),
            "hints": [from_html(one) for one in content.get("hints", [])],
            **self._typed(content),
        }

    def _blank(self) -> Content:
        return {}

    def _check(self, content: Content) -> list[Any]:
        return []

    def _public(self, content: Content, seed: int) -> Content:
        return {}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        raise NotImplementedError

    def _edited(self, fields: Fields) -> Content:
        return {}

    def _typed(self, content: Content) -> Content:
        return {}


def _common_problems(content: Content, answered: bool) -> list[Any]:
    found: list[Any] = []
    if not (plain(content["stem"]) or content.get("media") or "<img" in content["stem"]):
        found.append(_l("Write the question."))
    if len(str(content)) > LONGEST * 4:
        found.append(_l("The question is too long."))
    if answered and not 0 < float(content.get("points", 1)) <= MOST_POINTS:
        found.append(_l("Give between 0 and 100 points."))
    if not all(_FILE.fullmatch(part["file"]) for part in content.get("media", [])):
        found.append(_l("A picture or sound is missing."))
    return found


def one(fields: Fields, name: str) -> str:
    """The first value of a field, without spaces around it."""
    values = fields.get(name) or [""]
    return str(values[0]).replace("\0", "").strip()[:LONGEST]


def many(fields: Fields, name: str) -> list[str]:
    return [str(text).replace("\0", "").strip()[:LONGEST] for text in fields.get(name) or []]


def lines(fields: Fields, name: str) -> list[str]:
    return [line.strip() for line in one(fields, name).splitlines() if line.strip()]


def ticked(fields: Fields, name: str) -> bool:
    return one(fields, name) not in ("", "0", "no")


def fields_of(form: Any) -> dict[str, list[str]]:
    """A form of werkzeug as plain lists."""
    return {name: list(form.getlist(name)) for name in form}


def for_prefix(fields: Fields, prefix: str) -> dict[str, list[str]]:
    """The fields of one question out of a page of many: `q3.` before each name."""
    return {name[len(prefix) :]: list(kept) for name, kept in fields.items() if name.startswith(prefix)}


def shuffled(rows: Sequence[Any], seed: int, salt: str, wanted: bool = True) -> list[Any]:
    """The same seed gives the same order, on every machine and in every version of Python."""
    found = list(rows)
    if wanted:
        Random(f"{seed}/{salt}").shuffle(found)
    return found


def keyed(rows: Sequence[Any], seed: int, salt: str, wanted: bool = True) -> dict[str, Any]:
    """Rows by opaque keys: the place where the answerer sees them. The author's order does not show."""
    return {str(place): row for place, row in enumerate(shuffled(rows, seed, salt, wanted), 1)}


def letter(place: int) -> str:
    """A, B, C …: how options are called on paper and on the screen, in both languages."""
    return chr(ord("A") + place)


def words(markup: str) -> str:
    return plain(markup)


def media_of(fields: Fields) -> list[dict[str, str]]:
    files, kinds, said = many(fields, "media_file"), many(fields, "media_type"), many(fields, "media_alt")
    gone = set(many(fields, "media_drop"))
    return [
        {"file": file, "type": kind, "alt": alt}
        for file, kind, alt in zip(files, kinds, said, strict=False)
        if _FILE.fullmatch(file) and file not in gone and kind.startswith(("image/", "audio/"))
    ]


def named(texts: Iterable[str]) -> list[dict[str, str]]:
    """Texts as typed → [{"id": "a", "text": html}]."""
    return [{"id": f"o{place}", "text": inline(text)} for place, text in enumerate(texts, 1)]


def _points(text: str) -> float:
    try:
        found = float(text.replace(",", ".") or 1)
    except ValueError:
        return 0
    return int(found) if found == int(found) else found
