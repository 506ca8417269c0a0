"""Everything into one file or folder, and back onto an empty machine: any database, any store."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import Context
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, select, text

from lms import create_app
from lms.commands import main
from lms.core import audit, storage
from lms.core.audit import AuditEntry
from lms.core.backup import Damaged, NotEmpty, back_up, restore, saving
from lms.core.backup.tables import kept_tables
from lms.core.db import db, edge
from lms.core.doctor import ERROR, examine
from lms.core.installation import Installation, installation
from lms.core.settings import load_settings
from lms.people import service as people
from lms.people.models import Person
from lms.places import service as places
from lms.places.models import Place
from tests.conftest import POSTGRES

Machine = Callable[..., Flask]
KINDS = ["sqlite"] + (["postgres"] if POSTGRES else [])
CROSSINGS = [(a, b) for a in KINDS for b in KINDS]


@contextmanager
def new_database() -> Iterator[str]:
    name = f"lms_backup_{uuid4().hex[:12]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


@pytest.fixture
def machine(tmp_path: Path, request: Any) -> Iterator[Machine]:
    """Empty machines, each with a database and a store of the kind asked for."""
    made: list[Flask] = []
    with ExitStack() as stack:

        def make(database: str = "sqlite", store: str = "folder") -> Flask:
            folder = tmp_path / f"machine-{len(made)}"
            more: dict[str, Any] = {"data": str(folder), "sqlite_synchronous": "OFF", "log_level": "ERROR"}
            more |= {"secret_key": "the secret of all machines of this test"}
            if database == "postgres":
                more["database_url"] = stack.enter_context(new_database())
            if store == "s3":
                more |= {
                    "storage_url": f"s3://files/{uuid4().hex}",
                    "s3_endpoint": request.getfixturevalue("s3"),
                }
            made.append(create_app(load_settings({}, **more)))
            return made[-1]

        yield make
        for app in made:
            with app.app_context():
                db.engine.dispose()


@contextmanager
def at(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.remove()


def fill(app: Flask) -> None:
    with at(app):
        upgrade()
        with edge():
            republic = places.found_place("republic", "Қазақстан", "Казахстан")
            oblast = places.found_place("oblast", "Абай облысы", "область Абай", republic)
            places.found_school(
                oblast, "№ 1 мектеп", "Школа № 1", bells=[[["08:30", "09:15"]]], latitude=47.96
            )
            # A parent that is younger than its child: rows cannot all be put back in the order of keys.
            younger = places.found_place("republic", "Жаңа ел", "Новая страна")
            oblast.parent_id = younger.id
            person = people.enrol_person("Әлия", "Ұлы Дала", login="aliya")
            person.totp_sealed = os.urandom(40)
            person.special_needs = ["large text"]
            storage.keep(io.BytesIO(b"lesson" * 50_000), "video/mp4")
            storage.keep(io.BytesIO(b""), "text/plain")


def check_what_came_back(app: Flask, oldest: Any) -> None:
    with at(app):
        person = db.session.scalars(select(Person)).one()
        assert (person.full_name, person.special_needs, person.pictures) == (
            "Ұлы Дала Әлия",
            ["large text"],
            None,
        )
        oblast = db.session.scalars(select(Place).where(Place.level == "oblast")).one()
        assert oblast.parent is not None and oblast.parent.name_kk == "Жаңа ел"
        assert audit.first_broken() is None
        now = installation()
        assert now.id != oldest and now.restored_from == oldest
        for blob in db.session.scalars(select(storage.Blob)):
            assert storage.store().size(blob.digest) == blob.size
        with edge():
            audit.record("life goes on")
        assert [one for one in examine(full=True) if one[1].level == ERROR and one[0] != "settings"] == []


@pytest.mark.parametrize("databases", CROSSINGS)
@pytest.mark.parametrize(
    ("stores", "name"),
    [(("folder", "folder"), "school.zip"), (("folder", "s3"), "folder"), (("s3", "folder"), "school.zip")],
)
def test_what_was_saved_comes_back_with_equal_digests(
    machine: Machine, tmp_path: Path, databases: tuple[str, str], stores: tuple[str, str], name: str
) -> None:
    before, after = machine(databases[0], stores[0]), machine(databases[1], stores[1])
    fill(before)
    with at(before):
        saved = back_up(tmp_path / name)
        oldest = installation().id
    with at(after):
        restored = restore(tmp_path / name)
    assert restored.saved_digest == restored.restored_digest == saved.digest
    assert (restored.files, restored.same_secret) == (2, True)
    check_what_came_back(after, oldest)


@pytest.fixture
def saved(machine: Machine, tmp_path: Path) -> Path:
    app = machine()
    fill(app)
    with at(app):
        back_up(tmp_path / "school.zip")
    return tmp_path / "school.zip"


def test_a_backup_is_readable_by_its_owner_alone_and_leaves_no_half_file(saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0
    assert [path.name for path in saved.parent.glob("*school*")] == ["school.zip"]


def test_the_secret_key_is_not_in_it(saved: Path) -> None:
    with zipfile.ZipFile(saved) as parts:
        assert all(b"the secret of all machines" not in parts.read(name) for name in parts.namelist())


def test_nothing_is_restored_onto_rows(machine: Machine, saved: Path) -> None:
    app = machine()
    fill(app)
    with at(app), pytest.raises(NotEmpty, match="is not empty"):
        restore(saved)


def test_a_restore_onto_empty_tables_is_welcome(machine: Machine, saved: Path) -> None:
    app = machine()
    with at(app):
        upgrade()
        assert restore(saved).rows > 5


def changed(saved: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    other = saved.with_name("changed.zip")
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            kept = change(data) if part.startswith(name) else data
            if kept is not None:
                new.writestr(part, kept)
    return other


def with_other_words(data: bytes) -> bytes:
    found = json.loads(data)
    next(one for one in found["tables"] if one["name"] == "person")["rows"] += 1
    return json.dumps(found).encode()


def of_a_later_version(data: bytes) -> bytes:
    return json.dumps({**json.loads(data), "revision": "9999"}).encode()


@pytest.mark.parametrize(
    ("name", "change"),
    [("files/", lambda data: data + b"!"), ("files/", lambda data: None), ("manifest.json", lambda data: None),
     ("tables/person", lambda data: None), ("tables/person", lambda data: data[:-9]),
     ("manifest.json", with_other_words), ("manifest.json", of_a_later_version),
     ("manifest.json", lambda data: b"{")],
)  # fmt: skip
def test_a_changed_backup_is_refused_and_leaves_no_row(
    machine: Machine, saved: Path, name: str, change: Callable[[bytes], bytes | None]
) -> None:
    app = machine()
    with at(app):
        with pytest.raises(Damaged):
            restore(changed(saved, name, change))
        db.session.remove()
        upgrade()
        assert db.session.scalars(select(AuditEntry)).all() == []
        assert db.session.scalars(select(Installation)).all() == []


def test_a_file_cut_off_is_refused(machine: Machine, saved: Path) -> None:
    cut = saved.with_name("cut.zip")
    cut.write_bytes(saved.read_bytes()[:-100])
    with at(machine()), pytest.raises(Damaged, match="not a whole backup"):
        restore(cut)


def test_a_folder_is_topped_up_with_what_is_new(machine: Machine, tmp_path: Path) -> None:
    app = machine()
    fill(app)
    with at(app):
        assert back_up(tmp_path / "folder").new_files == 2
        with edge():
            storage.keep(io.BytesIO(b"another"))
        again = back_up(tmp_path / "folder")
        assert (again.files, again.new_files) == (3, 1)


def test_a_backup_while_people_work_is_of_one_moment(machine: Machine, tmp_path: Path) -> None:
    app = machine()
    fill(app)

    def elsewhere() -> None:
        with at(app), edge():
            audit.record("meanwhile")

    with at(app):
        notes = [note.name for note in kept_tables()]
        before = len(db.session.scalars(select(AuditEntry)).all())
        db.session.remove()
        with pytest.MonkeyPatch.context() as patch:
            real = saving._save_table

            def slowly(rows: Any, note: Any, to: Any) -> Any:
                Context().run(elsewhere)
                return real(rows, note, to)

            patch.setattr(saving, "_save_table", slowly)
            back_up(tmp_path / "busy.zip")
    with zipfile.ZipFile(tmp_path / "busy.zip") as parts:
        counts = {one["name"]: one["rows"] for one in json.loads(parts.read("manifest.json"))["tables"]}
    assert counts["audit_entry"] == before
    assert len(notes) > 5


def test_the_commands_save_restore_and_examine(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(machine())
    monkeypatch.setenv("LMS_SECRET_KEY", "the secret of all machines of this test")
    monkeypatch.setenv("LMS_DATA", str(tmp_path / "machine-0"))
    file = str(tmp_path / "by-hand.zip")
    made = CliRunner().invoke(main, ["backup", file])
    assert made.exit_code == 0 and "2 files" in made.output, made.output
    assert "is not empty" in CliRunner().invoke(main, ["restore", file]).output
    monkeypatch.setenv("LMS_DATA", str(tmp_path / "empty"))
    monkeypatch.setenv("LMS_SECRET_KEY", "another secret, and a long one at that")
    back = CliRunner().invoke(main, ["restore", file])
    assert back.exit_code == 0 and "The secret key differs" in back.output, back.output
    (tmp_path / "empty").chmod(0o700)
    well = CliRunner().invoke(main, ["doctor", "--full"])
    assert well.exit_code == 0, well.output
    assert "error" not in well.output
