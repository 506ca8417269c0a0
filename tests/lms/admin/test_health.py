"""The state of the system, measured while the page is made."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from lms.admin import examination, health
from lms.core import audit, clock, doctor
from lms.core.db import db, edge
from lms.core.jobs import Job
from tests.cast import Cast
from tests.lms.admin.working import do_what_waits

PAGE = "/admin/health"


def states(cast: Cast) -> dict[str, str]:
    with cast.app.test_request_context():
        return {one.name: one.state for one in health.signs()}


def test_a_new_system_is_well_but_for_its_backup(cast: Cast) -> None:
    found = states(cast)
    assert found.pop("Соңғы сақтық көшірме") == "warning"
    assert len(found) == 6 and set(found.values()) == {"good"}


def test_a_backup_on_record_is_named_until_it_is_old(cast: Cast) -> None:
    with edge():
        audit.record("backup.made")
    assert states(cast)["Соңғы сақтық көшірме"] == "good"
    page = cast.signed_in("administrator").get(PAGE).text
    assert f"{clock.now().astimezone(clock.KAZAKHSTAN):%d.%m.%Y}" in page


def test_a_worker_that_does_not_work_is_noticed(cast: Cast) -> None:
    with edge():
        db.session.add(Job(kind="core.sweep-files", due_at=clock.now() - timedelta(hours=1)))
    assert states(cast)["Фондық тапсырмалар"] == "bad"
    assert "lms jobs work" in cast.signed_in("administrator").get(PAGE).text


def test_failed_jobs_are_worth_a_look(cast: Cast) -> None:
    with edge():
        db.session.add(Job(kind="core.sweep-files", state="failed"))
    assert states(cast)["Фондық тапсырмалар"] == "warning"


@pytest.mark.parametrize("free, state", [(0.2, "bad"), (1, "warning"), (900, "good")])
def test_a_disk_that_fills_up_is_noticed(
    free: float, state: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(total=1000 * health.GIGABYTE, used=0, free=free * health.GIGABYTE)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _folder: (usage.total, usage.used, usage.free))
    assert states(cast)["Диск"] == state


def test_a_check_that_breaks_does_not_break_the_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise OSError("no such folder")

    monkeypatch.setattr(health, "CHECKS", (broken, *health.CHECKS))
    page = cast.signed_in("administrator").get(PAGE).text
    assert "no such folder" in page and "Дерекқор" in page


def test_the_page_takes_at_most_eight_statements(cast: Cast, statements: Any) -> None:
    browser = cast.signed_in("administrator")
    with statements() as sent:
        assert browser.get(PAGE).status_code == 200
    assert len(sent) <= 8, sent


def test_the_home_page_of_an_administrator_says_what_stands_still(cast: Cast, statements: Any) -> None:
    with edge():
        db.session.add(Job(kind="core.sweep-files", state="failed"))
        db.session.add(Job(kind="core.sweep-files", due_at=clock.now() - timedelta(hours=1)))
    browser = cast.signed_in("administrator")
    with statements() as sent:
        page = browser.get("/").text
    assert "1 тапсырма орындалмады" in page and "Фондық тапсырмалар орындалмай тұр" in page
    assert len(sent) <= 8, sent
    assert "тапсырма орындалмады" not in cast.signed_in("director").get("/").text


def test_the_examination_of_lms_doctor_is_asked_for_from_the_page(cast: Cast, statements: Any) -> None:
    browser = cast.signed_in("administrator")
    assert browser.post(PAGE + "/examine").status_code == 303
    assert 'id="examination" data-module="refresh"' in browser.get(PAGE).text
    do_what_waits(cast.app, examination.KIND)
    with statements() as sent:
        page = browser.get(PAGE).text
    assert len(sent) <= 8, sent
    assert page.count("<table") == 2 and 'data-module="refresh"' not in page
    found = page.partition('id="examination"')[2]
    for words in ("Аудит журналы", "Деректер қалтасы", "Құпия кілт"):
        assert words in found


def test_what_is_wrong_stands_first(cast: Cast) -> None:
    findings = [
        {"check": "disk", "level": doctor.OK, "text": "", "advice": ""},
        {"check": "queue", "level": doctor.ERROR, "text": "gone", "advice": "look"},
    ]
    with cast.app.test_request_context():
        found = examination.shown(Job(result={"findings": findings}))
    assert [one.state for one in found] == ["bad", "good"]


def test_every_check_of_the_doctor_has_words() -> None:
    assert set(examination.CHECKS) == set(doctor.CHECKS)


def test_directors_do_not_examine_the_machine(cast: Cast) -> None:
    director = cast.signed_in("director")
    assert director.get(PAGE).status_code == 403
    assert director.post(PAGE + "/examine").status_code == 403
