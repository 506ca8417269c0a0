"""The live room: words are kept once, belong to a pupil of a school, and nobody says what is not theirs to say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from lms.core import clock
from lms.core.db import db, edge
from lms.core.live.models import LiveEvent
from lms.lessons import tickets
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedPresence
from lms.lessons.queries import board, record
from lms.lessons.service import planning
from lms.people.models import SignInSession
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room, asked

TABLE = "7:25 11:30"


def events(here: Room, kind: str) -> list[StreamedEvent]:
    read_afresh()
    rows = select(StreamedEvent).where(StreamedEvent.lesson_id == here.lesson_id, StreamedEvent.kind == kind)
    return list(db.session.scalars(rows.order_by(StreamedEvent.id)))


def test_a_page_turn_reaches_everybody_and_stays_for_latecomers(room_of_two: Room) -> None:
    desk = room_of_two.enters(room_of_two.teacher, "console")
    assert desk.says("page", s=3) == ""
    told = db.session.scalars(select(LiveEvent).order_by(LiveEvent.number.desc())).first()
    assert told and (told.kind, told.data) == ("page", {"s": 3})
    late = room_of_two.enters(room_of_two.signed_in(room_of_two.pupils["dana"]), "room")
    assert late.data["now"]["slide"] == 3


def test_an_answer_belongs_to_a_pupil_in_a_class_in_a_school(room_of_two: Room) -> None:
    desk = room_of_two.enters(room_of_two.teacher, "console")
    desk.says("ask", q=asked(room_of_two))
    aru = room_of_two.enters(room_of_two.signed_in(room_of_two.pupils["aru"]), "room")
    assert aru.data["now"]["ask"]["t"] == "p = ?"
    assert "key" not in str(aru.data["now"]["ask"]) and aru.data["questions"] == {}
    assert aru.says("answer", q=asked(room_of_two), a=["0"]) == ""
    row = events(room_of_two, "answer")[0]
    expected = (room_of_two.pupils["aru"].id, room_of_two.classes[0].id, room_of_two.schools[0].id)
    assert (row.person_id, row.class_id, row.school_id) == expected


def test_on_a_shared_computer_the_tapped_name_answers(room_of_two: Room) -> None:
    here, pupils = room_of_two, room_of_two.pupils
    here.enters(here.teacher, "console").says("ask", q=asked(here))
    staff = here.cast.signed_in("teacher", here.schools[0])
    screen = here.enters(staff, "screen")
    assert screen.says("answer", q=asked(here), a=["1"], p=str(pupils["bek"].id)) == ""
    assert screen.says("hand", p=str(pupils["aru"].id)) == ""
    # A pupil of another school cannot be spoken for.
    assert screen.says("answer", q=asked(here), a=["1"], p=str(pupils["dana"].id)) == "not-a-pupil"
    found = board.board(here.lesson, TABLE)
    assert found.answers and found.answers.of == {pupils["bek"].id: ["1"]}
    assert [one.name for one in found.hands] == ["Ахметова Ару"]
    assert [(one.answered, one.right) for one in found.schools] == [(1, 0), (0, 0)]


def test_what_is_sent_twice_is_kept_once(room_of_two: Room) -> None:
    here = room_of_two
    here.enters(here.teacher, "console").says("ask", q=asked(here))
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    word = {"n": 41, "k": "answer", "d": {"q": asked(here), "a": ["0"]}, "s": 0}
    for _time in range(3):
        assert aru.sends([word, word]).json == {"done": [41, 41], "not": {}}
    assert len(events(here, "answer")) == 1


def test_words_kept_on_a_device_count_for_when_they_were_said(room_of_two: Room) -> None:
    here = room_of_two
    with edge():
        db.session.execute(update(StreamedLesson).values(began_at=clock.now() - timedelta(minutes=30)))
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    words = [{"n": place, "k": "beat", "d": {}, "s": 60 * (10 - place)} for place in range(11)]
    aru.sends(words)
    found = record.record_of(here.lesson, TABLE)
    minutes = {one.pupil.name: round(one.minutes) for school in found.schools for one in school.pupils}
    assert minutes == {"Ахметова Ару": 10, "Болатов Бек": 0, "Досова Дана": 0}


def test_a_gap_in_the_signs_of_life_is_no_attendance(room_of_two: Room) -> None:
    here = room_of_two
    with edge():
        db.session.execute(update(StreamedLesson).values(began_at=clock.now() - timedelta(minutes=40)))
    screen = here.enters(here.cast.signed_in("teacher", here.schools[0]), "panel")
    for ago in (1800, 1740, 300, 240):
        screen.says("beat", ago, p=[str(here.pupils["bek"].id)], r=640, x=1)
    read_afresh()
    assert db.session.scalar(select(func.count()).select_from(StreamedPresence)) == 2
    found = record.record_of(here.lesson, TABLE)
    assert round(found.schools[0].pupils[1].minutes) == 2
    assert (found.schools[0].rtt, found.schools[0].drops) == (640, 4)


def test_the_turn_goes_to_a_pupil_and_their_hand_goes_down(room_of_two: Room) -> None:
    here = room_of_two
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    aru.says("hand")
    desk = here.enters(here.teacher, "console")
    assert desk.says("call", p=str(here.pupils["aru"].id)) == ""
    assert here.lesson.now["called"]["name"] == "Ахметова Ару"
    assert board.board(here.lesson, TABLE).hands == []
    assert desk.says("quiet") == "" and here.lesson.now["called"] is None


def test_the_lot_calls_only_those_who_are_here(room_of_two: Room) -> None:
    here = room_of_two
    desk = here.enters(here.teacher, "console")
    assert desk.says("draw") == "not-a-pupil"
    here.enters(here.signed_in(here.pupils["dana"]), "room").says("beat")
    assert desk.says("draw") == ""
    assert here.lesson.now["called"]["name"] == "Досова Дана"


@pytest.mark.parametrize(
    "kind, data",
    [
        ("page", {"s": 2}),
        ("ask", {"k": "cloud", "t": "?"}),
        ("close", {}),
        ("override", {"why": "x"}),
        ("away", {"m": 5}),
    ],
)
def test_pupils_cannot_do_what_is_the_teachers(room_of_two: Room, kind: str, data: dict[str, object]) -> None:
    aru = room_of_two.enters(room_of_two.signed_in(room_of_two.pupils["aru"]), "room")
    assert aru.says(kind, **data) == "not-allowed"


def test_a_pupil_speaks_for_nobody_else(room_of_two: Room) -> None:
    here = room_of_two
    here.enters(here.teacher, "console").says("ask", q=asked(here))
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    aru.says("answer", q=asked(here), a=["0"], p=str(here.pupils["dana"].id))
    assert [one.person_id for one in events(here, "answer")] == [here.pupils["aru"].id]


def test_a_question_that_was_not_asked_takes_no_answer(room_of_two: Room) -> None:
    aru = room_of_two.enters(room_of_two.signed_in(room_of_two.pupils["aru"]), "room")
    assert aru.says("answer", q=asked(room_of_two), a=["0"]) == "not-asked"


@pytest.mark.parametrize(
    "kind, data",
    [
        ("page", {"s": "3"}), ("page", {"s": True}), ("page", {"s": 10**9}), ("page", {}),
        ("ink", {"s": 1, "c": 0, "p": [1, 2, 3]}), ("ink", {"s": 1, "c": 0, "p": [1.5, 2, 3, 4]}),
        ("ink", {"s": 1, "c": 99, "p": [1, 2, 3, 4]}), ("ink", {"s": 1, "c": 0, "p": [1, 2] * 300}),
        ("ask", {"k": "essay", "t": "?"}), ("ask", {"k": "single", "t": "?", "o": ["бір"]}),
        ("ask", {"k": "cloud", "t": "\0"}), ("timer", {"n": -1}), ("call", {"p": "x"}), ("override", {"why": " "}),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_and_not_kept(
    room_of_two: Room, kind: str, data: dict[str, object]
) -> None:
    desk = room_of_two.enters(room_of_two.teacher, "console")
    assert desk.says(kind, **data) == "unclear"
    assert events(room_of_two, kind) == []


def test_a_forged_or_foreign_ticket_opens_nothing(room_of_two: Room) -> None:
    desk = room_of_two.enters(room_of_two.teacher, "console")
    word = [{"n": 1, "k": "page", "d": {"s": 2}, "s": 0}]
    assert desk.sends(word, desk.data["ticket"][:-3] + "abc").status_code == 403
    with edge():
        db.session.execute(update(SignInSession).values(ended_at=clock.now()))
    assert desk.sends(word).status_code == 403
    assert room_of_two.lesson.now["slide"] == 1


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"say": []},
        {"t": "x"},
        {"t": 5, "v": "aaaaaaaa", "say": 1},
        {"t": "", "v": "../../etc", "say": []},
    ],
)
def test_what_is_not_a_message_is_refused(room_of_two: Room, body: object) -> None:
    client = room_of_two.cast.visitor().client
    assert client.post("/streaming/say", json=body, base_url="http://localhost:8000").status_code in (
        400,
        403,
    )


def test_after_the_lesson_only_what_was_said_in_it_is_taken(room_of_two: Room) -> None:
    here = room_of_two
    desk = here.enters(here.teacher, "console")
    desk.says("ask", q=asked(here))
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    with edge():
        lesson = here.lesson
        lesson.began_at = clock.now() - timedelta(minutes=40)
        lesson.state, lesson.ended_at = "ended", clock.now() - timedelta(minutes=5)
    assert aru.says("answer", 600, q=asked(here), a=["0"]) == ""
    assert aru.says("answer", 0, q=asked(here), a=["1"]) == "not-live"
    assert desk.says("page", s=2) == "not-live"


def test_pages_of_the_room_take_few_statements(
    room_of_two: Room, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    here = room_of_two
    here.enters(here.teacher, "console").says("ask", q=asked(here))
    staff, pupil = here.cast.signed_in("teacher", here.schools[0]), here.signed_in(here.pupils["aru"])
    for browser, page in (
        (here.teacher, "console"), (here.teacher, "board"), (staff, "screen"), (staff, "panel"),
        (staff, "panel-board"), (pupil, "room"), (pupil, "state"), (here.teacher, "report"), (here.teacher, ""),
    ):  # fmt: skip
        with statements() as sent:
            assert browser.get(f"/streaming/{here.lesson_id}/{page}".rstrip("/")).status_code == 200
        assert len(sent) <= 8, (page, len(sent), sent)


def test_an_answer_costs_two_look_ups_and_one_row(
    room_of_two: Room, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    here = room_of_two
    here.enters(here.teacher, "console").says("ask", q=asked(here))
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    outside = here.cast.visitor().client
    body = {
        "t": aru.data["ticket"],
        "v": "bbbbbbbb",
        "say": [{"n": 1, "k": "answer", "d": {"q": asked(here), "a": ["0"]}}],
    }
    with statements() as sent:
        assert outside.post("/streaming/say", json=body, base_url="http://localhost:8000").json["done"] == [1]
    assert len(sent) == 3, sent


def test_those_of_no_class_of_it_find_no_lesson(room_of_two: Room) -> None:
    here = room_of_two
    stranger = here.signed_in(here.cast.pupil(here.cast.school_class(7, school=here.cast.school_elsewhere)))
    elsewhere = here.cast.signed_in("teacher", here.cast.school_elsewhere)
    for browser, page in (
        (stranger, "room"),
        (elsewhere, "panel"),
        (elsewhere, "report"),
        (stranger, "slides/1.webp"),
    ):
        assert browser.get(f"/streaming/{here.lesson_id}/{page}").status_code in (403, 404), page


def test_a_satellites_teacher_has_no_desk(room_of_two: Room) -> None:
    staff = room_of_two.cast.signed_in("teacher", room_of_two.schools[0])
    assert staff.get(f"/streaming/{room_of_two.lesson_id}/console").status_code == 404
    seen = staff.get(f"/streaming/{room_of_two.lesson_id}/panel").text
    assert "Ахметова Ару" in seen and "Досова Дана" not in seen


def test_lines_to_one_school_stay_there(room_of_two: Room) -> None:
    here = room_of_two
    here.enters(here.teacher, "console").says("line", t="Дыбысты тексеріңіз", to=str(here.schools[0].id))
    boards = [
        here.cast.signed_in("teacher", school).get(f"/streaming/{here.lesson_id}/panel-board").text
        for school in here.schools
    ]
    assert "Дыбысты тексеріңіз" in boards[0] and "Дыбысты тексеріңіз" not in boards[1]


def test_a_ticket_says_whose_seat_it_is(room_of_two: Room) -> None:
    seat = tickets.Seat(room_of_two.lesson_id, "pupil", room_of_two.pupils["aru"].id, None, None, None)
    assert tickets.read(tickets.write(seat)) == seat
    assert tickets.read("") is None and tickets.read("ab.cd.ef") is None


def test_the_record_is_complete_without_any_button(room_of_two: Room) -> None:
    here = room_of_two
    desk = here.enters(here.teacher, "console")
    desk.says("ask", q=asked(here))
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    aru.says("hand")
    aru.says("answer", q=asked(here), a=["0"])
    desk.says("call", p=str(here.pupils["aru"].id))
    desk.says("away", m=5)
    desk.says("override", why="Тәжірибе бітпей қалды")
    with edge():
        planning.end(here.lesson)
    page = here.teacher.get(f"/streaming/{here.lesson_id}/report").text
    assert "Ахметова Ару" in page and "Тәжірибе бітпей қалды" in page
    found = record.record_of(here.lesson, TABLE)
    row = found.schools[0].pupils[0]
    assert (row.right, row.judged, row.hands, row.turns, row.attended) == (1, 1, 1, 1, "there")
    table = here.teacher.get(f"/streaming/{here.lesson_id}/report.csv")
    assert "Ахметова Ару" in table.get_data(as_text=True)
