"""Packages of content_packages/ on the shelf, published, without the inspection: for tests about playing."""

from __future__ import annotations

import mimetypes
from io import BytesIO
from pathlib import Path

from lms.core import ids, storage
from lms.core.db import db, edge
from lms.people.models import Person
from lms.places.models import Place
from lms.player.models import Package, PackageFile, PackageVersion

SAMPLES = Path(__file__).parent.parent / "content_packages"
COMMON = SAMPLES / "common"


def files_of(name: str) -> dict[str, bytes]:
    """What the package's archive would hold: its own files and those shared by all samples."""
    folder = SAMPLES / name
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def shelved(files: dict[str, bytes], place: Place, by: Person, title: str = "Қысым") -> PackageVersion:
    with edge():
        package = Package(place_id=place.id, path=place.path, title_kk=title, title_ru=title)
        db.session.add(package)
        db.session.flush()
        version = PackageVersion(
            package_id=package.id,
            number=1,
            state="published",
            manifest=storage.keep(BytesIO(files["imsmanifest.xml"]), "text/xml").digest,
            capability=ids.new_token(),
            uploaded_by=by.id,
        )
        db.session.add(version)
        db.session.flush()
        package.current_id = version.id
        for path, content in files.items():
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            blob = storage.keep(BytesIO(content), kind)
            db.session.add(
                PackageFile(
                    version_id=version.id, path=path, digest=blob.digest, size=blob.size, media_type=kind
                )
            )
    return version
