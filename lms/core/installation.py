"""Which installation this is. A restored copy gets an id of its own, so that two never pass for one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from lms.core.db import Base, Row, db


class Installation(Row, Base):
    """The newest row says who we are; the older ones say whose data this was."""

    restored_from: Mapped[UUID | None]


def installation() -> Installation:
    """Made when first asked for."""
    known = db.session.scalar(select(Installation).order_by(Installation.created_at.desc()).limit(1))
    return known or renew(None)


def renew(restored_from: UUID | None) -> Installation:
    row = Installation(restored_from=restored_from)
    db.session.add(row)
    db.session.flush()
    return row
