"""`lms user` and `lms import`, for whoever runs the server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from lms.commands import main
from lms.core.db import db, edge
from lms.core.settings import Settings
from lms.core.sheets import csv_bytes
from lms.people.models import Person, RoleHolding
from lms.places.models import Place
from tests.cast import Cast, read_afresh

NEW = "өзен жағасында қайың"


@pytest.fixture(autouse=True)
def _same_database(test_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("DATA", test_settings.data),
        ("DATABASE_URL", test_settings.database_url),
        ("SECRET_KEY", test_settings.secret_key),
    ):
        monkeypatch.setenv(f"LMS_{name}", value)


def run(cast: Cast, *words: str) -> Result:
    """Outside the test's own context, as a command is."""
    read_afresh()
    result = CliRunner().invoke(main, words)
    read_afresh()
    return result


def test_a_person_is_added_with_a_code_that_works(cast: Cast) -> None:
    assert cast.republic
    result = run(cast, "user", "add", "boss", "Болат", "Басшы", "--role", "republic_officer")
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", result.output)
    assert code, result.output
    answer = cast.visitor().post("/sign-in/code", {"code": code[0], "password": NEW, "again": NEW})
    assert answer.status_code == 303
    assert "already taken" in run(cast, "user", "add", "BOSS", "x", "--role", "student").output


def test_roles_are_given_taken_and_listed(cast: Cast) -> None:
    cast.person("teacher", login="ustaz")
    assert run(cast, "user", "role", "ustaz", "republic_officer").exit_code == 0
    assert "republic_officer,teacher" in run(cast, "user", "list", "айгул").output
    assert run(cast, "user", "role", "ustaz", "republic_officer", "--take").exit_code == 0
    assert set(db.session.scalars(select(RoleHolding.role))) == {"teacher"}
    assert run(cast, "user", "role", "nobody", "teacher").exit_code == 1
    assert "ustaz" not in run(cast, "user", "list", "--role", "director").output


def test_a_new_code_is_printed_for_a_forgotten_password(cast: Cast) -> None:
    cast.person("teacher", login="ustaz")
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", run(cast, "user", "password", "ustaz").output)
    assert code
    assert (
        cast.visitor().post("/sign-in/code", {"code": code[0], "password": NEW, "again": NEW}).status_code
        == 303
    )


def test_a_roster_is_tried_and_then_brought_in(cast: Cast, tmp_path: Path) -> None:
    assert cast.year
    with edge():
        db.session.get_one(Place, cast.school.id).code = "KZ-1"
    file = tmp_path / "list.csv"
    file.write_bytes(csv_bytes(["Класс", "Имя"], [["5 А", "Дана"], ["жоқ", "Ғани"]]))
    dry = run(cast, "import", "roster", str(file), "--school", "KZ-1", "--dry-run")
    assert "new: 1" in dry.output and "bad: 1" in dry.output and "nothing was changed" in dry.output
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    assert "done" in run(cast, "import", "roster", str(file), "--school", "KZ-1").output
    assert db.session.scalars(select(Person.first_name)).all() == ["Дана"]
    file.write_bytes(b'a;b\n"x;y\n')
    assert run(cast, "import", "roster", str(file), "--school", "KZ-1").exit_code == 1
    assert run(cast, "import", "roster", str(file), "--school", "none").exit_code == 1
