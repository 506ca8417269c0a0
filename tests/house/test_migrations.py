"""Migrations have telling names, go up and down, and match the models."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from lms.core.db import Base, db

VERSIONS = Path(__file__).parent.parent.parent / "migrations" / "versions"


def test_names_tell_what_changes() -> None:
    files = sorted(VERSIONS.glob("*.py"))
    assert files
    for file in files:
        assert re.fullmatch(r"\d{4}_[a-z0-9]+(_[a-z0-9]+)+\.py", file.name), file.name


def test_the_tables_match_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_to_nothing_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())
