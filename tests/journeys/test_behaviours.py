"""One behaviour, one test: the modules of lms/web/assets/behaviours on a page that holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Page, Route, expect

from lms.core.db import db
from lms.core.uploads import Upload
from lms.core.uploads.service import path_of
from lms.lessons import labels as lesson_labels
from lms.lessons.queries.weeks import Entry
from lms.lessons.timetable.week import Placed
from tests.journeys.conftest import Running, sign_in

FRAME = '<!doctype html><html lang="kk"><meta charset="utf-8"><title>x</title>{style}<body><main>{body}</main><script src="{script}"></script>'


class Bench:
    """Shows markup made by our macros at an address of the site, with the real script and styles."""

    def __init__(self, page: Page, running: Running) -> None:
        self.page, self.running = page, running
        sign_in(page, running.login("teacher"))
        self.script = page.locator("script[src*='site.js']").get_attribute("src")
        self.style = page.locator("link[rel=stylesheet]").evaluate("(one) => one.outerHTML")
        self.token = page.locator("input[name=csrf_token]").first.get_attribute("value")

    def shows(self, markup: str, **values: Any) -> None:
        with self.running.app.test_request_context("/bench", base_url=self.running.site):
            body = render_template_string(markup, **values)
        body = re.sub(r'(name="csrf_token" value=")[^"]*', rf"\g<1>{self.token}", body)
        html = FRAME.format(style=self.style, body=body, script=self.script)
        self.page.route("**/bench", lambda route: route.fulfill(body=html, content_type="text/html"))
        self.page.goto("/bench")


@pytest.fixture
def bench(page: Page, running: Running) -> Iterator[Bench]:
    yield Bench(page, running)


CONFIRM = '{% from "components/page.html" import confirm %}{{ confirm("/gone", "Өшіру керек пе?", "Өшіру") }}'


def test_confirm_asks_in_a_dialog_and_gives_the_focus_back(bench: Bench) -> None:
    bench.shows(CONFIRM)
    page = bench.page
    page.locator("summary").press("Enter")
    dialog = page.get_by_role("dialog", name="Өшіру керек пе?")
    expect(dialog).to_contain_text("Өшіру керек пе?")
    dialog.get_by_role("button", name="Бас тарту").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("summary")).to_be_focused()
    page.locator("summary").click()
    with page.expect_request("**/gone") as asked:
        dialog.get_by_role("button", name="Өшіру").click()
    assert asked.value.method == "POST"


def test_menu_closes_when_one_clicks_elsewhere(bench: Bench) -> None:
    bench.shows(
        '<details class="menu" data-module="menu"><summary>Мәзір</summary><a href="/">Бет</a></details><p>бос</p>'
    )
    bench.page.locator("summary").click()
    expect(bench.page.get_by_role("link")).to_be_visible()
    bench.page.get_by_text("бос").click()
    expect(bench.page.get_by_role("link")).to_be_hidden()


def test_focus_goes_to_the_summary_of_what_is_wrong(bench: Bench) -> None:
    bench.shows('<div tabindex="-1" data-module="focus">Қате</div>')
    expect(bench.page.get_by_text("Қате")).to_be_focused()


def test_progress_follows_the_job_and_opens_what_comes_then(bench: Bench) -> None:
    answers = iter([{"state": "running", "done": 3, "total": 10}, {"state": "done", "done": 10, "total": 10}])
    bench.page.route("**/jobs/7", lambda route: route.fulfill(json=next(answers)))
    bench.shows(
        '{% from "components/upload.html" import progress %}{{ progress("/jobs/7", "Тексерілуде", "/about") }}'
    )
    expect(bench.page.locator("progress")).to_have_attribute("value", "3")
    bench.page.wait_for_url("**/about")


UPLOAD = """{% from "components/upload.html" import upload %}
<form method="post" action="/taken" enctype="multipart/form-data" data-module="upload" data-address="/uploads">
{{ csrf_field() }}{{ upload("Файл") }}<button>Жіберу</button></form>"""


def test_upload_goes_on_after_the_line_broke_and_the_page_was_closed(bench: Bench, tmp_path: Path) -> None:
    file, page = tmp_path / "сабақ.zip", bench.page
    content = bytes(range(256)) * 1500
    file.write_bytes(content)
    broken = LineThatBreaks(after=2)
    page.route("**/uploads/*", broken)
    sends(bench, file)
    expect(page.get_by_role("status")).to_contain_text("Байланыс үзілді")
    page.close()
    bench.page = page.context.new_page()
    with bench.page.expect_request("**/taken") as asked:
        sends(bench, file)
    found = re.search(r"name=\"upload\"\s+(\S+)", asked.value.post_data or "")
    assert found
    received(bench.running.app, found[1], content)


DRAG = """{% from "lessons/_week.html" import week with context %}{{ csrf_field() }}
{{ week(board, days, words, "Апта", "/gone", "/hours") }}"""


def test_a_lesson_is_dragged_only_to_a_free_hour(bench: Bench) -> None:
    one = Entry("d.0.0", Placed("d", 0, 0), "Физика", "7 «А»", "Айгүл", "", False, "08:30", "09:15")
    board = [("08:30", "09:15", [[one], []]), ("09:20", "10:05", [[], []])]
    bench.shows(
        DRAG,
        board=board,
        days=[("Дүйсенбі", None), ("Сейсенбі", None)],
        words=str,
        lesson_labels=lesson_labels,
    )
    page = bench.page
    hours = [{"day": 1, "period": 0, "begins": "08:30", "against": ["мұғалім бос емес"]},
             {"day": 1, "period": 1, "begins": "09:20", "against": []}]  # fmt: skip
    page.route("**/hours?lesson=d.0.0", lambda route: route.fulfill(json={"hours": hours}))
    lesson, taken, free = page.locator("[data-lesson]"), page.locator("td").nth(1), page.locator("td").nth(3)
    lesson.hover()
    page.mouse.down()
    taken.hover()
    taken.hover(position={"x": 4, "y": 4})
    expect(taken).to_have_class(re.compile("week-taken"))
    expect(page.get_by_role("status")).to_have_text("мұғалім бос емес")
    expect(free).to_have_class(re.compile("week-free"))
    free.hover()
    free.hover(position={"x": 4, "y": 4})
    with page.expect_request("**/gone") as sent:
        page.mouse.up()
    assert sent.value.method == "POST" and "lesson=d.0.0&day=1&period=1" in (sent.value.post_data or "")


class LineThatBreaks:
    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, route: Route) -> None:
        self.left -= 1
        route.continue_() if self.left >= 0 else route.abort()


def sends(bench: Bench, file: Path) -> None:
    bench.shows(UPLOAD)
    bench.page.locator("input[type=file]").set_input_files(file)
    bench.page.locator("form button").click()


def received(app: Flask, key: str, content: bytes) -> None:
    with app.app_context():
        rows = db.session.query(Upload).all()
        assert [(row.id.hex, row.complete) for row in rows] == [(key.replace("-", ""), True)]
        assert path_of(rows[0].id).read_bytes() == content
