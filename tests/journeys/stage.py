"""Lessons on the stage: a package is put on the shelf, given to a pupil and opened by them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from playwright.sync_api import Frame, FrameLocator, Page, expect
from sqlalchemy import select

from lms.core.db import db, edge
from lms.people.models import Person
from lms.places.models import Place
from lms.player.models import Assignment, Package, Registration
from lms.player.service import giving
from tests.cast import Cast
from tests.journeys.conftest import Running
from tests.shelved import files_of, shelved


def folder(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def given(running: Running, package: str | dict[str, bytes], login: str, title: str = "") -> UUID:
    """Puts a package on the shelf and gives it to one pupil; the assignment's key."""
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        teacher = Cast(running.app).person("teacher", school, login="teacher-kk")
        pupil = db.session.scalars(select(Person).where(Person.login == login)).one()
        files = files_of(package) if isinstance(package, str) else package
        version = shelved(files, school, teacher, title=title or f"Сабақ {login}")
        with edge():
            return giving.give(version, school, teacher.id, pupils=[pupil.id]).id


def package_of(running: Running, assignment: UUID) -> Package:
    with running.app.app_context():
        return db.session.get_one(Package, db.session.get_one(Assignment, assignment).package_id)


def newest(running: Running, assignment: UUID) -> Registration:
    with running.app.app_context():
        return db.session.scalars(
            select(Registration)
            .where(Registration.assignment_id == assignment)
            .order_by(Registration.number.desc())
        ).first()  # type: ignore[return-value]


def opens(page: Page, assignment: UUID | None = None, site: str = "") -> FrameLocator:
    """From the list into the lesson; the frame of the player."""
    page.goto(f"{site}/lessons")
    wanted = f"form[action*='{assignment}'] button" if assignment else "main form button"
    page.locator(wanted).first.click()
    page.wait_for_url("**/play/*")
    return page.frame_locator(".play-frame")


def content(player: FrameLocator) -> FrameLocator:
    return player.frame_locator("#stage iframe")


def package_frame(page: Page) -> Frame:
    """The content's own frame, to run script in."""
    content(page.frame_locator(".play-frame")).locator("body").wait_for()
    frame = next(one for one in page.frames if one.parent_frame and "/c/" in one.url)
    frame.wait_for_load_state()
    return frame


def saved(player: FrameLocator) -> None:
    expect(player.locator("#state")).to_have_attribute("data-state", "school", timeout=20_000)


def answer(sco: FrameLocator, right: bool = True) -> None:
    """Fills in the test on the page: all right, or all wrong."""
    sco.locator(".check").wait_for()  # the page's own script has made it
    sco.locator("body").evaluate(
        """(body, right) => {
          for (const question of body.querySelectorAll("fieldset.question")) {
            const wanted = question.dataset.answer.split(" ");
            if (question.dataset.type === "numeric") question.querySelector("input").value = right ? wanted[0] : "-1";
            else if (question.dataset.type === "matching") for (const pair of wanted) {
              const [name, value] = pair.split(":");
              question.querySelector(`select[name="${name}"]`).value = right ? value : question.querySelector("option:last-child").value;
            }
            else for (const one of question.querySelectorAll("input")) one.checked = wanted.includes(one.value) === right;
          }
          body.querySelector("form.test").dispatchEvent(new Event("change"));
          body.querySelector(".check").click();
        }""",
        right,
    )


def goes_through(sco: FrameLocator) -> None:
    """Reads a lesson to its end."""
    sco.locator("nav.steps").wait_for()
    for _ in range(20):
        if sco.locator("nav.steps .finish").is_visible():
            break
        sco.locator("nav.steps .next").click()
    sco.locator("nav.steps .finish").click()
