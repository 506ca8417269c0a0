"""Questions from Word and from tables: templates come in as they went out, hostile files stay outside."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document

from lms.core.formulas.omml_out import omml
from lms.core.sheets import xlsx_bytes
from lms.quizzes.exchange.formats import read_any
from lms.quizzes.exchange.reading import FileRefused, Reading
from lms.quizzes.exchange.templates import TEMPLATES
from tests.lms.quizzes.exchange import made

pytestmark = pytest.mark.pure
KINDS = ["single", "several", "true_false", "short_text", "number"]


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_template_comes_in_whole_as_it_went_out(ending: str, language: str) -> None:
    name, found = read_any(TEMPLATES[ending](language))
    assert name == {"docx": "word", "xlsx": "excel"}[ending]
    assert found.notes == [] and [one["kind"] for one in found.questions] == KINDS
    contents = [one["content"] for one in found.questions]
    assert contents[0]["right"] == "o2" and contents[0]["explanation"]
    assert [one["right"] for one in contents[1]["options"]] == [True, True, True, False, False, False]
    assert contents[1]["points"] == 2 and r"\( x^2 &lt; 10 \)" in contents[1]["stem"]
    assert contents[2]["right"] is True and contents[4]["value"] == 50
    assert contents[3]["answers"] == ["барометр", "барометр-анероид"]


def test_templates_of_both_languages_ask_the_same() -> None:
    for ending in TEMPLATES:
        kazakh, russian = (read_any(TEMPLATES[ending](language))[1].questions for language in ("kk", "ru"))
        assert [one["kind"] for one in kazakh] == [one["kind"] for one in russian]


def document(*lines: str) -> Any:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    return paper


def saved(paper: Any) -> bytes:
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def word(paper: Any) -> Reading:
    name, found = read_any(saved(paper))
    assert name == "word"
    return found


def test_pictures_formulas_and_raised_letters_of_word_come_along() -> None:
    paper = document("1. Ауданы неше м")
    stem = paper.paragraphs[0]
    stem.add_run("2").font.superscript = True
    stem.add_run(" болады, егер ")
    stem._p.append(omml(r"\frac{a^2}{2}"))
    stem.add_run(" = 8?").add_picture(io.BytesIO(made.picture(4)))
    for line in ("A) 4", "B) 16", "Жауабы: B"):
        paper.add_paragraph(line)
    found = word(paper)
    assert found.notes == []
    text = found.questions[0]["content"]["stem"]
    assert "м<sup>2</sup>" in text and r"\(\frac{{a}^{2}}{2}\)" in text.replace(" ", "")
    assert f"/quizzes/media/{made.NAMES[4]}" in text and set(found.files.kept) == {made.NAMES[4]}


def test_what_is_wrong_in_word_is_named_with_its_paragraph() -> None:
    found = word(
        document(
            "1. Жақсы",
            "A) бір",
            "*B) екі",
            "",
            "2. Кілтсіз",
            "A) бір",
            "B) екі",
            "",
            "3. Ия ма?",
            "Жауабы: иә",
        )
    )
    assert [one["kind"] for one in found.questions] == ["single", "true_false"]
    assert [(note.code, note.line) for note in found.refused] == [("no_answer", 5)]


def test_markup_typed_in_word_is_text() -> None:
    found = word(document("<script>alert(1)</script> 1 < 2", "A) <b>", "B) y", "ANSWER: A"))
    assert found.questions[0]["content"]["stem"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt; 1 &lt; 2</p>"


def excel(header: list[str], *rows: list[str]) -> Reading:
    name, found = read_any(xlsx_bytes("1", header, rows))
    assert name == "excel"
    return found


def test_columns_may_stand_in_any_order_and_language() -> None:
    found = excel(
        ["Ответ", "Question", "Нұсқа 1", "Вариант 2", "Option 3", "Уровень", "Тақырып", "Не наше"],
        ["C", "Қайсысы?", "бір", "екі", "үш", "С", "Қысым", "x"],
        ["А, В", "Қайсылары?", "бір", "екі", "үш", "", "", ""],
        ["", "Жұлдызбен", "бір", "*екі", "үш", "", "", ""],
        ["2,5", "Неше?", "", "", "", "", "", ""],
    )
    assert found.refused == []
    assert [one["kind"] for one in found.questions] == ["single", "several", "single", "number"]
    assert [one["content"].get("right") for one in found.questions[:3]] == ["o3", None, "o2"]
    assert found.questions[0]["level"] == "C" and found.questions[0]["section"] == "Қысым"
    assert found.lines == [2, 3, 4, 5]


def test_what_is_wrong_in_a_table_is_named_with_its_line() -> None:
    found = excel(
        ["Сұрақ", "A", "B", "C", "Жауабы"],
        ["Бос нұсқа", "бір", "", "үш", "C"], ["", "бір", "екі", "", "A"], ["Артық әріп", "бір", "екі", "", "F"],
        ["Кілтсіз", "бір", "екі", "", ""], ["Жақсы", "бір", "екі", "", "A"],
    )  # fmt: skip
    assert [(note.line, note.code) for note in found.refused] == [
        (2, "empty_option"), (3, "no_question"), (4, "unknown_letter"), (5, "no_answer"),
    ]  # fmt: skip
    assert len(found.questions) == 1


def packed(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(word__document_xml=b"<broken"), "xml_not_well_formed"),
        (packed(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "xml_doctype"),
        (packed(word__document_xml=b"<a/>", other=b" " * 60_000_000), "too_large_inside"),
        (packed(xl__workbook_xml=b"<broken"), "broken_archive"),
        (xlsx_bytes("1", ["бір", "екі"], [["a", "b"]]), "no_question_column"),
        (xlsx_bytes("1", ["Сұрақ"], []), "empty"),
    ],
)  # fmt: skip
def test_hostile_and_foreign_files_are_refused_whole(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_any(data)
    assert refused.value.code == code


def test_a_picture_from_outside_the_document_is_not_fetched() -> None:
    data = saved(document("1. Q", "A) x", "B) y", "ANSWER: A"))
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                drawing = b'<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId99"/></w:drawing></w:r></w:p>'
                text = text.replace(b"</w:p>", drawing, 1)
            archive.writestr(name, text)
    _name, found = read_any(target.getvalue())
    assert [note.code for note in found.notes] == ["picture_missing"] and "<img" not in str(found.questions)
