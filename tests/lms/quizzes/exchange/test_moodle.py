"""Moodle XML: what Moodle writes comes in, what we write comes back the same, what cannot come is named."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from lms.quizzes.exchange.moodle_in import read_moodle
from lms.quizzes.exchange.moodle_out import write_moodle
from lms.quizzes.exchange.reading import FileRefused, Reading
from lms.quizzes.questions import KINDS
from tests.lms.quizzes.exchange import as_moodle_writes, made
from tests.lms.quizzes.samples import SAMPLES

pytestmark = pytest.mark.pure


def quiz(*questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'.encode()


def one(kind: str, inside: str, name: str = "Сұрақ", stem: str = "<p>Қайсысы?</p>") -> str:
    text = f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>'
    return f'<question type="{kind}"><name><text>{name}</text></name>{text}{inside}</question>\n'


def choice(*fractions: float, single: bool) -> str:
    answers = "".join(
        f'<answer fraction="{fraction}" format="html"><text>{place}</text></answer>'
        for place, fraction in enumerate(fractions)
    )
    return one("multichoice", f"<single>{str(single).lower()}</single>{answers}")


def test_five_hundred_questions_go_out_and_come_back_the_same() -> None:
    before = made.questions(500)
    data, notes = write_moodle(before, made.load)
    assert [note for note in notes if note.refused] == []
    found = read_moodle(data)
    assert found.refused == []
    for mine, theirs in zip(before, found.questions, strict=True):
        assert theirs == mine
    assert {digest: data for digest, (data, _kind) in found.files.kept.items()} == made.PICTURES
    again, _notes = write_moodle(found.questions, lambda digest: found.files.kept[digest])
    assert read_moodle(again).questions == found.questions


def test_what_moodle_wrote_comes_in_goes_out_and_comes_in_the_same() -> None:
    """Five hundred questions of eight kinds, each with a picture beside its text and formulas of both spellings."""
    first = read_moodle(as_moodle_writes.export(500))
    assert first.notes == [] and len(first.questions) == 500
    assert set(first.files.kept) == set(made.PICTURES)
    assert all(
        "/quizzes/media/" in str(one["content"]) and "\\\\(" in str(one["content"]) for one in first.questions
    )
    data, notes = write_moodle(first.questions, lambda digest: first.files.kept[digest])
    assert notes == []
    second = read_moodle(data)
    assert second.notes == [] and second.files.kept == first.files.kept
    for before, after in zip(first.questions, second.questions, strict=True):
        assert after == before


@pytest.mark.parametrize(
    "kind", sorted(set(KINDS) - {one["kind"] for one in made.questions(10)} - {"context"})
)
def test_every_kind_goes_out_or_is_named(kind: str) -> None:
    _data, notes = write_moodle([{"kind": kind, "content": SAMPLES[kind]}], made.load)
    assert [(note.code, note.refused) for note in notes] == [("kind_not_in_format", True)]


def test_a_text_keeps_the_questions_about_it() -> None:
    data, _notes = write_moodle([made.context(), made.question(5)], made.load)
    found = read_moodle(data).questions
    assert [row["kind"] for row in found] == ["context", "matching"]
    assert [row["kind"] for row in found[0]["items"]] == ["single", "short_text"]


def test_pictures_of_moodle_come_along_with_their_names() -> None:
    data = base64.b64encode(made.picture(3)).decode()
    stem = '<p>Сурет: <img src="@@PLUGINFILE@@/менің%20суретім.png" alt="таразы"></p>'
    text = f'<questiontext format="html"><text><![CDATA[{stem}]]></text><file name="менің суретім.png" encoding="base64">{data}</file></questiontext>'
    answers = (
        '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
    )
    found = read_moodle(
        quiz(f'<question type="truefalse"><name><text>a</text></name>{text}{answers}</question>')
    )
    assert found.notes == []
    assert f'<img src="/quizzes/media/{made.NAMES[3]}" alt="таразы">' in found.questions[0]["content"]["stem"]


def content_of(found: Reading) -> dict[str, Any]:
    assert found.refused == [] and len(found.questions) == 1
    content: dict[str, Any] = found.questions[0]["content"]
    return content


@pytest.mark.parametrize(
    ("fractions", "scoring", "codes"),
    [((50, 50, -50, -50), "each", []), ((50, 50, -100, -100), "all", ["scoring_changed"]),
     ((33.33333, 33.33333, 33.33333, 0), "each", ["scoring_changed"]), ((70, 30, -50), "each", ["scoring_changed"])],
)  # fmt: skip
def test_shares_become_a_way_of_scoring_and_a_change_is_said(
    fractions: tuple[float, ...], scoring: str, codes: list[str]
) -> None:
    found = read_moodle(quiz(choice(*fractions, single=False)))
    assert content_of(found)["scoring"] == scoring
    assert [note.code for note in found.notes] == codes


def test_embedded_answers_become_gaps() -> None:
    stem = "<p>Су {1:SA:=мұз~%50%қар#жоқ} және {2:MULTICHOICE_V:бу~=сұйық~тас}; g = {1:NM:=9.8:0.1}</p>"
    found = read_moodle(quiz(one("cloze", "", stem=stem)))
    content = content_of(found)
    assert content["text"] == "<p>Су [[1]] және [[2]]; g = [[3]]</p>"
    assert content["gaps"] == [
        {"mode": "typed", "answers": ["мұз"]},
        {"mode": "chosen", "options": ["бу", "сұйық", "тас"], "right": "сұйық"},
        {"mode": "typed", "answers": ["9.8"]},
    ]
    assert sorted(note.code for note in found.notes) == ["gap_tolerance_dropped", "part_answers_dropped"]


def test_words_to_drag_become_gaps_to_choose() -> None:
    boxes = "".join(
        f"<dragbox><text>{text}</text><group>1</group></dragbox>" for text in ("ток", "күш", "жол")
    )
    content = content_of(read_moodle(quiz(one("ddwtos", boxes, stem="<p>[[2]] мен [[1]]</p>"))))
    assert [gap["right"] for gap in content["gaps"]] == ["күш", "ток"]
    assert content["gaps"][0]["options"] == ["ток", "күш", "жол"]


def test_formulas_in_dollars_get_our_brackets() -> None:
    stem = content_of(read_moodle(quiz(one("description", "", stem="<p>$$E = mc^2$$ және \\(x\\)</p>"))))[
        "stem"
    ]
    assert stem == "<p>\\[E = mc^2\\] және \\(x\\)</p>"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (one("calculatedmulti", ""), "unknown_kind"),
        (one("stack", ""), "unknown_kind"),
        (choice(100, 50, 0, single=True), "parts_in_single"),
        (one("shortanswer", '<answer fraction="100"><text>*су*</text></answer>'), "wildcard"),
        (one("numerical", '<answer fraction="100"><text>1</text></answer><answer fraction="100"><text>2</text></answer>'), "several_numbers"),
        (one("numerical", '<answer fraction="100"><text>бір</text></answer>'), "damaged"),
        (choice(100, single=True), "not_whole"),
        (one("cloze", "", stem="<p>{1:DRAWING:=a}</p>"), "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_come_is_refused_with_its_line(question: str, code: str) -> None:
    found = read_moodle(quiz(choice(100, 0, single=True), question, choice(0, 100, single=True)))
    assert len(found.questions) == 2
    assert [(note.code, note.line) for note in found.refused] == [(code, 4)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml_not_well_formed"), (b"<quiz><question>", "xml_not_well_formed"), (b"<html/>", "not_moodle"),
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "xml_doctype"),
        (b"<quiz>" + b"<a>" * 200 + b"</a>" * 200 + b"</quiz>", "xml_too_deep"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_whole(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_moodle(data)
    assert refused.value.code == code


def test_scripts_and_pictures_of_strangers_stay_outside() -> None:
    stem = '<p onclick="x()">A<script>alert(1)</script><img src="https://evil.example/p.png"><img src="@@PLUGINFILE@@/no.png"></p>'
    found = read_moodle(quiz(one("description", "", stem=stem)))
    text = content_of(found)["stem"]
    assert "script" not in text and "onclick" not in text and "evil" not in text and "<img" not in text
    assert sorted(note.code for note in found.notes) == ["picture_elsewhere", "picture_missing"]


def test_what_moodle_has_no_kind_for_is_named() -> None:
    drawing = {"kind": "drawing", "content": {"stem": "<p>Сызыңыз</p>"}}
    _data, notes = write_moodle([drawing], made.load)
    assert [(note.code, note.refused, note.facts["kind"]) for note in notes] == [
        ("kind_not_in_format", True, "drawing")
    ]
