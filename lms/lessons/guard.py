"""Minutes before the screen within a lesson: the sanitary rules as a clock that prompts and never cuts off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ScreenTime:
    limit: int  # minutes, for the youngest grade in the lesson
    now: float  # minutes without a break up to now
    longest: float
    total: float

    @property
    def over(self) -> bool:
        return self.now >= self.limit

    @property
    def left(self) -> int:
        return max(0, int(self.limit - self.now))


def limit_for(grades: Iterable[int], table: str) -> int:
    """`table` is the setting `screen_minutes`: the youngest grade decides."""
    known = {int(grade): int(minutes) for grade, _, minutes in (one.partition(":") for one in table.split())}
    youngest = min(grades, default=11)
    return known.get(youngest, min(known.values(), default=15))


def screen_time(
    limit: int, began: datetime | None, breaks: Iterable[tuple[str, datetime]], until: datetime
) -> ScreenTime:
    """`breaks`: ("away", when) and ("back", when) in order; between them pupils look at no screen."""
    if began is None:
        return ScreenTime(limit, 0.0, 0.0, 0.0)
    since: datetime | None = began
    longest = total = 0.0
    for kind, at in breaks:
        if kind == "away" and since is not None:
            spell = _minutes(since, at)
            longest, total, since = max(longest, spell), total + spell, None
        elif kind == "back" and since is None:
            since = at
    spell = _minutes(since, until) if since is not None else 0.0
    return ScreenTime(limit, spell, max(longest, spell), total + spell)


def _minutes(since: datetime, until: datetime) -> float:
    return max(0.0, (until - since).total_seconds() / 60)
