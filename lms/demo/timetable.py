"""The week of a hub and its satellites: live physics for all, combined classes, two sets of bells; all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.demo.places import BELLS
from lms.lessons.models import HubPairing, TaughtHours, Timetable, TimetableSpell
from lms.lessons.service import timetables, troubles, wanted
from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import Problem
from lms.people.models import Person, RoleHolding, SchoolClass
from lms.places.models import Place, School

LATER = [
    ["08:45", "09:30"],
    ["09:35", "10:20"],
    ["10:30", "11:15"],
    ["11:35", "12:20"],
    ["12:25", "13:10"],
    ["13:15", "14:00"],
]
HUB_SUBJECTS = ("physics", "chemistry", "biology", "geography")


def build_timetable(seed: int) -> None:
    hub = db.session.scalars(select(School).where(School.kind == "hub").order_by(School.place_id)).first()
    assert hub is not None and hub.place.parent is not None
    satellites = db.session.scalars(
        select(Place)
        .join(HubPairing, HubPairing.satellite_id == Place.id)
        .where(HubPairing.hub_id == hub.place_id)
    ).all()
    problem = asked(hub.place, satellites)
    found = solver.solve(Problem(problem), 8.0, seed=seed, exact=False)
    district = db.session.get_one(Place, hub.place.parent.parent_id)
    row = Timetable(
        place_id=district.id, path=district.path, title="Көкдала желісі, қыркүйек", problem=problem
    )
    db.session.add(row)
    db.session.flush()
    timetables.take(row, found)
    if found.week is not None:
        row.state, row.published_at = "published", clock.now()
    db.session.flush()
    _hours(problem)
    _trouble(row, problem)


def _hours(problem: dict[str, Any]) -> None:
    """The same wants as they are entered on pages, and a wish of each school's first teacher."""
    schools = {one["id"]: db.session.get_one(Place, UUID(one["id"])) for one in problem["schools"]}
    homes = {one["id"]: schools[one["school"]] for one in problem["classes"]}
    for demand in problem["demands"]:
        for key in demand["classes"]:
            db.session.add(
                TaughtHours(
                    class_id=UUID(key), school_id=homes[key].id, path=homes[key].path, subject=demand["subject"],
                    teacher_id=UUID(demand["teacher"]), hours=demand["hours"], live=demand.get("live", False),
                )
            )  # fmt: skip
    for school in schools.values():
        teacher = next((one for one in problem["teachers"] if one["school"] == str(school.id)), None)
        if teacher is not None:
            wanted.wish(
                UUID(teacher["id"]), school, None, [[4, 4], [4, 5]], "Жұма күні түстен кейін жол жүремін"
            )
    db.session.flush()


def _trouble(row: Timetable, problem: dict[str, Any]) -> None:
    """Somebody is ill next week: the plan waits to be looked at."""
    day = clock.today() + timedelta(days=9 - clock.today().weekday())
    spell = TimetableSpell(
        timetable_id=row.id, first=day, last=day, teachers=[problem["teachers"][1]["id"]], reason="Тұмау",
        by_id=row.made_by,
    )  # fmt: skip
    db.session.add(spell)
    db.session.flush()
    troubles.take(spell, troubles.find(spell, 5.0, exact=False))


def asked(hub: Place, satellites: Sequence[Place]) -> dict[str, Any]:
    schools = [_school(hub, BELLS, 2)]
    teachers, classes, demands = _hub(hub)
    for number, place in enumerate(satellites):
        schools.append(_school(place, LATER if number == 1 else BELLS, 1))
        found = _satellite(place)
        teachers += found[0]
        classes += found[1]
        demands += found[2]
    for grade in (7, 8, 9):
        groups = [one["id"] for one in classes if one["school"] != str(hub.id) and one["grade"] == grade]
        demands.append({
            "id": f"live-{grade}", "subject": "physics", "classes": groups, "teacher": teachers[0]["id"], "hours": 2,
            "live": True, "weight": 9,
        })  # fmt: skip
    return {"version": 1, "schools": schools, "teachers": teachers, "classes": classes, "demands": demands}


def _school(place: Place, bells: list[list[str]], streams: int) -> dict[str, Any]:
    return {"id": str(place.id), "name": place.name_kk, "bells": bells, "streams": streams}


def _teachers(place: Place) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Person)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .where(RoleHolding.place_id == place.id, RoleHolding.role == "teacher")
        .order_by(Person.id)
    )
    return [{"id": str(one.id), "name": one.short_name, "school": str(place.id)} for one in rows]


def _classes(place: Place) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(SchoolClass)
        .where(
            SchoolClass.school_id == place.id, SchoolClass.grade.between(5, 9), SchoolClass.language == "kk"
        )
        .order_by(SchoolClass.sort_key)
    )
    return [
        {"id": str(one.id), "name": one.name, "school": str(place.id), "grade": one.grade} for one in rows
    ]


def _hub(place: Place) -> tuple[list[Any], list[Any], list[Any]]:
    teachers, classes = _teachers(place), _classes(place)
    demands = [
        {"id": f"hub-{subject}-{one['grade']}", "subject": subject, "classes": [one["id"]], "hours": 2, "weight": 8,
         "teacher": teachers[number % len(teachers)]["id"]}
        for number, subject in enumerate(HUB_SUBJECTS) for one in classes if one["grade"] >= 7
    ]  # fmt: skip
    return teachers, classes, demands


def _satellite(place: Place) -> tuple[list[Any], list[Any], list[Any]]:
    """One teacher, two classes in one room: one is taught, the other works by itself."""
    teachers, classes = _teachers(place), _classes(place)
    by_grade = {one["grade"]: one["id"] for one in classes}
    demands = []
    for pair in ((5, 6), (7, 8), (9,)):
        for subject, hours in (("kazakh", 4), ("mathematics", 4)):
            groups = [by_grade[grade] for grade in pair if grade in by_grade]
            if groups:
                demands.append({
                    "id": f"{place.id.hex[-6:]}-{subject}-{pair[0]}", "subject": subject, "classes": groups,
                    "teacher": teachers[0]["id"], "hours": hours, "weight": 7,
                })  # fmt: skip
    return teachers, classes, demands
