"""Calendar-thematic plans: begun from the hours of a class, written, copied, approved, ticked by what was held."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.sheets import csv_bytes
from lms.lessons import themes
from lms.lessons.models import StreamedClass, StreamedLesson, TaughtHours, ThematicPlan, ThematicTopic
from lms.lessons.themes import Topic
from lms.people.service import classes, years
from lms.places.models import School
from tests.cast import Cast, read_afresh

TEXT = "Қысым; 2; Механика; 7.2.1.3\nПаскаль заңы; 1; Механика\n\nАтмосфера"


@pytest.mark.pure
def test_topics_move_past_holidays() -> None:
    topics = [Topic("a", 2), Topic("b", 2), Topic("c", 1), Topic("d", 3)]
    assert themes.weeks(topics, 2, []) == [1, 2, 3, 3]
    assert themes.weeks(topics, 2, [2]) == [1, 3, 4, 4]
    assert themes.weeks([Topic("a", 40)] * 9, 1, [])[-1] == themes.LAST_WEEK


@pytest.mark.pure
def test_lines_are_read_as_they_are_written() -> None:
    topics = themes.read_lines(themes.cells_of(TEXT))
    assert topics[0] == Topic("Қысым", 2, "Механика", "7.2.1.3") and topics[2] == Topic("Атмосфера")
    assert themes.read_lines(themes.cells_of(themes.text_of(topics))) == topics
    assert themes.read_lines(themes.cells_of("a\t3\tb\tc;d")) == [Topic("a", 3, "b", "c;d")]
    assert themes.read_lines([["x", "-1"], ["y", "999999"], [" "], []]) == [Topic("x"), Topic("y")]


def line(cast: Cast, grade: int = 7) -> TaughtHours:
    with edge():
        row = TaughtHours(class_id=cast.school_class(grade).id, school_id=cast.school.id, path=cast.school.path,
                          subject="physics", teacher_id=cast.person("teacher").id, hours=2)  # fmt: skip
        db.session.add(row)
    return row


def begun(cast: Cast, **sent: Any) -> ThematicPlan:
    teacher, hours = cast.signed_in("teacher"), line(cast)
    assert "Қысқа" not in teacher.get("/thematic-plans").text
    assert teacher.post(f"/thematic-plans/lines/{hours.id}").status_code == 303
    read_afresh()
    plan = db.session.scalars(select(ThematicPlan)).one()
    if sent:
        assert teacher.post(f"/thematic-plans/{plan.id}/topics", sent).status_code == 303
        read_afresh()
    return db.session.get_one(ThematicPlan, plan.id)


def test_a_plan_is_written_approved_and_changed(cast: Cast) -> None:
    plan = begun(cast, topics=TEXT, holidays="2")
    assert [(one.number, one.week, one.title) for one in plan.topics] == [
        (1, 1, "Қысым"), (2, 3, "Паскаль заңы"), (3, 3, "Атмосфера"),
    ]  # fmt: skip
    teacher, director = cast.signed_in("teacher"), cast.signed_in("director", language="ru")
    assert teacher.post(f"/thematic-plans/{plan.id}/approve").status_code == 403
    assert director.post(f"/thematic-plans/{plan.id}/approve").status_code == 303
    assert "утверждён" in director.get("/thematic-plans").text
    kept = plan.topics[0].id
    teacher.post(f"/thematic-plans/topics/{kept}/taught", {"on": clock.today().isoformat()})
    teacher.post(f"/thematic-plans/{plan.id}/topics", {"topics": "Кіріспе\n" + TEXT, "holidays": ""})
    read_afresh()
    again = db.session.get_one(ThematicPlan, plan.id)
    assert again.approved_at is None and len(again.topics) == 4
    assert again.topics[1].id == kept and again.topics[1].taught_on == clock.today()


def test_a_lesson_that_was_held_ticks_its_topic(cast: Cast) -> None:
    plan = begun(cast, topics=TEXT)
    teacher, topic = cast.signed_in("teacher", language="ru"), plan.topics[0]
    page = teacher.get(f"/streaming/new?topic={topic.id}").text
    assert 'value="Қысым"' in page and f'name="topic" value="{topic.id}"' in page
    day = clock.today().isoformat()
    sent = {"topic": str(topic.id), "title": "Қысым", "subject": "physics", "language": "kk", "day": day, "minutes": "40",
            "begins": "09:00", "provider": "", "classes": [str(plan.class_id)]}  # fmt: skip
    assert teacher.post("/streaming/new", sent).status_code == 303
    read_afresh()
    lesson = db.session.scalars(select(StreamedLesson)).one()
    assert lesson.topic_id == topic.id
    assert "0/4" in teacher.get("/thematic-plans").text
    with edge():
        lesson.state, lesson.began_at, lesson.ended_at = (
            "ended",
            clock.now() - timedelta(minutes=40),
            clock.now(),
        )
    assert "2/4" in teacher.get("/thematic-plans").text
    with (
        edge()
    ):  # the same lesson ticks the topic of the same name in the plan of another class that heard it
        other = cast.school_class(8)
        db.session.add(
            StreamedClass(
                lesson_id=lesson.id, class_id=other.id, school_id=cast.school.id, path=cast.school.path
            )
        )
        db.session.add(ThematicPlan(class_id=other.id, school_id=cast.school.id, path=cast.school.path, subject="physics",
                                    teacher_id=plan.teacher_id, hours=2,
                                    topics=[ThematicTopic(number=1, week=1, hours=3, title="Қысым")]))  # fmt: skip
    assert "3/3" in teacher.get("/thematic-plans").text
    assert f"/streaming/{lesson.id}/report" in teacher.get(f"/thematic-plans/{plan.id}").text


def test_a_hubs_teacher_writes_the_plan_of_a_satellites_class(cast: Cast) -> None:
    hub = cast.person("teacher", cast.school_elsewhere)
    hours = line(cast)
    with edge():
        db.session.get_one(TaughtHours, hours.id).teacher_id = hub.id
    teacher = cast.signed_in("teacher", cast.school_elsewhere)
    answer = teacher.post(f"/thematic-plans/lines/{hours.id}")
    assert teacher.post(f"{answer.location}/topics", {"topics": TEXT}).status_code == 303
    assert teacher.get(answer.location).status_code == 200 and "0/4" in teacher.get("/thematic-plans").text
    assert cast.signed_in("teacher").post(f"{answer.location}/topics", {"topics": "x"}).status_code == 404
    assert teacher.post(f"{answer.location}/approve").status_code == 403


def test_what_cannot_be_ticked_or_written(cast: Cast) -> None:
    plan, teacher = begun(cast, topics=TEXT), cast.signed_in("teacher")
    path = f"/thematic-plans/topics/{plan.topics[0].id}/taught"
    assert teacher.post(path, {"on": (clock.today() + timedelta(1)).isoformat()}).status_code == 409
    assert teacher.post(path, {"on": "кеше"}).status_code == 409
    assert teacher.post(f"/thematic-plans/{plan.id}/topics", {"topics": " ; 3"}).status_code == 409
    assert (
        teacher.post(f"/thematic-plans/{plan.id}/topics", {"topics": "x", "holidays": "99"}).status_code
        == 409
    )
    assert teacher.post(f"/thematic-plans/{plan.id}/copy").status_code == 409
    with edge():
        db.session.get_one(ThematicPlan, plan.id).teacher_id = cast.person("director").id
    assert teacher.post(path, {"on": clock.today().isoformat()}).status_code == 404  # a colleague's plan


def test_topics_come_from_a_table_and_leave_as_one(cast: Cast) -> None:
    plan = begun(cast)
    teacher = cast.signed_in("teacher")
    data = csv_bytes(["Тақырып", "Сағат"], [["Қысым", 2], ["Күш", 1]])
    sent = {"file": (io.BytesIO(data), "plan.csv"), "topics": "", "holidays": ""}
    path = f"/thematic-plans/{plan.id}"
    assert teacher.post(f"{path}/topics", sent, content_type="multipart/form-data").status_code == 303
    bad = {"file": (io.BytesIO(b"\0\1\2PK"), "plan.xlsx"), "topics": "x"}
    assert teacher.post(f"{path}/topics", bad, content_type="multipart/form-data").status_code == 409
    sheet = load_workbook(io.BytesIO(teacher.get(f"{path}/plan.xlsx").data)).active
    assert sheet is not None and [sheet.cell(row, 1).value for row in (2, 3)] == ["Қысым", "Күш"]


def test_last_years_topics_are_taken_over(cast: Cast) -> None:
    first = cast.year.starts_on
    with edge():
        before = years.open_year(
            first.replace(year=first.year - 1), cast.year.ends_on.replace(year=first.year)
        )
        old = classes.open_class(db.session.get_one(School, cast.school.id), before, 7, "Ә")
        db.session.add(ThematicPlan(
            class_id=old.id, school_id=cast.school.id, path=cast.school.path, subject="physics", hours=1,
            teacher_id=cast.person("director").id, holidays=[9],
            topics=[ThematicTopic(number=1, week=1, hours=2, title="Қысым", taught_on=first)],
        ))  # fmt: skip
    teacher, hours = cast.signed_in("teacher"), line(cast)
    answer = teacher.post(f"/thematic-plans/lines/{hours.id}")
    assert teacher.post(f"{answer.location}/copy").status_code == 303
    read_afresh()
    plan = db.session.scalars(select(ThematicPlan).where(ThematicPlan.class_id == hours.class_id)).one()
    assert [(one.title, one.taught_on) for one in plan.topics] == [("Қысым", None)] and plan.holidays == [9]


def test_lists_take_few_statements(cast: Cast, statements: Any) -> None:
    plan, teacher = begun(cast, topics=TEXT), cast.signed_in("teacher")
    for path in ("/thematic-plans", f"/thematic-plans/{plan.id}"):
        with statements() as sent:
            assert teacher.get(path).status_code == 200
        assert len(sent) <= 8, f"{path}: {len(sent)}\n" + "\n".join(sent)
