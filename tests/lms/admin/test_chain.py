"""The chain of the audit log is checked by a job, and its verdict stands on the page."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import delete, select, update

from lms.admin import chain
from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.core.jobs import Job
from tests.cast import Browser, Cast
from tests.lms.admin.working import do_what_waits

LOG = "/admin/audit-log"


def checked(app: Flask, browser: Browser) -> str:
    """Press the button, let the worker do what it asks for, and look at the page again."""
    assert browser.post(LOG + "/check").status_code == 303
    do_what_waits(app, chain.KIND)
    return browser.get(LOG).text


def test_a_whole_chain_is_said_to_be_whole(cast: Cast) -> None:
    page = checked(cast.app, cast.signed_in("administrator"))
    assert "Тізбек бүтін" in page and "notice-success" in page


def test_a_changed_entry_is_named(cast: Cast) -> None:
    browser = cast.signed_in("administrator")
    cast.person("teacher")
    with edge():
        db.session.execute(
            update(AuditEntry).where(AuditEntry.number == 2).values(details='{"role": "pupil"}')
        )
    page = checked(cast.app, browser)
    assert "№ 2 жазба тізбекке сәйкес емес" in page


def test_an_end_that_was_cut_off_is_noticed(cast: Cast) -> None:
    browser = cast.signed_in("administrator")
    checked(cast.app, browser)
    with edge():
        last = db.session.scalars(select(AuditEntry.number).order_by(AuditEntry.number.desc())).first()
        db.session.execute(delete(AuditEntry).where(AuditEntry.number == last))
    assert audit.first_broken() is None, "in itself the shorter chain is whole"
    assert f"№ {last} жазба тізбекке сәйкес емес" in checked(cast.app, browser)


def test_while_one_check_is_on_its_way_nobody_starts_another(cast: Cast) -> None:
    browser = cast.signed_in("administrator")
    for _time in range(3):
        browser.post(LOG + "/check")
    assert len(db.session.scalars(select(Job).where(Job.kind == chain.KIND)).all()) == 1
    page = browser.get(LOG).text
    assert 'id="chain" data-module="refresh"' in page, "and the page renews itself until it is done"


def test_a_director_reads_the_log_but_starts_no_checks(cast: Cast) -> None:
    director = cast.signed_in("director")
    assert director.post(LOG + "/check").status_code == 403
    assert "/check" not in director.get(LOG).text
