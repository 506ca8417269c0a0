"""Telling people: one row for each, said in their language when they read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import update

from lms.core import clock
from lms.core.db import db
from lms.library.models import LibraryNotice, Resource


def tell(
    persons: Iterable[UUID], code: str, resource: Resource, case: UUID | None = None, **facts: Any
) -> None:
    titles = {"title_kk": resource.title_kk, "title_ru": resource.title_ru}
    for person in dict.fromkeys(persons):
        db.session.add(
            LibraryNotice(
                person_id=person, code=code, resource_id=resource.id, case_id=case, facts={**titles, **facts}
            )
        )


def read_all(person: UUID) -> None:
    db.session.execute(
        update(LibraryNotice)
        .where(LibraryNotice.person_id == person, LibraryNotice.read_at.is_(None))
        .values(read_at=clock.now())
        .execution_options(synchronize_session=False)
    )
