"""Work in pairs across schools: the desk makes pairs, each has one task and one answer that both may write."""

from __future__ import annotations

from random import SystemRandom
from typing import Any

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.live import publish
from lms.lessons.models import StreamedPresence
from lms.lessons.pairs import paired
from lms.lessons.queries.room import Pupil, roster
from lms.lessons.service.attending import whose
from lms.lessons.service.teaching import STILL_THERE
from lms.lessons.service.words import Unsaid, Word, everybody, keep, show, stir, word

MOST_PUPILS = 240  # the list of pairs goes to every device once


@word("pairs", "teacher")
def make_pairs(one: Word) -> None:
    """Of those who are here now; those who come later look on."""
    here = set(
        db.session.scalars(
            select(StreamedPresence.person_id).where(
                StreamedPresence.lesson_id == one.lesson.id,
                StreamedPresence.until > clock.now() - STILL_THERE,
            )
        )
    )
    pupils = [
        pupil for group in roster(one.lesson.id) for pupil in group.pupils if pupil.id in here
    ]  # fmt: skip
    if len(pupils) > MOST_PUPILS:
        raise Unsaid("too-many")
    if len(pupils) < 2:
        raise Unsaid("nobody-to-pair")
    told = _told(one, pupils)
    if keep(one, data=told):
        show(one.lesson, pairs=told)
        publish(everybody(one.lesson), "pairs", told)


def _told(one: Word, pupils: list[Pupil]) -> dict[str, Any]:
    """Short names, because it travels: number, task, schools in both languages, pairs of (pupil, name, school)."""
    schools = list(dict.fromkeys((pupil.school_id, pupil.school_kk, pupil.school_ru) for pupil in pupils))
    place = {school[0]: number for number, school in enumerate(schools)}
    groups = paired([(pupil, pupil.school_id) for pupil in pupils], SystemRandom())
    return {
        "n": (one.lesson.now.get("pairs") or {}).get("n", 0) + 1,
        "t": one.text("t"),
        "s": [[kk, ru] for _key, kk, ru in schools],
        "g": [[[who.id.hex, who.name, place[who.school_id]] for who in group] for group in groups],
    }


@word("unpair", "teacher")
def end_pairs(one: Word) -> None:
    """The number goes on counting: answers of the next pairs are told from these."""
    if keep(one):
        show(one.lesson, pairs={"n": (one.lesson.now.get("pairs") or {}).get("n", 0)})
        publish(everybody(one.lesson), "unpair")


@word("pair", "pupil", "staff")
def write_together(one: Word) -> None:
    """The newest text of either is the answer of both; it reaches the other at once."""
    pupil, pairs = whose(one), one.lesson.now.get("pairs") or {}
    number = group_of(pairs, pupil.id.hex)
    if number is None:
        raise Unsaid("no-pair")
    said = {"n": pairs["n"], "g": number, "t": one.text("t")}
    if keep(one, data=said, person_id=pupil.id, class_id=pupil.class_id, school_id=pupil.school_id):
        publish(everybody(one.lesson), "pair", said)
        stir(one)


def group_of(pairs: dict[str, Any], pupil: str) -> int | None:
    return next(
        (number for number, group in enumerate(pairs.get("g", ())) if any(who[0] == pupil for who in group)),
        None,
    )
