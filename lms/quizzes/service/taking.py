"""Verbs of the pupil: begin, go on, hand in. Saving answers has a file of its own, because it must be cheap."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import clock, ids, limits
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import ClassMembership, Person
from lms.quizzes.composing import balanced, compose
from lms.quizzes.models import (
    GivenAnswer,
    ItemVersion,
    QuizAttempt,
    SealedPaper,
    Sitting,
    SittingEvent,
    SittingTarget,
)
from lms.quizzes.queries.taking import Test
from lms.quizzes.service import exposure, sealed, sittings

QUIET = timedelta(minutes=5)
LOADING = timedelta(seconds=90)  # the clock waits this long for a slow line to bring the page


def begin(
    test: Test, person: Person, device: str, code: str = "", *, computer_of: UUID | None = None
) -> QuizAttempt:
    """The attempt that goes on, or a new one. From here on its questions, seeds and order are fixed.

    `computer_of`: the school at which the computer that asks is registered.
    """
    if test.going_on and test.newest is not None:
        return test.newest
    if not test.may_begin:
        raise Refused(_("This test cannot be begun now."))
    sitting = test.sitting
    if sitting.on_school_computers and computer_of != sitting.school_id:
        raise Refused(_("This test is begun on a registered computer of the school. Ask your teacher."))
    _check_code(sitting, person, code)
    variant, questions = _paper_for(sitting, person.id)
    row = QuizAttempt(
        sitting_id=sitting.id, person_id=person.id, path=sitting.path, number=len(test.attempts) + 1, variant=variant,
        questions=questions, left_at=clock.now(), device=device,
        extra_minutes=_extra(sitting, person),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    exposure.drawn_for(row)
    return row


def sealed_for(sitting: Sitting, person_id: UUID) -> SealedPaper:
    """The paper this pupil will open, fixed at the first call."""
    known = sealed.paper_of(sitting.id, person_id)
    if known is not None:
        return known
    variant = _variant(sitting, person_id)
    return sealed.prepared(sitting, person_id, questions_for(sitting, person_id, variant), variant)


def _paper_for(sitting: Sitting, person_id: UUID) -> tuple[int, list[dict[str, Any]]]:
    if sitting.sealed:
        row = sealed_for(sitting, person_id)
        return row.variant, row.questions
    variant = _variant(sitting, person_id)
    return variant, questions_for(sitting, person_id, variant)


def take_break(attempt: QuizAttempt) -> None:
    """The clock rests for as long as the next break is; a page that asks twice gets one."""
    allowed, now = attempt.sitting.breaks, clock.now()
    if attempt.ended_at is not None or (attempt.break_until and attempt.break_until > now):
        return
    if attempt.breaks_taken >= len(allowed):
        raise Refused(_("You have had all your breaks."))
    minutes = timedelta(minutes=allowed[attempt.breaks_taken])
    attempt.breaks_taken += 1
    attempt.break_until = now + minutes
    attempt.deadline = attempt.deadline and attempt.deadline + minutes
    sittings.note(attempt.id, "break", str(allowed[attempt.breaks_taken - 1]))


def start_clock(attempt: QuizAttempt) -> None:
    """The page says that it is all there. Saying so late wins no time: the wait is bounded."""
    if attempt.started_at is None:
        attempt.started_at = min(clock.now(), attempt.left_at + LOADING)
        attempt.deadline = _deadline(attempt)


def leave_server(attempt: QuizAttempt) -> None:
    """The first question leaves now; begun but never opened costs no time."""
    if attempt.started_at is None and attempt.deadline is None:
        attempt.left_at = clock.now()
        attempt.deadline = _deadline(attempt)


def _deadline(attempt: QuizAttempt) -> Any:
    minutes = attempt.sitting.minutes
    if not minutes:
        return None
    began = attempt.started_at or attempt.left_at + LOADING
    return began + timedelta(minutes=minutes + attempt.extra_minutes)


def _check_code(sitting: Sitting, person: Person, code: str) -> None:
    if not sitting.code:
        return
    limits.at_most("test-code", f"{sitting.id}{person.id}", 10, 5)
    if not hmac.compare_digest(
        ids.token_digest(sitting.code), ids.token_digest("".join(code.upper().split()))
    ):
        raise Refused(_("The code is not right. Ask your teacher for it."))


def _extra(sitting: Sitting, person: Person) -> int:
    """Accommodations give a share of the time on top, in percent; formats may have minutes of their own."""
    share = (person.accommodations or {}).get("extra_time", 0)
    if isinstance(share, int | float) and share > 0:
        return -(-sitting.minutes * int(share) // 100)
    # Who has special needs and no share of their own gets what the exam's own rules give.
    return int(sitting.version.body.get("extra", 0)) if person.special_needs and sitting.minutes else 0


def _variant(sitting: Sitting, person_id: UUID) -> int:
    """Neighbours in the list of the class get different variants."""
    if not sitting.variants:
        return 0
    classes = select(SittingTarget.class_id).where(SittingTarget.sitting_id == sitting.id)
    pupils = list(
        db.session.scalars(
            select(ClassMembership.person_id)
            .join(Person, Person.id == ClassMembership.person_id)
            .where(ClassMembership.class_id.in_(classes))
            .order_by(Person.sort_key, Person.id)
        )
    )
    place = pupils.index(person_id) if person_id in pupils else 0
    return place % sitting.variants + 1


def questions_for(sitting: Sitting, person_id: UUID, variant: int) -> list[dict[str, Any]]:
    body = sitting.version.body
    if variant:
        return balanced(body, sitting.variants, sitting.id.hex)[variant - 1]
    draws = any("draw" in section for section in body["sections"])
    chance = Random(secrets.randbits(64))
    return (
        compose(body, chance, _seen(person_id), exposure.spent_in(body)) if draws else compose(body, chance)
    )


def _seen(person_id: UUID) -> frozenset[str]:
    rows = db.session.scalars(
        select(ItemVersion.item_id)
        .join(GivenAnswer, GivenAnswer.version_id == ItemVersion.id)
        .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
        .where(QuizAttempt.person_id == person_id)
    )
    return frozenset(key.hex for key in rows)


def go_on_here(attempt: QuizAttempt, device: str, code: str) -> None:
    """Another computer takes over; what the first one still sends is kept in the journal."""
    limits.at_most("hand-over", attempt.id.hex, 10, 5)
    until = attempt.hand_over_until
    given = ids.token_digest(f"{attempt.id.hex}{''.join(code.upper().split())}")
    good = until is not None and clock.now() <= until and hmac.compare_digest(given, attempt.hand_over_digest)
    if not good:
        raise Refused(_("The code is not right, or its time is over. Ask your teacher for a new one."))
    take_over(attempt, device)


def take_over(attempt: QuizAttempt, device: str) -> None:
    attempt.epoch += 1
    attempt.device, attempt.hand_over_digest, attempt.hand_over_until = device, "", None
    sittings.note(attempt.id, "device")


def seen_elsewhere(attempt: QuizAttempt) -> None:
    """Somebody with the pupil's sign-in looks at the exam from another computer: told, once in a while."""
    lately = clock.now() - QUIET
    known = select(SittingEvent.id).where(
        SittingEvent.attempt_id == attempt.id,
        SittingEvent.kind == "elsewhere",
        SittingEvent.created_at > lately,
    )
    if attempt.sitting.mode == "exam" and db.session.scalar(known.limit(1)) is None:
        sittings.note(attempt.id, "elsewhere")
