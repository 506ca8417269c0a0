"""What other rooms want found in the library's search beside its own resources: courses, packages.

A room registers a kind: how to list what is to be found, and how to tell the words of one thing. Whoever looks has to have the
permission to see such things and to work at or below its place; there is one permission for all kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app

from lms.core.jobs import enqueue

JOB = "library.mirror"


@dataclass(frozen=True)
class Entry:
    """`stamp` changes with the words; `parts` are (unit, number, words); `pages` are digests of pages of HTML."""

    key: UUID
    stamp: str
    place_id: UUID
    path: str
    owner_id: UUID
    facts: Mapping[
        str, Any
    ]  # title_kk, title_ru, about_kk, about_ru, language, subject, grade_from, grade_to
    link: str
    parts: Sequence[tuple[str, int, str]] = ()
    pages: Sequence[str] = ()


@dataclass(frozen=True)
class Findable:
    code: str
    keys: Callable[[], Iterable[UUID]]
    entry: Callable[[UUID], Entry | None]  # None: it is not to be found any more


_KINDS: dict[str, Findable] = {}


def add_findable(kind: Findable) -> None:
    _KINDS[kind.code] = kind


def findables() -> Mapping[str, Findable]:
    return _KINDS


def refresh(code: str, key: UUID) -> None:
    """It was published, described anew or taken away."""
    enqueue(JOB, {"code": code, "key": key.hex})


def path_to(endpoint: str, **values: Any) -> str:
    """Jobs have no request to build addresses from."""
    return str(current_app.url_map.bind("").build(endpoint, values))
