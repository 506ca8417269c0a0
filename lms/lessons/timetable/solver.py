"""The week by constraint programming (OR-Tools CP-SAT), else by greedy search; and why there is none.

The same rules as in week.py, said to a solver that proves what it finds.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.lessons.timetable import greedy
from lms.lessons.timetable.problem import Problem
from lms.lessons.timetable.week import Placed, Week

SECONDS = 25.0
# What a lesson that falls out, a change of an earlier plan, an unwanted hour, a window of a class and a late hour cost.
FALLEN, CHANGED, UNWANTED, GAP, LATE = 2500, 1000, 40, 20, 1


@dataclass(frozen=True)
class Result:
    week: Week | None
    method: str
    seconds: float
    conflict: tuple[str, ...] = ()  # a smallest set of demands that cannot all be met; empty: time was over
    changed: int = 0
    details: dict[str, Any] = field(default_factory=dict)


def has_solver() -> bool:
    return importlib.util.find_spec("ortools") is not None


def solve(
    problem: Problem,
    seconds: float = SECONDS,
    before: Iterable[Placed] = (),
    seed: int = 1,
    exact: bool | None = None,
    may_fall: Mapping[str, int] | None = None,
) -> Result:
    """With `before`, the plan that changes least of it. `may_fall`: of which demands so many hours may be left out."""
    began, earlier = time.monotonic(), list(before)
    if exact is None:
        exact = has_solver()
    if exact:
        week, method, conflict = _exactly(problem, seconds, earlier, seed, may_fall)
    else:
        conflict, method = () if may_fall is not None else _by_counting(problem), "greedy"
        week = None if conflict else _roughly(problem, seconds, earlier, seed, may_fall)
    changed = len(set(earlier) - week.lessons) if week else 0
    return Result(week, method, time.monotonic() - began, conflict, changed)


def _roughly(
    problem: Problem, seconds: float, earlier: list[Placed], seed: int, may_fall: Mapping[str, int] | None
) -> Week | None:
    if may_fall is not None:
        return greedy.repair(problem, earlier, may_fall)
    return greedy.solve(problem, seconds, seed, earlier)


def _exactly(
    problem: Problem, seconds: float, earlier: list[Placed], seed: int, may_fall: Mapping[str, int] | None
) -> tuple[Week | None, str, tuple[str, ...]]:
    model = Model(problem, set(earlier), may_fall=may_fall)
    found = model.solved(seconds, seed)
    if found is not None:
        return Week(problem, found), "cp-sat", ()
    return None, "cp-sat", model.conflict(seconds, seed) if model.infeasible else ()


class Model:
    def __init__(
        self, problem: Problem, earlier: set[Placed], only: Iterable[str] | None = None,
        may_fall: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        self.cp: Any = importlib.import_module("ortools.sat.python.cp_model")
        self.problem, self.earlier, self.infeasible = problem, earlier, False
        self.model, self.may_fall = self.cp.CpModel(), may_fall or {}
        self.fallen: list[Any] = []
        wanted = set(problem.demands if only is None else only)
        self.x = {
            Placed(key, *slot): self.model.NewBoolVar("")
            for key in problem.demands if key in wanted for slot in problem.slots[key]
        }  # fmt: skip
        self._hours(wanted)
        self._once()
        self._daily()

    def _hours(self, wanted: set[str]) -> None:
        mine: dict[str, list[Any]] = defaultdict(list)
        today: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for one, var in self.x.items():
            mine[one.demand].append(var)
            today[(one.demand, one.day)].append(var)
        for key in wanted:
            self.model.Add(sum(mine[key]) + self._left_out(key) == self.problem.demands[key].hours)
        for (key, _day), found in today.items():
            if len(found) > self.problem.demands[key].most_per_day:
                self.model.Add(sum(found) <= self.problem.demands[key].most_per_day)

    def _left_out(self, key: str) -> Any:
        if not self.may_fall.get(key):
            return 0
        self.fallen.append(self.model.NewIntVar(0, self.may_fall[key], ""))
        return self.fallen[-1]

    def _once(self) -> None:
        busy: dict[Any, list[Any]] = defaultdict(list)
        streams: dict[Any, list[Any]] = defaultdict(list)
        rooms: dict[Any, list[Any]] = defaultdict(list)
        for one, var in self.x.items():
            demand = self.problem.demands[one.demand]
            for key in self.problem.busy(demand, one.slot):
                busy[key].append(var)
            for line in self.problem.streams(demand, one.slot):
                streams[line].append(var)
            if demand.room:
                rooms[(demand.school, demand.room, *one.slot)].append(var)
        self.busy = busy
        for found in busy.values():
            if len(found) > 1:
                self.model.AddAtMostOne(found)
        for (school, *_when), found in streams.items():
            self.model.Add(sum(found) <= self.problem.most_streams(school))
        for (school, kind, _day, _period), found in rooms.items():
            self.model.Add(sum(found) <= len(self.problem.rooms_for(school, kind)))

    def _daily(self) -> None:
        days: dict[tuple[str, int], list[tuple[Any, Any]]] = defaultdict(list)
        for one, var in self.x.items():
            demand = self.problem.demands[one.demand]
            for key in demand.classes:
                days[(key, one.day)].append((demand, var))
        for (key, _day), found in days.items():
            self.model.Add(sum(var for _, var in found) <= self.problem.most_lessons(key))
            live = [var for demand, var in found if demand.live]
            if live:
                self.model.Add(sum(live) <= self.problem.most_live(key))
            most = self.problem.most_weight(key)
            if most:
                self.model.Add(sum(demand.weight * var for demand, var in found) <= most)

    def _wishes(self) -> None:
        """Few lessons that fall out and few changes before all, then what teachers would rather not, windows, late hours."""
        cost = [CHANGED * (1 - self.x[one]) for one in self.earlier if one in self.x]
        cost += [FALLEN * var for var in self.fallen]
        cost += [
            (LATE * one.period + UNWANTED * self.problem.unwanted(one.demand, one.slot)) * var
            for one, var in self.x.items() if one not in self.earlier
        ]  # fmt: skip
        for one in self.earlier & self.x.keys():
            self.model.AddHint(self.x[one], 1)
        if not self.earlier:
            cost += self._windows()
        self.model.Minimize(sum(cost))

    def _windows(self) -> list[Any]:
        """A period is a window when nothing stands in it and something later that day does."""
        found = []
        for key, one in self.problem.classes.items():
            for day in range(self.problem.days):
                later = None
                for period in reversed(range(len(self.problem.bells[one["school"]]))):
                    now = self.busy.get(("class", key, day, period), [])
                    if later is not None:
                        window = self.model.NewBoolVar("")
                        self.model.Add(sum(now) + window >= later)
                        found.append(GAP * window)
                    after = self.model.NewBoolVar("")
                    for var in now:
                        self.model.AddImplication(var, after)
                    if later is not None:
                        self.model.AddImplication(later, after)
                    later = after
        return found

    def solved(self, seconds: float, seed: int, wishes: bool = True) -> list[Placed] | None:
        if wishes:
            self._wishes()
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = 2
        solver.parameters.relative_gap_limit = 0.05
        status = solver.Solve(self.model)
        self.infeasible = status == self.cp.INFEASIBLE
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return None
        return [one for one, var in self.x.items() if solver.Value(var)]

    def conflict(self, seconds: float, seed: int) -> tuple[str, ...]:
        """Demands are left out one after the other; what cannot be left out is the reason."""
        needed, until = list(self.problem.demands), time.monotonic() + seconds
        chunk = max(1, len(needed) // 2)
        while chunk and time.monotonic() < until:
            place = 0
            while place < len(needed) and time.monotonic() < until:
                fewer = needed[:place] + needed[place + chunk :]
                if fewer and self._impossible(fewer, seed):
                    needed = fewer
                else:
                    place += chunk
            chunk //= 2
        return tuple(needed)

    def _impossible(self, demands: list[str], seed: int) -> bool:
        model = Model(self.problem, set(), demands)
        return model.solved(10.0, seed, wishes=False) is None and model.infeasible


def _by_counting(problem: Problem) -> tuple[str, ...]:
    """Without a solver only what counting shows: a demand with too few slots, a teacher or class with too many hours."""
    for key, one in problem.demands.items():
        if len(problem.slots[key]) < one.hours:
            return (key,)
    for kind in ("teacher", "class"):
        asked: dict[str, list[str]] = defaultdict(list)
        for key, one in problem.demands.items():
            for who in (one.teacher,) if kind == "teacher" else one.classes:
                asked[who].append(key)
        for keys in asked.values():
            room = {slot for key in keys for slot in problem.slots[key]}
            if sum(problem.demands[key].hours for key in keys) > len(room):
                return tuple(keys)
    return ()
