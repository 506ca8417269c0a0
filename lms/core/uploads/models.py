"""One row for each file that is on its way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import Base, Row


class Upload(Row, Base):
    """`received` is the truth about the file; bytes on disk beyond it were never acknowledged."""

    owner_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    touched_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    @property
    def complete(self) -> bool:
        return self.received == self.size
