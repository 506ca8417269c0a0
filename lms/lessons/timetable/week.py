"""A week being filled: who is busy when, and what a lesson more would break."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lms.lessons.timetable.problem import Demand, Problem, Slot


@dataclass(frozen=True)
class Placed:
    demand: str
    day: int
    period: int

    @property
    def slot(self) -> Slot:
        return self.day, self.period


@dataclass(frozen=True)
class Broken:
    """A rule that is broken, in a code with its values; labels.RULES says it in words."""

    code: str
    who: str
    day: int
    period: int
    lessons: tuple[Placed, ...]


class Week:
    def __init__(self, problem: Problem, lessons: Iterable[Placed] = ()) -> None:
        self.problem = problem
        self.lessons: set[Placed] = set()
        self.taken: dict[Any, set[Placed]] = defaultdict(set)
        for one in lessons:
            self.add(one)

    def add(self, one: Placed) -> None:
        self.lessons.add(one)
        for key in self._keys(one):
            self.taken[key].add(one)

    def remove(self, one: Placed) -> None:
        self.lessons.discard(one)
        for key in self._keys(one):
            self.taken[key].discard(one)

    def _keys(self, one: Placed) -> list[Any]:
        demand = self.problem.demands[one.demand]
        return [
            *self.problem.busy(demand, one.slot),
            *(("stream", *key) for key in self.problem.streams(demand, one.slot)),
            *([("room", demand.school, demand.room, one.day, one.period)] if demand.room else []),
            *(("day", key, one.day) for key in demand.classes),
            ("demand", demand.id, one.day),
        ]

    def against(self, one: Placed) -> list[Broken]:
        """Rules that placing this lesson would break, each with the lessons that stand against it."""
        demand = self.problem.demands[one.demand]
        found = (
            [] if one.slot in self.problem.slots[demand.id] else [self._broken("slot", demand.id, one, ())]
        )
        for kind, who, day, period in self.problem.busy(demand, one.slot):
            others = self.taken[(kind, who, day, period)] - {one}
            if others:
                found.append(self._broken(kind, who, one, others))
        found += self._shared(demand, one)
        found += self._daily(demand, one)
        return found

    def _shared(self, demand: Demand, one: Placed) -> list[Broken]:
        found = []
        for key in self.problem.streams(demand, one.slot):
            others = self.taken[("stream", *key)] - {one}
            if len(others) >= self.problem.most_streams(key[0]):
                found.append(self._broken("streams", key[0], one, others))
        if demand.room:
            others = self.taken[("room", demand.school, demand.room, one.day, one.period)] - {one}
            if len(others) >= len(self.problem.rooms_for(demand.school, demand.room)):
                found.append(self._broken("room", demand.room, one, others))
        return found

    def _daily(self, demand: Demand, one: Placed) -> list[Broken]:
        same = self.taken[("demand", demand.id, one.day)] - {one}
        found = [self._broken("twice", demand.id, one, same)] if len(same) >= demand.most_per_day else []
        for key in demand.classes:
            today = self.taken[("day", key, one.day)] - {one}
            demands = [self.problem.demands[other.demand] for other in today]
            live = [other for other, asked in zip(today, demands, strict=True) if asked.live]
            weight, most = sum(asked.weight for asked in demands), self.problem.most_weight(key)
            if len(today) >= self.problem.most_lessons(key):
                found.append(self._broken("lessons", key, one, today))
            if demand.live and len(live) >= self.problem.most_live(key):
                found.append(self._broken("live", key, one, live))
            if most and weight + demand.weight > most:
                found.append(self._broken("weight", key, one, today))
        return found

    @staticmethod
    def _broken(code: str, who: str, one: Placed, others: Iterable[Placed]) -> Broken:
        return Broken(
            code,
            who,
            one.day,
            one.period,
            tuple(sorted(others, key=lambda other: (other.demand, other.slot))),
        )

    def problems(self) -> list[Broken]:
        """Every rule the week breaks, and demands that are not met."""
        found = [
            broken
            for one in sorted(self.lessons, key=lambda x: (x.demand, x.slot))
            for broken in self.against(one)
        ]
        hours = Counter(one.demand for one in self.lessons)
        missing = [
            Broken("hours", key, 0, 0, ())
            for key, one in self.problem.demands.items()
            if hours[key] != one.hours
        ]
        return [*found, *missing]

    def with_rooms(self) -> list[dict[str, Any]]:
        """The week as it is written down: each lesson with the room it got."""
        used: dict[tuple[str, int, int], int] = Counter()
        rows = []
        for one in sorted(self.lessons, key=lambda x: (x.day, x.period, x.demand)):
            demand = self.problem.demands[one.demand]
            row: dict[str, Any] = {"demand": one.demand, "day": one.day, "period": one.period}
            rooms = self.problem.rooms_for(demand.school, demand.room) if demand.room else []
            if rooms:
                key = (f"{demand.school} {demand.room}", one.day, one.period)
                row["room"] = rooms[used[key] % len(rooms)]["id"]
                used[key] += 1
            rows.append(row)
        return rows


def placed(rows: Iterable[dict[str, Any]]) -> list[Placed]:
    return [Placed(one["demand"], one["day"], one["period"]) for one in rows]
