"""A course is modules of lessons, a lesson is blocks; every block has its text in one language or in both.

One tree serves both languages, so that a pupil may change the language in the middle and keeps the progress.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core.db import Base, Row, key_text
from lms.core.text import search_key, sort_key
from lms.people.models import Person
from lms.places.models import Place

STATES = ("draft", "review", "published")
RULES = ("opened", "seen", "score", "activity")
LICENCES = ("school", "cc-by", "cc-by-sa", "public")


class Course(Row, Base):
    """Of a place: colleagues there write it together, everybody below may be given what is published of it."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    title_kk: Mapped[str] = mapped_column(default="")
    title_ru: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(key_text(250), index=True, default="")
    search: Mapped[str] = mapped_column(key_text(500), index=True, default="")
    about_kk: Mapped[str] = mapped_column(default="")
    about_ru: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    grade: Mapped[int | None]
    quarter: Mapped[int | None]
    section: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(2), default="kk")  # the one it is written in first
    objectives: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"code", "text"}]
    licence: Mapped[str] = mapped_column(String(20), default="school")
    credits: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"person", "name", "deed"}], kept by copies
    state: Mapped[str] = mapped_column(String(20), default="draft")
    review_note: Mapped[str] = mapped_column(default="")
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    current_id: Mapped[UUID | None]  # the edition that is given now
    copied_from: Mapped[UUID | None]
    changed_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship()
    creator: Mapped[Person] = relationship()
    modules: Mapped[list[CourseModule]] = relationship(
        back_populates="course", order_by="CourseModule.position", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"licence IN {LICENCES}", name="licence"),
    )

    @validates("title_kk", "title_ru")
    def _keep_keys(self, field: str, text: str) -> str:
        titles = {"title_kk": self.title_kk, "title_ru": self.title_ru, field: text}
        self.sort_key = sort_key(titles["title_kk"] or titles["title_ru"] or "")[:250]
        self.search = search_key(" ".join(filter(None, titles.values())))[:500]
        return text

    @property
    def lessons(self) -> list[CourseLesson]:
        return [lesson for module in self.modules for lesson in module.lessons]


class CourseModule(Row, Base):
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title_kk: Mapped[str] = mapped_column(default="")
    title_ru: Mapped[str] = mapped_column(default="")

    course: Mapped[Course] = relationship(back_populates="modules")
    lessons: Mapped[list[CourseLesson]] = relationship(
        back_populates="module", order_by="CourseLesson.position", cascade="all, delete-orphan"
    )


class CourseLesson(Row, Base):
    """A page of blocks, or an activity of another room (a package of the shelf, a test)."""

    module_id: Mapped[UUID] = mapped_column(ForeignKey("course_module.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title_kk: Mapped[str] = mapped_column(default="")
    title_ru: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(String(20), default="seen")
    pass_score: Mapped[int] = mapped_column(default=60)  # per cent, for the rule "score"
    in_order: Mapped[bool] = mapped_column(default=False)  # opens when the one before is done
    after: Mapped[list[str]] = mapped_column(JSON, default=list)  # keys of lessons that must be done as well
    activity: Mapped[str] = mapped_column(String(20), default="")  # a kind of lms.courses.activities
    activity_key: Mapped[UUID | None]

    module: Mapped[CourseModule] = relationship(back_populates="lessons")
    blocks: Mapped[list[CourseBlock]] = relationship(
        back_populates="lesson", order_by="CourseBlock.position", cascade="all, delete-orphan"
    )

    __table_args__ = (CheckConstraint(f"rule IN {RULES}", name="rule"),)


class CourseBlock(Row, Base):
    """`revision_*` rises with every change of that language; `stale_*`: the other language changed since."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("course_lesson.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    kk: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ru: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision_kk: Mapped[int] = mapped_column(default=0)
    revision_ru: Mapped[int] = mapped_column(default=0)
    stale_kk: Mapped[bool] = mapped_column(default=False)
    stale_ru: Mapped[bool] = mapped_column(default=False)
    saved_from: Mapped[str] = mapped_column(key_text(64), default="")  # the browser page that saved last
    saved_number: Mapped[int] = mapped_column(default=0)  # and its own count: a repeated one changes nothing

    lesson: Mapped[CourseLesson] = relationship(back_populates="blocks")

    def content(self, language: str) -> dict[str, Any] | None:
        """What is written in this language, and nothing of the other."""
        found: dict[str, Any] | None = self.kk if language == "kk" else self.ru
        return found

    def revision(self, language: str) -> int:
        return self.revision_kk if language == "kk" else self.revision_ru

    def stale(self, language: str) -> bool:
        return self.stale_kk if language == "kk" else self.stale_ru
