"""Somebody's lessons as a calendar other programs read (RFC 5545), in the time of Kazakhstan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from lms.core import clock
from lms.lessons.labels import ENTRY_STATES
from lms.lessons.queries.weeks import Entry
from lms.lessons.subjects import SUBJECTS


def calendar(title: str, lessons: Iterable[tuple[date, Entry]], revision: int) -> bytes:
    """Each lesson keeps its UID from reading to reading; SEQUENCE says that something has changed."""
    found = Calendar()
    found.add("prodid", "-//Oris//lessons//")
    found.add("version", "2.0")
    found.add("x-wr-calname", title)
    found.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for day, one in lessons:
        found.add_component(_event(day, one, revision))
    return bytes(found.to_ical())


def _event(day: date, one: Entry, revision: int) -> Event:
    event = Event()
    event.add("uid", f"{day:%Y%m%d}.{one.key}@oris")
    event.add("dtstamp", clock.now())
    event.add("dtstart", _moment(day, one.begins))
    event.add("dtend", _moment(day, one.ends))
    event.add("sequence", revision)
    event.add("summary", f"{subject_words(one.subject)} · {one.classes}")
    event.add("location", one.room)
    notes = [one.instead or one.teacher, _("Live lesson") if one.live else ""]
    if not one.held:
        event.add("status", "CANCELLED")
    elif one.state:
        notes.append(str(ENTRY_STATES[one.state][0]))
    event.add("description", "\n".join(note for note in notes if note))
    return event


def _moment(day: date, text: str) -> datetime:
    hours, _colon, minutes = text.partition(":")
    return datetime.combine(day, time(int(hours), int(minutes)), clock.KAZAKHSTAN)


def subject_words(code: str) -> str:
    return str(SUBJECTS.get(code, code))
