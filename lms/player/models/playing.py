"""Attempts, launches and what packages said: the log is the truth, the rest is derived from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, defer, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row, key_text
from lms.people.models import Person, SignInSession
from lms.player.models.giving import Assignment
from lms.player.models.shelf import PackageVersion

MODES = ("normal", "browse", "review")
KINDS = ("begin", "delta", "move", "leave")
# Numbers of the entries the server writes itself; a browser's numbers begin at 1.
BEGIN, LEAVE = 0, -1


class Registration(Row, Base):
    """One attempt of one person on one version. `state` is the engine's; it and all below it are read from the log."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("package_version.id"), index=True)
    assignment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # of the pupil's school
    number: Mapped[int] = mapped_column(default=1)  # of the attempt
    mode: Mapped[str] = mapped_column(String(10), default="normal")
    seed: Mapped[int]
    language: Mapped[str] = mapped_column(String(2), default="")  # the pupil's, as the attempt began
    epoch: Mapped[int] = mapped_column(default=0)  # raised by every launch; an older token is superseded
    entries: Mapped[int] = mapped_column(default=0)  # how many of the log have been applied
    whole: Mapped[dict[str, Any] | None] = mapped_column("state", JSON)
    # Of the SCO on the screen, where it has gone on since `whole` was written: most commits change nothing else.
    session: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    completion: Mapped[str] = mapped_column(String(20), default="unknown")
    success: Mapped[str] = mapped_column(String(20), default="unknown")
    score: Mapped[float | None] = mapped_column(Float)  # 0…1
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
    place: Mapped[str] = mapped_column(default="")  # the activity on the screen, or the one that waits
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    version: Mapped[PackageVersion] = relationship()
    assignment: Mapped[Assignment | None] = relationship()

    __table_args__ = (
        UniqueConstraint("person_id", "assignment_id", "number"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
    )

    @property
    def state(self) -> dict[str, Any] | None:
        return self.whole and (self.whole | {"session": self.session or self.whole["session"]})

    @state.setter
    def state(self, value: dict[str, Any] | None) -> None:
        self.whole, self.session = value, None


# For lists: the two columns that can be large.
WITHOUT_STATE = (defer(Registration.whole), defer(Registration.session))


class Launch(Row, Base):
    """The player opened once. Its token is good for this registration alone and ends with the launch."""

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    epoch: Mapped[int]
    code_digest: Mapped[str | None] = mapped_column(key_text(64), unique=True)  # one-time, in the fragment
    token_digest: Mapped[str | None] = mapped_column(key_text(64), unique=True)
    expires_at: Mapped[datetime]
    next_seq: Mapped[int] = mapped_column(default=1)
    own_window: Mapped[bool] = mapped_column(default=False)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sign_in_session.id"))  # ends with its sign-in
    begun_at: Mapped[datetime | None]
    last_heard_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
    session: Mapped[SignInSession | None] = relationship()


class CommitEntry(Base):
    """One numbered entry of one launch, exactly as it came, with the answer it got.

    `position` is its place among what was applied to the registration; without one it is kept but has not counted.
    """

    __tablename__ = "commit_log"

    launch_id: Mapped[UUID] = mapped_column(ForeignKey("launch.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"))
    kind: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(key_text(64))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    position: Mapped[int | None]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    __table_args__ = (
        Index("ix_commit_log_registration_id_position", "registration_id", "position"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
    )


class CarriedState(Base):
    """What a learner takes from package to package: objectives and data that are global to the system."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class ScreenTime(Base):
    """Seconds in front of packages by day, and how often the guard asked to look away."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    seconds: Mapped[int] = mapped_column(default=0)
    prompts: Mapped[int] = mapped_column(default=0)
    overrides: Mapped[int] = mapped_column(default=0)
