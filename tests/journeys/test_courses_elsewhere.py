"""A course made here leaves as SCORM: on our own shelf and under scorm-again it ends as it ends here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from lms.core.db import db, edge
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.models import CourseEdition
from lms.courses.outline import course_share
from lms.courses.service import giving as giving_courses
from lms.courses.service import taking
from lms.people.models import Person
from lms.places.models import Place
from lms.player.models import PackageVersion, Registration
from lms.player.service import giving, shelf, versions
from tests.cast import Cast
from tests.coursed import lesson_of, published, small_course, write
from tests.journeys.conftest import ROOT, Running, sign_in
from tests.journeys.school_day import work_through
from tests.journeys.stage import newest, opens

SCORM_AGAIN = ROOT / "node_modules" / "scorm-again" / "dist" / "scorm-again.min.js"
PLAYER = """<!doctype html><title>player</title><script src="scorm-again.min.js"></script><script>
const given = new URLSearchParams(location.search);
if (given.get("version") === "1.2") window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
else window.API_1484_11 = new Scorm2004API({ autocommit: false, logLevel: 5 });
addEventListener("DOMContentLoaded", () => { document.querySelector("iframe").src = given.get("page"); });
</script><iframe width="800" height="600"></iframe>"""
ELEMENTS = {
    "scorm-2004": ["cmi.completion_status", "cmi.success_status", "cmi.score.scaled", "cmi.score.raw", "cmi.score.min",
                   "cmi.score.max", "cmi.suspend_data", "cmi.location", "cmi.progress_measure"],
    "scorm-12": ["cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max",
                 "cmi.suspend_data", "cmi.core.lesson_location"],
}  # fmt: skip
TITLES = ("Сұйық қысымы", "Тексеру", "Соңы")
# What the page has said when it says good-bye, asked of whichever player stands around it; and how it leaves.
LISTEN = """(names) => {
  const api = window.parent.API_1484_11 ?? window.parent.API;
  const modern = "GetValue" in api;
  const [end, get, set] = modern ? ["Terminate", "GetValue", "SetValue"] : ["LMSFinish", "LMSGetValue", "LMSSetValue"];
  const [ends, sets] = [api[end], api[set]];
  let exit = "";
  api[set] = function (name, value) {
    if (name === "cmi.exit" || name === "cmi.core.exit") exit = value;
    return sets.apply(api, arguments);
  };
  api[end] = function () {
    const values = Object.fromEntries(names.map((name) => [name, String(api[get](name))]));
    window.parent.final = JSON.stringify({ ...values, exit });
    return ends.apply(api, arguments);
  };
}"""


@pytest.fixture(scope="module")
def edition(running: Running) -> UUID:
    """A text to be read, a check that asks for 60 % and waits for the text, a text that is done when it was opened."""
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        teacher = Cast(running.app).person("teacher", school, login="teacher-kk")
        course = small_course(teacher, school)
        last = lesson_of(course, "Соңы", rule="opened")
        write(last, teacher, "text", {"html": "<p>Жарайсың.</p>"})
        return published(course, teacher).id


def package(running: Running, edition: UUID, shape: str) -> bytes:
    with running.app.app_context(), running.app.test_request_context(base_url=running.site):
        return SHAPES[shape].make(Leaving(db.session.get_one(CourseEdition, edition), "kk"))


def on_the_shelf(running: Running, data: bytes, login: str) -> UUID:
    """Sent, inspected, published and given as any package; the assignment's key."""
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        teacher = Cast(running.app).person("teacher", school, login="teacher-kk")
        with edge():
            upload = shelf.received_whole(teacher.id, "course.zip", BytesIO(data), len(data))
            key = shelf.put_on_shelf(school, upload, teacher.id, None).id
    work_through(running)
    with running.app.app_context():
        version = db.session.get_one(PackageVersion, key)
        assert version.state == "ready", version.findings
        pupil = db.session.query(Person).filter_by(login=login).one()
        with edge():
            versions.publish(version, teacher.id)
            return giving.give(version, version.package.place, teacher.id, pupils=[pupil.id]).id


def taken_here(running: Running, edition: UUID, right: list[bool]) -> tuple[float | None, bool]:
    """The same course taken in the house: (score, is it done?)."""
    with running.app.app_context():
        row = db.session.get_one(CourseEdition, edition)
        pupil = Cast(running.app).person(
            "student", db.session.get_one(Place, running.school), login=f"here-{sum(right)}"
        )
        with edge():
            school = db.session.get_one(Place, running.school)
            course = giving_courses.give(row, school, pupil.id, [], [pupil.id])
        lessons = [lesson for module in row.outline["modules"] for lesson in module["lessons"]]
        with edge():
            for lesson in lessons:
                key = UUID(lesson["id"])
                seen = [
                    taking.Happened("seen", key, UUID(one))
                    for one in lesson["blocks"]
                    if one not in lesson["scored"]
                ]
                share = {"share": sum(right) / len(right)}
                answers = [taking.Happened("answered", key, UUID(one), share) for one in lesson["scored"]]
                progress = taking.record(course, pupil.id, [taking.Happened("opened", key), *seen, *answers])
        assert course_share(row.outline, progress.lessons) == progress.score
        return progress.score, progress.finished_at is not None


