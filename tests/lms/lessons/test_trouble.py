"""Weeks in which somebody is ill or a school is shut: colleagues stand in, little moves, nothing clashes."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from lms.lessons.timetable import solver, trouble
from lms.lessons.timetable.problem import Problem
from lms.lessons.timetable.trouble import Trouble
from tests.lms.lessons.networks import network
from tests.lms.lessons.test_solving import EXACT

pytestmark = pytest.mark.pure
SCHOOL = [["08:00", "08:45"], ["09:00", "09:45"], ["10:00", "10:45"]]


@cache
def usual() -> tuple[Problem, list[dict[str, Any]]]:
    problem = Problem(network())
    found = solver.solve(problem, 8.0, exact=False).week
    assert found is not None
    return problem, found.with_rooms()


def busy(problem: Problem, rows: list[dict[str, Any]]) -> list[Any]:
    """Minutes taken, by class and by whoever really teaches; independent of the rules the plan was made with."""
    found = []
    for one in rows:
        demand = problem.demands[one["demand"]]
        begin, end = problem.bells[demand.school][one["period"]]
        heard = [key for key in demand.classes if key not in one.get("without", ())]
        for who in [*heard, "teacher " + one.get("teacher", demand.teacher)]:
            found.append((who, one["day"], begin, end))
    return found


def clashes(spans: list[Any]) -> list[Any]:
    found = []
    for place, (who, day, begin, end) in enumerate(spans):
        for who2, day2, begin2, end2 in spans[:place]:
            if (who, day) == (who2, day2) and begin < end2 and begin2 < end:
                found.append((who, day))
    return found


@pytest.mark.parametrize("exact", EXACT)
def test_one_teacher_is_ill_for_a_day(exact: bool) -> None:
    problem, before = usual()
    ill = problem.data["teachers"][2]["id"]
    plan = trouble.replan(problem, before, Trouble(teachers=frozenset({(ill, 0)})), 10.0, exact)
    assert clashes(busy(problem, plan.rows)) == []
    assert not [one for one in busy(problem, plan.rows) if one[:2] == (f"teacher {ill}", 0)]
    changed = trouble.changes(before, plan.rows)
    lost = [one for one in before if problem.demands[one["demand"]].teacher == ill and one["day"] == 0]
    assert lost and len(lost) <= len(changed) < 0.05 * len(before)
    assert not [one for one in changed if one["kind"] == "fallen"]


@pytest.mark.parametrize("exact", EXACT)
def test_days_that_have_been_stay_as_they_were(exact: bool) -> None:
    problem, before = usual()
    ill = problem.data["teachers"][2]["id"]
    calamity = Trouble(teachers=frozenset((ill, day) for day in (2, 3, 4)), over=frozenset({0, 1}))
    plan = trouble.replan(problem, before, calamity, 10.0, exact)
    for day in (0, 1):
        assert [one for one in plan.rows if one["day"] == day] == [one for one in before if one["day"] == day]
    fallen = [one for one in trouble.changes(before, plan.rows) if one["kind"] == "fallen"]
    assert fallen and {problem.demands[one["demand"]].teacher for one in fallen} == {ill}


@pytest.mark.parametrize("exact", EXACT)
def test_a_live_lesson_goes_on_without_the_school_that_is_shut(exact: bool) -> None:
    problem, before = usual()
    live = next(one for one in before if len(problem.demands[one["demand"]].classes) > 1
                and problem.demands[one["demand"]].live)  # fmt: skip
    demand = problem.demands[live["demand"]]
    shut = problem.classes[demand.classes[0]]["school"]
    plan = trouble.replan(problem, before, Trouble(schools=frozenset({(shut, live["day"])})), 10.0, exact)
    slot = (live["day"], live["period"])
    kept = next(one for one in plan.rows if (one["demand"], (one["day"], one["period"])) == (demand.id, slot))
    assert kept["without"] == [key for key in demand.classes if problem.classes[key]["school"] == shut]
    theirs = {key for key, one in problem.classes.items() if one["school"] == shut}
    assert not [one for one in busy(problem, plan.rows) if one[0] in theirs and one[1] == live["day"]]


def school(hours: int = 2) -> dict[str, Any]:
    return {
        "days": 2,
        "schools": [{"id": "s", "bells": SCHOOL}],
        "teachers": [{"id": one, "school": "s"} for one in ("ainur", "bolat", "dina")],
        "classes": [{"id": "7", "school": "s", "grade": 7}, {"id": "8", "school": "s", "grade": 8}],
        "demands": [
            {"id": "a", "subject": "physics", "classes": ["7"], "teacher": "ainur", "hours": hours},
            {"id": "b", "subject": "physics", "classes": ["8"], "teacher": "bolat", "hours": 1},
            {"id": "c", "subject": "music", "classes": ["7"], "teacher": "dina", "hours": 1},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("exact", EXACT)
def test_a_colleague_of_the_subject_stands_in_when_free(exact: bool) -> None:
    problem = Problem(school())
    before = [{"demand": "a", "day": 0, "period": 0}, {"demand": "a", "day": 1, "period": 0},
              {"demand": "b", "day": 1, "period": 0}, {"demand": "c", "day": 0, "period": 1}]  # fmt: skip
    ill = Trouble(teachers=frozenset({("ainur", 0), ("ainur", 1)}))
    plan = trouble.replan(problem, before, ill, 5.0, exact)
    assert {"demand": "a", "day": 0, "period": 0, "teacher": "bolat"} in plan.rows
    assert trouble.changes(before, plan.rows) == [
        {"kind": "otherwise", "demand": "a", "old": [0, 0], "new": [0, 0], "teacher": "bolat", "without": []},
        {"kind": "fallen", "demand": "a", "old": [1, 0], "new": None},  # Bolat has a lesson of his own then
    ]


@pytest.mark.parametrize("exact", EXACT)
def test_wishes_are_kept_when_nothing_stands_against_them(exact: bool) -> None:
    data = school(1)
    data["teachers"][0]["rather_not"] = [[day, period] for day in (0, 1) for period in (0, 1)]
    found = solver.solve(Problem(data), 5.0, exact=exact).week
    assert found is not None and not [one for one in found.lessons if one.demand == "a" and one.period < 2]
    data["teachers"][0]["rather_not"] = [[day, period] for day in (0, 1) for period in range(3)]
    assert solver.solve(Problem(data), 5.0, exact=exact).week is not None
