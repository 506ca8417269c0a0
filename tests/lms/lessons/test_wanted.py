"""Hours of classes and wishes of teachers are entered on pages, and a timetable is found for them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.lessons.models import HubPairing, TaughtHours, TeacherWish, Timetable
from lms.lessons.queries import wanted
from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import Problem
from lms.people.models import SchoolClass
from lms.people.service import classes, years
from lms.places import service as places
from lms.places.models import Place, School
from tests.cast import Cast, read_afresh
from tests.lms.lessons.test_troubles import BELLS

SECOND = [["11:05", "11:50"], ["12:00", "12:45"]]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "has_solver", lambda: False)


@pytest.fixture
def school(cast: Cast) -> School:
    with edge():
        row = db.session.get_one(School, cast.school.id)
        row.bells = [BELLS]
    return row


def entered(
    cast: Cast, *groups: SchoolClass, teacher: Any = None, school: Place | None = None, **more: Any
) -> Any:
    sent = {"classes": [str(one.id) for one in groups], "subject": "physics", "hours": "2",
            "teacher": str((teacher or cast.person("teacher")).id), **more}  # fmt: skip
    place = school or cast.school
    return cast.signed_in("director", place).post(f"/timetables/hours/{place.id}", sent)


def test_hours_entered_become_a_timetable(cast: Cast, school: School) -> None:
    group, teacher = cast.school_class(7), cast.person("teacher")
    assert entered(cast, group).status_code == 303
    assert entered(cast, group, subject="music", hours="1").status_code == 303
    assert entered(cast, group, hours="3").status_code == 303  # the same line once more: the new number
    assert sorted(one.hours for one in wanted.hours_of(school.place_id)) == [1, 3]
    director = cast.signed_in("director", language="ru")
    assert "всего: 4" in director.get(f"/timetables/hours/{school.place_id}").text
    assert director.post(f"/timetables/hours/{school.place_id}/find", {"title": "Апта"}).status_code == 303
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.solve-timetable")).one())
    read_afresh()
    row = db.session.scalars(select(Timetable)).one()
    assert row.state == "solved" and len(row.lessons) == 4
    director.post(f"/timetables/{row.id}/publish")
    assert "Физика" in cast.signed_in("teacher").get("/timetables/mine").text
    assert list(Problem(row.problem).teachers) == [str(teacher.id)]


def test_what_is_missing_is_said(cast: Cast) -> None:
    director, group = cast.signed_in("director", language="ru"), cast.school_class(7)
    assert "Часы ещё не введены" in director.post(f"/timetables/hours/{cast.school.id}/find").text
    entered(cast, group)
    director = cast.signed_in("director", language="ru")
    assert (
        "Сначала введите расписание звонков" in director.post(f"/timetables/hours/{cast.school.id}/find").text
    )
    assert entered(cast).status_code == 422
    assert entered(cast, group, hours="90").status_code == 422
    assert entered(cast, group, teacher=cast.person("teacher", cast.school_elsewhere)).status_code == 422


def test_classes_that_sit_together_have_one_lesson(cast: Cast, school: School) -> None:
    fifth, sixth = cast.school_class(5), cast.school_class(6)
    with edge():
        classes.combine(cast.school, cast.year, [fifth, sixth])
    entered(cast, fifth, sixth)
    read_afresh()
    demands = wanted.problem_of(db.session.get_one(Place, cast.school.id))["demands"]
    assert [set(one["classes"]) for one in demands] == [{str(fifth.id), str(sixth.id)}]


def test_a_live_lesson_joins_classes_of_satellites_under_the_hub(cast: Cast, school: School) -> None:
    near = []
    with edge():
        for kk in ("Бұлақты мектебі", "Жусанды мектебі"):
            found = places.found_school(cast.district, kk, kk)
            found.bells = [BELLS]
            db.session.add(
                HubPairing(hub_id=cast.school.id, satellite_id=found.place_id, since=cast.year.starts_on)
            )
            near.append(found.place)
    for one in near:
        assert entered(cast, cast.school_class(7, school=one), school=one, live="y").status_code == 303
    read_afresh()
    problem = wanted.problem_of(db.session.get_one(Place, cast.district.id))
    [demand] = problem["demands"]
    assert demand["live"] and len(demand["classes"]) == 2
    assert [one["school"] for one in problem["teachers"]] == [str(cast.school.id)]
    assert solver.solve(Problem(problem), 3.0).week is not None


def test_a_class_of_the_second_shift_keeps_to_its_bells(cast: Cast, school: School) -> None:
    group = cast.school_class(7)
    with edge():
        db.session.get_one(School, cast.school.id).bells = [BELLS, SECOND]
        group.shift = 2
    entered(cast, group)
    read_afresh()
    week = solver.solve(Problem(wanted.problem_of(db.session.get_one(Place, cast.school.id))), 3.0).week
    assert week is not None and {one.period for one in week.lessons} <= {3, 4}


def test_wishes_reach_the_timetable(cast: Cast, school: School) -> None:
    teacher = cast.signed_in("teacher", language="ru")
    page = teacher.get("/timetables/wishes").text
    assert page.count('type="checkbox" name="slot-') == 15
    assert (
        teacher.post("/timetables/wishes", {"slot-0-0": "1", "slot-4-2": "1", "note": "Жол алыс"}).status_code
        == 303
    )
    assert teacher.get("/timetables/wishes").text.count(" checked") == 2
    entered(cast, cast.school_class(7))
    read_afresh()
    [one] = wanted.problem_of(db.session.get_one(Place, cast.school.id))["teachers"]
    assert one["rather_not"] == [[0, 0], [4, 2]]
    teacher.post("/timetables/wishes")
    read_afresh()
    assert db.session.scalars(select(TeacherWish)).one().slots == []


def test_last_years_hours_are_taken_over(cast: Cast, school: School) -> None:
    first = cast.year.starts_on
    with edge():
        before = years.open_year(
            first.replace(year=first.year - 1), cast.year.ends_on.replace(year=first.year)
        )
        old = classes.open_class(db.session.get_one(School, cast.school.id), before, 7, "А")
        db.session.add(TaughtHours(class_id=old.id, school_id=cast.school.id, path=cast.school.path,
                                   subject="physics", teacher_id=cast.person("teacher").id, hours=2))  # fmt: skip
    now = cast.school_class(7)
    director = cast.signed_in("director")
    assert director.post(f"/timetables/hours/{cast.school.id}/copy").status_code == 303
    assert director.post(f"/timetables/hours/{cast.school.id}/copy").status_code == 303  # twice is once
    read_afresh()
    [line] = wanted.hours_of(cast.school.id)
    assert (line.class_id, line.subject, line.hours) == (now.id, "physics", 2)
    assert director.post(f"/timetables/hours/lines/{line.id}/drop").status_code == 303
    read_afresh()
    assert wanted.hours_of(cast.school.id) == []
