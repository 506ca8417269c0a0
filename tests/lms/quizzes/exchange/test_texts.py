"""GIFT, Aiken and typed questions: in, out, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lms.commands import main
from lms.quizzes.exchange.formats import read_any, recognised
from lms.quizzes.exchange.gift_in import read_gift
from lms.quizzes.exchange.gift_out import write_gift
from lms.quizzes.exchange.reading import FileRefused
from lms.quizzes.exchange.typed_in import read_typed
from tests.lms.quizzes.exchange import made

pytestmark = pytest.mark.pure


def told_by_gift(question: dict[str, Any]) -> dict[str, Any]:
    """Without what GIFT has no words for."""
    content = {**question["content"], "hints": []}
    if "units" in content:
        content |= {"units": [], "unit_needed": False}
    if question["kind"] == "essay":
        content |= {"least_words": 0, "most_words": 0}
    return {**question, "content": content}


def test_five_hundred_questions_go_out_and_come_back_the_same() -> None:
    before = [one for one in made.questions(620) if one["kind"] not in ("gaps", "ordering")][:500]
    data, notes = write_gift([told_by_gift(one) for one in before], made.load)
    assert len(before) >= 490 and notes == []
    found = read_gift(data)
    assert found.notes == []
    for mine, theirs in zip(before, found.questions, strict=True):
        assert theirs == told_by_gift(mine)
    assert set(found.files.kept) == set(made.PICTURES)


def test_what_gift_has_no_words_for_is_named() -> None:
    _data, notes = write_gift(made.questions(10), made.load)
    assert {note.facts["kind"] for note in notes if note.refused} == {"gaps", "ordering"}
    assert {note.code for note in notes if not note.refused} == {"hints_left_behind", "units_left_behind"}


GIFT = """// by hand
$CATEGORY: $course$/top/Физика/Қысым

::Q1:: Қысым қалай белгіленеді? {=p#дұрыс ~F ~S}

Паскаль — қысым бірлігі.{T}

2 + 2 = {#4:0} есебі қандай?

Судың қайнау температурасы {#99..101}

Қазақстанның астанасы {=Астана =Нұр-Сұлтан} қаласы.

Сәйкестендіріңіз {
  =Абай -> ақын
  =Әл-Фараби -> ғалым
  = -> хан
}

Жұптарын таңда {~%50%2 ~%50%4 ~%-50%3}

Эссе жазыңыз. {}

Тек мәтін \\{жақша\\}.
"""


def test_gift_of_others_comes_in() -> None:
    found = read_gift(GIFT.encode())
    assert found.refused == []
    kinds = [
        "single",
        "true_false",
        "number",
        "number",
        "short_text",
        "matching",
        "several",
        "essay",
        "context",
    ]
    assert [one["kind"] for one in found.questions] == kinds
    assert found.lines == [4, 6, 8, 10, 12, 14, 20, 22, 24]
    contents = [one["content"] for one in found.questions]
    assert contents[0]["options"][0]["text"] == "p" and contents[0]["right"] == "o1"
    assert (contents[3]["value"], contents[3]["tolerance"]) == (100, 1)
    assert contents[4]["stem"] == "<p>Қазақстанның астанасы _____ қаласы.</p>"
    assert contents[4]["answers"] == ["Астана", "Нұр-Сұлтан"]
    assert [one["text"] for one in contents[5]["values"]] == ["ақын", "ғалым", "хан"]
    assert contents[6]["scoring"] == "each"
    assert contents[8]["stem"] == "<p>Тек мәтін {жақша}.</p>"
    assert {one["section"] for one in found.questions} == {"Физика / Қысым"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("a {=b", "damaged"), ("a {#бір}", "damaged"), ("a {=*b*}", "wildcard"), ("a {=b ~%50%c}", "parts_in_single"),
     ("a {#=1 =2}", "several_numbers"), ("a {~b ~c}", "not_whole"), ("a {b =c}", "damaged")],
)  # fmt: skip
def test_what_gift_cannot_mean_is_refused_with_its_line(text: str, code: str) -> None:
    found = read_gift(f"бір {{T}}\n\n{text}\n\nекі {{F}}".encode())
    assert [(note.code, note.line) for note in found.refused] == [(code, 3)]
    assert len(found.questions) == 2


TYPED = """1. Қысым өлшем бірлігі
A) ньютон
B) паскаль
C) джоуль
Жауабы: B

