"""Words from the classes: signs of life, hands, answers, requests for help. Each belongs to a pupil of a school."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import db
from lms.core.live import publish
from lms.lessons.judging import LONGEST
from lms.lessons.labels import HELP_ASKED, STEPS
from lms.lessons.models import StreamedPresence
from lms.lessons.queries.room import Pupil, pupil_of, pupils_at
from lms.lessons.queries.school_network import asked_in_the_class, question_of
from lms.lessons.service.words import Unsaid, Word, desk, keep, stir, word

GAP = timedelta(seconds=150)  # two signs of life may be lost before somebody counts as gone
MOST_AT_ONCE = 60


@word("beat", "pupil", "staff")
def sign_of_life(one: Word) -> None:
    """From a pupil's own device for that pupil; from the teacher in the class for all who are ticked."""
    if one.seat.role == "pupil":
        present = [(one.seat.person_id, one.seat.class_id, one.seat.school_id)]
    else:
        wanted = set(_keys(one.data.get("p", [])))
        known = pupils_at(one.lesson.id, _school(one)) if wanted else []
        present = [(pupil.id, pupil.class_id, pupil.school_id) for pupil in known if pupil.id in wanted]
    for person, group, school in present:
        if group and school:
            _extend(one, person, group, school)
    _note_the_line(one)


def _keys(given: object) -> list[UUID]:
    if not isinstance(given, list) or len(given) > MOST_AT_ONCE:
        raise Unsaid("unclear")
    try:
        return [UUID(str(one)) for one in given]
    except ValueError:
        raise Unsaid("unclear") from None


def _extend(one: Word, person: UUID, group: UUID, school: UUID) -> None:
    row, lesson, at = StreamedPresence, one.lesson.id, one.at
    if one.gathered is not None:
        one.gathered.seen.append((lesson, person, group, school, at))
        return
    changed = db.session.execute(
        update(row)
        .where(row.lesson_id == lesson, row.person_id == person, row.until > at - GAP, row.since <= at + GAP,
               row.later.is_(False))
        .values(until=at)
        .where(row.until <= at)
        .execution_options(synchronize_session=False)
    ).rowcount  # type: ignore[attr-defined]  # fmt: skip
    if not changed and not _covered(lesson, person, at):
        db.session.add(
            row(lesson_id=lesson, person_id=person, class_id=group, school_id=school, since=at, until=at)
        )


def _covered(lesson: UUID, person: UUID, at: datetime) -> bool:
    """A beat that comes late, for a time that is known already."""
    row = StreamedPresence
    found = select(row.id).where(
        row.lesson_id == lesson,
        row.person_id == person,
        row.since <= at,
        row.until >= at,
        row.later.is_(False),
    )
    return db.session.scalar(found.limit(1)) is not None


def _note_the_line(one: Word) -> None:
    """How good the school's line is: the way there and back in milliseconds, and how often it was gone."""
    drops, rtt = one.data.get("x", 0), one.data.get("r", 0)
    if type(rtt) is not int or type(drops) is not int or not (0 <= rtt < 120_000 and 0 <= drops < 10_000):
        raise Unsaid("unclear")
    if one.seat.role == "staff" or drops:
        keep(one, kind="link", data={"r": rtt, "x": drops})


@word("step", "staff")
def change_the_step(one: Word) -> None:
    """What the school's line carries now: the desk sees it, and it stays in the record."""
    step = one.data.get("k")
    if step not in STEPS:
        raise Unsaid("unclear")
    if keep(one, data={"k": step}):
        stir(one)


@word("ready", "pupil", "staff")
def slides_are_here(one: Word) -> None:
    """All slides lie on this device; counted per school before the lesson."""
    if keep(one, data={"n": one.whole("n", 0, 200)}):
        stir(one)


@word("hand", "pupil", "staff")
def raise_hand(one: Word) -> None:
    _about_a_pupil(one)


@word("lower", "pupil", "staff")
def lower_hand(one: Word) -> None:
    _about_a_pupil(one)


def _about_a_pupil(one: Word) -> None:
    pupil = whose(one)
    if keep(one, person_id=pupil.id, class_id=pupil.class_id, school_id=pupil.school_id):
        _seen(one, pupil)
        stir(one)


def _seen(one: Word, pupil: Pupil) -> None:
    """Whoever taps on the shared computer is there; their own device says so by itself."""
    if one.seat.role == "staff":
        _extend(one, pupil.id, pupil.class_id, pupil.school_id)


@word("answer", "pupil", "staff")
def answer(one: Word) -> None:
    """The last answer counts. What the key says of it is found when somebody looks, not now."""
    question = one.uuid("q")
    if question.hex not in one.lesson.now.get("asked", []) and not _opened(one, question):
        raise Unsaid("not-asked")
    given = one.data.get("a")
    values = given if isinstance(given, list) else [given]
    if not 1 <= len(values) <= 8 or not all(isinstance(value, (str, int, float)) for value in values):
        raise Unsaid("unclear")
    texts = [" ".join(str(value).replace("\0", "").split())[:LONGEST] for value in values]
    if not all(texts):
        raise Unsaid("unclear")
    if one.seat.role == "pupil":
        keep(one, question_id=question, data={"a": texts})
    else:
        pupil = whose(one)
        if keep(one, question_id=question, data={"a": texts}, person_id=pupil.id, class_id=pupil.class_id):
            _seen(one, pupil)


def _opened(one: Word, question: UUID) -> bool:
    """Asked by the teacher in the class: only what comes from there asks, so that three thousand answers do not."""
    school = one.seat.school_id
    return (
        one.seat.role == "staff"
        and school is not None
        and asked_in_the_class(one.lesson.id, question, school)
    )


@word("opened", "staff")
def ask_in_the_class(one: Word) -> None:
    """The line was gone, and the teacher in the class has asked one of the prepared questions."""
    row = question_of(one.lesson.id, one.uuid("q"))
    if row is None:
        raise Unsaid("not-asked")
    keep(one, question_id=row.id)


@word("help", "staff")
def ask_for_help(one: Word) -> None:
    code = one.data.get("k")
    if code not in HELP_ASKED:
        raise Unsaid("unclear")
    if keep(one, data={"k": code}):
        stir(one)


@word("note", "pupil", "staff")
def write_to_the_teacher(one: Word) -> None:
    """A line to the hub teacher, read also by the teacher in the class; `p` when a pupil wrote it on the school's network."""
    pupil = whose(one) if one.data.get("p") else None
    more = {"person_id": pupil.id, "class_id": pupil.class_id} if pupil else {}
    if keep(one, data={"t": one.text("t")}, **more):
        stir(one)


@word("own", "staff")
def go_on_alone(one: Word) -> None:
    """The line dropped and the class went on by the script; said when the line is back."""
    if keep(one, data={"n": one.whole("n", 0, 24 * 3600)}):
        publish(desk(one.lesson.id), "stir")


def whose(one: Word) -> Pupil:
    """The pupil at their own device, or the one whose name was tapped on the shared computer of their school."""
    if one.seat.role == "pupil" and one.seat.school_id and one.seat.class_id:
        return Pupil(one.seat.person_id, one.seat.class_id, one.seat.school_id)
    pupil = pupil_of(one.lesson.id, one.uuid("p"))
    if pupil is None or pupil.school_id != _school(one):
        raise Unsaid("not-a-pupil")
    return pupil


def _school(one: Word) -> UUID:
    if one.seat.school_id is None:
        raise Unsaid("not-allowed")
    return one.seat.school_id
