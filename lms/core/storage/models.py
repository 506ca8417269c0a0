"""One row for each stored file, and the mark on columns that need one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import Base, key_text

MARK = "needs_blob"


class Blob(Base):
    digest: Mapped[str] = mapped_column(key_text(64), primary_key=True)  # SHA-256, lower-case hex
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))  # as first seen; a page may send it as another
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    unneeded_since: Mapped[datetime | None]


def needed(**more: Any) -> Any:
    """A column that names a stored file and keeps it from being swept away."""
    return mapped_column(key_text(64), ForeignKey("blob.digest"), index=True, info={MARK: True}, **more)


def needing_columns() -> Iterator[Column[Any]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if column.info.get(MARK))
