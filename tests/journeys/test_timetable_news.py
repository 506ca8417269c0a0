"""A lesson that changes reaches the open page of its pupil within ten seconds, without being loaded again."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.lessons.models import Timetable
from lms.lessons.service import timetables
from lms.people.models import ClassMembership, Person
from lms.places.models import Place
from tests.journeys.conftest import Running
from tests.journeys.school_day import class_room, computer, spoken

LATEST = 10.0  # seconds


@pytest.fixture
def pupil_and_timetable(running: Running) -> tuple[str, Timetable, UUID]:
    room = class_room(running, 8, "kk")
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        person = db.session.scalars(select(Person).where(Person.login == room.pupil)).one()
        group = db.session.scalars(
            select(ClassMembership.class_id).where(ClassMembership.person_id == person.id)
        ).one()
        problem = {
            "days": 6,
            "schools": [{"id": "s", "bells": [["09:00", "09:45"]]}],
            "teachers": [{"id": "t", "name": "Болат", "school": "s"}],
            "classes": [{"id": str(group), "school": "s", "grade": 8}],
            "demands": [
                {"id": "d", "subject": "physics", "classes": [str(group)], "teacher": "t", "hours": 6}
            ],
        }
        with edge():
            row = Timetable(
                place_id=school.id, path=school.path, title="Апта", state="published", problem=problem,
                lessons=[{"demand": "d", "day": day, "period": 0} for day in range(6)],
            )  # fmt: skip
            db.session.add(row)
        return room.pupil, row, person.id


def test_a_change_reaches_the_open_page(
    chromium: Browser, running: Running, pupil_and_timetable: tuple[str, Timetable, UUID]
) -> None:
    login, row, by = pupil_and_timetable
    said = spoken(running, "kk")
    with computer(chromium, running, login) as page:
        live = running.app.extensions["settings"].live_site
        on = clock.today() + timedelta(days=1 if clock.today().weekday() == 6 else 0)
        with page.expect_response(lambda one: one.url.startswith(live)):
            page.goto(f"/timetables/mine?week={on}")
        week = page.locator("#own-week")
        expect(week.get_by_text("Физика")).to_have_count(6)
        with running.app.app_context(), running.app.test_request_context("/"), edge():
            kept = db.session.get_one(Timetable, row.id)
            timetables.change_day(kept, on, "cancelled", "Боран", by, lesson=f"d.{on.weekday()}.0")
        began = time.monotonic()
        expect(week.get_by_text(said("falls out"), exact=True)).to_be_visible()
        assert time.monotonic() - began < LATEST
