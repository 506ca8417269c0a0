"""Learning objectives of the curriculum by their codes, brought in as a list by those who look after it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base, Row, key_text


class CurriculumObjective(Row, Base):
    """Of a place: its schools and all below it find it while they describe a course."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    subject: Mapped[str] = mapped_column(String(40), index=True)
    grade: Mapped[int | None]
    code: Mapped[str] = mapped_column(key_text(40))
    text_kk: Mapped[str] = mapped_column(default="")
    text_ru: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("place_id", "subject", "code"),)