2) Какие числа чётные?
*а) 2
б) 3
*в) 4
Пояснение: делятся на два
Балл: 2
3. Столица Казахстана
Ответ: Астана; г. Астана
4. 2,5 · 2 =
Дұрыс жауабы: 5

What is the correct answer to this question?
A. Is it this one?
B. Maybe this answer?
ANSWER: B

Жер — ғаламшар
Жауап: иә
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_typed_questions_come_in(encoding: str) -> None:
    text = TYPED.replace("—", "-").replace("·", "x") if encoding == "kz1048" else TYPED
    found = read_typed(text.encode(encoding))
    assert found.notes == []
    assert [one["kind"] for one in found.questions] == [
        "single",
        "several",
        "short_text",
        "number",
        "single",
        "true_false",
    ]
    contents = [one["content"] for one in found.questions]
    assert contents[0]["right"] == "o2" and contents[4]["right"] == "o2"
    assert [one["right"] for one in contents[1]["options"]] == [True, False, True]
    assert (contents[1]["points"], contents[1]["explanation"]) == (2, "<p>делятся на два</p>")
    assert contents[2]["answers"] == ["Астана", "г. Астана"] and contents[3]["value"] == 5
    assert found.lines == [1, 7, 13, 15, 18, 23]


def test_a_latin_letter_names_the_option_of_a_cyrillic_list() -> None:
    found = read_typed("Q\nа) x\nб) y\nОтвет: B".encode())
    assert found.questions[0]["content"]["right"] == "o2"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Q\nA) x\nB) y", "no_answer"), ("Q\nA) x\nB) y\nANSWER: E", "unknown_letter"), ("Q", "no_answer")],
)
def test_a_question_without_its_answer_is_refused(text: str, code: str) -> None:
    assert [(note.code, note.line) for note in read_typed(text.encode()).refused] == [(code, 1)]


def test_markup_that_was_typed_is_text() -> None:
    found = read_typed(b"<script>x</script> 1 < 2\nA) <b>\nB) y\nANSWER: A")
    assert found.questions[0]["content"]["stem"] == "<p>&lt;script&gt;x&lt;/script&gt; 1 &lt; 2</p>"
    assert found.questions[0]["content"]["options"][0]["text"] == "&lt;b&gt;"


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_typed(data)


def test_files_are_converted_by_command(tmp_path: Path) -> None:
    source, target = tmp_path / "in.txt", tmp_path / "out.xml"
    source.write_text(TYPED + "\n\n7. Жауапсыз сұрақ\nA) x\nB) y\n", "utf-8")
    command = ["quizzes", "convert", str(source), str(target), "--to", "moodle", "--language", "ru"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "27: Жауапсыз сұрақ — Верный ответ не отмечен" in result.stderr
    name, found = read_any(target.read_bytes())
    assert (name, len(found.questions)) == ("moodle", 6)


@pytest.mark.parametrize(
    ("data", "name"),
    [(GIFT.encode(), "gift"), (TYPED.encode(), "typed"), (b"<?xml version='1.0'?><quiz></quiz>", "moodle"),
     (b"Q {1}\nA) x\nB) y\nANSWER: A", "typed"), (b"::a:: b {T}", "gift")],
)  # fmt: skip
def test_the_bytes_say_which_format_it_is(data: bytes, name: str) -> None:
    assert recognised(data) == name
