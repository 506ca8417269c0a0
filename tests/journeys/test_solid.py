"""A model in three dimensions in real browsers: turned by keys, mouse and finger; without WebGL its picture stays."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from lms.core.db import db, edge
from lms.courses.models import CourseTarget
from lms.demo.courses.solid import cart, cart_still
from lms.people.models import Person
from lms.places.models import Place
from tests.cast import Cast
from tests.coursed import attached, course_of, given, lesson_of, picture, published, write
from tests.journeys.conftest import CHROMIUM_FLAGS, Running, browser_path
from tests.journeys.test_blocks_by_keyboard import nothing_grave
from tests.journeys.test_courses_packed import made, unpacked
from tests.journeys.test_every_page import signed_in
from tests.lms.courses.test_solids import changed, pictured

DRAWING = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
STILL = """(canvas) => new Promise((done) => canvas.dispatchEvent(new CustomEvent("still", {detail: (picture) => {
  const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(picture);
}})))"""


@pytest.fixture(scope="module")
def drawing(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose WebGL works in the processor."""
    flags = [one for one in CHROMIUM_FLAGS if one != "--disable-gpu"] + DRAWING
    browser = playwright.chromium.launch(executable_path=browser_path(), args=flags)
    yield browser
    browser.close()


@pytest.fixture
def flat(playwright: Playwright) -> Iterator[Browser]:
    """A browser without WebGL."""
    browser = playwright.chromium.launch(
        executable_path=browser_path(), args=[*CHROMIUM_FLAGS, "--disable-3d-apis"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def lesson(running: Running) -> dict[str, Any]:
    author, login = running.login("teacher", "kk"), running.login("student", "kk")
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        cast = Cast(running.app)
        teacher = cast.person("teacher", school, login=author)
        course = course_of(teacher, school, "Арба")
        row = lesson_of(course)
        still = attached(course, "picture", "a.png", cart_still())
        wood = changed(with_picture, picture(64, 64))
        blocks = []
        for data in (cart(), wood):
            keys = {"file": attached(course, "solid", "арба.glb", data), "poster": still}
            blocks.append(
                str(write(row, teacher, "solid", {**keys, "title": "Арба", "about": "Төрт дөңгелек"}).id)
            )
        edition = published(course, teacher)
        with running.app.test_request_context():
            taken = given(edition, school, teacher, cast.school_class(2, school=school))
        with edge():
            pupil = db.session.query(Person).filter_by(login=login).one()
            db.session.add(CourseTarget(given_id=taken.id, person_id=pupil.id))
        return {
            "written": f"/courses/lessons/{row.id}", "taken": f"/learning/{taken.id}/{row.id}?in=kk", "blocks": blocks,
            "folder": made(running, edition, "offline"),
        }  # fmt: skip


def with_picture(scene: dict[str, Any]) -> None:
    """The same cart, whose corners say where on the picture they lie instead of their colours."""
    pictured(scene)
    attributes = scene["meshes"][0]["primitives"][0]
    scene["accessors"][1] = {**scene["accessors"][0], "type": "VEC2"}
    attributes["attributes"] = {"POSITION": 0, "TEXCOORD_0": 1}
    attributes["material"] = 0
    scene["materials"] = [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]


def opened(page: Page, block: str) -> Locator:
    details = page.locator(f"#block-{block} .c-solid")
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    canvas = details.locator("canvas")
    expect(canvas).to_be_visible()
    return canvas


def seen(canvas: Locator) -> Image.Image:
    data = canvas.evaluate(STILL).partition(",")[2]
    return Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")


def colours(image: Image.Image) -> int:
    return len(image.resize((96, 72)).getcolors(96 * 72) or [])


def test_it_is_loaded_when_it_is_asked_for_and_turned_by_keys(
    drawing: Browser, running: Running, lesson: dict[str, Any]
) -> None:
    context = signed_in(drawing, running, "student", "kk")
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.goto(lesson["taken"])
    page.wait_for_load_state("networkidle")
    assert not [one for one in asked if "solid." in one]
    expect(page.locator(f"#block-{lesson['blocks'][0]} summary")).to_contain_text("64 кбит/с-та")
    assert 'img "Арба"' in page.locator(f"#block-{lesson['blocks'][0]}").aria_snapshot()
    canvas = opened(page, lesson["blocks"][0])
    assert len([one for one in asked if "solid." in one]) == 2
    first = seen(canvas)
    assert colours(first) > 20 and first.getpixel((5, 5)) == (238, 243, 242)
    expect(canvas).to_have_attribute("aria-label", "Арба")
    canvas.focus()
    at = canvas.get_attribute("data-at")
    for key in ("ArrowLeft", "ArrowDown", "+", "+"):
        page.keyboard.press(key)
    expect(canvas).not_to_have_attribute("data-at", at or "")
    assert seen(canvas).tobytes() != first.tobytes()
    page.keyboard.press("0")
    expect(canvas).to_have_attribute("data-at", at or "")
    assert seen(canvas).tobytes() == first.tobytes()
    page.keyboard.press("Tab")
    expect(page.locator(".c-turn-keys button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(canvas).not_to_have_attribute("data-at", at or "")
    nothing_grave(page, f"#block-{lesson['blocks'][0]}")
    context.close()


def test_a_picture_on_its_surface_is_drawn_and_a_finger_turns_it(
    drawing: Browser, running: Running, lesson: dict[str, Any]
) -> None:
    context = signed_in(
        drawing, running, "student", "kk", has_touch=True, viewport={"width": 375, "height": 700}
    )
    page = context.new_page()
    page.goto(lesson["taken"])
    canvas = opened(page, lesson["blocks"][1])
    assert colours(seen(canvas)) > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    at = canvas.get_attribute("data-at")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90)
    page.mouse.up()
    expect(canvas).not_to_have_attribute("data-at", at or "")
    pinch = """([canvas, at]) => [[1, 0], [2, 40]].forEach(([id, x], place) => {
      const tell = (name, more) => canvas.dispatchEvent(new PointerEvent(name, {pointerId: id, clientX: 100 + x + more, clientY: 100, bubbles: true}));
      canvas.setPointerCapture = () => undefined; tell('pointerdown', 0); if (place) tell('pointermove', 40);
    })"""
    near = float((canvas.get_attribute("data-at") or "").split()[2])
    page.evaluate(pinch, [canvas.element_handle(), at])
    page.wait_for_function(
        "([canvas, near]) => Number(canvas.dataset.at.split(' ')[2]) > near * 1.5",
        arg=[canvas.element_handle(), near],
    )
    context.close()


def test_the_author_makes_the_still_picture_of_the_side_that_is_seen(
    drawing: Browser, running: Running, lesson: dict[str, Any]
) -> None:
    context = signed_in(drawing, running, "teacher", "kk")
    page, block = context.new_page(), lesson["blocks"][0]
    page.goto(f"{lesson['written']}?block={block}&in=kk")
    before = page.locator("input[name=poster]").input_value()
    make = page.get_by_role("button", name="Осы қырынан сурет жасау")
    make.click()
    expect(page.locator("[data-module=poster] [role=status]")).to_contain_text("модельді ашып")
    canvas = opened(page, block)
    canvas.focus()
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        make.click()
    expect(page.locator("input[name=poster]")).not_to_have_value(before)
    image = page.locator(f"#block-{block} .block-shown img")
    expect(image).to_have_attribute("width", "960")
    page.wait_for_function("(one) => one.naturalWidth > 0", arg=image.element_handle())
    context.close()


def test_on_paper_the_still_picture_is_seen_and_not_the_model(
    drawing: Browser, running: Running, lesson: dict[str, Any]
) -> None:
    context = signed_in(drawing, running, "student", "kk")
    page = context.new_page()
    page.goto(lesson["taken"])
    canvas = opened(page, lesson["blocks"][0])
    image = page.locator(f"#block-{lesson['blocks'][0]} img")
    expect(image).to_be_hidden()
    page.emulate_media(media="print")
    expect(image).to_be_visible()
    expect(canvas).to_be_hidden()
    context.close()


def test_without_webgl_its_picture_and_its_words_stay(
    flat: Browser, running: Running, lesson: dict[str, Any]
) -> None:
    context = signed_in(flat, running, "student", "kk")
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.goto(lesson["taken"])
    assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    block = page.locator(f"#block-{lesson['blocks'][0]}")
    block.locator("summary").click()
    expect(block.get_by_role("status")).to_be_visible()
    expect(block.locator("img")).to_be_visible()
    expect(block).to_contain_text("Төрт дөңгелек")
    assert not [one for one in asked if "solid." in one]
    context.close()


def test_in_a_folder_without_a_server_it_turns_as_well(
    drawing: Browser, lesson: dict[str, Any], tmp_path: Path
) -> None:
    context = drawing.new_context()
    page = context.new_page()
    page.goto((unpacked(lesson["folder"], tmp_path) / "lesson-01.html").as_uri())
    for number in (0, 1):
        details = page.locator(".c-solid").nth(number)
        details.locator("summary").click()
        expect(details.locator("canvas")).to_be_visible()
        assert colours(seen(details.locator("canvas"))) > 20
    context.close()
