"""Words of the hub teacher: pages, pointer, ink, timer, questions, calls, breaks from the screen."""

from __future__ import annotations

import re
from datetime import timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core import clock
from lms.core.db import db
from lms.core.live import publish
from lms.lessons import fairness
from lms.lessons.judging import cleaned
from lms.lessons.models import QUESTION_KINDS, StreamedLesson, StreamedPresence, StreamedQuestion
from lms.lessons.parts import PARTED, Unwritten, written
from lms.lessons.queries.room import called, pupil_of
from lms.lessons.service.words import (
    Unsaid,
    Word,
    desk,
    everybody,
    keep,
    show,
    staff_room,
    stills,
    stir,
    word,
)

STILL_THERE = timedelta(seconds=150)
MOST_QUESTIONS = 60
MOST_POINTS = 400
_STILL = re.compile(r"data:image/webp;base64,[A-Za-z0-9+/]{40,12000}={0,2}")


@word("page", "teacher")
def turn_page(one: Word) -> None:
    number = one.whole("s", 1, 200)
    if keep(one, slide=number):
        show(one.lesson, slide=number)
        publish(everybody(one.lesson), "page", {"s": number})


@word("point", "teacher")
def point(one: Word) -> None:
    """Passes by and is not kept."""
    publish(everybody(one.lesson), "point", {"x": one.whole("x", 0, 1000), "y": one.whole("y", 0, 1000)})


@word("still", "teacher")
def show_a_still(one: Word) -> None:
    """A picture of the teacher for schools whose line carries no moving one; it passes by, too."""
    picture = one.data.get("d")
    if not isinstance(picture, str) or not _STILL.fullmatch(picture):
        raise Unsaid("unclear")
    publish(stills(one.lesson), "still", {"d": picture})


@word("ink", "teacher")
def draw(one: Word) -> None:
    """A stroke as differences between points, in thousandths of the page: a few dozen bytes."""
    points = one.data.get("p")
    if not isinstance(points, list) or not 4 <= len(points) <= MOST_POINTS or len(points) % 2:
        raise Unsaid("unclear")
    if not all(type(number) is int and -1000 <= number <= 1000 for number in points):
        raise Unsaid("unclear")
    stroke = {"s": one.whole("s", 1, 200), "c": one.whole("c", 0, 5), "p": points}
    if keep(one, slide=stroke["s"], data=stroke):
        publish(everybody(one.lesson), "ink", stroke)


@word("wipe", "teacher")
def wipe(one: Word) -> None:
    number = one.whole("s", 1, 200)
    if keep(one, slide=number):
        publish(everybody(one.lesson), "wipe", {"s": number})


@word("timer", "teacher")
def set_timer(one: Word) -> None:
    seconds = one.whole("n", 0, 3600)
    if keep(one, data={"n": seconds}):
        ends = clock.now() + timedelta(seconds=seconds)
        show(one.lesson, timer=ends.isoformat() if seconds else "")
        publish(everybody(one.lesson), "timer", {"n": seconds})


@word("ask", "teacher")
def ask(one: Word) -> None:
    """A prepared question by its key, or one made on the spot."""
    row = _question(one)
    if keep(one, question_id=row.id):
        _open(one.lesson, row)


def _open(lesson: StreamedLesson, row: StreamedQuestion) -> None:
    asked = [*lesson.now.get("asked", []), row.id.hex]
    ends = (clock.now() + timedelta(seconds=row.seconds)).isoformat() if row.seconds else ""
    show(lesson, question=row.id.hex, asked=asked, question_ends=ends)
    publish(everybody(lesson), "ask", told(row))


def told(row: StreamedQuestion) -> dict[str, Any]:
    """What pupils get of a question: never its key."""
    return {
        "q": row.id.hex,
        "k": row.kind,
        "t": row.text,
        "o": row.options,
        "n": row.seconds,
        "e": row.purpose,
        **({"p": len(row.key)} if row.kind == "pairs" else {}),
    }


def _question(one: Word) -> StreamedQuestion:
    if one.data.get("q"):
        row = db.session.get(StreamedQuestion, one.uuid("q"))
        if row is None or row.lesson_id != one.lesson.id:
            raise Unsaid("not-asked")
        return row
    kind, options = one.data.get("k"), one.data.get("o", [])
    if kind not in QUESTION_KINDS or not isinstance(options, list) or len(options) > 8:
        raise Unsaid("unclear")
    texts = [" ".join(str(text).split())[:120] for text in options]
    if kind in PARTED:
        return add_question(one.lesson, kind, *_written(kind, one.text("t"), texts), one.data.get("n"))
    if kind in ("single", "multiple") and (len(texts) < 2 or not all(texts)):
        raise Unsaid("unclear")
    return add_question(
        one.lesson, kind, one.text("t"), texts, _key(one, kind, len(texts)), one.data.get("n")
    )


