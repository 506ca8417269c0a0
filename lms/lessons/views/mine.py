"""One's own lessons: this week's board, what has changed, and a calendar other programs read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from lms.core import limits
from lms.core.errors import NotYours
from lms.core.i18n import day as day_words
from lms.core.live import address
from lms.core.permissions import actor, needs, public
from lms.lessons.calendar import calendar, subject_words
from lms.lessons.labels import NOTICES
from lms.lessons.models import TimetableNotice
from lms.lessons.queries import timetables as queries
from lms.lessons.service import telling, timetables
from lms.lessons.views.base import blueprint, settings
from lms.lessons.views.boards import around, board, heads, wanted_week


def said(one: TimetableNotice) -> str:
    days = ", ".join(day_words(date.fromisoformat(text)) for text in one.facts.get("days", ()))
    return str(NOTICES[one.code]) % {"days": days, "title": one.timetable.title}


@blueprint.get("/timetables/mine")
@needs("timetable.own")
def my_timetable() -> str:
    found = queries.own(actor().person_id)
    monday = wanted_week(found.days)
    by_day = found.between(monday, monday + timedelta(days=found.days - 1))
    channels = [telling.channel(row.id) for row, *_more in found.rows]
    return render_template(
        "lessons/my_timetable.html", board=board([one for day in by_day.values() for one in day], found.days),
        days=heads(found.days, monday), monday=monday, words=subject_words, live=address(*channels) if channels else "",
        notices=[(said(one), one.created_at) for one in queries.notices(actor().person_id)], **around(monday),
    )  # fmt: skip


@blueprint.post("/timetables/mine/read")
@needs("timetable.own")
def read_timetable_notices() -> Any:
    telling.read_all(actor().person_id)
    return redirect(url_for("lessons.my_timetable"), 303)


@blueprint.post("/timetables/mine/feed")
@needs("timetable.own")
def issue_feed() -> str:
    """The address is shown once; the old one is worth nothing from here on."""
    limits.at_most("feed", str(actor().person_id), 10, 60)
    token = timetables.issue_feed(actor().person_id)
    return render_template(
        "lessons/feed.html", address=settings().site + url_for("lessons.feed", token=token)
    )


@blueprint.get("/timetables/feed/<string:token>.ics")
@public
def feed(token: str) -> Response:
    """Read by calendar programs, which sign in nowhere: the long random address is the key."""
    person = queries.feed_owner(token)
    if person is None:
        raise NotYours
    limits.at_most("feed-read", str(person.id), 120, 60)
    found, days = queries.own(person.id), queries.school_days()
    by_day = found.between(days[0], days[-1]) if days else {}
    revision = max((row.revision for row, *_more in found.rows), default=0)
    lessons = [(day, one) for day in days for one in by_day.get(day, ())]
    with force_locale(person.language):
        data = calendar(_("Lessons of %(name)s", name=person.short_name), lessons, revision)
    return Response(data, mimetype="text/calendar", headers={"Cache-Control": "private, no-store"})
