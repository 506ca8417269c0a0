"""Without OR-Tools: the tightest demand first, and whoever stands in the way moves elsewhere."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

from lms.lessons.timetable.problem import Demand, Problem
from lms.lessons.timetable.week import Placed, Week

TABU = 40


def solve(problem: Problem, seconds: float, seed: int = 1, before: Iterable[Placed] = ()) -> Week | None:
    """A week without a broken rule, or None when the time is over. `before` is kept as far as it can be."""
    chance, until = Random(seed), time.monotonic() + seconds
    week, waiting = _begun(problem, before)
    left_at: dict[tuple[str, int, int], int] = {}
    step = 0
    while waiting:
        if time.monotonic() > until:
            return None
        step += 1
        demand = waiting.pop(0)
        choices = [Placed(demand.id, *slot) for slot in problem.slots[demand.id]]
        choices = [one for one in choices if one not in week.lessons]
        if not choices:
            return None
        judged = [(_cost(week, one, left_at, step, chance), one) for one in choices]
        _cost_of, best = min(judged, key=lambda pair: pair[0])
        for other in _in_the_way(week, best):
            week.remove(other)
            left_at[(other.demand, *other.slot)] = step
            waiting.append(problem.demands[other.demand])
        week.add(best)
        waiting.sort(key=lambda one: len(problem.slots[one.id]) - 3 * len(one.classes))
    return week


def _begun(problem: Problem, before: Iterable[Placed]) -> tuple[Week, list[Demand]]:
    week = Week(problem)
    for one in before:
        if one.demand in problem.demands and not week.against(one):
            week.add(one)
    placed = Counter(one.demand for one in week.lessons)
    waiting = [one for key, one in problem.demands.items() for _time in range(one.hours - placed[key])]
    return week, sorted(waiting, key=lambda one: len(problem.slots[one.id]) - 3 * len(one.classes))


def _in_the_way(week: Week, one: Placed) -> set[Placed]:
    """Lessons that must go so that no rule is broken: all that clash, one of those that are too many."""
    gone: set[Placed] = set()
    for broken in week.against(one):
        if broken.code in ("class", "teacher"):
            gone |= set(broken.lessons)
        elif broken.lessons and not gone & set(broken.lessons):
            gone.add(broken.lessons[0])
    return gone


def _cost(
    week: Week, one: Placed, left_at: dict[tuple[str, int, int], int], step: int, chance: Random
) -> tuple[float, float]:
    recently = step - left_at.get((one.demand, *one.slot), -1000) < TABU
    way = _in_the_way(week, one)
    wide = sum(len(week.problem.demands[other.demand].classes) for other in way)
    unwanted = 4 * week.problem.unwanted(one.demand, one.slot)
    return (10 * wide + 25 * recently, unwanted + one.period + chance.random())


def repair(problem: Problem, before: Iterable[Placed], may_fall: Mapping[str, int]) -> Week | None:
    """What stood before stays; what is missing goes where it disturbs nobody, or where one other lesson can move aside."""
    week, waiting = _begun(problem, before)
    missing = Counter(one.id for one in waiting)
    if any(number > may_fall.get(key, 0) for key, number in missing.items()):
        return None
    for demand in waiting:
        found = _free(week, demand) or _exchange(week, demand)
        if found is not None:
            week.add(found)
    return week


def _free(week: Week, demand: Demand) -> Placed | None:
    choices = [Placed(demand.id, *slot) for slot in week.problem.slots[demand.id]]
    free = [one for one in choices if one not in week.lessons and not week.against(one)]
    return min(free, key=lambda one: (week.problem.unwanted(one.demand, one.slot), one.period), default=None)


def _exchange(week: Week, demand: Demand) -> Placed | None:
    """An hour that one other lesson leaves; that lesson has found its new hour already."""
    for slot in week.problem.slots[demand.id]:
        one = Placed(demand.id, *slot)
        way = _in_the_way(week, one)
        if one in week.lessons or len(way) != 1:
            continue
        other = way.pop()
        week.remove(other)
        if not week.against(one):
            week.add(one)
            aside = _free(week, week.problem.demands[other.demand])
            week.remove(one)
            if aside is not None and aside != other:
                week.add(aside)
                return one
        week.add(other)
    return None
