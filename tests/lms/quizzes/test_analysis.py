"""What a test says about its own questions: a class is guarded from conclusions, a year group is not."""

from __future__ import annotations

from uuid import UUID

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import ClassMembership, Person, SchoolClass
from lms.quizzes.models import GivenAnswer, ItemVersion, QuizAttempt, Sitting
from lms.quizzes.queries.clinic import clinic
from lms.quizzes.questions import kind_of
from lms.quizzes.service import marking, taking
from tests.cast import Cast
from tests.lms.quizzes.conftest import Pupil, given, paper_of, written
from tests.lms.quizzes.samples import SAMPLES


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
