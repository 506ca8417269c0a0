"""One row for each piece of work that is done behind the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import Base, Row, key_text

WAITING, RUNNING, DONE, FAILED = STATES = ("waiting", "running", "done", "failed")


class Job(Row, Base):
    """`attempts` is also the lease: only the worker of the newest attempt can bring a job to its end."""

    kind: Mapped[str] = mapped_column(key_text(80), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    key: Mapped[str | None] = mapped_column(key_text(200), unique=True)  # asked for twice, done once
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)  # attempts that ended in an error
    max_failures: Mapped[int] = mapped_column(default=5)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]  # when its id last went to the queue
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    worker: Mapped[str] = mapped_column(default="")  # machine:process, to notice at once when it is gone
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    checkpoint: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error_code: Mapped[str] = mapped_column(key_text(80), default="")
    error: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[UUID | None] = mapped_column(index=True)
    place_path: Mapped[str] = mapped_column(key_text(400), default="")
    language: Mapped[str] = mapped_column(String(2), default="kk")

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_job_state_due_at", "state", "due_at"),
    )
