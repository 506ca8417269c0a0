"""Sample packages on the shelf, in every state a package can be in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import select

from lms.core import storage
from lms.core.db import db, edge
from lms.core.jobs.running import run_now
from lms.demo.attempts import build_attempts
from lms.demo.clients import build_clients
from lms.demo.finding import desk_of, person
from lms.places.models import Place
from lms.player.models import PackageVersion
from lms.player.queries.shelf import inspection_job
from lms.player.service import shelf, versions
from scorm.package.writer import zip_folder

# (folder, what it is about)
SAMPLES = (
    ("fractions-12", {"subject": "Математика", "grade": 5}),
    ("physics-pressure-2004", {"subject": "Физика", "grade": 7}),
)
HERE = Path(__file__).resolve().parent
# Beside the code in a checkout, inside the demo in a wheel that was built with them.
FOLDERS = (HERE.parent.parent / "content_packages", HERE / "content_packages")
METHODOLOGIST = "adisker"
SHEET = "summary.html"


def build_packages(seed: int) -> list[str]:
    """What there is to say about it."""
    folder = next((one for one in FOLDERS if one.is_dir()), None)
    if folder is None:
        return ["The sample packages are not installed; the shelf stays empty."]
    oblast, desk = _oblast(), desk_of(METHODOLOGIST)
    first = [_published(oblast, name, _zipped(folder / name), facts) for name, facts in SAMPLES]
    _second_version(first[1], (folder / SAMPLES[1][0] / SHEET).read_bytes())
    _unfinished(desk, folder)
    with edge():
        build_attempts([db.session.merge(one) for one in first], seed)
        build_clients(db.session.merge(oblast))
    return []


def _unfinished(desk: Place, folder: Path) -> None:
    """At the methodologist's own school: a draft with findings, one that was refused, one that is archived."""
    draft = _inspected(desk, "su-ainalymy", _with_faults(folder / "linear-2004"))
    with edge():
        about = {
            "title_kk": "Судың айналымы",
            "title_ru": "Круговорот воды",
            "subject": "Жаратылыстану",
            "grade": 4,
        }
        versions.describe(db.session.merge(draft).package, about)
    _inspected(desk, "sabaq-kopirme", b"PK\x05\x06" + bytes(18))
    old = _published(desk, "eski-sabaq", _zipped(folder / "minimal-12"), {"grade": 3})
    with edge():
        versions.archive(db.session.merge(old))


def _with_faults(folder: Path) -> bytes:
    """One fault that is repaired here with a click, one that only the author can mend."""
    out = BytesIO()
    with ZipFile(BytesIO(_zipped(folder))) as sound, ZipFile(out, "w") as faulty:
        for name in sound.namelist():
            text = sound.read(name)
            if name == "imsmanifest.xml":
                text = text.replace(b'default="linear-2004"', b'default="linear"')
            faulty.writestr(name, text.replace(b'<html lang="kk">', b"<html>"))
    return out.getvalue()


def _second_version(first: PackageVersion, sheet: bytes) -> None:
    """One page was mended: what had begun stays on the version it began with."""
    with edge():
        blob = storage.keep(
            BytesIO(sheet.replace(b"</main>", b'<p lang="kk">p = F / S</p></main>')), "text/html"
        )
        fresh = shelf.replace_file(db.session.merge(first), SHEET, blob, person(METHODOLOGIST).id)
        key = fresh.id
    _inspect_now(key)
    _publish(key)


def _published(place: Place, name: str, data: bytes, facts: dict[str, object]) -> PackageVersion:
    version = _inspected(place, name, data)
    with edge():
        versions.describe(db.session.merge(version).package, facts)
    return _publish(version.id)


def _publish(key: object) -> PackageVersion:
    with edge():
        version = db.session.get_one(PackageVersion, key, populate_existing=True)
        versions.publish(version, person(METHODOLOGIST).id)
    return version


def _inspected(place: Place, name: str, data: bytes) -> PackageVersion:
    with edge():
        upload = shelf.received_whole(person(METHODOLOGIST).id, f"{name}.zip", BytesIO(data), len(data))
        key = shelf.put_on_shelf(db.session.merge(place), upload, person(METHODOLOGIST).id).id
    return _inspect_now(key)


def _inspect_now(key: object) -> PackageVersion:
    job = inspection_job(db.session.get_one(PackageVersion, key))
    if job is not None:
        run_now(job.id)
    return db.session.get_one(PackageVersion, key, populate_existing=True)


def _zipped(folder: Path) -> bytes:
    out = BytesIO()
    zip_folder(folder, out)
    return out.getvalue()


def _oblast() -> Place:
    return db.session.scalars(select(Place).where(Place.level == "oblast").limit(1)).one()
