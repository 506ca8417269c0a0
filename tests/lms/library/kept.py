"""Resources for tests: put in as a teacher would, read and indexed at once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sqlalchemy import select

from lms.core import clock, ids, storage
from lms.core.db import db, edge, make_engine
from lms.core.jobs import Job
from lms.core.jobs.running import run
from lms.library.engine import engine
from lms.library.models import (
    Carrier,
    CouncilCase,
    Harvest,
    HarvestSource,
    Resource,
    ResourceFile,
    ResourceVersion,
)
from lms.library.service import dictionaries, searches, shelves
from lms.library.service import resources as service
from lms.library.service.indexing import all_records
from lms.people.models import Person
from lms.places.models import Place
from tests.cast import Cast

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nСұйықтың қысымы тереңдікке байланысты.\n"


def kept(
    cast: Cast, title: str = "Қысым", *, state: str = "published", place: Place | None = None,
    owner: Person | None = None, files: dict[str, bytes] | None = None, **facts: Any,
) -> Resource:  # fmt: skip
    """A resource as it is after review, without the review."""
    place = place or cast.school
    owner = owner or cast.person("teacher", place)
    with edge():
        given = {"title_kk": title, "kind": "article", "language": "kk", **facts}
        arrived = [(name, storage.keep(BytesIO(body))) for name, body in (files or {}).items()]
        resource = service.add_resource(place, owner.id, given, arrived)
        resource.state = state
        resource.published_at = clock.now() if state != "draft" else None
        service.changed(resource)
    return resource


def work_through(cast: Cast) -> None:
    """Every job that waits, done here."""
    db.session.rollback()  # what the browsers have asked for since is seen
    aside = make_engine(cast.app.extensions["settings"], 0.2)
    for _ in range(3):
        for key in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
            run(key, aside)
    aside.dispose()
    db.session.expire_all()
    db.session.rollback()
    wrong = db.session.scalars(select(Job.error).where(Job.error_code != "", Job.state != "done")).all()
    assert not wrong, wrong


def indexed() -> None:
    """The index holds what the rows say, as after a night's work."""
    with edge():
        engine().rebuild(all_records())


def library(cast: Cast, school: Place) -> dict[str, Any]:
    """For URL arguments: a resource of the school with a file, and things around it."""
    teacher = cast.person("teacher", school)
    with edge():
        resource = Resource(
            id=ids.new_id(), place_id=school.id, path=school.path, owner_id=teacher.id, kind="video",
            title_kk="Қысым", title_ru="Давление", state="school", published_at=clock.now(), subject="physics",
            grade_from=7, grade_to=8,
        )  # fmt: skip
        db.session.add(resource)
        db.session.flush()
        version = ResourceVersion(resource_id=resource.id, made_by=teacher.id, reading="nothing")
        blob = storage.keep(BytesIO(VTT.encode()))
        file = ResourceFile(
            id=ids.new_id(), role="subtitles", name="qysym.kk.vtt", digest=blob.digest, size=blob.size,
            media_type="text/vtt",
        )  # fmt: skip
        version.files.append(file)
        db.session.add(version)
        db.session.flush()
        resource.current_id = version.id
    return {"resource_id": resource.id, "file_id": file.id, **_of_nobody_here(cast, school, resource)}


def _of_nobody_here(cast: Cast, school: Place, resource: Resource) -> dict[str, Any]:
    """What belongs to one person alone; its room tests it."""
    with edge():
        saved = searches.keep_search(cast.person("teacher", school).id, "қысым", "қысым", {}, [])
        case = CouncilCase(
            resource_id=resource.id,
            version_id=resource.current_id,
            stage="approved" if school.id == cast.school.id else "external",
            log=[],
        )
        db.session.add(case)
        db.session.flush()
        words = [dictionaries.Entry("қысым", other="давление")]
        made = dictionaries.load_dictionary(
            f"Терминдер {school.name_kk}", "terms", "", words, None, school.path
        )
        shelf = shelves.put_up(cast.person("teacher", school).id, school.path, "Қысым туралы")
        shelves.put_on(shelf, resource)
        carrier = Carrier(
            person_id=cast.person("teacher", school).id, place_id=school.id, title="Флешкаға", state="ready",
            report={"count": 1, "unpacked": 1000}, digest=storage.keep(BytesIO(b"PK")).digest, size=2, maker="ab" * 32,
        )  # fmt: skip
        source = HarvestSource(
            place_id=school.id, path=school.path, person_id=cast.person("teacher", school).id,
            address="https://kitap.example/oai", name="Кітапхана", since="2026-09-01T10:00:00Z",
        )  # fmt: skip
        db.session.add_all([carrier, source])
        db.session.flush()
        db.session.add(Harvest(source_id=source.id, state="done", counts={"new": 12, "left_out": 1}))
    return {
        "saved_id": saved.id, "case_id": case.id, "dictionary_id": made.id, "collection_id": shelf.id, "carrier_id": carrier.id,
        "source_id": source.id,
    }  # fmt: skip
