"""Questions of several parts in the live room: what is written, what pupils get, what is right."""

from __future__ import annotations

import pytest

from lms.core.db import edge
from lms.lessons import judging
from lms.lessons.parts import Unwritten, parts_of, written
from lms.lessons.queries import board, record, room
from lms.lessons.service import planning
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room
from tests.lms.lessons.test_room import TABLE

PAIRS = ("pairs", "Сәйкестендір", ["метр -> ұзындық", "секунд → уақыт", "ньютон -> күш"])
ORDER = ("order", "Ретімен", ["1. өлшеу", "2. есептеу", "3. тексеру"])
GAPS = ("gaps", "Су [[100|жүз]] °C-та [[=буға|мұзға|қарға]] айналады", [])


@pytest.mark.pure
@pytest.mark.parametrize(("kind", "text", "lines"), [PAIRS, ORDER, GAPS])
def test_what_pupils_get_does_not_say_what_is_right(kind: str, text: str, lines: list[str]) -> None:
    shown, options, key = written(kind, text, lines)
    parts = parts_of(kind, options, key)
    assert len(parts) == len(key) and "[[" not in shown
    right = [wanted.split("|")[0] for wanted in key]
    assert judging.right(kind, key, right) is True
    assert judging.right(kind, key, right[:-1]) is False
    assert judging.right(kind, key, [*right[:-1], "7"]) is False
    if kind == "order":
        assert options != lines
    if kind == "pairs":
        assert options[3:] == sorted(options[3:])


@pytest.mark.pure
@pytest.mark.parametrize(
    ("said", "right"),
    [
        (["100", "0"], True),
        ([" Жүз.", "0"], True),
        (["100,0", "0"], True),
        (["99", "0"], False),
        (["100", "1"], False),
    ],
)
def test_a_gap_takes_any_way_of_writing_it(said: list[str], right: bool) -> None:
    _text, _options, key = written(*GAPS)
    assert judging.right("gaps", key, said) is right


@pytest.mark.pure
@pytest.mark.parametrize(("kind", "text", "lines", "code"), [
    ("pairs", "?", ["метр -> ұзындық"], "lines"), ("pairs", "?", ["метр ұзындық", "a -> b"], "arrow"),
    ("pairs", "?", ["a -> b", "a -> c"], "twice"), ("pairs", "?", ["a -> c", "b -> c"], "twice"),
    ("pairs", "?", [" -> b", "a -> c"], "arrow"), ("order", "?", ["a", "a"], "twice"), ("order", "?", ["a"] * 9, "lines"),
    ("gaps", "Су қайнайды", [], "gap"), ("gaps", "[[=бір]]", [], "gap"), ("gaps", "[[|]]", [], "gap"),
])  # fmt: skip
def test_what_makes_no_question_says_why(kind: str, text: str, lines: list[str], code: str) -> None:
    with pytest.raises(Unwritten) as found:
        written(kind, text, lines)
    assert found.value.code == code


@pytest.mark.pure
@pytest.mark.parametrize(
    "given", [["1"], ["1", "9", "0"], ["1", "", "0"], ["a", "1", "0"], "1", None, ["-1", "0", "1"]]
)
def test_an_answer_that_leaves_a_place_open_or_names_what_is_not_there_is_none(given: object) -> None:
    _text, options, key = written(*PAIRS)
    parts = parts_of("pairs", options, key)
    assert judging.filled(parts, given) is None
    assert judging.filled(parts, ["1", "2", "0"]) == ["1", "2", "0"]


def test_written_on_the_plan_asked_answered_and_on_record(room_of_two: Room) -> None:
    here = room_of_two
    form = {
        "kind": "pairs",
        "text": PAIRS[1],
        "options": "\r\n".join(PAIRS[2]),
        "key": "",
        "seconds": "0",
        "purpose": "",
    }
    assert here.teacher.post(f"/streaming/{here.lesson_id}/questions", form).status_code == 303
    refused = here.teacher.post(f"/streaming/{here.lesson_id}/questions", {**form, "options": "метр"})
    assert refused.status_code == 422
    desk = here.enters(here.teacher, "console")
    aru = here.enters(here.signed_in(here.pupils["aru"]), "room")
    dana = here.enters(here.signed_in(here.pupils["dana"]), "room")
    question = room.questions(here.lesson_id)[-1]
    assert desk.says("ask", q=question.id.hex) == ""
    told = here.enters(here.signed_in(here.pupils["bek"]), "room").data["now"]["ask"]
    assert (told["k"], told["p"], told["o"][:3]) == ("pairs", 3, ["метр", "секунд", "ньютон"])
    assert aru.says("answer", q=question.id.hex, a=question.key) == ""
    assert dana.says("answer", q=question.id.hex, a=[*question.key[:2], "9"]) == ""
    found = board.board(here.lesson, TABLE).answers
    assert found is not None and found.right == 1
    assert [(text, times) for text, times, _right in found.counts] == [
        ("метр: ұзындық", 2), ("секунд: уақыт", 2), ("ньютон: күш", 1),
    ]  # fmt: skip
    assert found.wrong[0][1] == "метр: ұзындық; секунд: уақыт; ньютон: 9"
    assert "метр: ұзындық" in here.teacher.get(f"/streaming/{here.lesson_id}/board").text
    with edge():
        planning.end(here.lesson)
    read_afresh()
    rights = {one.pupil.name: (one.right, one.judged) for school in record.record_of(here.lesson, TABLE).schools
              for one in school.pupils}  # fmt: skip
    assert rights == {"Ахметова Ару": (1, 1), "Болатов Бек": (0, 0), "Досова Дана": (0, 1)}


@pytest.mark.parametrize(("kind", "text", "lines"), [ORDER, GAPS])
def test_asked_on_the_spot_and_answered_afterwards(
    room_of_two: Room, kind: str, text: str, lines: list[str]
) -> None:
    here = room_of_two
    desk = here.enters(here.teacher, "console")
    assert desk.says("ask", k="pairs", t="?", o=["бір"]) == "unwritten"
    assert desk.says("ask", k=kind, t=text, o=lines) == ""
    question = room.questions(here.lesson_id)[-1]
    with edge():
        planning.end(here.lesson)
    bek = here.signed_in(here.pupils["bek"])
    page = bek.get(f"/streaming/{here.lesson_id}/later").text
    assert page.count(f'name="answer-{question.number}"') == len(question.key)
    right = [one.split("|")[0] for one in question.key]
    assert (
        "қайта"
        not in bek.post(f"/streaming/{here.lesson_id}/later", {f"answer-{question.number}": right[:-1]}).text
    )
    done = bek.post(f"/streaming/{here.lesson_id}/later", {f"answer-{question.number}": right})
    assert done.status_code == 200 and "badge-good" in done.text
    pack = bek.get(f"/streaming/{here.lesson_id}/pack.zip")
    assert pack.status_code == 200
