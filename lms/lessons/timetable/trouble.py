"""A week in which somebody cannot come or a school is shut: the plan that changes least of the usual one.

A lesson whose teacher is away is first given to a colleague of the same school who teaches the subject and is free;
a live lesson goes on without the school that is shut; what remains is moved within the week, or falls out.
Rows are those of a week's plan, with "teacher" where somebody stands in and "without" for classes that miss it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import Demand, Problem
from lms.lessons.timetable.week import Placed, Week, placed

Row = dict[str, Any]


@dataclass(frozen=True)
class Trouble:
    teachers: frozenset[tuple[str, int]] = frozenset()  # who is away on which day of the week
    schools: frozenset[tuple[str, int]] = frozenset()  # which is shut on which day
    over: frozenset[int] = frozenset()  # days of this week that have been: nothing changes there

    def away(self, demand: Demand, day: int) -> bool:
        return (demand.teacher, day) in self.teachers or (demand.school, day) in self.schools

    def shut(self, problem: Problem, demand: Demand, day: int) -> tuple[str, ...]:
        """Classes of the lesson whose school is shut."""
        return tuple(key for key in demand.classes if (problem.classes[key]["school"], day) in self.schools)


@dataclass(frozen=True)
class Plan:
    rows: list[Row]
    method: str


def replan(
    problem: Problem, now: Sequence[Row], trouble: Trouble, seconds: float = solver.SECONDS, exact: bool | None = None
) -> Plan:  # fmt: skip
    """`now` is what is in force this week. Never without an answer: in the worst case lessons fall out."""
    past = [one for one in now if one["day"] in trouble.over]
    still = [one for one in placed(now) if one.day not in trouble.over]
    pinned, kept = _pinned(problem, still, trouble)
    data = _data(problem, trouble, past, pinned)
    if not data["demands"]:
        return Plan(list(past), "")
    smaller = Problem(data)
    before = [*kept, *(Placed(key, *one.slot) for key, (one, _row) in pinned.items())]
    standing = Counter(one.demand for one in before)
    may_fall = {
        key: one.hours - standing[key] for key, one in smaller.demands.items() if one.hours > standing[key]
    }
    found = solver.solve(smaller, seconds, before, exact=exact, may_fall=may_fall)
    week = found.week or Week(smaller, before)
    return Plan([*past, *_rows(problem, week, pinned, now)], found.method)


def _pinned(
    problem: Problem, lessons: Sequence[Placed], trouble: Trouble
) -> tuple[dict[str, tuple[Placed, Row]], list[Placed]]:
    """(Lessons that stay where they are but not as they are, by a key of their own; lessons that simply stay)."""
    week = Week(problem, lessons)
    hit: list[tuple[Placed, tuple[str, ...]]] = []
    kept: list[Placed] = []
    pinned: dict[str, tuple[Placed, Row]] = {}
    for one in lessons:
        demand = problem.demands[one.demand]
        without = trouble.shut(problem, demand, one.day)
        if trouble.away(demand, one.day) or len(without) == len(demand.classes):
            hit.append((one, without))
        elif without:
            pinned[_key(one, len(pinned))] = (one, {"without": list(without)})
        else:
            kept.append(one)
    for one, without in hit:
        teacher = _stand_in(problem, week, one, trouble)
        if teacher and len(without) < len(problem.demands[one.demand].classes):
            missing: Row = {"without": list(without)} if without else {}
            pinned[_key(one, len(pinned))] = (one, {"teacher": teacher, **missing})
            week.taken[("teacher", teacher, *one.slot)].add(one)
    return pinned, kept


def _key(one: Placed, number: int) -> str:
    return f"{one.demand[:60]}~{number}"


def _stand_in(problem: Problem, week: Week, one: Placed, trouble: Trouble) -> str:
    """A colleague of the school who teaches the subject and has nothing else then; empty when there is none."""
    demand = problem.demands[one.demand]
    if (demand.school, one.day) in trouble.schools:
        return ""
    able = {other.teacher for other in problem.demands.values() if other.subject == demand.subject}
    for key in sorted(able - {demand.teacher}):
        here = problem.teachers[key]["school"] == demand.school
        free = not week.taken[("teacher", key, *one.slot)] and one.slot not in problem.off[key]
        if here and free and (key, one.day) not in trouble.teachers:
            return key
    return ""


def _data(
    problem: Problem, trouble: Trouble, past: Sequence[Row], pinned: dict[str, tuple[Placed, Row]]
) -> Row:
    """The same network for the rest of this week."""
    gone = Counter(one["demand"] for one in past)
    gone.update(one.demand for one, _row in pinned.values())
    demands = [
        {**row, "hours": row["hours"] - gone[row["id"]]}
        for row in problem.data["demands"] if row["hours"] > gone[row["id"]]
    ]  # fmt: skip
    by_key = {row["id"]: row for row in problem.data["demands"]}
    demands += [_pinned_demand(by_key[one.demand], key, one, row) for key, (one, row) in pinned.items()]
    over = {(key, day) for key in problem.schools for day in trouble.over}
    closed = {*problem.closed, *over, *trouble.schools}
    return {
        **problem.data,
        "teachers": [_teacher(problem, row, trouble) for row in problem.data["teachers"]],
        "closed": [{"school": school, "day": day} for school, day in sorted(closed)],
        "demands": demands,
    }


def _pinned_demand(row: Row, key: str, one: Placed, change: Row) -> Row:
    classes = [group for group in row["classes"] if group not in change.get("without", ())]
    return {
        **row, "id": key, "hours": 1, "fixed": [list(one.slot)], "most_per_day": 4, "classes": classes,
        "teacher": change.get("teacher", row["teacher"]),
    }  # fmt: skip


def _teacher(problem: Problem, row: Row, trouble: Trouble) -> Row:
    days = [day for who, day in trouble.teachers if who == row["id"]]
    periods = range(len(problem.bells[row["school"]]))
    off = {*problem.off[row["id"]], *((day, period) for day in days for period in periods)}
    return {**row, "off": [list(slot) for slot in sorted(off)]}


def _rows(
    problem: Problem, week: Week, pinned: dict[str, tuple[Placed, Row]], now: Iterable[Row]
) -> list[Row]:
    """As a plan is written down; who stays keeps the room."""
    rooms = {(one["demand"], one["day"], one["period"]): one["room"] for one in now if "room" in one}
    found = []
    for row in week.with_rooms():
        one, change = pinned.get(row["demand"], (None, {}))
        demand = one.demand if one else row["demand"]
        kept = rooms.get((demand, row["day"], row["period"]))
        found.append({**row, **change, "demand": demand, **({"room": kept} if kept else {})})
    return found


def changes(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """What differs, lesson by lesson: {"kind", "demand", "old", "new", "teacher", "without"}."""
    found = []
    for demand in dict.fromkeys(one["demand"] for one in [*before, *after]):
        old = {(one["day"], one["period"]): one for one in before if one["demand"] == demand}
        new = {(one["day"], one["period"]): one for one in after if one["demand"] == demand}
        for slot in sorted(old.keys() & new.keys()):
            found += _otherwise(old[slot], new[slot])
        left, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
        for place in range(max(len(left), len(come))):
            was = list(left[place]) if place < len(left) else None
            to = list(come[place]) if place < len(come) else None
            kind = "moved" if was and to else "fallen" if was else "added"
            found.append({"kind": kind, "demand": demand, "old": was, "new": to})
    return found


def _otherwise(old: Row, new: Row) -> list[Row]:
    slot = [new["day"], new["period"]]
    if old.get("teacher", "") == new.get("teacher", "") and old.get("without", []) == new.get("without", []):
        return []
    return [{
        "kind": "otherwise", "demand": new["demand"], "old": slot, "new": slot,
        "teacher": new.get("teacher", ""), "without": new.get("without", []),
    }]  # fmt: skip
