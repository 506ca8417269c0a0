"""Putting resources in, describing them, showing them to a school, taking them down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import enqueue
from lms.core.storage import Blob
from lms.library.file_kinds import is_taken, media_type, role_of
from lms.library.models import (
    CartItem,
    CollectionItem,
    CouncilCase,
    LibraryNotice,
    Resource,
    ResourceBand,
    ResourceEvent,
    ResourceFile,
    ResourceObjective,
    ResourceText,
    ResourceUse,
    ResourceVersion,
)
from lms.library.service.notices import tell
from lms.places.models import Place

Arrived = tuple[str, Blob]  # the name of a file and its bytes


def add_resource(place: Place, by: UUID, facts: dict[str, Any], files: Iterable[Arrived] = ()) -> Resource:
    resource = Resource(id=ids.new_id(), place_id=place.id, path=place.path, owner_id=by)
    _set(resource, facts)
    db.session.add(resource)
    db.session.flush()
    note_event(resource, by, "added")
    audit.record("resource.added", resource, path=resource.path, name=title_of(resource))
    if files:
        new_version(resource, by, files)
    return resource


def describe(resource: Resource, by: UUID, facts: dict[str, Any]) -> None:
    _not_before_the_council(resource)
    _set(resource, facts)
    note_event(resource, by, "described")
    audit.record("resource.described", resource, path=resource.path, name=title_of(resource))
    changed(resource)


def new_version(resource: Resource, by: UUID, files: Iterable[Arrived], keep: bool = False, note: str = "") -> ResourceVersion:  # fmt: skip
    """The files that are shown from now on; with `keep` those of the version before stay beside them."""
    _may_change_files(resource)
    before = current_version(resource)
    rows = _file_rows(files)
    if not rows:
        raise Refused(_("Choose a file."))
    kept = [_copied(one) for one in before.files if one.role != "preview"] if keep and before else []
    number = before.number + 1 if before else 1
    version = ResourceVersion(id=ids.new_id(), resource_id=resource.id, number=number, made_by=by, note=note)
    version.reading = "waiting"
    for place, row in enumerate(kept + rows):
        row.number = place
        version.files.append(row)
    db.session.add(version)
    db.session.flush()
    resource.current_id, resource.size = version.id, sum(one.size for one in kept + rows)
    if number > 1:
        note_event(resource, by, "new_version")
    audit.record("resource.new_version", resource, path=resource.path, number=number)
    enqueue("library.read", {"version": version.id.hex}, key=reading_key(version), path=resource.path)
    changed(resource)
    return version


def reading_key(version: ResourceVersion) -> str:
    return f"library read {version.id.hex}"


def _not_before_the_council(resource: Resource) -> None:
    """Except while the council waits for its author to mend it."""
    stages = select(CouncilCase.stage).where(CouncilCase.resource_id == resource.id)
    if resource.state == "review" and not {"rework", "mending"}.intersection(db.session.scalars(stages)):
        raise Refused(
            _("The expert council is looking at this resource, so it stays as it is until they are done.")
        )


def _may_change_files(resource: Resource) -> None:
    _not_before_the_council(resource)
    if resource.marked:
        raise Refused(
            _("The council's mark is for the files as they are. Add the changed ones as a new resource.")
        )


def _file_rows(files: Iterable[Arrived]) -> list[ResourceFile]:
    rows = []
    for name, blob in files:
        if not is_taken(name):
            raise Refused(_("Files of this kind are not taken: %(name)s", name=name[-80:]))
        rows.append(
            ResourceFile(
                id=ids.new_id(), name=name[-200:], digest=blob.digest, size=blob.size,
                media_type=media_type(name), role=role_of(name), language=_said_language(name),
            )
        )  # fmt: skip
    return rows


def _copied(one: ResourceFile) -> ResourceFile:
    names = ("name", "digest", "size", "media_type", "role", "language")
    return ResourceFile(id=ids.new_id(), **{name: getattr(one, name) for name in names})


def _said_language(name: str) -> str:
    """lesson.kk.vtt → kk."""
    parts = name.lower().split(".")
    return parts[-2] if len(parts) > 2 and parts[-2] in ("kk", "ru", "en") else ""


def current_version(resource: Resource) -> ResourceVersion | None:
    return db.session.get(ResourceVersion, resource.current_id) if resource.current_id else None


def approve_for_school(resource: Resource, by: UUID) -> None:
    """The short way: somebody of the school's own leaders has looked at it."""
    if resource.state != "draft":
        raise Refused(_("Only a draft can be approved for the school."))
    resource.state, resource.published_at = "school", clock.now()
    note_event(resource, by, "approved")
    audit.record("resource.approved", resource, path=resource.path, name=title_of(resource))
    tell([resource.owner_id], "in_school", resource)
    changed(resource)


