"""Timetables on pages: asked for, in force, moved by hand, changed for a day, read by calendar programs."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.lessons.models import Timetable
from lms.lessons.timetable import solver
from tests.cast import Cast, read_afresh

BELLS = [["08:30", "09:15"], ["09:20", "10:05"], ["10:15", "11:00"]]


def problem(cast: Cast) -> dict[str, Any]:
    teacher, group = str(cast.person("teacher").id), str(cast.school_class(7).id)
    return {
        "schools": [{"id": "s", "name": "Тарбағатай", "bells": BELLS}],
        "teachers": [{"id": teacher, "name": "Айгүл", "school": "s"}, {"id": "t2", "name": "Болат", "school": "s"}],
        "classes": [{"id": group, "name": "7 «А»", "school": "s", "grade": 7}],
        "demands": [
            {"id": "d1", "subject": "physics", "classes": [group], "teacher": teacher, "hours": 2},
            {"id": "d2", "subject": "music", "classes": [group], "teacher": "t2", "hours": 1},
        ],
    }  # fmt: skip


def coming(weekday: int) -> str:
    today = clock.today()
    return (today + timedelta(days=(weekday - today.weekday()) % 7)).isoformat()


def brought(cast: Cast, data: Any) -> Any:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return cast.signed_in("director").post(
        "/timetables/new", {"title": "Апта", "place": str(cast.school.id), "file": (io.BytesIO(text), "p.json")},
        content_type="multipart/form-data",
    )  # fmt: skip


def solved(cast: Cast) -> Timetable:
    assert brought(cast, problem(cast)).status_code == 303
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.solve-timetable")).one())
    read_afresh()
    return db.session.scalars(select(Timetable)).one()


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact way is tested with the solver; here a moment is enough."""
    monkeypatch.setattr(solver, "has_solver", lambda: False)


def test_a_file_becomes_a_timetable_in_force(cast: Cast) -> None:
    row = solved(cast)
    assert row.state == "solved" and len(row.lessons) == 3
    director = cast.signed_in("director")
    page = director.get(f"/timetables/{row.id}").text
    assert "Физика" in page and "7 «А»" in page and "08:30" in page
    assert cast.signed_in("teacher").post(f"/timetables/{row.id}/publish").status_code == 403
    assert director.post(f"/timetables/{row.id}/publish").status_code == 303
    assert director.post(f"/timetables/{row.id}/publish").status_code == 409
    assert "Физика" in cast.signed_in("teacher").get("/timetables/mine").text


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, {"schools": []}])
def test_files_that_are_no_problem(cast: Cast, data: Any) -> None:
    assert brought(cast, data).status_code == 422
    assert db.session.scalar(select(Timetable)) is None


def test_what_cannot_be_is_said_in_words(cast: Cast) -> None:
    data = problem(cast)
    data["demands"][0]["hours"] = 20
    brought(cast, data)
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.solve-timetable")).one())
    read_afresh()
    row = db.session.scalars(select(Timetable)).one()
    assert row.state == "failed"
    page = cast.signed_in("director", language="ru").get(f"/timetables/{row.id}").text
    assert "Физика, класс 7 «А», учитель Айгүл" in page


def test_a_lesson_is_moved_only_where_no_rule_stands_against_it(cast: Cast) -> None:
    row = solved(cast)
    first = next(one for one in row.lessons if one["demand"] == "d1")
    other = next(one for one in row.lessons if one["demand"] == "d2")
    director = cast.signed_in("director", language="ru")
    path, key = f"/timetables/{row.id}/move", f"d1.{first['day']}.{first['period']}"
    assert "у класса в это время урок" in director.get(f"{path}?lesson={key}").text
    taken = {"lesson": key, "day": other["day"], "period": other["period"]}
    assert director.post(path, taken).status_code == 409
    days = {one["day"] for one in row.lessons}
    free = {"lesson": key, "day": min(set(range(5)) - days), "period": 2}
    assert director.post(path, free).status_code == 303
    assert director.post(path, free).status_code == 200  # it does not stand there any more: the page says so
    read_afresh()
    kept = db.session.scalars(select(Timetable)).one()
    assert {
        "demand": "d1",
        "day": free["day"],
        "period": 2,
    } in kept.lessons and kept.revision > row.revision - 1


def feed(cast: Cast, role: str = "teacher") -> tuple[str, Any]:
    page = cast.signed_in(role).post("/timetables/mine/feed").text
    address = page.split('class="codes">')[1].split("<")[0]
    return address, Calendar.from_ical(cast.visitor().get(address.split(":8000")[1]).data)


def test_a_calendar_program_reads_the_lessons_and_their_changes(cast: Cast) -> None:
    row = solved(cast)
    director = cast.signed_in("director")
    director.post(f"/timetables/{row.id}/publish")
    assert cast.year
    address, found = feed(cast)
    events = found.walk("VEVENT")
    assert events and all(one["dtstart"].dt.utcoffset() == timedelta(hours=5) for one in events)
    assert len({str(one["uid"]) for one in events}) == len(events)
    assert {str(one["summary"]).split(" ")[0] for one in events} == {"Физика"}
    events = [one for one in events if one["dtstart"].dt.date() >= clock.today()]
    on = events[0]["dtstart"].dt.date()
    lesson = str(events[0]["uid"]).split("@")[0].partition(".")[2]
    director.post(
        f"/timetables/{row.id}/day",
        {"on": on.isoformat(), "kind": "cancelled", "lesson": lesson, "reason": "Боран"},
    )
    read_afresh()
    again = Calendar.from_ical(cast.visitor().get(address.split(":8000")[1]).data).walk("VEVENT")
    changed = next(one for one in again if one["uid"] == events[0]["uid"])
    assert str(changed["status"]) == "CANCELLED" and changed["sequence"] > events[0]["sequence"]


def test_a_new_address_ends_the_old_one(cast: Cast) -> None:
    solved(cast)
    old, _found = feed(cast)
    new, _again = feed(cast)
    assert cast.visitor().get(old.split(":8000")[1]).status_code == 404
    assert cast.visitor().get(new.split(":8000")[1]).status_code == 200


def test_who_stands_in_must_be_free(cast: Cast) -> None:
    row = solved(cast)
    first, other = (next(one for one in row.lessons if one["demand"] == key) for key in ("d1", "d2"))
    director = cast.signed_in("director")
    sent = {"on": coming(first["day"]), "kind": "substitution", "reason": "Ауырды", "teacher": "t2",
            "lesson": f"d1.{first['day']}.{first['period']}"}  # fmt: skip
    assert director.post(f"/timetables/{row.id}/day", sent).status_code == 303
    own = {**sent, "on": coming(other["day"]), "lesson": f"d2.{other['day']}.{other['period']}"}
    assert director.post(f"/timetables/{row.id}/day", own).status_code == 409
    assert director.post(f"/timetables/{row.id}/day", {**sent, "reason": ""}).status_code == 409
    assert "Ауырды" in director.get(f"/timetables/{row.id}").text


def test_timetables_elsewhere_do_not_exist(cast: Cast) -> None:
    row = solved(cast)
    stranger = cast.signed_in("director", cast.school_elsewhere)
    assert stranger.get(f"/timetables/{row.id}").status_code == 404
    assert stranger.post(f"/timetables/{row.id}/publish").status_code == 404
