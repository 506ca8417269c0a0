"""A course leaves in every shape, and the packages mean elsewhere what they mean here."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader

from lms.courses.blocks import KINDS
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.models import CourseEdition
from lms.courses.service import leaving
from scorm.package.check import examine
from scorm.player.protocol import Player
from tests.cast import Cast
from tests.coursed import attached, course_of, filled, lesson_of, published, small_course, write
from tests.lms.player.shelving import work_through

CANARY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


@pytest.fixture
def edition(cast: Cast) -> CourseEdition:
    teacher = cast.person("teacher")
    return published(small_course(teacher, cast.school), teacher)


def made(cast: Cast, edition: CourseEdition, shape: str) -> bytes:
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        return SHAPES[shape].make(Leaving(edition, "kk"))


def every_block(cast: Cast, words: str = "Сөз") -> CourseEdition:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school, words)
    lesson = lesson_of(course, words)
    keys = {"picture": attached(course)}
    for kind in KINDS.values():
        content = filled(kind.code, words, keys)
        if not kind.missing(kind.clean(content)):
            write(lesson, teacher, kind.code, content)
    return published(course, teacher)


class Learner:
    def __init__(self, path: Path) -> None:
        self.player = Player("2026-11-20T08:00:00Z")
        opened = self.ask(do="open", package=str(path), learner={"id": "u1", "name": "Әлия"}, seed=1)
        assert opened["opened"]
        self.now = self.ask(do="start")

    def ask(self, **line: Any) -> Any:
        return json.loads(self.player.line(json.dumps(line)))

    def write(self, element: str, value: str) -> None:
        assert self.ask(do="SetValue", element=element, value=value)["result"] == "true", element


@pytest.mark.parametrize("shape", ["scorm-12", "scorm-2004"])
def test_the_doctor_finds_nothing_in_a_package_made_here(
    shape: str, cast: Cast, edition: CourseEdition, tmp_path: Path
) -> None:
    file = tmp_path / "course.zip"
    file.write_bytes(made(cast, edition, shape))
    found = examine(str(file))
    assert found.verdict == "accept"
    assert [one for one in found.findings if one.level != "note"] == []
    assert {one.code for one in found.findings} <= {"load-time"}


def test_in_scorm_2004_order_completion_and_score_are_those_of_here(
    cast: Cast, edition: CourseEdition, tmp_path: Path
) -> None:
    file = tmp_path / "course.zip"
    file.write_bytes(made(cast, edition, "scorm-2004"))
    learner = Learner(file)
    if not learner.now.get("deliver"):
        learner.now = learner.ask(do="choice", target="lesson-1")
    assert learner.now["deliver"] == "lesson-1"
    assert "lesson-2" not in learner.ask(do="state")["valid"]["choice"]
    learner.ask(do="Initialize", value="")
    learner.write("cmi.completion_status", "completed")
    learner.write("adl.nav.request", "continue")
    learner.now = learner.ask(do="Terminate", value="")["moved"]
    assert learner.now["deliver"] == "lesson-2"
    learner.ask(do="Initialize", value="")
    learner.write("cmi.score.scaled", "0.5")
    learner.write("cmi.completion_status", "incomplete")
    learner.ask(do="Terminate", value="")
    assert learner.ask(do="outcome")["completion"] != "completed"
    learner.now = learner.ask(do="choice", target="lesson-2")
    learner.ask(do="Initialize", value="")
    learner.write("cmi.score.scaled", "1")
    learner.write("cmi.success_status", "passed")
    learner.write("cmi.completion_status", "completed")
    learner.write("adl.nav.request", "exitAll")
    learner.ask(do="Terminate", value="")
    outcome = learner.ask(do="outcome")
    assert (outcome["completion"], outcome["score"]) == ("completed", 1.0)


def test_in_scorm_12_the_check_waits_for_the_lesson_before(
    cast: Cast, edition: CourseEdition, tmp_path: Path
) -> None:
    file = tmp_path / "course.zip"
    file.write_bytes(made(cast, edition, "scorm-12"))
    learner = Learner(file)
    assert "lesson-2" not in learner.ask(do="state")["valid"]["choice"]
    learner.ask(do="LMSInitialize", value="")
    learner.write("cmi.core.lesson_status", "completed")
    learner.ask(do="LMSFinish", value="")
    learner.now = learner.ask(do="choice", target="lesson-2")
    learner.ask(do="LMSInitialize", value="")
    learner.write("cmi.core.score.raw", "100")
    learner.write("cmi.core.lesson_status", "passed")
    learner.ask(do="LMSFinish", value="")
    outcome = learner.ask(do="outcome")
    assert (outcome["completion"], outcome["score"]) == ("completed", 1.0)


def test_every_file_a_page_names_goes_along_and_nothing_is_asked_of_the_net(cast: Cast) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(cast, every_block(cast), "offline")))
    page = archive.read("lesson-01.html").decode()
    assert "http://" not in page.replace("http://www.w3.org/", "") and "https://" not in page
    assert {name for name in archive.namelist() if name.startswith("files/")}
    for name in archive.namelist():
        if name.startswith("files/") and "-small." not in name:
            assert name in page


@pytest.mark.parametrize("shape", ["scorm-12", "scorm-2004", "offline", "cartridge", "epub"])
def test_no_canary_runs_in(shape: str, cast: Cast) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(cast, every_block(cast, CANARY), shape)))
    for name in archive.namelist():
        if name.endswith((".html", ".xhtml", ".xml", ".opf")):
            text = archive.read(name).decode()
            assert "<script>alert" not in text, name
            assert "<img src=x" not in text and "onerror=alert(2)>" not in text, name


@pytest.mark.parametrize("shape", ["epub", "cartridge", "scorm-2004"])
def test_what_is_xml_is_well_formed_in(shape: str, cast: Cast) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(cast, every_block(cast, CANARY), shape)))
    ends = (".xml", ".xhtml", ".opf")
    names = [one for one in archive.namelist() if one.endswith(ends)]
    assert names
    for name in names:
        etree.fromstring(archive.read(name))


def test_a_book_begins_with_its_type_and_lists_its_chapters(cast: Cast, edition: CourseEdition) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(cast, edition, "epub")))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert "<math" in archive.read("book/lesson-01.xhtml").decode()
    assert 'properties="mathml"' in archive.read("book/package.opf").decode()


def test_on_paper_and_in_word_every_kind_of_block_leaves_its_words(cast: Cast) -> None:
    edition = every_block(cast, "Қазына")
    pages = PdfReader(io.BytesIO(made(cast, edition, "pdf"))).pages
    assert sum(page.extract_text().count("Қазына") for page in pages) > 20
    document = Document(io.BytesIO(made(cast, edition, "docx")))
    assert sum("Қазына" in one.text for one in document.paragraphs) > 20
    xml = etree.tostring(document.element.body).decode()
    assert "<m:f>" in xml and document.inline_shapes


def test_the_keys_of_questions_stay_at_home_but_go_along_in_a_package(
    cast: Cast, edition: CourseEdition
) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(cast, edition, "scorm-12")))
    assert "data-answers" in archive.read("lesson-02.html").decode()


def test_a_heavy_course_is_packed_behind_the_page(
    cast: Cast, edition: CourseEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "AT_ONCE_BYTES", -1)
    browser = cast.signed_in("teacher")
    answer = browser.get(f"/courses/editions/{edition.id}/take-out/scorm-12?in=kk")
    assert answer.status_code == 303
    assert 'data-module="progress"' in browser.get(answer.location).text
    assert browser.get(f"{answer.location}/file").status_code == 404, "not before it is packed"
    assert cast.signed_in("student").get(answer.location).status_code in (403, 404)
    work_through(cast)
    assert f"{answer.location}/file" in browser.get(answer.location).text
    sent = browser.get(f"{answer.location}/file")
    assert "imsmanifest.xml" in zipfile.ZipFile(io.BytesIO(sent.data)).namelist()
    assert "attachment" in sent.headers["Content-Disposition"]
    again = browser.get(f"/courses/editions/{edition.id}/take-out/scorm-12?in=kk")
    assert again.location == answer.location, "once a day is enough"
