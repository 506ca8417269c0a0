"""Questions of the live room: who belongs to it, what is to be seen now, and what the teachers' boards show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from lms.core import clock
from lms.core.db import db
from lms.lessons.cards import MOST
from lms.lessons.models import (
    StreamedClass,
    StreamedEvent,
    StreamedLesson,
    StreamedQuestion,
    StreamedSlide,
)
from lms.lessons.tickets import Seat
from lms.people.models import ClassMembership, Person, SchoolClass, SignInSession
from lms.places.models import Place


@dataclass(frozen=True)
class Pupil:
    id: UUID
    class_id: UUID
    school_id: UUID
    name: str = ""
    class_name: str = ""
    school_kk: str = ""
    school_ru: str = ""
    card: int = 0  # the number of the pupil's answer card, where somebody asked for it


@dataclass(frozen=True)
class Group:
    """A class of the lesson with those who are in it today."""

    school_class: SchoolClass
    school: Place
    pupils: list[Pupil]

    @property
    def carded(self) -> list[Pupil]:
        """Those for whom there is a card, by its number."""
        return sorted((one for one in self.pupils if 0 < one.card <= MOST), key=lambda one: one.card)


def seated(seat: Seat) -> StreamedLesson | None:
    """The lesson of a seat, while the sign-in behind it holds: one statement."""
    return db.session.scalar(
        select(StreamedLesson)
        .join(SignInSession, SignInSession.id == seat.session_id)
        .where(
            StreamedLesson.id == seat.lesson_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > clock.now(),
        )
    )


def _members() -> Any:
    """Class by class and pupil by pupil; a class without pupils is there, too."""
    today = clock.today()
    belongs = (ClassMembership.class_id == SchoolClass.id) & (ClassMembership.since <= today)
    still = or_(ClassMembership.until.is_(None), ClassMembership.until > today)
    return (
        select(SchoolClass, Place, Person.id, Person.surname, Person.first_name)
        .select_from(StreamedClass)
        .join(SchoolClass, SchoolClass.id == StreamedClass.class_id)
        .join(Place, Place.id == StreamedClass.school_id)
        .join(ClassMembership, belongs & still, isouter=True)
        .join(Person, (Person.id == ClassMembership.person_id) & Person.disabled.is_(False), isouter=True)
        .order_by(Place.sort_kk, SchoolClass.sort_key, Person.sort_key)
    )


def _card() -> Any:
    """The pupil's place in the order in which the class was filled, with those who have left: printed once, it stays."""
    earlier = aliased(ClassMembership)
    return (
        select(func.count())
        .where(earlier.class_id == ClassMembership.class_id, earlier.id <= ClassMembership.id)
        .scalar_subquery()
    )


def _pupil(row: Any) -> Pupil:
    school_class, place, key, surname, first_name, *more = row
    return Pupil(
        key,
        school_class.id,
        place.id,
        f"{surname} {first_name}",
        school_class.name,
        place.name_kk,
        place.name_ru,
        *more,
    )


def roster(lesson_id: UUID, school_id: UUID | None = None, cards: bool = False) -> list[Group]:
    wanted = _members().where(StreamedClass.lesson_id == lesson_id)
    if cards:
        wanted = wanted.add_columns(_card())
    if school_id:
        wanted = wanted.where(StreamedClass.school_id == school_id)
    groups: dict[UUID, Group] = {}
    for row in db.session.execute(wanted):
        group = groups.setdefault(row[0].id, Group(row[0], row[1], []))
        if row[2] is not None:
            group.pupils.append(_pupil(row))
    return list(groups.values())


def pupils_at(lesson_id: UUID, school_id: UUID) -> list[Pupil]:
    return [pupil for group in roster(lesson_id, school_id) for pupil in group.pupils]


def pupil_of(lesson_id: UUID, person_id: UUID) -> Pupil | None:
    wanted = _members().where(StreamedClass.lesson_id == lesson_id, Person.id == person_id)
    row = db.session.execute(wanted.limit(1)).first()
    return _pupil(row) if row else None


def slides(lesson_id: UUID) -> Sequence[StreamedSlide]:
    return db.session.scalars(
        select(StreamedSlide).where(StreamedSlide.lesson_id == lesson_id).order_by(StreamedSlide.number)
    ).all()


def questions(lesson_id: UUID) -> Sequence[StreamedQuestion]:
    return db.session.scalars(
        select(StreamedQuestion)
        .where(StreamedQuestion.lesson_id == lesson_id)
        .order_by(StreamedQuestion.number)
    ).all()


def strokes(lesson: StreamedLesson) -> list[dict[str, Any]]:
    """The ink on the page that is shown, since it was wiped last."""
    rows = db.session.execute(
        select(StreamedEvent.kind, StreamedEvent.data)
        .where(
            StreamedEvent.lesson_id == lesson.id,
            StreamedEvent.kind.in_(("ink", "wipe")),
            StreamedEvent.slide == lesson.now.get("slide", 1),
        )
        .order_by(StreamedEvent.id)
    ).all()
    wiped = max((place for place, row in enumerate(rows) if row[0] == "wipe"), default=-1)
    return [row[1] for row in rows[wiped + 1 :]]


def pair_answers(lesson_id: UUID, number: int) -> dict[int, str]:
    """By pair: the newest text of the pairs made so far last."""
    rows = db.session.scalars(
        select(StreamedEvent.data)
        .where(StreamedEvent.lesson_id == lesson_id, StreamedEvent.kind == "pair")
        .order_by(StreamedEvent.id)
    )
    return {data["g"]: data["t"] for data in rows if data["n"] == number}


def called(lesson_id: UUID) -> list[tuple[UUID, UUID]]:
    """(pupil, school) of every turn to speak so far."""
    rows = db.session.execute(
        select(StreamedEvent.person_id, StreamedEvent.school_id)
        .where(StreamedEvent.lesson_id == lesson_id, StreamedEvent.kind.in_(("call", "draw")))
        .order_by(StreamedEvent.id)
    )
    return [(row[0], row[1]) for row in rows if row[0] and row[1]]
