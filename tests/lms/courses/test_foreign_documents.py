"""Slides, pages and cartridges of other programs: counted, nothing lost silently, the hostile ones refused."""

from __future__ import annotations

import json
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from lms.core import office
from lms.core.db import db
from lms.courses.importing import slides, zipped
from lms.courses.models import Course
from tests.cast import Cast
from tests.coursed import course_of, picture
from tests.lms.courses import foreign
from tests.lms.courses.arrived import brought


def read(tmp_path: Path, data: bytes, reader: Any = zipped) -> dict[str, Any]:
    file = tmp_path / "document"
    file.write_bytes(data)
    found: dict[str, Any] = reader.read(str(file))
    return found


def kinds(lesson: dict[str, Any]) -> list[str]:
    return [block[0] for block in lesson["blocks"]]


@pytest.mark.pure
def test_of_a_deck_of_slides_nothing_is_missing(tmp_path: Path) -> None:
    found = read(tmp_path, foreign.slides(12), slides)
    every = [block for lesson in found["lessons"] for block in lesson["blocks"]]
    names = [block[0] for block in every]
    assert [one["title"] for one in found["lessons"]] == [f"Слайд {n}" for n in range(1, 13)]
    assert (names.count("picture"), names.count("table"), names.count("reveal")) == (6, 4, 12)
    words = json.dumps(every, ensure_ascii=False)
    assert all(words.count(one) == number for one, number in [
        ("Бірінші ой", 12), ("<strong>Маңызды</strong>", 12), ("Ескертпе", 12), ("Ұяшық", 4), ("Топта", 3), ("Сурет ", 6),
    ])  # fmt: skip
    assert found["missed"] == {}


@pytest.mark.pure
def test_each_page_of_a_zip_becomes_a_lesson(tmp_path: Path) -> None:
    found = read(tmp_path, foreign.pages())
    first, second, old = found["lessons"]
    assert [one["title"] for one in found["lessons"]] == ["Бірінші бет", "Екінші бет", "Ескі"]
    assert kinds(first) == ["text", "heading", "table", "text", "picture", "text", "formula", "text", "code", "quotation", "text", "file"]  # fmt: skip
    text = first["blocks"][0][1]["html"]
    assert '<a href="https://example.org/">сілтеме</a>' in text and "<strong>күштің</strong>" in text
    assert first["blocks"][2][1]["caption"] == "Тығыздық"
    assert (
        first["blocks"][3][1]["html"]
        == "<ul><li>бір<ul><li>ішкі</li></ul></li><li>екі</li></ul><ol><li>бірінші</li></ol>"
    )
    assert first["blocks"][6][1]["latex"] == r"\frac{F}{S}"
    assert r"\({x}^{2}\)" in first["blocks"][7][1]["html"]
    assert first["blocks"][8][1]["code"] == "a = 1\nb = 2"
    assert "Давление жидкости" in old["blocks"][-1][1]["html"], "a page in the encoding of old Windows"
    assert [one["facts"]["page"] for one in found["lessons"]] == ["0", "1", "2"]
    assert '<a href="#page-1">Келесі</a>' in text
    assert found["missed"] == {"link": 1, "script": 1, "frame": 1, "unused": 1}
    assert [one["name"] for one in found["files"]] == ["су.png", "doc.pdf"], "each file once"


@pytest.mark.pure
def test_a_cartridge_of_another_system_is_understood(tmp_path: Path) -> None:
    found = read(tmp_path, foreign.cartridge())
    assert [one["title"] for one in found["modules"]] == ["Бірінші бөлім", "Сынақ"]
    lessons = {one["title"]: one for one in found["lessons"]}
    assert [(one["title"], one["module"]) for one in found["lessons"]] == [
        ("Бет", 0), ("Сілтеме", 0), ("Талқылау", 0), ("Сынақ", 1), ("Құрал", 1), ("Файл", 1),
    ]  # fmt: skip
    assert kinds(lessons["Бет"]) == ["text", "picture"]
    assert 'href="https://example.org/a?b=1&amp;c=2"' in lessons["Сілтеме"]["blocks"][0][1]["html"]
    assert lessons["Талқылау"]["blocks"] == [
        ["discussion", {"title": "Пікір", "html": "<p>Не <strong>ойлайсыз</strong>?</p>"}, None]
    ]
    check, essay = lessons["Сынақ"]["blocks"]
    rights = [[one["right"] for one in question["answers"]["options"]] for question in check[1]["questions"]]
    assert rights == [[False, True], [True, False], [True, True, False], []]
    assert check[1]["questions"][3]["answers"]["accepted"] == ["Астана"]
    assert {one["why"] for one in check[1]["questions"]} == {"Себебі"}
    assert (essay[0], essay[1]["html"]) == ("homework", "<p>Жазыңыз</p>")
    assert kinds(lessons["Файл"]) == ["file"]
    assert found["missed"] == {"script": 1, "question": 1, "tool": 1, "unused": 1}


