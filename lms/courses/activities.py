"""What may stand in a course beside its own lessons: a package of the shelf, a test, a library resource.

Rooms register a kind each with `add_activity`; those downstream are not known here. Whoever gives a course to a class
gives its activities with it: `give` answers with the key of what the class got, and everything else asks by that key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.people.models import Person
from lms.places.models import Place

RULES = ("activity", "score", "opened")


@dataclass(frozen=True)
class ActivityResult:
    """How far somebody is with it; `share` is 0…1 when there is a score."""

    done: bool
    share: float | None = None
    seconds: int = 0


@dataclass(frozen=True)
class To:
    """Whom an activity is given to, by whom and for how long."""

    school: Place
    giver_id: UUID
    classes: Sequence[UUID]
    pupils: Sequence[UUID]
    opens_at: datetime | None = None
    closes_at: datetime | None = None


Results = Mapping[tuple[UUID, UUID], ActivityResult]  # by (person, key of what was given)


@dataclass(frozen=True)
class ActivityKind:
    code: str
    title: Any
    done: Any  # when the activity itself says that it is done, as a sentence for the pupil
    choices: Callable[[str], Sequence[tuple[UUID, str]]]  # of a place's path: what may be chosen there
    look: Callable[[UUID], str]  # where an author or a teacher looks at it
    give: Callable[[UUID, To], UUID]
    withdraw: Callable[[UUID], None]
    opens: Callable[[UUID, Person], str]  # a pupil begins or goes on: where they go
    results: Callable[[Sequence[UUID], Sequence[UUID]], Results]  # of persons, in what was given
    rules: tuple[str, ...] = RULES


_KINDS: dict[str, ActivityKind] = {}


def add_activity(kind: ActivityKind) -> None:
    _KINDS[kind.code] = kind


def activity_kinds() -> list[ActivityKind]:
    return list(_KINDS.values())


def activity_kind(code: str) -> ActivityKind | None:
    return _KINDS.get(code)
