"""Work in pairs across schools: nobody is alone, both write one answer, and only they do."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select

from lms.core.db import db
from lms.core.live.models import LiveEvent
from lms.lessons.pairs import paired
from lms.lessons.queries import board, record
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room
from tests.lms.lessons.test_room import TABLE, events


@pytest.mark.pure
@pytest.mark.parametrize(
    ("counts", "mixed"), [((5, 5), 5), ((3, 3, 3), 4), ((9, 1), 1), ((4,), 0), ((1, 1, 1), 1)]
)
def test_pairs_cross_schools_and_leave_nobody_alone(counts: tuple[int, ...], mixed: int) -> None:
    present = [((school, number), school) for school, count in enumerate(counts) for number in range(count)]
    found = paired(present, Random(1))
    assert sorted(who for group in found for who in group) == sorted(who for who, _school in present)
    assert all(2 <= len(group) <= 3 for group in found)
    assert sum(len({who[0] for who in group}) > 1 for group in found) >= mixed
    assert paired([("one", 1)], Random(1)) == [["one"]] and paired([], Random(1)) == []


def test_a_pair_shares_one_task_and_one_answer(room_of_two: Room) -> None:
    here = room_of_two
    desk = here.enters(here.teacher, "console")
    assert desk.says("pairs", t="Қысымды табыңыз") == "nobody-to-pair"
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    dana = here.enters(here.signed_in(here.pupils["dana"]), "room")
    for one in (aru, dana):
        one.says("beat", r=1, x=0)
    assert desk.says("pairs", t="Қысымды табыңыз") == ""
    told = here.lesson.now["pairs"]
    assert {who[0] for who in told["g"][0]} == {here.pupils["aru"].id.hex, here.pupils["dana"].id.hex}
    assert aru.says("pair", t="2 кПа") == "" and dana.says("pair", t="2000 Па") == ""
    read_afresh()
    heard = db.session.scalars(
        select(LiveEvent).where(LiveEvent.kind == "pair").order_by(LiveEvent.number)
    ).all()
    assert [one.data["t"] for one in heard] == ["2 кПа", "2000 Па"]
    late = here.enters(here.signed_in(here.pupils["dana"]), "room")
    assert late.data["now"]["pairs"]["a"] == {"0": "2000 Па"}
    [(group, text)] = board.board(here.lesson, TABLE).pairs
    assert text == "2000 Па" and len(group) == 2
    assert "2000 Па" in here.teacher.get(f"/streaming/{here.lesson_id}/board").text
    assert desk.says("unpair") == "" and desk.says("pairs", t="Тағы бір рет") == ""
    first, second = record.record_of(here.lesson, TABLE).together  # both tasks stay in the record
    assert (first.task, second.task) == ("Қысымды табыңыз", "Тағы бір рет")
    [(group, text)] = first.pairs
    assert sorted(school[1] for _name, school in group) == ["Булактинская школа", "Жусандинская школа"]
    assert text == "2000 Па" and [text for _group, text in second.pairs] == [""]
    page = here.teacher.get(f"/streaming/{here.lesson_id}/report").text
    assert "Қысымды табыңыз" in page and "2000 Па" in page


def test_who_is_in_no_pair_writes_in_none(room_of_two: Room) -> None:
    here = room_of_two
    desk = here.enters(here.teacher, "console")
    staff = here.enters(here.cast.signed_in("teacher", here.schools[0]), "screen")
    aru, bek = str(here.pupils["aru"].id), str(here.pupils["bek"].id)
    staff.says("beat", p=[aru], r=1, x=0)
    dana = here.enters(here.signed_in(here.pupils["dana"]), "room")
    dana.says("beat", r=1, x=0)
    desk.says("pairs", t="Талқылаңыз")
    assert staff.says("pair", t="Жауап", p=bek) == "no-pair"
    assert staff.says("pair", t="Жауап", p=str(here.pupils["dana"].id)) == "not-a-pupil"
    assert staff.says("pair", t="Жауап", p=aru) == ""
    assert dana.says("pairs", t="Мен де") == "not-allowed"
    assert [one.data["t"] for one in events(here, "pair")] == ["Жауап"]
    assert desk.says("unpair") == "" and dana.says("pair", t="Кеш") == "no-pair"
    assert desk.says("pairs", t="Тағы") == "" and here.lesson.now["pairs"]["n"] == 2
    assert here.enters(here.teacher, "console").data["now"]["pairs"]["a"] == {}
