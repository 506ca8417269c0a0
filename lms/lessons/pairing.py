"""Which hub could teach which school: language, grades, distance on the globe, room for more pupils."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

EARTH = 6371.0088  # km, the mean radius
FARTHEST = 60.0  # km: joint lessons in person must be possible in a day
CAPACITY = 4  # satellites of one hub


def distance(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Kilometres along the great circle between two points (latitude, longitude); haversine."""
    (one, east), (other, further) = ([math.radians(value) for value in point] for point in (first, second))
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin((further - east) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True)
class Node:
    """A school as far as pairing is concerned."""

    id: UUID
    kind: str
    languages: frozenset[str]
    grades: frozenset[int]
    at: tuple[float, float] | None
    satellites: int = 0  # how many a hub has already


@dataclass(frozen=True)
class Candidate:
    hub: UUID
    kilometres: float | None
    problems: tuple[str, ...]  # codes of labels.PAIRING_PROBLEMS; none: it fits

    @property
    def fits(self) -> bool:
        return not self.problems


def candidates(school: Node, hubs: Iterable[Node]) -> list[Candidate]:
    """All hubs, those that fit first, the nearest first; what does not fit is said, not hidden."""
    found = [_judged(school, hub) for hub in hubs if hub.id != school.id]
    return sorted(
        found, key=lambda one: (len(one.problems), one.kilometres if one.kilometres is not None else 1e9)
    )


def _judged(school: Node, hub: Node) -> Candidate:
    far = distance(school.at, hub.at) if school.at and hub.at else None
    problems = [
        code
        for code, wrong in (
            ("language", not school.languages & hub.languages),
            ("grades", not school.grades <= hub.grades),
            ("no-coordinates", far is None),
            ("too-far", far is not None and far > FARTHEST),
            ("full", hub.satellites >= CAPACITY),
        )
        if wrong
    ]
    return Candidate(hub.id, far, tuple(problems))


@dataclass(frozen=True)
class Dot:
    """A school on the map, in hundredths of its width and height."""

    x: float
    y: float


def on_map(points: Sequence[tuple[float, float]], wide: float = 100.0, margin: float = 15.0) -> list[Dot]:
    """Equirectangular: true enough for a district, where a degree of longitude is shorter than one of latitude."""
    if not points:
        return []
    middle = math.radians(sum(one for one, _ in points) / len(points))
    flat = [(east * math.cos(middle), north) for north, east in points]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    low, high = min(y for _, y in flat), max(y for _, y in flat)
    span = max(right - left, high - low) or 1.0
    room = wide - 2 * margin
    return [Dot(margin + room * (x - left) / span, margin + room * (high - y) / span) for x, y in flat]
