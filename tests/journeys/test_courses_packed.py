"""What leaves the house, opened in a browser: a folder from a stick works wholly, and nothing foreign runs in any export."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lms.core.db import db, edge
from lms.courses.blocks import KINDS
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.models import CourseEdition
from lms.demo.courses.solid import cart
from lms.places.models import Place
from tests.cast import Cast
from tests.coursed import attached, course_of, filled, lesson_of, published, small_course, write
from tests.journeys.conftest import Running

CANARY = "\"'><script>canary=1</script><img src=x onerror=canary=1><svg onload=canary=1></svg><a href=javascript:canary=1>x</a>"
NAME = "\"'><img src=x onerror=canary=1>.png"
SHAPES_OF_PAGES = ("offline", "scorm-12", "scorm-2004", "cartridge", "epub")


def unpacked(data: bytes, folder: Path) -> Path:
    with ZipFile(BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def made(running: Running, edition: CourseEdition, shape: str) -> bytes:
    with running.app.test_request_context(base_url=running.site):
        return SHAPES[shape].make(Leaving(edition, "kk"))


@pytest.fixture(scope="module")
def poisoned(running: Running) -> Iterator[dict[str, bytes]]:
    """A canary in every field of every kind of block, in titles, names of authors and names of files."""
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        teacher = Cast(running.app).person("teacher", school, login="teacher-kk")
        course = course_of(teacher, school, CANARY, about_kk=CANARY, section=CANARY)
        with edge():
            course.credits = [{"person": "", "name": CANARY, "deed": "author"}]
        lesson = lesson_of(course, CANARY)
        with edge():
            course.modules[0].title_kk = CANARY
        model = BytesIO()
        with ZipFile(model, "w") as archive:
            archive.writestr("index.html", "<p>x</p>")
        keys = {
            "picture": attached(course, name=NAME), "audio": attached(course, "audio", NAME[:-4] + ".mp3", b"ID3" + bytes(99)),
            "file": attached(course, "file", NAME[:-4] + ".txt", b"x"), "model": attached(course, "model", NAME[:-4] + ".zip", model.getvalue()),
            "solid": attached(course, "solid", NAME[:-4] + ".glb", cart()),
        }  # fmt: skip
        written = []
        for kind in KINDS.values():
            content = {**filled(kind.code, CANARY, keys)}
            if kind.code == "formula":
                content["latex"] = r"\text{<img src=x onerror=canary=1>}"
            if not kind.missing(kind.clean(content)):
                write(lesson, teacher, kind.code, content)
                written.append(kind.code)
        assert len(written) >= 22, written
        edition = published(course, teacher)
        yield {shape: made(running, edition, shape) for shape in SHAPES_OF_PAGES}


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    page, heard = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on(
        "request",
        lambda one: None if one.url.startswith(("file:", "data:", "blob:")) else heard.append(one.url),
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    return page, heard


@pytest.mark.parametrize("shape", SHAPES_OF_PAGES)
def test_no_canary_runs(
    shape: str, poisoned: dict[str, bytes], context: BrowserContext, tmp_path: Path
) -> None:
    folder = unpacked(poisoned[shape], tmp_path)
    page, heard = watched(context)
    pages = sorted([*folder.rglob("lesson-*.*html"), *folder.rglob("index.html"), *folder.rglob("nav.xhtml")])
    assert len(pages) >= 2 - (shape.startswith("scorm"))
    for one in pages:
        page.goto(one.as_uri())
        page.evaluate(
            """() => {
              for (const one of document.querySelectorAll("details")) one.open = true;
              for (const one of document.querySelectorAll("button, [role=tab], summary")) one.click();
            }"""
        )
        page.wait_for_load_state()
        ran: list[Any] = [frame.evaluate("typeof canary") for frame in page.frames]
        assert set(ran) == {"undefined"}, one.name
        links = page.locator("a").evaluate_all("all => all.map(one => one.protocol)")
        assert "javascript:" not in links
    assert heard == []


def test_a_folder_on_a_stick_works_without_a_server(
    context: BrowserContext, running: Running, tmp_path: Path
) -> None:
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        teacher = Cast(running.app).person("teacher", school, login="teacher-kk")
        course = small_course(teacher, school)
        write(course.lessons[0], teacher, "picture", {"file": attached(course), "alt": "Сурет"})
        write(course.lessons[0], teacher, "tabs", filled("tabs", "Қойынды"))
        db.session.expire_all()
        folder = unpacked(made(running, published(course, teacher), "offline"), tmp_path / "stick")
    page, heard = watched(context)
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Сұйық қысымы").click()
    expect(page.locator("h1")).to_have_text("Сұйық қысымы")
    expect(page.locator("math").first).to_be_visible()
    page.wait_for_function("document.querySelector('img').naturalWidth > 0")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].map((one) => one.family + one.status)") == ["Packed Sansloaded"]
    page.get_by_role("link", name="Тексеру").click()
    page.locator("[data-answers] input").first.check()
    page.locator("[data-answers] input").last.fill("9,8")
    page.locator("form[data-scored] button").click()
    expect(page.locator(".c-verdict")).to_have_text("2 / 2")
    page.reload()
    kept = page.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.includes('lesson-02')).map(([, one]) => one)"
    )
    assert len(kept) == 1 and '"shares"' in kept[0] and ":1}" in kept[0]
    page.get_by_role("navigation").first.get_by_role("link").click()
    expect(page.get_by_role("link", name="Тексеру")).to_be_visible()
    assert heard == []
