"""Persons: found, read on record, enrolled, edited, disabled, and never above one's own rank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.people import iin, service
from lms.people.models import Person, RoleHolding
from lms.people.service import persons as verbs
from tests.cast import Cast, read_afresh

Statements = Callable[[], Any]
IIN = "061211600012"


def actions() -> list[str]:
    read_afresh()
    return list(db.session.scalars(select(AuditEntry.action)))


def afresh(person: Person) -> Person:
    read_afresh()
    return db.session.get_one(Person, person.id)


def test_names_are_found_without_kazakh_letters_and_in_any_order(cast: Cast) -> None:
    cast.pupil(cast.school_class(5), "Қымбат", "Әлімжанқызы")
    director = cast.signed_in("director")
    for typed in ("кымбат", "ӘЛІМЖАН қым", "алимжан"):
        assert "Әлімжанқызы Қымбат" in director.get(f"/people?q={typed}").text, typed
    assert "Әлімжанқызы" not in director.get("/people?q=болат").text


def test_filters_narrow_by_role_and_class(cast: Cast) -> None:
    row = cast.school_class(5)
    cast.pupil(row, "Қымбат", "Әлімжанқызы")
    director = cast.signed_in("director")
    assert "Әлімжанқызы" not in director.get("/people?role=teacher").text
    assert "Әлімжанқызы" in director.get(f"/people?role=student&class={row.id}").text
    assert "Әлімжанқызы" not in director.get("/people?class=nonsense").text


def test_people_elsewhere_do_not_exist(cast: Cast) -> None:
    foreign = cast.pupil(cast.school_class(5, school=cast.school_elsewhere), "Дана", "Маңғыстаулық")
    director = cast.signed_in("director")
    assert "Маңғыстаулық" not in director.get("/people").text
    assert director.get(f"/people/{foreign.id}").status_code == 404


def test_two_hundred_people_take_as_many_statements_as_three(cast: Cast, statements: Statements) -> None:
    row, director = cast.school_class(5), cast.signed_in("director")
    with statements() as few:
        director.get("/people")
    with edge():
        for number in range(60):
            service.give_role(service.enrol_person("Оқушы", f"{number}-ші"), "student", cast.school)
    cast.pupil(row)
    with statements() as many:
        assert director.get("/people").status_code == 200
    assert len(many) <= 8 and len(many) <= len(few) + 1


def test_reading_a_childs_profile_is_on_record_and_a_teachers_is_not(cast: Cast) -> None:
    pupil, teacher = cast.pupil(cast.school_class(5)), cast.signed_in("teacher")
    assert teacher.get(f"/people/{pupil.id}").status_code == 200
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "profile.read"))
    assert entry and entry.object_id == pupil.id and entry.place_path == cast.school.path
    teacher.get(f"/people/{cast.person('director').id}")
    assert actions().count("profile.read") == 1


def test_a_teacher_sees_what_helps_but_not_the_papers(cast: Cast) -> None:
    pupil = cast.pupil(
        cast.school_class(5), telephone="+77011234567", accommodations={"extra_time": 25, "reader": True}
    )
    page = cast.signed_in("teacher", language="ru").get(f"/people/{pupil.id}").text
    assert "25" in page and "Тексты читаются вслух" in page
    assert "+77011234567" not in page
    assert "+77011234567" in cast.signed_in("director").get(f"/people/{pupil.id}").text


def test_the_iin_is_masked_and_shown_on_record_to_the_office_only(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(5))
    with edge():
        verbs.keep_iin(db.session.get_one(Person, pupil.id), IIN)
    director, teacher = cast.signed_in("director"), cast.signed_in("teacher")
    assert IIN not in director.get(f"/people/{pupil.id}").text
    assert "••••" in director.get(f"/people/{pupil.id}").text
    assert IIN in director.post(f"/people/{pupil.id}/iin").text
    assert "iin.read" in actions()
    assert teacher.post(f"/people/{pupil.id}/iin").status_code == 403
    assert not any(IIN in str(entry.details) for entry in db.session.scalars(select(AuditEntry)))


FORM = {
    "first_name": "Дана",
    "surname": "Бекқызы",
    "language": "kk",
    "sex": "f",
    "role": "student",
    "extra_time": "0",
}


def test_the_director_enrols_a_pupil_into_a_class(cast: Cast) -> None:
    row, director = cast.school_class(5), cast.signed_in("director")
    form = {**FORM, "class_id": str(row.id), "iin": IIN, "birth_date": "2006-12-12", "login": "dana"}
    answer = director.post(f"/people/new/{cast.school.id}", form)
    assert answer.status_code == 303, answer.text
    person = db.session.scalar(select(Person).where(Person.login == "dana"))
    assert person and iin.opened(person.iin_sealed) == IIN
    assert "ЖСН" in director.get(answer.location).text  # the date differs: a remark, not a refusal
    assert person.full_name in director.get(f"/classes/{row.id}").text


def test_faults_are_said_at_their_fields(cast: Cast) -> None:
    director = cast.signed_in("director")
    cast.pupil(cast.school_class(5), login="dana")
    for wrong in (
        {"iin": "061211600013"},
        {"login": "a b"},
        {"login": "dаna"},
        {"first_name": ""},
        {"extra_time": "900"},
    ):
        answer = director.post(f"/people/new/{cast.school.id}", {**FORM, "class_id": "", **wrong})
        assert answer.status_code == 422 and "field-error" in answer.text, wrong


def test_a_second_person_with_the_same_iin_is_refused(cast: Cast) -> None:
    pupil, director = cast.pupil(cast.school_class(5)), cast.signed_in("director")
    with edge():
        verbs.keep_iin(db.session.get_one(Person, pupil.id), IIN)
    answer = director.post(f"/people/new/{cast.school.id}", {**FORM, "class_id": "", "iin": IIN})
    assert answer.status_code == 422


def test_a_form_changes_only_what_it_asks_for(cast: Cast) -> None:
    pupil, director = cast.pupil(cast.school_class(5), login="gani"), cast.signed_in("director")
    more = {"disabled": "1", "password_hash": "x", "id": "1", "totp_sealed": "x", "failed_in_row": "7"}
    form = {**FORM, "login": "gani", "special_needs": "sight", "accommodations": "large_text", **more}
    assert director.post(f"/people/{pupil.id}/edit", form).status_code == 303
    person = afresh(pupil)
    assert (person.first_name, person.special_needs, person.accommodations) == (
        "Дана",
        ["sight"],
        {"large_text": True},
    )
    assert (person.disabled, person.password_hash, person.failed_in_row) == (False, None, 0)


def test_nobody_enrols_above_their_rank(cast: Cast) -> None:
    deputy, director = cast.signed_in("deputy_director"), cast.signed_in("director")
    for browser, role in (
        (deputy, "director"),
        (deputy, "teacher"),
        (director, "administrator"),
        (director, "director"),
    ):
        answer = browser.post(f"/people/new/{cast.school.id}", {**FORM, "class_id": "", "role": role})
        assert answer.status_code == 422, role
    held = set(db.session.scalars(select(RoleHolding.role)))
    assert held == {"deputy_director", "director"}


def test_nobody_edits_or_disables_those_above(cast: Cast) -> None:
    director, deputy = cast.person("director"), cast.signed_in("deputy_director")
    for path in ("edit", "disable"):
        assert deputy.post(f"/people/{director.id}/{path}", FORM).status_code == 403
    own = cast.signed_in("administrator")
    assert own.post(f"/people/{cast.person('administrator').id}/disable").status_code == 403


def test_disabling_and_enabling(cast: Cast) -> None:
    pupil, director = cast.pupil(cast.school_class(5)), cast.signed_in("director")
    assert director.post(f"/people/{pupil.id}/disable").status_code == 303
    assert afresh(pupil).disabled
    assert director.post(f"/people/{pupil.id}/enable").status_code == 303
    assert not afresh(pupil).disabled
    assert {"person.disabled", "person.enabled"} <= set(actions())
