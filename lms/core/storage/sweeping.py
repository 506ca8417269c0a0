"""Files that nobody needs any more go, a day after they were last needed.

The day is for whoever reads what they have begun to read: a backup that is being written, a page that is
still open, an upload whose parts arrive one by one.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, false, or_, select, update

from lms.core import clock
from lms.core.db import db, edge
from lms.core.storage.blobs import store
from lms.core.storage.models import Blob, needing_columns

GRACE = timedelta(days=1)
AT_MOST = 10_000


def sweep() -> int:
    """Mark what is no longer needed, and remove what was marked a day ago. How many went."""
    with edge():
        _mark()
    return sum(_removed(digest) for digest in _due())


def _is_needed() -> ColumnElement[bool]:
    return or_(false(), *(exists().where(column == Blob.digest) for column in needing_columns()))


def _mark() -> None:
    is_needed = _is_needed()
    db.session.execute(
        update(Blob)
        .where(Blob.unneeded_since.is_(None), ~is_needed)
        .values(unneeded_since=clock.now())
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Blob)
        .where(Blob.unneeded_since.is_not(None), is_needed)
        .values(unneeded_since=None)
        .execution_options(synchronize_session=False)
    )


def _due() -> list[str]:
    limit = clock.now() - GRACE
    return list(db.session.scalars(select(Blob.digest).where(Blob.unneeded_since < limit).limit(AT_MOST)))


def _removed(digest: str) -> bool:
    """The row's lock is held while the file goes; whoever keeps the same bytes now waits, then writes anew."""
    with edge():
        still_unneeded = and_(Blob.digest == digest, Blob.unneeded_since < clock.now() - GRACE, ~_is_needed())
        statement = delete(Blob).where(still_unneeded).execution_options(synchronize_session=False)
        found = db.session.execute(statement).rowcount  # type: ignore[attr-defined]
        if found:
            store().remove(digest)
    return bool(found)
