"""A teacher brings questions in, takes them out, and reads what the clinic says."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lms.core.db import db
from lms.people.models import Person
from lms.quizzes.exchange.formats import read_any
from lms.quizzes.exchange.moodle_out import write_moodle
from lms.quizzes.models import GivenAnswer, Item, ItemVersion, QuestionFile, QuizAttempt
from lms.quizzes.queries.results import Column, Line, Matrix
from lms.quizzes.questions import kind_of
from tests.cast import Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, written
from tests.lms.quizzes.exchange import made
from tests.lms.quizzes.test_sitting import Statements

HERE = "/bank/bring"


def count() -> int:
    read_afresh()
    return db.session.scalar(select(func.count()).select_from(Item)) or 0


def sent(data: bytes, **more: str) -> dict[str, Any]:
    return {
        "file": (io.BytesIO(data), "questions.xml"),
        "language": "kk",
        "level": "B",
        "subject": "",
        "grade": "",
        **more,
    }


def keep(teacher: Browser, looked: TestResponse, **more: str) -> TestResponse:
    """The second button, under what was found."""
    ticket = re.search(r'name="ticket" value="([^"]+)"', looked.text)
    assert ticket, looked.text
    form = {"language": "kk", "level": "B", "subject": "", "grade": "", **more}
    return teacher.post(HERE + "/confirm", {**form, "ticket": ticket[1]})


def test_a_file_is_looked_at_first_and_then_brought_in(cast: Cast) -> None:
    teacher = cast.signed_in("teacher", language="ru")
    data, _notes = write_moodle([*made.questions(12), made.context()], made.load)
    data = data.replace(
        b"</quiz>", b'<question type="stack"><name><text>Stack</text></name></question></quiz>'
    )
    looked = teacher.post(HERE, sent(data))
    assert looked.status_code == 200 and count() == 0
    assert "Вопросы вида «stack» не переносятся." in looked.text
    kept = keep(teacher, looked)
    assert kept.status_code == 303 and count() == 15
    row = db.session.scalars(select(Item).where(Item.objective == "7.3.1.1", Item.level == "B")).first()
    assert row is not None and (row.kind, row.subject, row.grade) == ("several", "physics", 8)
    assert db.session.scalar(select(func.count()).select_from(QuestionFile)) == 12
    context = db.session.scalars(select(Item).where(Item.kind == "context")).one()
    assert len(db.session.scalars(select(Item).where(Item.context_id == context.id)).all()) == 2


def test_what_was_brought_in_goes_out_again(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    before = [one for one in made.questions(10) if one["kind"] != "essay"]
    data, _notes = write_moodle(before, made.load)
    keep(teacher, teacher.post(HERE, sent(data)))
    looked = teacher.get("/bank/take-out?format=gift&subject=physics")
    assert "Файлды алу (GIFT)" in looked.text and "Пішімде мұндай сұрақ түрі жоқ" in looked.text
    answer = teacher.get("/bank/take-out/file?format=moodle&subject=physics")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="questions.xml"'
    found = read_any(answer.data)[1]
    assert found.refused == [] and set(found.files.kept) <= set(made.PICTURES)

    def sorted_by_stem(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(rows, key=lambda one: str(one["content"]["stem"]))

    assert sorted_by_stem(found.questions) == sorted_by_stem(before)


def test_typed_questions_come_in_with_where_they_belong(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    text = "Қысым бірлігі\nA) ньютон\n*B) паскаль\n"
    form = {"text": text, "language": "kk", "level": "C", "subject": "physics", "grade": "7"}
    looked = teacher.post(HERE, form)
    assert keep(teacher, looked, level="C", subject="physics", grade="7").status_code == 303
    read_afresh()
    row = db.session.scalars(select(Item)).one()
    assert (row.title, row.level, row.grade) == ("Қысым бірлігі", "C", 7)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "Файл бос."), (b"PK\x03\x04x", "Мұрағат бүлінген немесе шифрланған."),
     (b"<?xml version='1.0'?><!DOCTYPE quiz><quiz/>", "XML құжат түрін жариялайды.")],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words(cast: Cast, data: bytes, sentence: str) -> None:
    answer = cast.signed_in("teacher").post(HERE, sent(data))
    assert answer.status_code == 422 and sentence in answer.text and count() == 0


def test_pupils_bring_nothing_in_and_take_nothing_out(cast: Cast) -> None:
    pupil = cast.signed_in("student")
    assert pupil.get(HERE).status_code in (403, 404)
    assert pupil.get("/bank/take-out/file").status_code in (403, 404)


def test_the_clinic_of_one_pupil_says_how_little_it_knows(
    cast: Cast,
    gani: Pupil,
    sitting: UUID,
    statements: Callable[[], AbstractContextManager[list[str]]] | Statements,
) -> None:
    for number in range(1, 5):
        gani.answers(number, **gani.right(number))
    gani.hands_in()
    teacher = cast.signed_in("teacher", language="ru")
    with statements() as asked:
        page = teacher.get(f"/given-tests/{sitting}/clinic?model=3pl")
    assert page.status_code == 200 and len(asked) <= 8
    assert "Учеников меньше 30: показана только доля верных ответов." in page.text
    assert "<polyline" not in page.text
    assert (
        cast.signed_in("teacher", cast.school_elsewhere).get(f"/given-tests/{sitting}/clinic").status_code
        == 404
    )


def many_answers(pupils: int, items: list[Item]) -> Matrix:
    """Strong pupils take the wrong option of the second question; the others are answered as ability has it."""
    chance = np.random.default_rng(5)
    versions = [db.session.get_one(ItemVersion, one.current_id) for one in items]
    columns = [Column(one.item_id, one) for one in versions]
    lines = []
    for number in range(pupils):
        strength, line = chance.normal(), Line(Person(surname=f"P{number}", first_name="A", patronymic=""))
        line.attempt = QuizAttempt(
            questions=[{"n": n, "s": 1, "v": one.id.hex} for n, one in enumerate(versions, 1)]
        )
        for n, one in enumerate(versions, 1):
            right = chance.random() < 1 / (1 + np.exp(-2 * strength))
            key = {True: "a", False: "b"}[bool(right)] if n != 2 else {True: "c", False: "a"}[bool(right)]
            options = kind_of("single").public(one.content, 1)["options"]
            texts = {option["id"]: option["text"] for option in one.content["options"]}
            shown = next(option["key"] for option in options if option["text"] == texts[key])
            line.cells[one.item_id.hex] = GivenAnswer(
                number=n, points=float(key == "a"), most=1.0, waiting=False, fields={"choice": [shown]}
            )
        lines.append(line)
    return Matrix(lines, columns, 0)


def test_the_clinic_of_sixty_pupils_names_the_wrong_key(
    cast: Cast, sitting: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [written(cast, "single") for _number in range(6)]
    found = many_answers(60, items)
    monkeypatch.setattr("lms.quizzes.queries.clinic.matrix", lambda _sitting: found)
    page = cast.signed_in("teacher", language="ru").get(f"/given-tests/{sitting}/clinic").text
    assert "Большинство сильных учеников выбрали C: проверьте ключ." in page
    assert page.count("<polyline") == 6 * 4
    assert "Ученики и вопросы на одной шкале" in page
