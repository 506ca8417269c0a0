"""A part of a page renews itself while something is on its way, and rests when it has ended."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.core.jobs.models import DONE, RUNNING
from tests.journeys.conftest import Running, sign_in


def test_the_list_of_jobs_follows_what_happens(running: Running, page: Page) -> None:
    with running.app.app_context(), edge():
        row = Job(kind="core.sweep-files", state=RUNNING, done=3, total=8, heartbeat_at=clock.now())
        db.session.add(row)
    sign_in(page, running.login("administrator"))
    page.goto("/admin/jobs")
    jobs = page.locator("#jobs")
    expect(jobs).to_contain_text("8 ішінен 3")
    page.evaluate("window.still = true")
    with running.app.app_context(), edge():
        kept = db.session.get_one(Job, row.id)
        kept.state, kept.done = DONE, 8
    expect(jobs).to_contain_text("8 ішінен 8", timeout=20_000)
    assert page.evaluate("window.still"), "the page itself was not loaded again"
    assert jobs.get_attribute("data-module") is None, "nothing is on its way, so it rests"
