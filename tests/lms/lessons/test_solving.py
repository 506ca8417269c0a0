"""A network's week: no hard rule broken, least change after an illness, and a smallest reason when there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lms.commands.lessons import command
from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import BadProblem, Problem
from lms.lessons.timetable.week import Placed, Week
from tests.lms.lessons.checking import violations
from tests.lms.lessons.networks import network

pytestmark = pytest.mark.pure
EXACT = [
    pytest.param(True, marks=pytest.mark.skipif(not solver.has_solver(), reason="without OR-Tools")),
    False,
]


def small() -> dict[str, Any]:
    return network(hubs=1, satellites=2, grades=range(5, 9))


@pytest.mark.parametrize("exact", EXACT)
def test_the_demo_network_is_solved_without_a_violation(exact: bool) -> None:
    problem = network()
    found = solver.solve(Problem(problem), 8.0, exact=exact)
    assert found.week is not None and found.seconds < 60
    assert violations(problem, found.week.with_rooms()) == []
    assert found.week.problems() == []


@pytest.mark.parametrize("exact", EXACT)
def test_after_an_illness_little_changes(exact: bool) -> None:
    problem = network()
    before = solver.solve(Problem(problem), 8.0, exact=False).week
    assert before is not None
    problem["teachers"][2]["off"] = [[0, period] for period in range(6)]
    found = solver.solve(Problem(problem), 10.0, before=before.lessons, exact=exact)
    assert found.week is not None
    assert violations(problem, found.week.with_rooms()) == []
    assert 0 < found.changed < 0.05 * len(before.lessons)


@pytest.mark.skipif(not solver.has_solver(), reason="without OR-Tools")
def test_what_cannot_be_names_a_smallest_reason() -> None:
    problem = small()
    live = [one for one in problem["demands"] if one.get("live")]
    for one in live:
        one["fixed"], one["hours"] = [[0, 0]], 1
    found = solver.solve(Problem(problem), 20.0)
    assert found.week is None
    assert set(found.conflict) == {one["id"] for one in live} and len(live) == 2
    for left_out in found.conflict:
        fewer = {**problem, "demands": [one for one in problem["demands"] if one["id"] != left_out]}
        assert solver.solve(Problem(fewer), 5.0, exact=False).week is not None


def test_without_a_solver_counting_finds_the_plain_reasons() -> None:
    problem = small()
    problem["demands"][0]["hours"] = 40
    assert solver.solve(Problem(problem), 0.5, exact=False).conflict == (problem["demands"][0]["id"],)


def test_schools_with_other_bells_are_busy_by_the_clock() -> None:
    problem = Problem(small())
    # 08:30–09:15 of the hub overlaps only 09:00–09:45 of the satellite; 09:20–10:05 overlaps two of its periods.
    assert problem.periods("h0s1-7", "h0", 0) == (0,)
    assert problem.periods("h0s1-7", "h0", 1) == (0, 1)


def test_the_checker_and_the_week_see_the_same() -> None:
    data = small()
    week = Week(Problem(data))
    week.add(Placed("h0-live-7", 0, 1))
    own = next(one["id"] for one in data["demands"] if one["id"].startswith("h0s1-mathematics-7"))
    assert [one.code for one in week.against(Placed(own, 0, 0))] == ["class"]
    week.add(Placed(own, 0, 0))
    rows = [{"demand": one.demand, "day": one.day, "period": one.period} for one in week.lessons]
    assert any("class" in one for one in violations(data, rows))


@pytest.mark.parametrize(
    "change, where",
    [
        ({"schools": []}, "schools"), ({"days": 9}, "days"), ({"extra": 1}, ""),
        ({"demands": [{"id": "x", "subject": "a", "classes": ["?"], "teacher": "h0-t0", "hours": 1}]}, "demands/0"),
        ({"demands": [{"id": "x", "subject": "a", "classes": ["h0-5"], "teacher": "h0-t0", "hours": 0}]}, "demands/0/hours"),
        ({"schools": [{"id": "h0", "bells": [["25:00", "09:15"]]}]}, "schools/0/bells/0/0"),
    ],
)  # fmt: skip
def test_a_problem_that_does_not_fit_says_where(change: dict[str, Any], where: str) -> None:
    with pytest.raises(BadProblem) as caught:
        Problem({**small(), **change})
    assert caught.value.path == where


def test_the_command_solves_and_explains(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(small()), "utf-8")
    answer = CliRunner().invoke(command, ["timetable", str(file), "--greedy", "--seconds", "5"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.output)
    assert violations(small(), found["lessons"]) == []
    (tmp_path / "before.json").write_text(answer.output, "utf-8")
    again = CliRunner().invoke(
        command, ["timetable", str(file), "--greedy", "--before", str(tmp_path / "before.json")]
    )
    assert json.loads(again.output)["changed"] == 0
    file.write_text("{}", "utf-8")
    assert CliRunner().invoke(command, ["timetable", str(file)]).exit_code == 1
