"""Sessions, so that their owner can see and end them, and the means of signing in beside the password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row, key_text
from lms.people.models.persons import Person
from lms.places.models import Place


class SignInSession(Row, Base):
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    means: Mapped[str] = mapped_column(String(20))  # password, code, pictures, card, oidc
    second_factor_due: Mapped[bool] = mapped_column(default=False)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
    device_digest: Mapped[str] = mapped_column(key_text(64), default="", index=True)

    person: Mapped[Person] = relationship()


class OneTimeCode(Row, Base):
    """A code on paper, good once and for a while: a first or a new password, or becoming a guardian."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))  # password, guardian
    digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    issued_by_id: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class PupilCard(Row, Base):
    """A printed card: the long token is in its QR code, the short one is typed when there is no camera."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    short_digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    issued_by_id: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class RecoveryCode(Row, Base):
    """Stands in once for the second factor when the telephone is lost."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    used_at: Mapped[datetime | None]


class SchoolDevice(Row, Base):
    """A computer of a school. Only on these may small children choose their class, name and pictures."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    name: Mapped[str]
    device_digest: Mapped[str] = mapped_column(key_text(64), index=True)
    registered_by_id: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]

    school: Mapped[Place] = relationship()


class SignInPause(Row, Base):
    """Wrong tries for one account on one kind of device: how many, and until when it must wait."""

    account: Mapped[str] = mapped_column(key_text(140), unique=True)
    tries: Mapped[int] = mapped_column(default=0)
    window_began_at: Mapped[datetime] = mapped_column(default=clock.now)
    pauses: Mapped[int] = mapped_column(default=0)
    paused_until: Mapped[datetime | None]


class SignInTrouble(Row, Base):
    """A line for the teacher: this pupil was shut out for a few minutes on this computer."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    means: Mapped[str] = mapped_column(String(20))
    device_name: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class OidcIdentity(Row, Base):
    """This subject of that provider is this person; made only by somebody signed in as that person."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(key_text(250))
    subject: Mapped[str] = mapped_column(key_text(250))

    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("issuer", "subject"),)
