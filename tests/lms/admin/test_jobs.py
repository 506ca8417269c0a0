"""The page of jobs: how far they are, what went wrong, and trying again."""

from __future__ import annotations

from typing import Any

from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.core.jobs.models import STATES
from tests.cast import Cast

JOBS = "/admin/jobs"


def a_job(state: str, path: str, **more: Any) -> Job:
    with edge():
        row = Job(kind="core.sweep-files", state=state, place_path=path, **more)
        db.session.add(row)
    return row


def rows(page: str) -> str:
    return page.partition("<tbody>")[2]


def test_each_state_is_said_in_words_with_figures(cast: Cast) -> None:
    asker = cast.person("director")
    a_job("running", cast.school.path, done=3, total=8, asked_by=asker.id)
    a_job("failed", cast.school.path, error_code="ValueError", error="no such file", attempts=5)
    page = rows(cast.signed_in("administrator", language="ru").get(JOBS).text)
    assert "Выполняется" in page and "3 из 8" in page and asker.full_name in page
    assert "Не выполнено" in page and "no such file" in page and "Попытка № 5" in page
    assert "Удаление ненужных файлов" in page


def test_a_page_with_unfinished_jobs_renews_itself_and_one_without_rests(cast: Cast) -> None:
    browser = cast.signed_in("administrator")
    a_job("done", cast.school.path)
    assert 'data-module="refresh"' not in browser.get(JOBS).text
    a_job("waiting", cast.school.path)
    assert 'id="jobs" data-module="refresh"' in browser.get(JOBS).text


def test_the_list_is_narrowed_by_state(cast: Cast) -> None:
    for state in STATES:
        a_job(state, cast.school.path)
    page = rows(cast.signed_in("administrator").get(JOBS + "?state=done").text)
    assert page.count("<tr>") == 1 and "Орындалды" in page


def test_jobs_of_other_places_and_other_peoples_errands_are_not_shown(cast: Cast) -> None:
    a_job("failed", cast.school_elsewhere.path, error="a name from Beineu", error_code="x")
    a_job("failed", "", asked_by=cast.person("administrator", cast.school_elsewhere).id, error_code="x")
    assert rows(cast.signed_in("administrator").get(JOBS).text) == ""
    assert rows(cast.signed_in("administrator", cast.republic).get(JOBS).text).count("<tr>") == 2


def test_the_upkeep_of_the_machine_is_shown_to_every_administrator(cast: Cast) -> None:
    a_job("done", "")
    assert rows(cast.signed_in("administrator").get(JOBS).text).count("<tr>") == 1


def test_a_failed_job_is_started_again(cast: Cast) -> None:
    row = a_job("failed", cast.school.path, error_code="ValueError", error="no such file", failures=5)
    answer = cast.signed_in("administrator").post(f"{JOBS}/{row.id}/retry")
    assert answer.status_code == 303
    db.session.expire_all()
    assert (row.state, row.failures, row.error_code) == ("waiting", 0, "")


def test_a_failed_job_elsewhere_does_not_exist(cast: Cast) -> None:
    row = a_job("failed", cast.school_elsewhere.path, error_code="ValueError")
    assert cast.signed_in("administrator").post(f"{JOBS}/{row.id}/retry").status_code == 404
    db.session.expire_all()
    assert row.state == "failed"


def test_the_page_takes_at_most_eight_statements(cast: Cast, statements: Any) -> None:
    asker = cast.person("director")
    for number in range(70):
        a_job(STATES[number % 4], cast.school.path, asked_by=asker.id)
    browser = cast.signed_in("administrator")
    with statements() as sent:
        assert browser.get(JOBS).status_code == 200
    assert len(sent) <= 8, sent
