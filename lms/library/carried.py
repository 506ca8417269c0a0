"""Resources that come from elsewhere: in a signed file. Looked at first, undone whole.

The bytes of their files are kept before; each row names them under a seal that says it was we who did.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from lms.core import clock, ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.imports.columns import Column
from lms.core.imports.findings import Finding
from lms.core.imports.kinds import ImportKind, Judged, Reading, register
from lms.core.imports.trace import Trace
from lms.core.jobs import enqueue
from lms.core.sheets import SheetRefused
from lms.core.storage import Blob
from lms.library import renewing
from lms.library.arriving import arrive, one_of, plain, sound_facts
from lms.library.labels import KINDS, LANGUAGES
from lms.library.lists import file_cell, file_of_cell
from lms.library.models import Resource, ResourceBundle
from lms.places.models import Place

LARGEST = 64 * 1024 * 1024


def line_of(record: dict[str, Any], digests: dict[str, str]) -> dict[str, Any]:
    """A record whose files have been kept: `digests` is path → SHA-256."""
    files = [
        {"cell": file_cell(str(one["name"]), digests[one["path"]]), "role": str(one.get("role", "main")),
         "language": str(one.get("language", ""))[:2]}
        for one in record.get("files", [])
    ]  # fmt: skip
    return {**record, "files": files}


def told(notes: Iterable[Finding], lines: Iterable[dict[str, Any]]) -> bytes:
    return json.dumps({"notes": [one.kept() for one in notes], "lines": list(lines)}).encode()


class Carried(ImportKind):
    name = "carried"
    title = _l("Resources from elsewhere")
    advice = _l(
        "Signed files of other libraries. Begin in the library: “Files that were made”, “Bring from elsewhere”."
    )
    permission = "library.bring"
    columns = (
        Column("title", _l("Title"), most=420),
        Column("kind", _l("Kind")),
        Column("language", _l("Language")),
        Column("files", _l("Files")),
        Column("record", _l("Record"), most=LARGEST, secret=True),
    )
    sentences = {
        "signed_here": _l("The signature holds: this was made here."),
        "signed_known": _l("The signature holds, and something of this maker was brought in before: %(maker)s."),
        "signed_new": _l("The signature holds, but nothing of this maker was brought in before. Compare the number by telephone with whoever gave it to you: %(maker)s."),
        "no_title": _l("Give a title in at least one language."),
        "known_already": _l("This resource is in the library already."),
        "newer_version": _l("This is newer than what is here: it becomes the next version."),
        "other_maker": _l("It is here already and came under another signature, so this one does not change it."),
        "kept_for_council": _l("It is newer, but the council judges or has marked what is here, so that stays."),
        "not_understood": _l("This record cannot be understood, so it is left out."),
        "file_gone": _l("The files did not wait so long. Bring it again."),
    }  # fmt: skip
    accept = ".zip"
    most = 5000
    state = "school"  # whoever brings it leads the place and has seen whose it is

    def path_of(self, place_id: UUID) -> str:
        place = db.session.get(Place, place_id)
        if place is None:
            raise NotYours
        return place.path

    def read(self, data: bytes) -> Reading:
        try:
            given = json.loads(data)
            notes = [Finding(**one) for one in given["notes"]]
            rows = [_judged(number, one) for number, one in enumerate(given["lines"], 1)]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise SheetRefused("not_a_list") from error
        return Reading(rows, notes)

    def judge(self, place_id: UUID, rows: Sequence[Judged]) -> None:
        records = {row.number: json.loads(row.given["record"]) for row in rows}
        origins = [str(one.get("id", "")) for one in records.values()]
        known, there = known_origins(origins), renewing.brought_before(place_id, origins)
        for row in rows:
            row.verdict, row.findings = "new", []
            record = records[row.number]
            facts = sound_facts(record)
            cells = [file_of_cell(str(one["cell"])) for one in record["files"]]
            if facts is None:
                row.bad("not_understood")
            elif not (facts["title_kk"] or facts["title_ru"]):
                row.bad("no_title", "title")
            elif any(one is None or db.session.get(Blob, one[1]) is None for one in cells):
                row.bad("file_gone", "files")
            elif record["id"] in known:
                code = renewing.said_of(there.get(record["id"]), record, facts)
                row.note(code)
                row.verdict = "changed" if code == "newer_version" else "unchanged"

    def carry_out(self, place_id: UUID, rows: Sequence[Judged], trace: Trace) -> None:
        """One row of the trace stands for all of them: taking it back takes back what nobody has used."""
        place = db.session.get_one(Place, place_id)
        bundle = trace.made(ResourceBundle(id=ids.new_id()))
        db.session.flush()
        for row in rows:
            record = json.loads(row.given["record"])
            if row.verdict == "changed":
                renewing.renew(place_id, record, g.actor.person_id, bundle)
            else:
                arrive(record, place, g.actor.person_id, bundle.id, clock.now(), self.state)
        enqueue("library.index")

    def taking_back(self, made: Sequence[dict[str, Any]]) -> None:
        """What the search shows goes with the rows."""
        bundles = [UUID(one["id"]) for one in made if one["table"] == ResourceBundle.__tablename__]
        for one in db.session.scalars(select(ResourceBundle).where(ResourceBundle.id.in_(bundles))).all():
            renewing.take_back(one)
        keys = db.session.scalars(select(Resource.id).where(Resource.bundle_id.in_(bundles))).all()
        enqueue("library.unlist", {"keys": [str(one) for one in keys]})


def _judged(number: int, line: dict[str, Any]) -> Judged:
    facts = line["facts"]
    title = " / ".join(filter(None, (plain(facts.get(name), 200) for name in ("title_kk", "title_ru"))))
    given = {
        "title": title, "kind": str(KINDS.get(one_of(KINDS, facts.get("kind")), "")),
        "language": str(LANGUAGES.get(one_of(LANGUAGES, facts.get("language")), "")),
        "files": ", ".join(str(one["cell"]).partition("|")[0] for one in line["files"])[:300],
        "record": json.dumps(line),
    }  # fmt: skip
    return Judged(number, given)


def known_origins(origins: Sequence[str]) -> set[str]:
    """Those that are here already, brought before or born here."""
    keys = [key for one in origins if (key := _own_key(one))]
    found: set[str] = set()
    for start in range(0, len(origins), 500):
        part = or_(
            Resource.origin.in_(origins[start : start + 500]), Resource.id.in_(keys[start : start + 500])
        )
        rows = db.session.execute(select(Resource.origin, Resource.id).where(part))
        found |= {name for row in rows for name in (row[0], f"urn:uuid:{row[1]}") if name}
    return found


def _own_key(origin: str) -> UUID | None:
    try:
        return UUID(origin.removeprefix("urn:uuid:"))
    except ValueError:
        return None


class FromCartridge(Carried):
    """Anybody can make a cartridge, so what it holds is looked at one by one before others see it."""

    name = "cartridge"
    title = _l("Resources of a cartridge")
    advice = _l(
        "Common Cartridges of other systems. Each file, page and link becomes a draft. Begin in the library: “Bring from elsewhere”."
    )
    sentences = {
        **Carried.sentences,
        "cartridge_tests": _l("Tests that were left out: %(count)s. Bring the same file into a course to have them."),
        "cartridge_topics": _l("Discussions and tasks that were left out: %(count)s. Bring the same file into a course to have them."),
        "cartridge_tools": _l("Tools of other sites that were left out: %(count)s. They work only where they come from."),
        "cartridge_gone": _l("Things the file names but does not hold: %(count)s."),
        "cartridge_files": _l("Files of kinds that are not taken: %(count)s."),
        "cartridge_links": _l("Links that do not begin with https:// and were left out: %(count)s."),
        "cartridge_rest": _l("More than fits one import; left out: %(count)s."),
    }  # fmt: skip
    state = "draft"


register(Carried())
register(FromCartridge())
