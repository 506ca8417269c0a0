"""Whole stories in both languages: from the package that is brought to the answers that the teacher sees."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from lms.player.models import Registration
from tests.journeys.conftest import Running
from tests.journeys.school_day import Said, class_room, computer, spoken, work_through
from tests.journeys.stage import answer, content, given, goes_through, newest, opens, saved
from tests.lms.player.shelving import changed, zipped

expect.set_options(timeout=20_000)
both_languages = pytest.mark.parametrize("language", ["kk", "ru"])


def broken_physics(name: str) -> bytes:
    """A real course with the fault of broken/default-organization-wrong, under a name of its own."""

    def edit(manifest: bytes) -> bytes:
        text = manifest.decode()
        text = text.replace('default="pressure"', 'default="other"').replace(
            "kz.sample.physics", f"kz.{name}"
        )
        return text.replace("Қысым. Физика", name).replace("Давление. Физика", name).encode()

    return changed(zipped("physics-pressure-2004"), "imsmanifest.xml", edit)


@both_languages
def test_from_a_broken_package_to_the_answers_a_teacher_sees(
    language: str, chromium: Browser, running: Running, tmp_path: Path
) -> None:
    said, room, name = spoken(running, language), class_room(running, 7, language), f"Story-{language}"
    file = tmp_path / "сабақ.zip"
    file.write_bytes(broken_physics(name))
    with computer(chromium, running, room.methodologist) as page:
        brings_it_to_the_shelf(page, running, said, file)
    with computer(chromium, running, room.teacher) as page:
        lesson = gives_it(page, said, name, room.name)
    with computer(chromium, running, room.pupil) as page:
        begins_and_closes_the_tab(page, running, lesson)
    with computer(chromium, running, room.pupil) as page:
        goes_on_to_the_end(page, lesson)
    with computer(chromium, running, room.teacher) as page:
        sees_what_came_of_it(page, said, lesson)


def brings_it_to_the_shelf(page: Page, running: Running, said: Said, file: Path) -> None:
    wrong = said("The main course that is named does not exist; the first is taken.")
    inspected = page.get_by_role("status").get_by_text(said("The package is being inspected."))
    page.goto("/shelf/upload")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name=said("Upload"), exact=True).click()
    expect(inspected).to_be_visible()
    work_through(running)
    # The page follows the job by itself.
    expect(page.get_by_text(wrong)).to_be_visible()
    page.get_by_role("button", name=said("Repair"), exact=True).click()
    expect(inspected).to_be_visible()
    work_through(running)
    expect(page.get_by_text(said("The main course was named."))).to_be_visible()
    expect(page.get_by_text(wrong)).to_have_count(0)
    page.get_by_role("button", name=said("Publish"), exact=True).click()
    expect(page.locator(".badge").get_by_text(said("Published"), exact=True)).to_be_visible()


def gives_it(page: Page, said: Said, name: str, class_name: str) -> UUID:
    page.goto("/given")
    page.get_by_role("link", name=said("Giving a lesson")).click()
    title = page.locator("#package option").filter(has_text=name).inner_text()
    page.locator("#package").select_option(label=title)
    page.get_by_label(class_name, exact=True).check()
    page.get_by_role("button", name=said("Giving"), exact=True).click()
    page.get_by_role("link", name=title).click()
    expect(page.locator("#class-results tbody tr")).to_contain_text(said("Not begun"))
    return UUID(page.url.rpartition("/")[2])


def begins_and_closes_the_tab(page: Page, running: Running, lesson: UUID) -> None:
    player = opens(page, lesson)
    expect(player.locator("#title")).to_have_text("Қысым / Давление")
    answer(content(player), right=False)
    content(player).locator("nav.steps .finish").click()
    # The pretest is not passed, so the first lesson comes by itself.
    expect(content(player).locator("h1")).to_contain_text("Қатты")
    content(player).locator("nav.steps .next").click()
    expect(content(player).locator("section.part").nth(1)).to_be_visible()
    page.close(run_before_unload=False)
    # The browser is still there, as after the closing of a tab; what was said last goes out with the page.
    until = time.monotonic() + 20
    while place_of(newest(running, lesson)) != "formula":
        assert time.monotonic() < until, "the second section of the lesson never came to the school"
        time.sleep(0.1)


def place_of(attempt: Registration) -> str:
    """Where the pupil is within the part on the screen, as far as the school knows."""
    session = (attempt.state or {}).get("session") or {"store": {"values": {}}}
    return str(session["store"]["values"].get("cmi.location", ""))


def goes_on_to_the_end(page: Page, lesson: UUID) -> None:
    """At another computer: what was done and the place in it come from the school."""
    player = opens(page, lesson)
    expect(content(player).locator("h1")).to_contain_text("Қатты")
    expect(content(player).locator("section.part").nth(1)).to_be_visible()
    for _ in range(3):
        goes_through(content(player))
    answer(content(player))
    content(player).locator("nav.steps .finish").click()
    expect(content(player).locator("h1")).to_contain_text("формулалар")
    saved(player)
    player.locator("[data-move=leave]").click()
    page.wait_for_url("**/lessons")


def sees_what_came_of_it(page: Page, said: Said, lesson: UUID) -> None:
    page.goto(f"/given/{lesson}")
    line = page.locator("#class-results tbody tr")
    for one in (said("Passed"), "100 %", said("less than a minute")):
        expect(line).to_contain_text(one)
    page.get_by_role("link", name=said("Questions"), exact=True).click()
    # Six questions before the lessons, all answered wrong, and those of the final test, all answered right.
    first, last = page.locator("tbody tr").first, page.locator("tbody tr").last
    expect(first).to_contain_text(said("%(right)s of %(all)s", right=0, all=1))
    expect(last).to_contain_text(said("%(right)s of %(all)s", right=1, all=1))
    page.go_back()
    line.get_by_role("link").click()
    expect(page.get_by_role("heading", name=said("Why is this not complete?"))).to_be_visible()
    page.get_by_role("link", name=said("Log"), exact=True).click()
    expect(page.get_by_text("cmi.success_status").first).to_be_visible()


@both_languages
def test_a_test_in_scorm_12_waits_for_its_lessons(language: str, chromium: Browser, running: Running) -> None:
    said, room = spoken(running, language), class_room(running, 5, language)
    lesson = given(running, "fractions-12", room.pupil)
    with computer(chromium, running, room.pupil) as page:
        player = opens(page, lesson)
        final = player.locator("#contents button", has_text="Қорытынды тест")
        expect(final).to_be_disabled()
        for number in range(4):
            goes_through(content(player))
            done = player.locator("#contents button[data-status=completed]")
            expect(done).to_have_count(number + 1 if number < 3 else 5)  # with the last one, the section too
            if number < 3:
                expect(player.locator("#notice")).to_have_text(
                    said("This part is finished. Choose where to go next.")
                )
                expect(final).to_be_disabled()
                player.locator("[data-move=continue]").click()
        expect(final).to_be_enabled()
        final.click()
        answer(content(player))
        content(player).locator("nav.steps .finish").click()
        expect(player.locator("#contents button[data-status=passed]")).to_contain_text(said("passed"))
        saved(player)
    teacher_sees(chromium, running, room.teacher, lesson, said("Passed"), "100 %")


def part_of(player: FrameLocator, name: str) -> FrameLocator:
    expect(content(player).locator("[data-part]")).to_have_text(name)
    return content(player)


def does(sco: FrameLocator, *deeds: str) -> None:
    for deed in deeds:
        sco.locator(f"[data-do={deed}]").click()


@both_languages
def test_who_fails_is_led_back_to_the_lesson_until_the_test_is_passed(
    language: str, chromium: Browser, running: Running
) -> None:
    said, room = spoken(running, language), class_room(running, 6, language)
    lesson = given(running, "remediation-2004", room.pupil)
    with computer(chromium, running, room.pupil) as page:
        player = opens(page, lesson)
        does(part_of(player, "pre"), "fail", "continue")
        does(part_of(player, "lesson"), "complete", "continue")
        does(part_of(player, "post"), "fail", "continue")
        does(part_of(player, "lesson"), "complete", "continue")
        does(part_of(player, "post"), "pass", "continue")
        saved(player)
        expect(player.locator("#message")).to_contain_text(said("You have been through everything."))
        player.get_by_role("button", name=said("Back to the list")).click()
        page.wait_for_url("**/lessons")
    row = newest(running, lesson)
    assert (row.success, row.finished_at is not None) == ("passed", True)
    teacher_sees(chromium, running, room.teacher, lesson, said("Passed"), "90 %")


def teacher_sees(chromium: Browser, running: Running, login: str, lesson: UUID, *words: str) -> None:
    with computer(chromium, running, login) as page:
        page.goto(f"/given/{lesson}")
        for one in words:
            expect(page.locator("#class-results tbody tr")).to_contain_text(one)
