"""What other rooms want found in the library's search beside its own resources: courses, packages.

A room registers a kind: how to list what is to be found, how to tell the words of one thing, and what of it was given to
somebody. Whoever looks has to have the permission to see such things and to work at or below its place (there is one permission
for all kinds), or to have been given the very edition whose words these are.
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
    """`stamp` is the edition the words are of; `parts` are (unit, number, words); `pages` are digests of pages of HTML."""

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
class Given:
    """What a learner was given and may open now: the stamp of its words, where it opens, the places they may read already."""

    stamp: str
    link: str
    open: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Findable:
    code: str
    keys: Callable[[], Iterable[UUID]]
    entry: Callable[[UUID], Entry | None]  # None: it is not to be found any more
    given: Callable[[UUID], Iterable[Given]]  # to a person, in one statement


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