def answer(frame: Frame, right: list[bool]) -> None:
    """2 + 2, and g with its tolerance."""
    first, second = frame.locator("[data-answers]").all()
    first.locator("input").nth(0 if right[0] else 1).check()
    second.locator("input").fill("9,75" if right[1] else "12")
    frame.locator("form[data-scored] button").first.click()
    expect(frame.locator(".c-verdict").first).to_have_text(f"{sum(right)} / 2")


def goes_through(frame: Frame, names: list[str], number: int, right: list[bool]) -> dict[str, Any]:
    """One lesson to its end; what it has said."""
    frame.wait_for_load_state()
    frame.evaluate(LISTEN, names)
    around = frame.parent_frame
    assert around
    around.evaluate("window.final = ''")
    if number == 2:
        answer(frame, right)
    frame.locator("#done").click()
    if not around.evaluate("window.final"):
        # Not done yet: the page stays, and says good-bye when it is left.
        frame.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    said: dict[str, Any] = json.loads(around.evaluate("window.final"))
    kept = json.loads(said.pop("cmi.suspend_data"))
    if not said.get("cmi.score.raw", said.get("cmi.core.score.raw")):
        said.pop("cmi.core.score.max", None)  # scorm-again has 100 there before anybody said so
    return {**said, "seen": sorted(kept["seen"]), "shares": kept["shares"]}


@contextmanager
def another_player(folder: Path, data: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(data)) as archive:
        archive.extractall(folder)
    (folder / "player.html").write_text(PLAYER)
    (folder / SCORM_AGAIN.name).write_bytes(SCORM_AGAIN.read_bytes())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/player.html"
    finally:
        server.shutdown()
        server.server_close()


def under_scorm_again(
    context: BrowserContext, address: str, shape: str, names: list[str], right: list[bool]
) -> list[dict[str, Any]]:
    found = []
    for number in (1, 2, 3):
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error, to=errors: to.append(str(error)))  # type: ignore[misc]
        version = "1.2" if shape == "scorm-12" else "2004"
        page.goto(f"{address}?version={version}&page=lesson-{number:02}.html")
        page.frame_locator("iframe").locator("#done").wait_for()
        found.append(goes_through(page.frames[1], names, number, right))
        assert errors == []
        page.close()
    return found


def under_our_player(
    page: Page, assignment: UUID, names: list[str], right: list[bool]
) -> list[dict[str, Any]]:
    found, modern = [], names == ELEMENTS["scorm-2004"]
    player = opens(page, assignment)
    place = player.frame_locator("#stage iframe")
    for number, title in enumerate(TITLES, 1):
        expect(place.locator("h1").first).to_have_text(title)
        frame = next(one for one in page.frames if one.url.endswith(f"lesson-{number:02}.html"))
        found.append(goes_through(frame, names, number, right))
        done = number != 2 or all(right)
        if number < len(TITLES) and not (
            modern and done
        ):  # a page of SCORM 2004 that is done asks for the next one
            player.locator("[data-move=continue]").click()
    expect(player.locator("#state")).to_have_attribute("data-state", "school", timeout=20_000)
    return found


@pytest.mark.parametrize("shape", ["scorm-2004", "scorm-12"])
@pytest.mark.parametrize("right", [[True, True], [True, False]], ids=["passed", "half"])
def test_a_course_ends_the_same_here_on_the_shelf_and_elsewhere(
    shape: str, right: list[bool], page: Page, context: BrowserContext, running: Running, edition: UUID, tmp_path: Path
) -> None:  # fmt: skip
    data, names = package(running, edition, shape), ELEMENTS[shape]
    with another_player(tmp_path, data) as address:
        there = under_scorm_again(context, address, shape, names, right)
    login = running.login("student", "kk")
    assignment = on_the_shelf(running, data, login)
    sign_in(page, login)
    here = under_our_player(page, assignment, names, right)
    assert here == there
    page.goto("/lessons")
    row: Registration = newest(running, assignment)
    score, done = taken_here(running, edition, right)
    assert (row.score, row.completion == "completed") == (score, done)
    assert (score, done) == (sum(right) / 2, all(right))
