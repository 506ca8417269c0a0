"""Topics as lines of text, and their places in the weeks of a school year; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LAST_WEEK = 44
MOST_TOPICS = 300
MOST_HOURS = 40


@dataclass(frozen=True)
class Topic:
    title: str
    hours: int = 1
    section: str = ""
    aims: str = ""


def read_lines(lines: Iterable[Sequence[str]]) -> list[Topic]:
    """Cells of each line: topic, hours, section, aims. A line without a topic falls away; hours that are none are 1."""
    found = []
    for cells in lines:
        title, hours, section, aims = (" ".join(cell.split()) for cell in [*cells, "", "", "", ""][:4])
        if title:
            number = int(hours) if hours.isdecimal() and len(hours) < 4 else 1
            found.append(Topic(title[:300], min(max(number, 1), MOST_HOURS), section[:200], aims[:1000]))
    return found[:MOST_TOPICS]


def cells_of(text: str) -> list[list[str]]:
    """What is typed: one topic on a line, its parts divided by a semicolon (or pasted from a table, by tabs)."""
    return [
        line.split("\t") if "\t" in line else line.split(";", 3)
        for line in text.replace("\0", "").splitlines()
    ]


def text_of(topics: Iterable[Topic]) -> str:
    rows = (
        [one.title.replace(";", ","), str(one.hours), one.section.replace(";", ","), one.aims]
        for one in topics
    )
    return "\n".join("; ".join(row).rstrip("; ") for row in rows)


def weeks(topics: Sequence[Topic], hours: int, holidays: Iterable[int]) -> list[int]:
    """In which week of the school year each topic begins, at so many hours a week, holidays left out."""
    free = set(holidays)
    school = [week for week in range(1, LAST_WEEK + 1) if week not in free] or [1]
    found, before = [], 0
    for one in topics:
        found.append(school[min(before // hours, len(school) - 1)])
        before += one.hours
    return found


def monday(starts_on: date, week: int) -> date:
    return starts_on - timedelta(days=starts_on.weekday()) + timedelta(weeks=week - 1)
