"""Pictures, sounds, films and other files of a course; each is kept once by its hash."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base, Row, key_text
from lms.core.storage import needed


class CourseFile(Row, Base):
    """A picture is re-encoded on arrival; `small` is the size a telephone gets first. A film has `small` for thin lines
    and `middle` for ordinary ones when ffmpeg was there to make them."""

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    family: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = needed()
    size: Mapped[int] = mapped_column(BigInteger)
    small: Mapped[str | None] = needed()
    small_size: Mapped[int] = mapped_column(default=0)
    middle: Mapped[str | None] = needed()
    middle_size: Mapped[int] = mapped_column(default=0)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    capability: Mapped[str | None] = mapped_column(
        key_text(64), unique=True
    )  # of a model on the content site
    start: Mapped[str] = mapped_column(default="")  # the page of a model that opens


class ModelPart(Base):
    """One file of an HTML5 model, served from the content site under the model's capability."""

    file_id: Mapped[UUID] = mapped_column(ForeignKey("course_file.id"), primary_key=True)
    path: Mapped[str] = mapped_column(key_text(1024), primary_key=True)
    digest: Mapped[str] = needed()
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