def take_down(resource: Resource, by: UUID, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why it is taken down."))
    if resource.state not in ("school", "published"):
        raise Refused(_("Only what is shown can be taken down."))
    resource.state, resource.withdrawn_for = "withdrawn", reason.strip()[:1000]
    note_event(resource, by, "taken_down", resource.withdrawn_for)
    audit.record(
        "resource.taken_down", resource, path=resource.path, name=title_of(resource), why=reason[:300]
    )
    tell([resource.owner_id], "taken_down", resource)
    changed(resource)


def put_back(resource: Resource, by: UUID) -> None:
    if resource.state != "withdrawn":
        raise Refused(_("Only what was taken down can be put back."))
    resource.state, resource.withdrawn_for = ("published" if resource.mark else "school"), ""
    note_event(resource, by, "put_back")
    audit.record("resource.put_back", resource, path=resource.path, name=title_of(resource))
    changed(resource)


def remove(resource: Resource) -> None:
    """A draft nobody has seen. What was shown once is taken down instead, so that its history stays."""
    known = exists().where(CouncilCase.resource_id == resource.id)
    if resource.state != "draft" or resource.published_at or db.session.scalar(select(known)):
        raise Refused(_("This was shown to others already. Take it down instead."))
    audit.record("resource.removed", resource, path=resource.path, name=title_of(resource))
    versions = select(ResourceVersion.id).where(ResourceVersion.resource_id == resource.id)
    for model, condition in (
        (ResourceBand, ResourceBand.version_id.in_(versions)), (ResourceText, ResourceText.version_id.in_(versions)),
        (ResourceFile, ResourceFile.version_id.in_(versions)),
        (ResourceVersion, ResourceVersion.resource_id == resource.id),
        *((one, one.resource_id == resource.id) for one in
          (ResourceEvent, ResourceUse, ResourceObjective, CartItem, CollectionItem, LibraryNotice)),
        (Resource, Resource.id == resource.id),
    ):  # fmt: skip
        db.session.execute(delete(model).where(condition).execution_options(synchronize_session=False))
    db.session.expunge(resource)


def join_twins(resource: Resource, other: Resource | None) -> None:
    """The same in another language; None parts them."""
    if other is None:
        resource.twins = None
    elif other.language == resource.language:
        raise Refused(_("Both are in the same language. A twin is the same resource in another one."))
    else:
        other.twins = resource.twins = other.twins or resource.twins or ids.new_id()
        changed(other)
    changed(resource)


def changed(resource: Resource, quietly: bool = False) -> None:
    """The search index has to hear of it; whoever changes many says so once at the end."""
    resource.changed_at, resource.stale = clock.now(), True
    db.session.flush()
    if not quietly:
        enqueue("library.index")


def note_event(resource: Resource, by: UUID | None, what: str, note: str = "") -> None:
    db.session.add(ResourceEvent(resource_id=resource.id, person_id=by, what=what, note=note))


def title_of(resource: Resource) -> str:
    """In its own language, for records that have no reader yet."""
    own = resource.title_ru if resource.language == "ru" else resource.title_kk
    return own or resource.title_kk or resource.title_ru


def _set(resource: Resource, facts: dict[str, Any]) -> None:
    facts = dict(facts)
    objectives = facts.pop("objectives", None)
    for name, value in facts.items():
        setattr(resource, name, value)
    if objectives is not None:
        known = {one.code: one for one in resource.objectives}
        wanted = sorted({one.strip()[:40] for one in objectives if one.strip()})
        resource.objectives = [known.get(code) or ResourceObjective(code=code) for code in wanted]
