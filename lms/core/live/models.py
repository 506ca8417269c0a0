"""Events that browsers hear. The rows are the truth; what wakes the listeners is only a hint."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import Base, key_text


class LiveEvent(Base):
    """Numbers grow in the order of commits, so "everything after 17" misses nothing."""

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    channel: Mapped[str] = mapped_column(key_text(120))
    kind: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    __table_args__ = (
        Index("ix_live_event_channel_number", "channel", "number"),
        # A number is never given twice, even when the newest rows have been swept.
        {"sqlite_autoincrement": True, "info": {"transient": True}},
    )
