"""Illness and blizzards on pages: a plan is looked at before it is applied; whoever is concerned is told at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.core.live.models import LiveEvent
from lms.lessons.models import Timetable, TimetableDay, TimetableNotice, TimetableSpell
from lms.lessons.timetable import solver
from lms.people.models import Guardianship
from tests.cast import Cast, read_afresh
from tests.lms.lessons.test_timetables import feed

BELLS = [["08:30", "09:15"], ["09:20", "10:05"], ["10:15", "11:00"]]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "has_solver", lambda: False)


def monday() -> date:
    """Of the next week, so that no day of it has been."""
    return clock.today() + timedelta(days=7 - clock.today().weekday())


def in_force(cast: Cast) -> Timetable:
    teacher, group = str(cast.person("teacher").id), str(cast.school_class(7).id)
    problem = {
        "schools": [{"id": str(cast.school.id), "name": "Тарбағатай", "bells": BELLS}],
        "teachers": [{"id": teacher, "name": "Айгүл", "school": str(cast.school.id)},
                     {"id": "t2", "name": "Болат", "school": str(cast.school.id)}],
        "classes": [{"id": group, "name": "7 «А»", "school": str(cast.school.id), "grade": 7}],
        "demands": [
            {"id": "d1", "subject": "physics", "classes": [group], "teacher": teacher, "hours": 2},
            {"id": "d2", "subject": "music", "classes": [group], "teacher": "t2", "hours": 1},
        ],
    }  # fmt: skip
    lessons = [{"demand": "d1", "day": 0, "period": 0}, {"demand": "d1", "day": 1, "period": 0},
               {"demand": "d2", "day": 0, "period": 1}]  # fmt: skip
    with edge():
        row = Timetable(place_id=cast.school.id, path=cast.school.path, title="Апта", state="published",
                        problem=problem, lessons=lessons)  # fmt: skip
        db.session.add(row)
    return row


def asked(cast: Cast, row: Timetable, **more: Any) -> TimetableSpell:
    on = monday().isoformat()
    sent = {"first": on, "last": on, "teachers": str(cast.person("teacher").id), "reason": "Тұмау", **more}
    answer = cast.signed_in("director").post(f"/timetables/{row.id}/trouble", sent)
    assert answer.status_code == 303, answer.text
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.replan")).one())
    read_afresh()
    return db.session.scalars(select(TimetableSpell)).one()


def test_a_plan_is_seen_before_anything_changes_and_then_reaches_everybody(cast: Cast) -> None:
    row, week = in_force(cast), monday().isoformat()
    pupil = cast.pupil(cast.school_class(7))
    mother = cast.person("guardian")
    with edge():
        db.session.add(Guardianship(guardian_id=mother.id, child_id=pupil.id, relation="mother"))
    spell = asked(cast, row)
    director = cast.signed_in("director", language="ru")
    page = director.get(f"/timetables/plans/{spell.id}").text
    assert "перенесён" in page and "Тұмау" in page and spell.changes[0]["kind"] == "moved"
    teacher = cast.signed_in("teacher")
    before = teacher.get(f"/timetables/mine?week={week}").text
    assert "перенесён" not in before and db.session.scalar(select(TimetableNotice)) is None

    assert director.post(f"/timetables/plans/{spell.id}/apply").status_code == 303
    read_afresh()
    told = set(db.session.scalars(select(TimetableNotice.person_id)))
    assert told == {cast.person("teacher").id, pupil.id, mother.id}
    # A page that is open hears it: its channel has an event from the very transaction.
    assert db.session.scalars(select(LiveEvent.channel)).all() == [f"timetable:{row.id}"]
    after = teacher.get(f"/timetables/mine?week={week}").text
    assert 'data-live="' in after and "осы аптада осы уақытқа көшірілді" in after and "Тұмау" not in after
    assert director.get(f"/timetables/{row.id}?kind=teacher&who={cast.person('teacher').id}&week={week}").text.count(
        "на этой неделе не в это время"
    ) == 1  # fmt: skip
    cast.signed_in("teacher").post("/timetables/mine/read")
    read_afresh()
    unread = set(
        db.session.scalars(select(TimetableNotice.person_id).where(TimetableNotice.read_at.is_(None)))
    )
    assert unread == {pupil.id, mother.id}
    assert "Тұмау" not in cast.signed_in("guardian").get("/").text


def test_the_feed_follows_the_plan(cast: Cast) -> None:
    row = in_force(cast)
    assert cast.year
    spell = asked(cast, row)
    address, found = feed(cast)
    kept = [one for one in found.walk("VEVENT") if one["dtstart"].dt.date() == monday()]
    assert [str(one.get("status", "")) for one in kept] == [""]
    cast.signed_in("director").post(f"/timetables/plans/{spell.id}/apply")
    again = Calendar.from_ical(cast.visitor().get(address.split(":8000")[1]).data).walk("VEVENT")
    gone = next(one for one in again if one["uid"] == kept[0]["uid"])
    assert str(gone["status"]) == "CANCELLED" and gone["sequence"] > kept[0]["sequence"]
    held = [one for one in again if monday() <= one["dtstart"].dt.date() <= monday() + timedelta(4)
            and "status" not in one]  # fmt: skip
    assert len(held) == 2


def test_a_plan_found_for_another_timetable_is_not_applied(cast: Cast) -> None:
    row = in_force(cast)
    spell = asked(cast, row)
    director = cast.signed_in("director", language="ru")
    director.post(f"/timetables/{row.id}/move", {"lesson": "d2.0.1", "day": 2, "period": 1})
    answer = director.post(f"/timetables/plans/{spell.id}/apply")
    assert answer.status_code == 409 and "расписание изменилось" in answer.text.lower()
    assert director.post(f"/timetables/plans/{spell.id}/drop").status_code == 303
    assert director.post(f"/timetables/plans/{spell.id}/apply").status_code == 409


def test_a_plan_is_taken_back(cast: Cast) -> None:
    row, week = in_force(cast), monday().isoformat()
    spell = asked(cast, row)
    director, teacher = cast.signed_in("director"), cast.signed_in("teacher", language="ru")
    director.post(f"/timetables/plans/{spell.id}/apply")
    director.post(f"/timetables/plans/{spell.id}/drop")
    page = teacher.get(f"/timetables/mine?week={week}").text
    assert "перенесён" not in page.split("<table")[1].split("</table>")[0] and "снова идут как обычно" in page


@pytest.mark.parametrize(
    "wrong", [{"teachers": ""}, {"last": "2020-01-01"}, {"first": "2020-01-01"}, {"last": "2099-01-01"}]
)
def test_what_cannot_be_asked(cast: Cast, wrong: dict[str, str]) -> None:
    row, on = in_force(cast), monday().isoformat()
    sent = {"first": on, "last": on, "teachers": str(cast.person("teacher").id), "reason": "Тұмау", **wrong}
    if not wrong.get("teachers", "x"):
        del sent["teachers"]
    assert cast.signed_in("director").post(f"/timetables/{row.id}/trouble", sent).status_code in (409, 422)
    assert db.session.scalar(select(TimetableSpell)) is None


def test_one_button_turns_a_day_into_distance_lessons(cast: Cast) -> None:
    row = in_force(cast)
    assert cast.year
    address, found = feed(cast)
    on = next(
        one["dtstart"].dt.date() for one in found.walk("VEVENT") if one["dtstart"].dt.date() >= monday()
    )
    sent = {"on": on.isoformat(), "school": "", "reason": "Боран"}
    assert cast.signed_in("director").post(f"/timetables/{row.id}/distance", sent).status_code == 303
    events = Calendar.from_ical(cast.visitor().get(address.split(":8000")[1]).data).walk("VEVENT")
    that_day = [str(one["description"]) for one in events if one["dtstart"].dt.date() == on]
    assert that_day and all("қашықтан" in one.lower() for one in that_day)
    change = db.session.scalars(select(TimetableDay)).one()
    assert cast.signed_in("director").post(f"/timetables/days/{change.id}/drop").status_code == 303
    events = Calendar.from_ical(cast.visitor().get(address.split(":8000")[1]).data).walk("VEVENT")
    assert not [one for one in events if "қашықтан" in str(one["description"]).lower()]


def test_a_head_turns_the_day_of_the_own_school_in_the_timetable_of_the_district(cast: Cast) -> None:
    row = in_force(cast)
    with edge():
        row.place_id, row.path = cast.district.id, cast.district.path
    director, on = cast.signed_in("director"), monday().isoformat()
    assert director.post(f"/timetables/{row.id}/distance", {"on": on, "reason": "Боран", "school": str(cast.school.id)}).status_code == 303  # fmt: skip
    everyone = cast.signed_in("director", cast.school_elsewhere)
    assert everyone.post(f"/timetables/{row.id}/distance", {"on": on, "reason": "Боран"}).status_code == 404
    read_afresh()
    assert [one.place_id for one in db.session.scalars(select(TimetableDay))] == [cast.school.id]


def test_a_director_does_not_see_plans_elsewhere(cast: Cast) -> None:
    spell = asked(cast, in_force(cast))
    stranger = cast.signed_in("director", cast.school_elsewhere)
    assert stranger.get(f"/timetables/plans/{spell.id}").status_code == 404
    assert stranger.post(f"/timetables/plans/{spell.id}/apply").status_code == 404


def test_own_pages_take_few_statements(cast: Cast, statements: Any) -> None:
    row = in_force(cast)
    spell = asked(cast, row)
    cast.signed_in("director").post(f"/timetables/plans/{spell.id}/apply")
    teacher, director = cast.signed_in("teacher"), cast.signed_in("director")
    for browser, path in (
        (teacher, "/timetables/mine"),
        (director, f"/timetables/{row.id}?week=now"),
        (director, f"/timetables/plans/{spell.id}"),
        (director, f"/timetables/{row.id}/trouble"),
    ):
        browser.get(path)
        with statements() as sent:
            browser.get(path)
        assert len(sent) <= 8, f"{path}: {len(sent)}\n" + "\n".join(sent)