def test_a_foreign_cartridge_becomes_lessons_that_can_be_written_on(cast: Cast) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    arrival = brought(cast, course, foreign.cartridge(), "moodle.imscc", "ru")
    assert arrival.state == "kept"
    row = db.session.get_one(Course, course.id)
    assert [one.title_ru for one in row.modules] == ["Бірінші бөлім", "Сынақ"]
    check = next(block for one in row.lessons for block in one.blocks if block.kind == "check")
    assert check.kk is None and check.ru and len(check.ru["questions"]) == 4
    assert [one["answers"]["kind"] for one in check.ru["questions"]] == ["one", "one", "many", "words"]


def test_notes_of_slides_are_named_in_the_language_of_the_deck(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    course = course_of(cast.person("teacher"), cast.school)
    brought(cast, course, foreign.slides(2), "deck.pptx", "ru")
    lesson = db.session.get_one(Course, course.id).lessons[0]
    assert [one.ru["summary"] for one in lesson.blocks if one.kind == "reveal" and one.ru] == [
        "Заметки к слайду"
    ]


def bent(name: str) -> bytes:
    """A picture under a name that wants to leave the folder."""
    return foreign.zipped({"index.html": "<p>x</p>", name: picture(9, 9)})


def lying() -> bytes:
    """A member that says it is small and is not."""
    whole = bytearray(foreign.zipped({"index.html": "<p>" + "x" * 90_000_000}))
    at = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<I", whole, at + 24, 100)
    return bytes(whole)


def linked() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("index.html")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


@pytest.mark.pure
@pytest.mark.parametrize("data", [
    bent("../a.png"), bent("/a.png"), bent("a/../../b.png"), bent("C:/a.png"), bent("..\\a.png"), linked(), lying(),
    foreign.zipped({"index.html": b" " * 70_000_000}), foreign.zipped({f"{n}.html": "x" for n in range(3100)}), b"PK\x03\x04" + bytes(90),
    foreign.cartridge(**{"imsmanifest.xml": b"<!DOCTYPE m [<!ENTITY a 'x'>]><manifest>&a;</manifest>"}),
    foreign.zipped({"readme.txt": "x"}),
], ids=range(12))  # fmt: skip
def test_a_hostile_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, data)["refused"]


@pytest.mark.pure
@pytest.mark.parametrize("markup", [
    "<div>" * 4000 + "x", "<p>" + "<b>" * 3000 + "x", "<table>" + "<tr><td>" * 2000, "<a href='http://[x'>y</a><img src='http://[x'>",
    "<img src='data:image/png;base64,AAAA'><img src='file:///etc/passwd'><img src='//x/y.png'>", "\x00\x01\x02<p>\x0b</p>", "<p>" + "ж" * 300_000,
    "<math>" + "<mrow>" * 3000 + "</math>", "",
], ids=range(9))  # fmt: skip
def test_a_strange_page_breaks_nothing(markup: str, tmp_path: Path) -> None:
    found = read(tmp_path, foreign.zipped({"index.html": markup}))
    assert "refused" not in found and all("passwd" not in one["name"] for one in found["files"])


@pytest.mark.parametrize(
    "data", [b"", b"PK", foreign.zipped({"a": "b"}), foreign.zipped({"ppt/presentation.xml": b"<a>" * 900})]
)
@pytest.mark.pure
def test_a_hostile_deck_is_refused(data: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, data, slides)["refused"]
