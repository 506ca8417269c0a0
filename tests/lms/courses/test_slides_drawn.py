"""Slides beside their words: as LibreOffice draws them where it is there, and said where it is not."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from lms.core import office
from lms.core.db import db
from lms.courses.models import Course, CourseFile
from lms.courses.service import files
from tests.cast import Cast
from tests.coursed import course_of
from tests.lms.courses import foreign
from tests.lms.courses.arrived import brought
from tests.lms.player.shelving import work_through

# Does what LibreOffice does with these arguments, for slides we have the PDF of.
PROGRAM = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done
cp {folder}/ready.pdf "$out/document.pdf"
"""
COLOURS = [(0.9, 0.1, 0.1), (0.1, 0.7, 0.1), (0.1, 0.1, 0.9)]


@pytest.fixture
def libre_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "soffice").write_text(PROGRAM.format(folder=folder))
    (folder / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    (folder / "ready.pdf").write_bytes(pages(3))
    return folder


def pages(number: int) -> bytes:
    """Each of a colour of its own."""
    out = io.BytesIO()
    paper = Canvas(out, pagesize=(720, 540))
    for colour in COLOURS[:number]:
        paper.setFillColorRGB(*colour)
        paper.rect(0, 0, 720, 540, fill=1)
        paper.showPage()
    paper.save()
    return out.getvalue()


def deck(hidden: int | None = None, number: int = 3) -> bytes:
    made = Presentation(io.BytesIO(foreign.slides(number)))
    if hidden is not None:
        made.slides[hidden]._element.set("show", "0")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def colour_of(course: Course, lesson: int) -> str:
    """Of the picture the lesson begins with."""
    first = course.lessons[lesson].blocks[0]
    if first.kind != "picture" or "слайд" not in first.kk["alt"].lower():
        return ""
    row = db.session.get_one(CourseFile, UUID(first.kk["file"]))
    red, green, blue = Image.open(io.BytesIO(files.bytes_of(row))).convert("RGB").getpixel((300, 200))  # type: ignore[misc]
    return {red: "red", green: "green", blue: "blue"}[max(red, green, blue)]


def test_every_slide_begins_with_its_picture(cast: Cast, libre_office: Path) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    row = brought(cast, course, deck(), "deck.pptx")
    assert [colour_of(course, one) for one in range(3)] == ["red", "green", "blue"]
    assert all(len(lesson.blocks) > 1 for lesson in course.lessons)
    page = cast.signed_in("teacher").get(f"/courses/arrivals/{row.id}").text
    assert "Сурет ретінде салынған слайдтар: 3" in page and "LibreOffice" not in page


def test_the_dry_run_says_how_many_are_drawn_before_anything_is_kept(cast: Cast, libre_office: Path) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    browser = cast.signed_in("teacher")
    sent = {"in": "kk", "file": (io.BytesIO(deck()), "deck.pptx")}
    answer = browser.post(f"/courses/{course.id}/bring-in", sent)
    assert "LibreOffice" not in browser.get(answer.location).text  # it is being read
    work_through(cast)
    assert "Сурет ретінде салынған слайдтар: 3" in browser.get(answer.location).text
    assert course.lessons == []


def test_a_hidden_slide_has_no_picture_and_takes_none_from_the_next(cast: Cast, libre_office: Path) -> None:
    (libre_office / "ready.pdf").write_bytes(pages(2))
    course = course_of(cast.person("teacher"), cast.school)
    brought(cast, course, deck(hidden=1), "deck.pptx")
    assert [colour_of(course, one) for one in range(3)] == ["red", "", "green"]


@pytest.mark.parametrize("ready", [pages(2), b"no pdf"])
def test_when_what_was_drawn_does_not_agree_no_picture_is_shown(
    ready: bytes, cast: Cast, libre_office: Path
) -> None:
    (libre_office / "ready.pdf").write_bytes(ready)
    course = course_of(cast.person("teacher"), cast.school)
    row = brought(cast, course, deck(), "deck.pptx")
    assert [colour_of(course, one) for one in range(3)] == ["", "", ""] and len(course.lessons) == 3
    assert "LibreOffice" in cast.signed_in("teacher").get(f"/courses/arrivals/{row.id}").text


def test_without_libreoffice_the_page_says_so_and_the_words_come_along(
    cast: Cast, libre_office: Path
) -> None:
    (libre_office / "soffice").unlink()
    course = course_of(cast.person("teacher"), cast.school)
    row = brought(cast, course, deck(), "deck.pptx")
    assert len(course.lessons) == 3 and colour_of(course, 0) == ""
    page = cast.signed_in("teacher").get(f"/courses/arrivals/{row.id}").text
    assert "LibreOffice" in page and "Бәрі түсінікті болды" not in page


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed on this machine")
def test_the_real_program_draws_as_many_slides_as_are_shown(cast: Cast) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    row = brought(cast, course, deck(hidden=1), "deck.pptx")
    assert row.drawn == 2
    assert [lesson.blocks[0].kind == "picture" for lesson in course.lessons] == [True, False, True]
