"""Packages that a command puts on the shelf."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from lms.commands import package
from lms.core.db import db
from lms.demo import packages
from lms.player.models import PackageVersion
from tests.cast import Cast
from tests.lms.player.shelving import zipped


@pytest.fixture
def here(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The command works in the application of the test instead of making its own."""
    monkeypatch.setattr(package, "application", cast.app.app_context)
    return cast


def test_a_package_is_added_and_its_report_is_printed(here: Cast, tmp_path: Path) -> None:
    file = tmp_path / "sabaq.zip"
    file.write_bytes(zipped("broken/default-organization-wrong"))
    login = str(here.person("methodologist").login)
    done = CliRunner().invoke(package.command, ["add", str(file), "--by", login, "--language", "ru"])
    assert done.exit_code == 0, done.output
    assert "Указанного главного курса нет" in done.output and "ready" in done.output
    version = db.session.scalars(select(PackageVersion)).one()
    assert (version.state, version.package.place_id) == ("ready", here.republic.id)


def test_what_is_no_package_is_an_error(here: Cast, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"no")
    login = str(here.person("methodologist").login)
    done = CliRunner().invoke(package.command, ["add", str(file), "--by", login])
    assert done.exit_code == 1 and "refused" in done.output
    assert CliRunner().invoke(package.command, ["add", str(file), "--by", "nobody"]).exit_code == 1


def test_a_demo_without_samples_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packages, "FOLDERS", (tmp_path / "none",))
    assert packages.build_packages(1) == ["The sample packages are not installed; the shelf stays empty."]
