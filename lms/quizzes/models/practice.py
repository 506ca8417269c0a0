"""What one pupil has practised: wrong answers come back soon, right ones later and later."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row
from lms.quizzes.models.bank import Item


class Practice(Row, Base):
    """`box` 0 is the mistakes notebook; each right answer moves the question one box on."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    box: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date]
    right: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=clock.now)

    item: Mapped[Item] = relationship()

    __table_args__ = (UniqueConstraint("person_id", "item_id"),)
