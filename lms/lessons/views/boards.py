"""What every board of a week needs: its rows, the heads of its columns, the weeks around it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import request

from lms.core import clock
from lms.lessons.labels import DAYS
from lms.lessons.queries.weeks import Entry, monday_of


def wanted_week(days: int) -> date:
    """The Monday asked for with ?week=…; else of this week, or of the next one when this one's lessons are over."""
    try:
        wanted = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        wanted = clock.today()
        wanted += timedelta(days=7 if wanted.weekday() >= days else 0)
    return monday_of(min(max(wanted, date(2000, 1, 3)), date(2100, 1, 4)))


def around(monday: date | None) -> dict[str, date]:
    shown = monday or monday_of(clock.today())
    return {"earlier": shown - timedelta(days=7), "later": shown + timedelta(days=7)}


def heads(days: int, monday: date | None = None) -> list[tuple[Any, date | None]]:
    """(name of the day, its date)"""
    return [(DAYS[day], monday + timedelta(days=day) if monday else None) for day in range(days)]


def board(
    entries: Iterable[Entry], days: int, bells: Iterable[tuple[str, str]] = ()
) -> list[tuple[str, str, list[list[Entry]]]]:
    """Rows by the time of day: (begins, ends, lessons of each day)."""
    found = list(entries)
    times = sorted({*bells, *((one.begins, one.ends) for one in found)})
    return [
        (begins, ends, [[one for one in found if one.begins == begins and one.placed.day == day] for day in range(days)])
        for begins, ends in times
    ]  # fmt: skip
