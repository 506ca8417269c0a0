"""Classes: opened, listed in Kazakh order, joined, left and combined; the step into the next year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people import service
from lms.people.models import ClassMembership, CombinedClass, Person, RoleHolding, SchoolClass
from lms.people.service import classes, years
from lms.people.service.persons import describe_person
from lms.places.service import found_school
from tests.cast import Browser, Cast, read_afresh

Statements = Callable[[], Any]
FORM = {"grade": "5", "letter": "ә", "language": "kk", "shift": "1", "teacher_id": ""}


def test_classes_stand_in_kazakh_order(cast: Cast) -> None:
    for grade, letter in ((10, "А"), (5, "Б"), (5, "Ә"), (5, "А"), (5, "Ң"), (5, "Н")):
        cast.school_class(grade, letter)
    page = cast.signed_in("director").get("/classes").text
    assert re.findall(r"(\d+) «(.)»", page) == [
        ("5", "А"),
        ("5", "Ә"),
        ("5", "Б"),
        ("5", "Н"),
        ("5", "Ң"),
        ("10", "А"),
    ]


def test_a_class_is_opened_changed_and_removed(cast: Cast) -> None:
    assert cast.year
    director, teacher = cast.signed_in("director"), cast.person("teacher")
    answer = director.post(f"/classes/new/{cast.school.id}", {**FORM, "teacher_id": str(teacher.id)})
    assert answer.status_code == 303
    row = db.session.scalar(select(SchoolClass))
    assert row and (row.name, row.teacher_id) == ("5 «Ә»", teacher.id)
    assert director.post(f"/classes/{row.id}/edit", {**FORM, "letter": "Б", "shift": "2"}).status_code == 303
    for wrong in ({"grade": "13"}, {"letter": "5"}, {"grade": "0"}, {"shift": "9"}):
        assert director.post(f"/classes/new/{cast.school.id}", {**FORM, **wrong}).status_code == 422, wrong
    assert director.post(f"/classes/new/{cast.school.id}", {**FORM, "letter": "Б"}).status_code == 422
    assert director.post(f"/classes/{row.id}/close").status_code == 303
    read_afresh()
    assert db.session.scalar(select(SchoolClass)) is None


def test_a_latin_letter_is_the_cyrillic_class(cast: Cast) -> None:
    cast.school_class(5, "А")
    assert (
        cast.signed_in("director").post(f"/classes/new/{cast.school.id}", {**FORM, "letter": "A"}).status_code
        == 422
    )


def member(person: Person) -> ClassMembership:
    read_afresh()
    found = classes.current_membership(db.session.get_one(Person, person.id))
    assert found
    return found


def test_a_pupil_joins_moves_and_leaves_and_the_history_stays(cast: Cast) -> None:
    old, new, director = cast.school_class(5), cast.school_class(5, "Ә"), cast.signed_in("director")
    with edge():
        pupil = service.enrol_person("Ғани", "Әлиев")
        service.give_role(pupil, "student", cast.school)
    joins = {"person_id": str(pupil.id), "since": (clock.today() - timedelta(days=30)).isoformat()}
    assert director.post(f"/classes/{old.id}/join", joins).status_code == 303
    moves = {"class_id": str(new.id), "on": clock.today().isoformat()}
    assert director.post(f"/classes/membership/{member(pupil).id}/move", moves).status_code == 303
    assert member(pupil).class_id == new.id
    page = director.get(f"/people/{pupil.id}").text
    assert "5 «А»" in page and "5 «Ә»" in page
    later = (clock.today() + timedelta(days=3)).isoformat()
    leaves = {"on": later, "reason": "left", "end_role": "y"}
    assert director.post(f"/classes/membership/{member(pupil).id}/leave", leaves).status_code == 303
    assert member(pupil).until == clock.today() + timedelta(days=2)
    roles = db.session.scalars(select(RoleHolding.role).where(RoleHolding.person_id == pupil.id)).all()
    assert roles == []  # held for less than a day: it never was


def test_a_class_with_a_history_cannot_be_removed(cast: Cast) -> None:
    row = cast.school_class(5)
    cast.pupil(row)
    assert cast.signed_in("director").post(f"/classes/{row.id}/close").status_code == 409


def test_a_class_of_forty_takes_as_many_statements_as_one_of_one(cast: Cast, statements: Statements) -> None:
    row, director = cast.school_class(5), cast.signed_in("director")
    for number in range(40):
        cast.pupil(row, f"Оқушы {number}")
    for path in (f"/classes/{row.id}", "/classes"):
        with statements() as sent:
            assert director.get(path).status_code == 200
        assert len(sent) <= 8, sent


def test_small_classes_are_combined_and_parted(cast: Cast) -> None:
    rows, director = [cast.school_class(grade) for grade in (2, 3, 4)], cast.signed_in("director")
    path = f"/classes/combine/{cast.school.id}"
    assert director.post(path, {"classes": [str(rows[0].id)]}).status_code == 422
    assert director.post(path, {"classes": [str(one.id) for one in rows]}).status_code == 303
    page = director.get(f"/classes/{rows[1].id}").text
    assert all(one.name in page for one in rows)
    combined = db.session.scalar(select(CombinedClass.id))
    assert director.post(f"/classes/combined/{combined}/part").status_code == 303
    read_afresh()
    assert db.session.scalar(select(CombinedClass)) is None


def next_year(cast: Cast) -> None:
    first = cast.year.starts_on.year + 1
    with edge():
        years.open_year(date(first, 9, 1), date(first + 1, 5, 25))


def rolled_over(cast: Cast) -> tuple[Browser, Person, Person]:
    young, old = cast.pupil(cast.school_class(5, "Ә"), "Ғани"), cast.pupil(cast.school_class(11), "Дана")
    next_year(cast)
    director = cast.signed_in("director")
    page = director.get(f"/classes/next-year/{cast.school.id}").text
    assert "6 «Ә»" in page and "мектеп бітіреді" in page
    assert director.post(f"/classes/next-year/{cast.school.id}").status_code == 303
    read_afresh()
    return director, young, old


def places(person: Person) -> list[tuple[str, date | None]]:
    rows = db.session.scalars(
        select(ClassMembership).where(ClassMembership.person_id == person.id).order_by(ClassMembership.since)
    )
    return [(one.school_class.name, one.until) for one in rows]


def test_the_new_year_keeps_letters_and_lets_graduates_go(cast: Cast) -> None:
    _director, young, old = rolled_over(cast)
    last = date(cast.year.starts_on.year + 1, 8, 31)
    assert places(young) == [("5 «Ә»", last), ("6 «Ә»", None)]
    assert places(old) == [("11 «А»", last)]
    until = db.session.scalar(select(RoleHolding.until).where(RoleHolding.person_id == old.id))
    assert until == last


def test_the_step_is_taken_once_and_can_be_undone(cast: Cast) -> None:
    director, young, _old = rolled_over(cast)
    path = f"/classes/next-year/{cast.school.id}"
    assert director.post(path).status_code == 409
    assert director.post(f"{path}/undo").status_code == 303
    read_afresh()
    assert places(young) == [("5 «Ә»", None)]
    assert db.session.scalars(select(SchoolClass.grade).order_by(SchoolClass.grade)).all() == [5, 11]
    assert director.post(path).status_code == 303


def test_the_step_cannot_be_undone_once_somebody_has_worked_with_it(cast: Cast) -> None:
    director, _young, _old = rolled_over(cast)
    new = db.session.scalar(select(SchoolClass).where(SchoolClass.grade == 6))
    assert new
    with edge():
        db.session.get_one(SchoolClass, new.id).shift = 2
    assert director.post(f"/classes/next-year/{cast.school.id}/undo").status_code == 409


def test_years_do_not_overlap_and_only_an_administrator_sets_them(cast: Cast) -> None:
    first = cast.year.starts_on.year
    administrator = cast.signed_in("administrator")
    overlapping = {"starts_on": f"{first}-10-01", "ends_on": f"{first + 1}-06-01"}
    assert administrator.post("/school-years/new", overlapping).status_code == 422
    fitting = {"starts_on": f"{first + 1}-09-01", "ends_on": f"{first + 2}-05-25"}
    assert cast.signed_in("director").post("/school-years/new", fitting).status_code == 403
    assert administrator.post("/school-years/new", fitting).status_code == 303
    longer = {"starts_on": f"{first}-09-01", "ends_on": f"{first + 1}-05-31"}
    assert administrator.post(f"/school-years/{cast.year.id}", longer).status_code == 303
    assert f"31.05.{first + 1}" in administrator.get("/school-years").text


def test_what_did_not_change_writes_no_record(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(5))
    with edge():
        describe_person(db.session.get_one(Person, pupil.id), {"first_name": "Ғани", "is_admin": True})
    assert not hasattr(pupil, "is_admin")


def test_who_looks_after_many_schools_chooses_one_and_works_there(cast: Cast) -> None:
    school = cast.school
    assert cast.year
    with edge():
        found_school(cast.district, "Екінші мектеп", "Вторая школа")
    office = cast.signed_in("administrator")
    for path, ways in (
        ("/classes", ["/classes/new/", "/classes/next-year/"]),
        ("/people", ["/people/new/", "/people/export/"]),
    ):
        assert not any(way in office.get(path).text for way in ways)
        chosen = office.get(f"{path}?school={school.id}").text
        assert all(f"{way}{school.id}" in chosen for way in ways)
