"""Questions about what readers keep and are told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor
from lms.library.models import LibraryNotice, SavedSearch


def kept_searches() -> Sequence[SavedSearch]:
    return db.session.scalars(
        select(SavedSearch).where(SavedSearch.person_id == actor().person_id).order_by(SavedSearch.id.desc())
    ).all()


def search_or_404(saved_id: UUID) -> SavedSearch:
    found = db.session.get(SavedSearch, saved_id)
    if found is None or found.person_id != actor().person_id:
        raise NotYours
    return found


def notices() -> Listing:
    return listing(
        select(LibraryNotice).where(LibraryNotice.person_id == actor().person_id),
        sorts={"when": LibraryNotice.created_at},
        default="-when",
    )


def unread() -> tuple[int, list[LibraryNotice]]:
    """How many, and the newest three: one statement."""
    total = func.count().over()
    rows = db.session.execute(
        select(LibraryNotice, total)
        .where(LibraryNotice.person_id == actor().person_id, LibraryNotice.read_at.is_(None))
        .order_by(LibraryNotice.id.desc())
        .limit(3)
    ).all()
    return (rows[0][1] if rows else 0), [row[0] for row in rows]
