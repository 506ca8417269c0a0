"""A record from elsewhere becomes a resource here: only values we know, only files we keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lms.core import ids
from lms.core.db import db
from lms.core.jobs import enqueue
from lms.core.storage import Blob
from lms.library.file_kinds import is_taken, media_type
from lms.library.labels import KINDS, LANGUAGES, LICENCES, SUBJECTS
from lms.library.lists import file_of_cell
from lms.library.models import Resource, ResourceFile, ResourceObjective, ResourceVersion
from lms.library.service.resources import reading_key
from lms.places.models import Place

TEXTS = {"title_kk": 200, "title_ru": 200, "about_kk": 4000, "about_ru": 4000, "section": 200}
YES_OR_NO = ("offline", "accessible", "small_class", "combined_class")


def sound_facts(record: dict[str, Any]) -> dict[str, Any] | None:
    """The facts of a record in our own values; None when it is no record at all."""
    given = record.get("facts")
    if not isinstance(given, dict) or not isinstance(record.get("id"), str):
        return None
    kind, language = one_of(KINDS, given.get("kind")), one_of(LANGUAGES, given.get("language"))
    if not kind or not language:
        return None
    facts: dict[str, Any] = {name: plain(given.get(name), most) for name, most in TEXTS.items()}
    facts |= {name: given.get(name) is True for name in YES_OR_NO}
    facts |= {name: _grade(given.get(name)) for name in ("grade_from", "grade_to")}
    link = plain(given.get("link"), 1000)
    return {
        **facts, "kind": kind, "language": language, "subject": one_of(SUBJECTS, given.get("subject")),
        "licence": one_of(LICENCES, given.get("licence")) or "unknown",
        "authors": [plain(one, 120) for one in _list(given.get("authors"))[:20]],
        "link": link if link.startswith("https://") else "",
    }  # fmt: skip


def arrive(record: dict[str, Any], place: Place, owner: UUID, bundle: UUID | None, now: datetime, state: str = "school") -> Resource:  # fmt: skip
    facts = sound_facts(record)
    assert facts is not None
    resource = Resource(
        id=ids.new_id(), place_id=place.id, path=place.path, owner_id=owner, bundle_id=bundle, state=state,
        published_at=None if state == "draft" else now, origin=str(record["id"])[:200],
        origin_at=moment_of(record), maker=plain(record.get("maker"), 64), twins=_key(record.get("twins")), **facts,
    )  # fmt: skip
    resource.objectives = [ResourceObjective(code=one) for one in codes_of(record)]
    db.session.add(resource)
    db.session.flush()
    if record["files"]:
        with_files(resource, record["files"])
    return resource


def with_files(resource: Resource, files: list[dict[str, Any]], number: int = 1, by: UUID | None = None) -> ResourceVersion:  # fmt: skip
    version = ResourceVersion(
        id=ids.new_id(), resource_id=resource.id, number=number, made_by=by or resource.owner_id, reading="waiting",
    )  # fmt: skip
    for place, one in enumerate(files):
        found = file_of_cell(str(one["cell"]))
        if found is None or not is_taken(found[0]):
            continue
        blob = db.session.get_one(Blob, found[1])
        version.files.append(
            ResourceFile(
                id=ids.new_id(), number=place, name=found[0][-200:], digest=blob.digest, size=blob.size,
                media_type=media_type(found[0]), language=one_of(LANGUAGES, one.get("language")),
                role="subtitles" if one.get("role") == "subtitles" else "main",
            )
        )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    resource.current_id, resource.size = version.id, sum(one.size for one in version.files)
    enqueue("library.read", {"version": version.id.hex}, key=reading_key(version), path=resource.path)
    return version


def codes_of(record: dict[str, Any]) -> list[str]:
    """Objectives, each once."""
    return [one for one in dict.fromkeys(plain(one, 40) for one in _list(record.get("objectives"))) if one]


def moment_of(record: dict[str, Any]) -> datetime | None:
    """When its home last changed it, by its home's clock."""
    try:
        found = datetime.fromisoformat(str(record.get("changed", ""))[:40])
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def one_of(known: Mapping[str, Any], value: Any) -> str:
    """The code, when it is one of ours."""
    return value if isinstance(value, str) and value in known else ""


def plain(value: Any, most: int) -> str:
    return " ".join(value.replace("\0", "").split())[:most] if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _grade(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= 12 else None


def _key(value: Any) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
