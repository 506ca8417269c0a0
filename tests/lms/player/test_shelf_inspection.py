"""What becomes of an uploaded package."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from lms.core import storage
from lms.core.db import db, edge
from lms.core.storage import Blob
from lms.player.models import PackageFile, PackageVersion
from lms.player.service import shelf
from tests.cast import Cast
from tests.lms.player.shelving import changed, sent, shelved, work_through, zipped


def codes(version: PackageVersion) -> set[str]:
    return {one["code"] for one in version.findings}


def leftovers(cast: Cast) -> list[Path]:
    data = cast.app.extensions["settings"].data_folder
    return [one for name in ("scratch", "uploads", "incoming") for one in (data / name).glob("*")]


@pytest.fixture(autouse=True)
def _swept(cast: Cast) -> None:
    """Other tests of this process may have left files in the same folders."""
    for one in leftovers(cast):
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def test_a_good_package_is_ready_and_knows_what_it_is(cast: Cast) -> None:
    version = shelved(cast, zipped("fractions-12"))
    assert (version.state, version.number, version.edition) == ("ready", 1, "1.2")
    assert version.package.title_kk and version.package.identifier
    assert [one["title"] for one in version.contents]
    files = db.session.scalars(select(PackageFile).where(PackageFile.version_id == version.id)).all()
    with ZipFile(BytesIO(zipped("fractions-12"))) as archive:
        assert {one.path: one.size for one in files} == {
            one.filename: one.file_size for one in archive.infolist()
        }
    assert version.manifest == next(one.digest for one in files if one.path == "imsmanifest.xml")
    assert leftovers(cast) == []


@pytest.mark.parametrize("data", [b"not a zip at all", zipped("minimal-12")[:-40], b"<manifest/>"])
def test_what_is_refused_leaves_nothing_behind(data: bytes, cast: Cast) -> None:
    version = shelved(cast, data)
    assert version.state == "refused" and codes(version)
    assert version.archive is None and version.contents == []
    assert db.session.scalar(select(func.count()).select_from(PackageFile)) == 0
    assert leftovers(cast) == []


def test_the_same_files_are_kept_once(cast: Cast) -> None:
    shelved(cast, zipped("minimal-12"))
    before = db.session.scalar(select(func.count()).select_from(Blob))
    again = changed(zipped("minimal-12"), "page.html", lambda body: body + b"<!-- 2 -->")
    shelved(cast, again)
    assert db.session.scalar(select(func.count()).select_from(Blob)) == before + 2  # the page and the archive


def test_another_identifier_is_another_package(cast: Cast) -> None:
    first, second = shelved(cast, zipped("minimal-12")), shelved(cast, zipped("fractions-12"))
    assert first.package_id != second.package_id
    third = shelved(cast, zipped("fractions-12"), package=first.package)
    assert (third.package_id, third.number) == (first.package_id, 2)  # because somebody said so


def test_a_repair_is_a_version_of_its_own(cast: Cast) -> None:
    broken = shelved(cast, zipped("broken/default-organization-wrong"))
    assert broken.state == "ready" and "default-organization-wrong" in codes(broken)
    with edge():
        key = shelf.repair_version(broken, cast.person("teacher").id).id
    work_through(cast)
    mended = db.session.get_one(PackageVersion, key)
    assert (mended.state, mended.number) == ("ready", 2)
    assert [one["code"] for one in mended.repairs] == ["name-default-organization"]
    assert "default-organization-wrong" not in codes(mended)
    assert broken.archive != mended.archive


def test_one_file_is_replaced(cast: Cast) -> None:
    version = shelved(cast, zipped("minimal-12"))
    with edge():
        blob = storage.keep(BytesIO(b"<html>new</html>"))
        key = shelf.replace_file(version, "page.html", blob, cast.person("teacher").id).id
    work_through(cast)
    fresh = db.session.get_one(PackageVersion, key)
    page = db.session.get_one(PackageFile, (fresh.id, "page.html"))
    assert (fresh.state, page.digest) == ("ready", blob.digest)
    assert fresh.repairs == [{"code": "replace-file", "where": "page.html"}]


def test_a_second_run_of_the_job_changes_nothing(cast: Cast) -> None:
    version = shelved(cast, zipped("minimal-12"))
    moment, files = version.created_at, db.session.scalar(select(func.count()).select_from(PackageFile))
    work_through(cast)
    assert (version.created_at, db.session.scalar(select(func.count()).select_from(PackageFile))) == (
        moment,
        files,
    )


def test_a_package_waits_as_inspecting_until_it_was_looked_at(cast: Cast) -> None:
    version = db.session.get_one(PackageVersion, sent(cast, zipped("minimal-12")))
    assert (version.state, version.archive) == ("inspecting", None)
