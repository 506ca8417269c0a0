"""What is asked: schools with their bells, teachers, classes and demands; and when each demand could be met.

Several schools have different bells. A lesson stands in the bells of the school it is given from; every class
that hears it is busy in all periods of its own school that overlap it on the clock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))
DAYS = 5
MOST_LESSONS = {0: 4, 1: 4, 2: 5, 3: 5, 4: 5, 5: 6, 6: 6, 7: 7, 8: 7, 9: 7, 10: 7, 11: 7}  # a day, by grade
MOST_LIVE = 2  # live lessons of one class a day: each is time at the screen
Slot = tuple[int, int]  # day, period of the school the lesson is given from


class BadProblem(Exception):
    """`path` says where in the file, `message` what is wrong there (in English: it is a file for programs)."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or '.'}: {message}")
        self.path, self.message = path, message


@dataclass(frozen=True)
class Demand:
    id: str
    subject: str
    classes: tuple[str, ...]
    teacher: str
    hours: int
    school: str  # whose bells it follows
    live: bool
    room: str
    weight: int
    most_per_day: int
    fixed: tuple[Slot, ...]


class Problem:
    """Read once, asked often: which slots a demand could take, and whom it makes busy there."""

    def __init__(self, data: dict[str, Any]) -> None:
        errors = sorted(
            Draft202012Validator(SCHEMA).iter_errors(data), key=lambda one: list(map(str, one.path))
        )
        if errors:
            raise BadProblem("/".join(str(part) for part in errors[0].path), errors[0].message[:200])
        self.data = data
        self.days: int = data.get("days", DAYS)
        self.schools = {one["id"]: one for one in data["schools"]}
        self.teachers = {one["id"]: one for one in data["teachers"]}
        self.classes = {one["id"]: one for one in data["classes"]}
        self.rooms = data.get("rooms", [])
        self.closed = {(one["school"], one["day"]) for one in data.get("closed", [])}
        self.bells = {
            key: [(_minutes(a), _minutes(b)) for a, b in one["bells"]] for key, one in self.schools.items()
        }
        self.shift = {key: frozenset(one.get("periods", range(14))) for key, one in self.classes.items()}
        self.off = {
            key: {(day, period) for day, period in one.get("off", [])} for key, one in self.teachers.items()
        }
        self.rather_not = {
            key: {(day, period) for day, period in one.get("rather_not", [])}
            for key, one in self.teachers.items()
        }
        self.demands = {
            one.id: one for one in (self._demand(row, place) for place, row in enumerate(data["demands"]))
        }
        if len(self.demands) != len(data["demands"]):
            raise BadProblem("demands", "two demands have the same id")

    def _demand(self, row: dict[str, Any], place: int) -> Demand:
        where = f"demands/{place}"
        for key in row["classes"]:
            if key not in self.classes:
                raise BadProblem(where, f"there is no class {key!r}")
        if row["teacher"] not in self.teachers:
            raise BadProblem(where, f"there is no teacher {row['teacher']!r}")
        school = self.teachers[row["teacher"]]["school"]
        if school not in self.schools or any(
            one["school"] not in self.schools for one in self.classes.values()
        ):
            raise BadProblem(where, f"there is no school {school!r}, or a class has none")
        return Demand(
            row["id"], row["subject"], tuple(row["classes"]), row["teacher"], row["hours"], school,
            bool(row.get("live")), row.get("room", ""), row.get("weight", 5), row.get("most_per_day", 1),
            tuple((day, period) for day, period in row.get("fixed", [])),
        )  # fmt: skip

    @cached_property
    def slots(self) -> dict[str, list[Slot]]:
        """Where each demand could stand, as far as it alone is concerned."""
        return {
            key: [slot for slot in self._all(one) if self._possible(one, slot)]
            for key, one in self.demands.items()
        }

    def _all(self, one: Demand) -> list[Slot]:
        return [(day, period) for day in range(self.days) for period in range(len(self.bells[one.school]))]

    def _possible(self, one: Demand, slot: Slot) -> bool:
        if one.fixed and len(one.fixed) >= one.hours and slot not in one.fixed:
            return False
        day = slot[0]
        closed = {self.classes[key]["school"] for key in one.classes} | {one.school}
        if slot in self.off[one.teacher] or any((school, day) in self.closed for school in closed):
            return False
        if any(
            slot[1] not in self.shift[key] for key in one.classes if self.classes[key]["school"] == one.school
        ):
            return False
        return all(self.periods(key, one.school, slot[1]) for key in one.classes)

    @cached_property
    def _overlaps(self) -> dict[tuple[str, str, int], tuple[int, ...]]:
        return {}

    def at_once(self, school: str, period: int) -> list[int]:
        """Periods of one school that overlap on the clock, itself included: the shifts of a school may."""
        begin, end = self.bells[school][period]
        return [
            place for place, (first, last) in enumerate(self.bells[school]) if first < end and begin < last
        ]

    def periods(self, class_id: str, school: str, period: int) -> tuple[int, ...]:
        """Periods of the class's own school in which a lesson at this period of `school` makes it busy."""
        own = self.classes[class_id]["school"]
        if own == school:
            return (period,)
        key = (own, school, period)
        if key not in self._overlaps:
            begin, end = self.bells[school][period]
            self._overlaps[key] = tuple(
                place for place, (first, last) in enumerate(self.bells[own]) if first < end and begin < last
            )
        return self._overlaps[key]

    def busy(self, one: Demand, slot: Slot) -> list[tuple[str, str, int, int]]:
        """("class" or "teacher", who, day, period): what a lesson takes; nobody can give the same twice."""
        day, period = slot
        taken = [
            ("class", key, day, place)
            for key in one.classes
            for place in self.periods(key, one.school, period)
        ]
        teaches = [("teacher", one.teacher, day, place) for place in self.at_once(one.school, period)]
        return [*taken, *teaches]

    def streams(self, one: Demand, slot: Slot) -> list[tuple[str, int, int]]:
        """(school, day, period): one stream into, or out of, each school that takes part in a live lesson."""
        if not one.live:
            return []
        day, period = slot
        found = {(one.school, day, period)}
        for key in one.classes:
            own = self.classes[key]["school"]
            found |= {(own, day, place) for place in self.periods(key, one.school, period)}
        return sorted(found)

    def unwanted(self, demand: str, slot: Slot) -> bool:
        """The teacher would rather not teach then: a wish, which no lesson has to fall out for."""
        return slot in self.rather_not[self.demands[demand].teacher]

    def rooms_for(self, school: str, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.rooms if one["school"] == school and kind in one["kinds"]]

    def most_lessons(self, class_id: str) -> int:
        one = self.classes[class_id]
        return int(one.get("most_per_day", MOST_LESSONS[one["grade"]]))

    def most_live(self, class_id: str) -> int:
        return int(self.classes[class_id].get("most_live_per_day", MOST_LIVE))

    def most_weight(self, class_id: str) -> int:
        """Difficulty a day; 0 means that nobody has set it."""
        return int(self.classes[class_id].get("most_weight_per_day", 0))

    def most_streams(self, school: str) -> int:
        return int(self.schools[school].get("streams", 1))


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def read(path: Path) -> Problem:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise BadProblem("", f"not JSON: {error}") from error
    return Problem(data)
