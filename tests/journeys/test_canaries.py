"""Hostile words in every field of every block, in titles, names and names of files: nothing of them runs on any page."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from lms.core.db import db, edge
from lms.courses.blocks import KINDS
from lms.courses.forms_plan import FACTS, STAGE
from lms.courses.models import CourseBlock, GivenCourse, LessonPlan
from lms.courses.service import courses, giving, publishing, taking, workshop
from lms.demo.courses.solid import cart
from lms.people.models import Person
from lms.places.models import Place
from tests.cast import PASSWORD, Cast
from tests.coursed import attached, course_of, filled, lesson_of, picture, write
from tests.journeys.conftest import Running

CANARIES = (
    "<script>window.caught=1</script>",
    '"\'><img src=x onerror="window.caught=2">',
    "</textarea></title></script></style><svg onload=window.caught=3>",
    "<a href='javascript:window.caught=4'>x</a><iframe srcdoc='<script>parent.caught=5</script>'></iframe>",
    "<img src=http://canary.invalid/y><link rel=stylesheet href=http://canary.invalid/z>{{ 7 * 191 }}",
    "\\(\\text{<script>window.caught=6</script>}\\) \\(\\href{javascript:window.caught=7}{x}\\)",
)
ALL = " ".join(CANARIES)
SHORT = CANARIES[1]
# Told by the page itself, whatever ran and whatever the policy had to stop.
TRAP = """
window.told = [];
Object.defineProperty(window, 'caught', {set: (value) => told.push('ran: ' + value), get: () => 0});
document.addEventListener('securitypolicyviolation', (one) => told.push('stopped: ' + one.violatedDirective + ' ' + one.blockedURI + ' ' + one.sample));
"""


@dataclass
class Watched:
    """A page on which everything that a stranger's word could do is noted."""

    page: Page
    site: str
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(TRAP)
        self.page.on("dialog", lambda one: (self.found.append(f"dialog: {one.message}"), one.dismiss()))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if "canary.invalid" in request.url:
            self.found.append(f"asked: {request.url}")

    def opens(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer and answer.status in (200, 409), (path, answer and answer.status)
        self.tells(path)
        if "1337" in self.page.locator("body").inner_text():
            self.found.append(f"{path}: a template of ours read it")

    def tells(self, path: str) -> None:
        self.found += [f"{path}: {one}" for one in self.page.evaluate("told")]


@pytest.fixture(scope="module")
def hostile(running: Running) -> dict[str, Any]:
    logins = {role: running.login(role, "ru") for role in ("teacher", "student", "director")}
    with running.app.app_context():
        return _written(running, logins)


def _written(running: Running, logins: dict[str, str]) -> dict[str, Any]:
    """Somebody has written it wherever one can write."""
    cast, school = Cast(running.app), db.session.get_one(Place, running.school)
    people = {role: _named(login) for role, login in logins.items()}
    teacher = people["teacher"]
    course = course_of(
        teacher, school, SHORT, about_kk=ALL, about_ru=ALL, section=SHORT,
        objectives=[{"code": SHORT[:40], "text": ALL}],
    )  # fmt: skip
    lesson = lesson_of(course, ALL)
    keys = files_of_course(course, ALL)
    blocks = {kind: write(lesson, teacher, kind, filled(kind, ALL, keys)) for kind in KINDS}
    with edge():
        course.title_ru = lesson.title_ru = ALL
        courses.name_module(course.modules[0], ALL, ALL)
        for kind, block in blocks.items():
            block.ru, block.revision_ru = KINDS[kind].clean(filled(kind, ALL, keys)), 1
        plan = LessonPlan(
            lesson_id=lesson.id, person_id=teacher.id, topic=ALL, school_class=SHORT,
            facts=dict.fromkeys(FACTS, ALL), stages=[dict.fromkeys(STAGE, ALL)],
        )  # fmt: skip
        db.session.add(plan)
        workshop.comment(lesson, teacher.id, ALL)
    with running.app.test_request_context(), edge():
        edition = publishing.publish(course, teacher, ALL)
        given = giving.give(
            edition,
            school,
            teacher.id,
            [cast.school_class(3, school=school).id],
            [people["student"].id],
            note=ALL,
        )
    _answered(given, people["student"], lesson.id, blocks)
    with running.app.test_request_context(), edge():
        course.review_note, course.state = ALL, "draft"
        unread = write(lesson, teacher, "formula", {"latex": ALL, "about": ALL})
    return {
        "course": course.id, "lesson": lesson.id, "given": given.id, "edition": edition.id, "plan": plan.id,
        "module": course.modules[0].id, "blocks": [one.id for one in (*blocks.values(), unread)],
    }  # fmt: skip


def _named(login: str) -> Person:
    with edge():
        person = db.session.query(Person).filter_by(login=login).one()
        person.first_name, person.surname = SHORT, ALL[:200]
    return person


def files_of_course(course: Any, named: str) -> dict[str, str]:
    """One of every family, whose names and insides hold these words."""
    model = io.BytesIO()
    with zipfile.ZipFile(model, "w") as archive:
        archive.writestr("index.html", "<!doctype html><title>m</title>")
    found = {
        "picture": (f"{named}.png", picture(300, 200)), "audio": (f"{named}.mp3", b"ID3" + b"\0" * 99),
        "video": (f"{named}.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 99), "file": (f"{named}.csv", named.encode()),
        "subtitles": (f"{named}.vtt", f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{named}\n".encode()),
        "model": (f"{named}.zip", model.getvalue()), "solid": (f"{named}.glb", cart()),
    }  # fmt: skip
    return {family: attached(course, family, name, data) for family, (name, data) in found.items()}


def _answered(given: GivenCourse, pupil: Person, lesson: UUID, blocks: dict[str, CourseBlock]) -> None:
    with edge():
        for kind in ("discussion", "homework"):
            block = {"id": str(blocks[kind].id), "kind": kind, "kk": blocks[kind].kk}
            taking.answer(given, pupil.id, lesson, block, {"reply": ALL}, "kk")
        taking.note(given, pupil.id, lesson, ALL, True)


def visits(chromium: Browser, running: Running, role: str) -> tuple[BrowserContext, Watched]:
    context = chromium.new_context(base_url=running.site)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(running.login(role, "ru"))
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.primary").first.click()
    page.wait_for_url(f"{running.site}/")
    return context, Watched(page, running.site)


def test_the_trap_closes(chromium: Browser, running: Running) -> None:
    """Where nothing protects the page every canary sings."""
    context, watched = visits(chromium, running, "student")
    watched.page.goto("/learning")
    watched.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', `<img src=x onerror='window.caught=2'>`)"
    )
    watched.page.wait_for_selector("body > img[src=x]", state="attached")
    watched.page.set_content(f"<script>{TRAP}</script>{ALL}", wait_until="load")
    watched.tells("bare")
    assert any("stopped" in one or "ran" in one for one in watched.found) and any(
        one.startswith("asked") for one in watched.found
    )
    context.close()


def test_nothing_runs_in_front_of_a_pupil(
    chromium: Browser, running: Running, hostile: dict[str, Any]
) -> None:
    context, watched = visits(chromium, running, "student")
    course = f"/learning/{hostile['given']}"
    lesson = f"{course}/{hostile['lesson']}"
    for path in (
        "/",
        "/learning",
        course,
        f"{course}?in=ru",
        f"{course}?q={quote(SHORT)}",
        f"{lesson}?in=kk",
        f"{lesson}?in=ru",
    ):
        watched.opens(path)
    page = watched.page
    for summary in page.locator(".lesson details > summary").all():
        summary.click()
    discussion = page.locator(".block:has(.c-discussion)")
    discussion.locator("textarea").fill(f"{ALL} again")
    discussion.locator("button").click()
    page.wait_for_selector(".c-replies >> text=again")
    for option in page.locator(".c-check fieldset input:first-of-type").all():
        option.check()
    page.locator(".c-check button").click()
    page.wait_for_selector(".c-check .c-verdict:focus")
    watched.tells(lesson)
    context.close()
    assert watched.found == []


def test_nothing_runs_in_front_of_an_author(
    chromium: Browser, running: Running, hostile: dict[str, Any]
) -> None:
    context, watched = visits(chromium, running, "teacher")
    lesson, course = f"/courses/lessons/{hostile['lesson']}", f"/courses/{hostile['course']}"
    plain = (
        "/courses", course, f"{course}/edit", f"{lesson}?in=ru", f"{lesson}/preview?in=kk", f"{lesson}/history",
        f"{lesson}/settings", f"/courses/plans/{hostile['plan']}", f"/courses/editions/{hostile['edition']}",
        f"/courses/modules/{hostile['module']}/activity", "/courses/give", "/courses/given",
        f"/courses/given/{hostile['given']}", f"/courses/given/{hostile['given']}/answers/{hostile['lesson']}",
        f"/courses?q={quote(SHORT)}", f"{course}/bring-in", "/",
    )  # fmt: skip
    for path in plain:
        watched.opens(path)
    for block in hostile["blocks"]:
        watched.opens(f"{lesson}?block={block}&in=ru")
        if watched.page.locator("[data-module=rich]").count():
            watched.page.wait_for_selector(".rich-text")
        watched.tells(lesson)
    context.close()
    assert watched.found == []


def test_nothing_runs_in_front_of_who_looks_after_it_all(
    chromium: Browser, running: Running, hostile: dict[str, Any]
) -> None:
    context, watched = visits(chromium, running, "director")
    for path in ("/", "/admin/audit-log", "/courses", f"/courses/{hostile['course']}", "/courses/given"):
        watched.opens(path)
    context.close()
    assert watched.found == []