def _written(kind: str, text: str, lines: list[str]) -> tuple[str, list[str], list[str]]:
    try:
        return written(kind, text, lines)
    except Unwritten:
        raise Unsaid("unwritten") from None


def _key(one: Word, kind: str, options: int) -> list[str]:
    given = one.data.get("a")
    return (cleaned(kind, given, options) or []) if given not in (None, "", []) else []


def add_question(
    lesson: StreamedLesson, kind: str, text: str, options: list[str], key: list[str], seconds: object = 0,
    purpose: str = "",
) -> StreamedQuestion:  # fmt: skip
    many = select(func.count(), func.max(StreamedQuestion.number)).where(
        StreamedQuestion.lesson_id == lesson.id
    )
    count, last = db.session.execute(many).one()
    if count >= MOST_QUESTIONS:
        raise Unsaid("unclear")
    limit = seconds if isinstance(seconds, int) and 0 <= seconds <= 3600 else 0
    row = StreamedQuestion(
        lesson_id=lesson.id, number=(last or 0) + 1, kind=kind, text=text, options=options, key=key, seconds=limit,
        purpose=purpose,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


@word("close", "teacher")
def close_question(one: Word) -> None:
    if keep(one):
        show(one.lesson, question="")
        publish(everybody(one.lesson), "close")


@word("call", "teacher")
def call(one: Word) -> None:
    """The turn to speak goes to one pupil; the screens say who it is and from where."""
    _give_turn(one, pupil_of(one.lesson.id, one.uuid("p")))


@word("draw", "teacher")
def call_anybody(one: Word) -> None:
    """Chance decides among those who are present and have spoken least, in a school that has spoken least."""
    rows = db.session.execute(
        select(StreamedPresence.person_id, StreamedPresence.school_id)
        .where(
            StreamedPresence.lesson_id == one.lesson.id, StreamedPresence.until > clock.now() - STILL_THERE
        )
        .distinct()
    )
    found = fairness.drawn([(row[0], row[1]) for row in rows], called(one.lesson.id), SystemRandom())
    if found is None:
        raise Unsaid("not-a-pupil")
    _give_turn(one, pupil_of(one.lesson.id, UUID(str(found[0]))))


def _give_turn(one: Word, pupil: Any) -> None:
    if pupil is None:
        raise Unsaid("not-a-pupil")
    if keep(one, person_id=pupil.id, class_id=pupil.class_id, school_id=pupil.school_id):
        who = {"p": pupil.id.hex, "name": pupil.name, "class": pupil.class_name,
               "kk": pupil.school_kk, "ru": pupil.school_ru}  # fmt: skip
        show(one.lesson, called=who)
        publish(everybody(one.lesson), "call", who)
        publish(desk(one.lesson.id), "stir")


@word("quiet", "teacher")
def end_turn(one: Word) -> None:
    if keep(one):
        show(one.lesson, called=None)
        publish(everybody(one.lesson), "quiet")
        publish(desk(one.lesson.id), "stir")


@word("away", "teacher")
def look_away(one: Word) -> None:
    """Work off the screen: every screen goes dark and says for how long."""
    minutes = one.whole("m", 1, 30)
    if keep(one, data={"m": minutes}):
        show(one.lesson, away=(clock.now() + timedelta(minutes=minutes)).isoformat())
        publish(everybody(one.lesson), "away", {"n": minutes * 60})


@word("back", "teacher")
def look_again(one: Word) -> None:
    if keep(one):
        show(one.lesson, away="")
        publish(everybody(one.lesson), "back")


@word("override", "teacher")
def go_on_at_the_screen(one: Word) -> None:
    """Longer than the rules allow: possible, with a reason that is kept."""
    keep(one, data={"why": one.text("why")})
    publish(desk(one.lesson.id), "stir")


@word("line", "teacher")
def write_to(one: Word) -> None:
    """To one school's teacher alone, or to everybody."""
    text = one.text("t")
    if one.data.get("to"):
        school = one.uuid("to")
        if keep(one, school_id=school, data={"t": text}):
            publish(staff_room(one.lesson.id, school), "stir")
    elif keep(one, data={"t": text}):
        publish(everybody(one.lesson), "line", {"t": text})
    stir(one)
