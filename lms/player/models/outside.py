"""Programs of others: each with a token of its own, what it may do, and where it wants to be told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person
from lms.places.models import Place

SCOPES = ("registrations.read", "registrations.write", "packages.read", "packages.write")


class ApiClient(Row, Base):
    """Of the token only its digest is kept. It reaches one place and all below it."""

    name: Mapped[str]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    token_digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    hook_url: Mapped[str] = mapped_column(default="")
    hook_secret: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed: it signs what we send
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship()
    maker: Mapped[Person] = relationship()
