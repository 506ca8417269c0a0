"""What a test says about its own questions: a class is guarded from conclusions, a year group is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.people.models import ClassMembership, Person, SchoolClass
from lms.quizzes.models import GivenAnswer, ItemVersion, QuizAttempt, Sitting
from lms.quizzes.queries.clinic import clinic
from lms.quizzes.questions import kind_of
from lms.quizzes.service import marking, taking
from lms.quizzes.service.clinic import KIND
from tests.cast import Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, given, paper_of, written
from tests.lms.quizzes.samples import SAMPLES

Statements = Callable[[], AbstractContextManager[list[str]]]


def test_few_pupils_are_told_the_share_alone(cast: Cast, gani: Pupil, sitting: UUID) -> None:
    teacher = cast.signed_in("teacher")
    assert teacher.get(f"/given-tests/{sitting}/clinic").status_code == 200
    gani.answers(1, **gani.right(1))
    gani.hands_in()
    page = teacher.get(f"/given-tests/{sitting}/clinic").text
    main = page.split("<main")[1]
    assert "30" in main and "±" not in main, "a class of one says nothing about difficulty"
    item = gani.row().questions[0]
    item_id = db.session.get_one(ItemVersion, UUID(item["v"])).item_id
    assert "Ньютон" in teacher.get(f"/given-tests/{sitting}/items/{item_id}").text


def test_a_large_test_is_counted_behind_the_page_and_kept(
    cast: Cast, gani: Pupil, sitting: UUID, statements: Statements, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.quizzes.service.clinic.AT_ONCE", 0)
    gani.answers(1, **gani.right(1))
    gani.hands_in()
    here, teacher = f"/given-tests/{sitting}/clinic", cast.signed_in("teacher", language="ru")
    page = teacher.get(here).text
    assert "слишком много, чтобы считать их сразу" in page and "Все показатели" not in page
    for _twice in range(2):
        assert teacher.post(here).status_code == 303
    assert "data-address" in teacher.get(here).text, "progress is shown"
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.kind == KIND)).one())
    with statements() as asked:
        page = teacher.get(here).text
    assert len(asked) <= 8, "what was kept is read, not the answers"
    assert "Учеников меньше 30" in page and "Рассчитано:" in page and "изменились" not in page
    assert "30 оқушыдан аз" in cast.signed_in("teacher", language="kk").get(here).text
    assert cast.signed_in("teacher", cast.school_elsewhere).post(here).status_code == 404
    teacher = cast.signed_in("teacher", language="ru")
    with edge():
        answer = db.session.scalars(select(GivenAnswer).where(GivenAnswer.points > 0)).first()
        assert answer is not None
        answer.points = 0
    assert "изменились" in teacher.get(here).text and teacher.post(here).status_code == 303
    with edge():
        db.session.scalars(select(Job).where(Job.kind == KIND, Job.state == "waiting")).one().state = "failed"
    page = teacher.get(here).text
    assert "рассчитать не удалось" in page and "Учеников меньше 30" in page, "what was kept is still there"
    assert "Учеников меньше 30" not in teacher.get(f"{here}?model=2pl").text, "of every model its own"


def test_a_wrong_key_is_noticed(cast: Cast, third: SchoolClass) -> None:
    """Forty pupils, six questions; on the first one the strong half chooses what the key calls wrong."""
    items = [written(cast, "single") for _number in range(6)]
    key = given(cast, paper_of(cast, items), third)
    with edge():
        sitting = db.session.get_one(Sitting, key)
        for number in range(40):
            _sat(sitting, third, number)
    found = clinic(db.session.get_one(Sitting, key), "rasch").analysis
    assert found.responses.present == 40
    first = {one.code for one in found.verdicts[0]}
    assert first & {"check_key", "backwards"}, first


def _sat(sitting: Sitting, row: SchoolClass, number: int) -> None:
    person = _pupil(row, number)
    attempt = QuizAttempt(
        sitting_id=sitting.id, person_id=person, path=sitting.path, left_at=clock.now(),
        questions=taking.questions_for(sitting, person, 0),
    )  # fmt: skip
    db.session.add(attempt)
    db.session.flush()
    for one in attempt.questions:
        right = (one["n"] - 1) * 8 <= number
        wanted = "Джоуль" if one["n"] == 1 and number >= 20 else "Ньютон" if right else "Ватт"
        shown = kind_of("single").public(SAMPLES["single"], one["s"])["options"]
        choice = next(option["key"] for option in shown if option["text"] == wanted)
        db.session.add(
            GivenAnswer(attempt_id=attempt.id, number=one["n"], fields={"choice": [choice]}, rank=1)
        )
    db.session.flush()
    marking.end(attempt, "pupil")


def _pupil(row: SchoolClass, number: int) -> UUID:
    person = Person(first_name=f"Оқушы{number}", surname="Ә")
    db.session.add(person)
    db.session.flush()
    db.session.add(ClassMembership(class_id=row.id, person_id=person.id, since=clock.today()))
    return person.id
