"""Packages for tests, and the worker that looks at them while the test waits."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from sqlalchemy import select

from lms.core import storage
from lms.core.db import db, edge, make_engine
from lms.core.jobs import Job
from lms.core.jobs.running import run
from lms.player.media_types import media_type
from lms.player.models import Package, PackageFile, PackageVersion
from lms.player.service import shelf
from scorm.package.writer import zip_folder
from tests.cast import Cast

CONTENT = Path(__file__).parent.parent.parent.parent / "content_packages"


def with_more(files: dict[str, bytes]) -> bytes:
    """The smallest package and these files."""
    data = BytesIO(zipped("minimal-12"))
    with ZipFile(data, "a") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return data.getvalue()


@cache
def zipped(name: str) -> bytes:
    out = BytesIO()
    zip_folder(CONTENT / name, out)
    return out.getvalue()


def changed(data: bytes, path: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same package with one file edited."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == path else old.read(name))
    return out.getvalue()


def work_through(cast: Cast) -> None:
    """Every job that waits, done here."""
    aside = make_engine(cast.app.extensions["settings"], 0.2)
    for key in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
        run(key, aside)
    aside.dispose()
    db.session.expire_all()


def shelved(cast: Cast, data: bytes, name: str = "sabaq.zip", package: Package | None = None, role: str = "teacher") -> PackageVersion:  # fmt: skip
    key = sent(cast, data, name, package, role)
    work_through(cast)
    return db.session.get_one(PackageVersion, key, populate_existing=True)


def sent(cast: Cast, data: bytes, name: str = "sabaq.zip", package: Package | None = None, role: str = "teacher") -> UUID:  # fmt: skip
    person = cast.person(role)
    with edge():
        upload = shelf.received_whole(person.id, name, BytesIO(data), len(data))
        return shelf.put_on_shelf(cast.school, upload, person.id, package).id


def content_get(cast: Cast, version: PackageVersion, path: str, **more: Any) -> Any:
    client = cast.app.test_client()
    return client.get(
        f"/c/{version.capability}/{path}", base_url="http://content.localhost:8000", buffered=True, **more
    )


def laid_out(cast: Cast, files: dict[str, bytes], encoding: str = "") -> PackageVersion:
    """A version as inspection leaves it, without the inspection."""
    with edge():
        package = Package(place_id=cast.school.id, path=cast.school.path, title_kk="Бөлшектер")
        version = PackageVersion(
            package=package, number=1, state="ready", capability=secrets.token_hex(16),
            uploaded_by=cast.person("teacher").id,
        )  # fmt: skip
        db.session.add_all([package, version])
        db.session.flush()
        for path, body in files.items():
            kind = media_type(path, "" if body.isascii() else encoding)
            digest = storage.keep(BytesIO(body), kind).digest
            row = PackageFile(
                version_id=version.id, path=path, digest=digest, size=len(body), media_type=kind
            )
            db.session.add(row)
    return version
