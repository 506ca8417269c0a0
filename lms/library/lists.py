"""Many resources from one list: a row each, with a file of the same zip or with a link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from lms.core import ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.imports.columns import Column, codes_of, title_key
from lms.core.imports.kinds import ImportKind, Judged, register
from lms.core.imports.trace import Trace
from lms.core.jobs import enqueue
from lms.core.sealing import keyed_digest
from lms.core.storage import Blob
from lms.core.text import search_key
from lms.library.file_kinds import is_taken, media_type, role_of
from lms.library.labels import KINDS, LANGUAGES, LICENCES, SUBJECTS
from lms.library.models import Resource, ResourceBundle, ResourceFile, ResourceObjective, ResourceVersion
from lms.library.service.resources import reading_key
from lms.places.models import Place

_GRADES = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?")
_BETWEEN = re.compile(r"\s*[,;]\s*")
PURPOSE = "file of a list"


def file_cell(name: str, digest: str) -> str:
    """A file of the zip that came with the list; the seal says that it was we who put it there."""
    return f"{name}|{digest}|{keyed_digest(digest, PURPOSE)[:20]}"


def file_of_cell(cell: str) -> tuple[str, str] | None:
    name, _, rest = cell.partition("|")
    digest, _, seal = rest.partition("|")
    return (name, digest) if seal and seal == keyed_digest(digest, PURPOSE)[:20] else None


class ResourceList(ImportKind):
    name = "resources"
    title = _l("Resources of the library")
    advice = _l("Each row becomes a draft. Give a title in at least one language, and a link or a file.")
    permission = "library.bring"
    columns = (
        Column("title_kk", _l("Title in Kazakh")),
        Column("title_ru", _l("Title in Russian"), ("title",)),
        Column("language", _l("Language"), needed=True, example="kk"),
        Column("kind", _l("Kind"), needed=True, example="video"),
        Column("subject", _l("Subject"), example="physics"),
        Column("grades", _l("Grades"), ("grade",), example="7-8"),
        Column("section", _l("Section or topic")),
        Column("objectives", _l("Learning objectives"), most=400, example="7.2.1.3"),
        Column("authors", _l("Authors"), most=1000),
        Column("licence", _l("Licence"), example="cc-by"),
        Column("link", _l("Address"), ("link",), most=1000, example="https://"),
        Column("about_kk", _l("What it is about, in Kazakh"), most=4000),
        Column("about_ru", _l("What it is about, in Russian"), most=4000),
        Column("file", _l("File"), most=400, secret=True),  # a key to the bytes
    )
    sentences = {
        "no_title": _l("Give a title in at least one language."),
        "not_a_link": _l("Write a whole address that begins with https://"),
        "not_a_grade": _l("Write a grade or a range like 5-7."),
        "file_gone": _l("This file did not come with the list. Bring both in one zip."),
        "file_kind": _l("Files of this kind are not taken."),
        "nothing_there": _l("There is neither a file nor a link."),
        "known_already": _l("A resource with this title is in the library already."),
    }
    most = 5000

    def path_of(self, place_id: UUID) -> str:
        place = db.session.get(Place, place_id)
        if place is None:
            raise NotYours
        return place.path

    def judge(self, place_id: UUID, rows: Sequence[Judged]) -> None:
        rows_there = db.session.execute(
            select(Resource.search, Resource.language, Resource.kind).where(Resource.place_id == place_id)
        )
        known = {(one.search, one.language, one.kind) for one in rows_there}
        codes = {name: codes_of(labels) for name, labels in _CODED.items()}
        for row in rows:
            row.verdict = "new"
            self._look_at(row, codes)
            if row.verdict == "new" and self._identity(row, codes) in known:
                row.note("known_already")
                row.verdict = "unchanged"

    def _look_at(self, row: Judged, codes: Mapping[str, Mapping[str, str]]) -> None:
        given = row.given
        if not given.get("title_kk") and not given.get("title_ru"):
            row.bad("no_title", "title_kk")
        for name, known in codes.items():
            if given.get(name) and title_key(given[name]) not in known:
                row.bad("not_a_choice", name, known=", ".join(str(text) for text in _CODED[name].values()))
        if given.get("link") and not given["link"].startswith("https://"):
            row.bad("not_a_link", "link")
        if given.get("grades") and not _GRADES.fullmatch(given["grades"]):
            row.bad("not_a_grade", "grades")
        file = file_of_cell(given.get("file", ""))
        if given.get("file") and (file is None or db.session.get(Blob, file[1]) is None):
            row.bad("file_gone", "file")
        elif file and not is_taken(file[0]):
            row.bad("file_kind", "file")
        elif not file and not given.get("link"):
            row.bad("nothing_there", "file")

    def _identity(self, row: Judged, codes: Mapping[str, Mapping[str, str]]) -> tuple[str, str, str]:
        titles = " ".join(filter(None, (row.given.get("title_kk"), row.given.get("title_ru"))))
        return (
            search_key(titles)[:500],
            codes["language"].get(title_key(row.given["language"]), ""),
            codes["kind"].get(title_key(row.given["kind"]), ""),
        )

    def carry_out(self, place_id: UUID, rows: Sequence[Judged], trace: Trace) -> None:
        """One row of the trace stands for all of them: taking it back takes back what nobody has used."""
        place = db.session.get_one(Place, place_id)
        bundle = trace.made(ResourceBundle(id=ids.new_id()))
        db.session.flush()
        codes = {name: codes_of(labels) for name, labels in _CODED.items()}
        for row in rows:
            self._add(row, place, bundle.id, codes)
        db.session.flush()

    def _add(self, row: Judged, place: Place, bundle: UUID, codes: Mapping[str, Mapping[str, str]]) -> None:
        given = {name: row.given.get(name, "") for name in (one.name for one in self.columns)}
        coded = {name: known.get(title_key(given[name]), "") for name, known in codes.items() if given[name]}
        grades = _GRADES.fullmatch(given["grades"])
        resource = Resource(
            id=ids.new_id(), place_id=place.id, path=place.path, owner_id=g.actor.person_id, bundle_id=bundle,
            grade_from=int(grades[1]) if grades else None,
            grade_to=int(grades[2] or grades[1]) if grades else None,
            authors=[one for one in _BETWEEN.split(given["authors"]) if one], offline=bool(given["file"]), **coded,
            **{name: given[name] for name in ("title_kk", "title_ru", "section", "link", "about_kk", "about_ru")},
        )  # fmt: skip
        resource.objectives = [
            ResourceObjective(code=one[:40])
            for one in dict.fromkeys(_BETWEEN.split(given["objectives"]))
            if one
        ]
        db.session.add(resource)
        db.session.flush()
        file = file_of_cell(given["file"])
        if file:
            _with_file(resource, *file)


def _with_file(resource: Resource, name: str, digest: str) -> None:
    blob = db.session.get_one(Blob, digest)
    version = ResourceVersion(
        id=ids.new_id(), resource_id=resource.id, made_by=resource.owner_id, reading="waiting"
    )
    version.files.append(
        ResourceFile(
            id=ids.new_id(), name=name[-200:], digest=digest, size=blob.size, media_type=media_type(name),
            role=role_of(name),
        )
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    resource.current_id, resource.size = version.id, blob.size
    enqueue("library.read", {"version": version.id.hex}, key=reading_key(version), path=resource.path)


_CODED: dict[str, Mapping[str, Any]] = {
    "language": LANGUAGES, "kind": KINDS, "subject": SUBJECTS, "licence": LICENCES,
}  # fmt: skip
register(ResourceList())
