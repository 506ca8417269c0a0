"""One test in two schools and two languages, an entry and an exit: computed behind the page, told in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import clock, ids
from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.people.models import Person
from lms.places.models import Place, School
from lms.quizzes.models import GivenAnswer, Item, Paper, QuizAttempt, Study
from lms.quizzes.queries.study_data import sat
from lms.quizzes.service import bank, papers, sittings, studies
from lms.quizzes.study_words import growth_words
from tests.cast import Cast, read_afresh
from tests.lms.quizzes.conftest import written

Statements = Callable[[], AbstractContextManager[list[str]]]
ITEMS, PUPILS = 10, 120


def paper(cast: Cast, items: list[Item], language: str) -> Paper:
    with edge():
        keys = [one.id.hex for one in items]
        return papers.begin_paper(
            cast.school, cast.person("teacher").id, [{"title": "", "items": keys}], title=f"Мониторинг {language}", minutes=40,
            language=language,
        )  # fmt: skip


def sits(
    cast: Cast, made: Paper, school: Place, people: list[UUID], right: Callable[[int, int], bool]
) -> None:
    """Rows as marking leaves them: who was right where."""
    with edge():
        given = sittings.give(db.session.merge(made), school, cast.person("teacher").id, pupils=people[:1])
        units = given.version.body["sections"][0]["units"]
        for row, person in enumerate(people):
            attempt = QuizAttempt(
                sitting_id=given.id, person_id=person, path=school.path, questions=[], left_at=clock.now(),
                ended_at=clock.now(), ended_by="pupil",
            )  # fmt: skip
            db.session.add(attempt)
            db.session.flush()
            db.session.add_all(
                GivenAnswer(attempt_id=attempt.id, number=place + 1, version_id=UUID(unit["v"]),
                            points=float(right(row, place)), most=1.0)
                for place, unit in enumerate(units)
            )  # fmt: skip


def people(count: int) -> list[UUID]:
    rows = [Person(id=ids.new_id(), first_name=f"Оқушы{n}", surname="Ә") for n in range(count)]
    with edge():
        db.session.add_all(rows)
    return [one.id for one in rows]


def by_strength(chance: Random, helped: float = 0.0, spoilt: int = -1) -> Callable[[int, int], bool]:
    """Stronger pupils are right more often, later questions are harder; the question `spoilt` is lost on everybody."""

    def right(row: int, place: int) -> bool:
        share = 0.85 - 0.06 * place + 0.3 * ((row * 37 % 100) / 100 - 0.5) + helped
        return chance.random() < (0.05 if place == spoilt else share)

    return right


@pytest.fixture
def twins(cast: Cast) -> tuple[list[Item], list[Item]]:
    kk = [written(cast, "single") for _number in range(ITEMS)]
    ru = [written(cast, "single", language="ru") for _number in range(ITEMS)]
    with edge():
        for one, other in zip(kk, ru, strict=True):
            bank.join_twins(db.session.merge(one), db.session.merge(other))
    return kk, ru


def computed(study: Study) -> Study:
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.state == "waiting")).one())
    read_afresh()
    return db.session.get_one(Study, study.id)


def test_a_spoilt_translation_is_found(cast: Cast, twins: tuple[list[Item], list[Item]]) -> None:
    """Two hundred and forty pupils; in Russian the fourth question is lost on everybody."""
    kk, ru = (paper(cast, items, language) for items, language in zip(twins, ("kk", "ru"), strict=True))
    chance = Random(5)
    sits(cast, kk, cast.school, people(PUPILS), by_strength(chance))
    sits(cast, ru, cast.school, people(PUPILS), by_strength(chance, spoilt=3))
    teacher = cast.signed_in("teacher")
    answer = teacher.post(
        "/studies/new", {"title": "Мониторинг", "entry": [kk.id.hex, ru.id.hex], "model": "rasch"}
    )
    assert answer.status_code == 303, answer.text
    assert 'data-module="progress"' in teacher.get(answer.location).text
    study = computed(db.session.scalars(select(Study)).one())
    assert study.state == "done" and study.result is not None
    found = study.result["clinic"]
    assert (found["pupils"], len(found["items"])) == (2 * PUPILS, ITEMS), "twins are one question"
    split = next(one for one in found["splits"] if one["code"] == "language")
    assert [one["grade"] for one in split["items"]].count("C") == 1
    assert split["items"][3]["grade"] == "C" and split["items"][3]["delta"] < 0
    assert "unequal" in found["items"][3]["verdicts"]
    page = teacher.get(answer.location).text
    assert "бірінші топқа қиын" in page
    assert cast.signed_in("teacher", cast.school_elsewhere).get(answer.location).status_code == 404


def test_growth_is_told_by_group_and_the_pilot_against_the_control(
    cast: Cast, twins: tuple[list[Item], list[Item]]
) -> None:
    other = cast._school("Ақсуат мектебі", "Аксуатская школа", cast.district)
    with edge():
        db.session.get_one(School, other.id).kind = "satellite"
    entry, leaving = paper(cast, twins[0], "kk"), paper(cast, twins[0], "kk")
    chance = Random(9)
    ours, theirs = people(PUPILS), people(PUPILS)
    for made, ours_helped, theirs_helped in ((entry, -0.25, -0.25), (leaving, -0.2, 0.12)):
        sits(cast, made, cast.school, ours, by_strength(chance, ours_helped))
        sits(cast, made, other, theirs, by_strength(chance, theirs_helped))
    place = cast.district
    with edge():
        study = studies.begin_study(
            place, cast.person("methodologist", place).id, "Өсім", [entry.id.hex], [leaving.id.hex], "rasch"
        )
    found = computed(study).result
    assert found is not None and found["growth"]["anchors"] == ITEMS
    assert found["growth"]["whole"]["low"] > 0.3
    models = {one["group"]: one for one in found["growth"]["sides"]["model"]}
    assert models["satellite"]["mean"] > models["ordinary"]["mean"]
    assert models["satellite"]["effect"]["sure"] and models["satellite"]["effect"]["size"] > 0.3
    with edge():
        studies.set_pilot(db.session.get_one(Study, study.id), [other.id.hex])
    found = computed(study).result
    assert found is not None
    pilot = {one["group"]: one for one in found["growth"]["sides"]["pilot"]}
    assert pilot["pilot"]["count"] == pilot["control"]["count"] == PUPILS
    assert pilot["pilot"]["effect"]["size"] == models["satellite"]["effect"]["size"]
    methodologist = cast.signed_in("methodologist", place)
    page = methodologist.get(f"/studies/{study.id}").text
    assert "Пилот" in page and "<svg" in page and "Ақсуат мектебі" in page


def test_an_office_compares_groups_and_reads_no_pupil_s_name(
    cast: Cast, twins: tuple[list[Item], list[Item]]
) -> None:
    """Eight pupils are few enough to be named, for their school."""
    made, later = paper(cast, twins[0], "kk"), paper(cast, twins[0], "kk")
    eight = people(8)
    for one in (made, later):
        sits(cast, one, cast.school, eight, lambda row, place: (row + place) % 3 > 0)
    officer = cast.signed_in("district_officer")
    assert officer.get("/tests").location.endswith("/studies")
    answer = officer.post(
        "/studies/new", {"title": "Аудан", "entry": made.id.hex, "leaving": later.id.hex, "model": "rasch"}
    )
    assert answer.status_code == 303
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.state == "waiting")).one())
    page = officer.get(answer.location).text
    assert "Оқушы0" not in page and "Оқушы1" not in page
    with edge():
        study = studies.begin_study(
            cast.school, cast.person("teacher").id, "Мектеп", [made.id.hex], [later.id.hex], "rasch"
        )
        studies.keep(study, studies.result_of(study))
    assert "Оқушы1" in cast.signed_in("teacher").get(f"/studies/{study.id}").text
    assert officer.get("/given-tests").status_code == 403, "tests and their answers stay with the school"


def test_a_study_sees_only_the_places_of_whoever_asks(
    cast: Cast, twins: tuple[list[Item], list[Item]]
) -> None:
    made = paper(cast, twins[0], "kk")
    sits(cast, made, cast.school, people(3), lambda *_: True)
    sits(cast, made, cast.school_elsewhere, people(4), lambda *_: True)
    assert sat([made.id.hex], cast.school.path).responses.present == 3
    assert sat([made.id.hex], cast.school_elsewhere.path).responses.present == 4


def test_eight_pupils_are_told_no_more_than_they_carry(
    cast: Cast, twins: tuple[list[Item], list[Item]]
) -> None:
    made, later = paper(cast, twins[0], "kk"), paper(cast, twins[0], "kk")
    eight = people(8)
    sits(cast, made, cast.school, eight, by_strength(Random(1)))
    sits(cast, later, cast.school, eight, by_strength(Random(2), 0.1))
    with edge():
        study = studies.begin_study(
            cast.school, cast.person("teacher").id, "Сегіз", [made.id.hex], [later.id.hex], "2pl"
        )
    done = computed(study)
    assert done.result is not None
    assert done.result["clinic"]["model"] is None and done.result["clinic"]["splits"] == []
    (school,) = done.result["growth"]["sides"]["school"]
    assert school["count"] == 8 and not school["ranked"] and school["high"] - school["low"] > 0.5
    page = cast.signed_in("teacher").get(f"/studies/{study.id}").text
    assert "отызға жетпейтін" in page


def test_growth_without_a_band_is_said_in_words(app: Flask) -> None:
    with app.test_request_context():
        said = growth_words({"count": 1, "mean": 0.4, "low": None, "high": None})
    assert said and "None" not in said and "0,4" not in said


def test_no_answers_are_said_in_words(cast: Cast, twins: tuple[list[Item], list[Item]]) -> None:
    made = paper(cast, twins[0], "kk")
    with edge():
        study = studies.begin_study(cast.school, cast.person("teacher").id, "Бос", [made.id.hex], [], "rasch")
    assert computed(study).state == "few"
    assert "әлі ешкім аяқтаған жоқ" in cast.signed_in("teacher").get(f"/studies/{study.id}").text


def test_pages_of_studies_take_few_statements(
    cast: Cast, twins: tuple[list[Item], list[Item]], statements: Statements
) -> None:
    made = paper(cast, twins[0], "kk")
    sits(cast, made, cast.school, people(40), by_strength(Random(3)))
    with edge():
        study = studies.begin_study(cast.school, cast.person("teacher").id, "Аз", [made.id.hex], [], "rasch")
    computed(study)
    teacher = cast.signed_in("teacher")
    for path in ("/studies", "/studies/new", f"/studies/{study.id}"):
        with statements() as sent:
            assert teacher.get(path).status_code == 200
        assert len(sent) <= 8, (path, sent)
