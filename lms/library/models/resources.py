"""Resources, their versions and files, the words in them, and what happened to each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core import clock
from lms.core.db import Base, Row, key_text
from lms.core.storage import needed
from lms.core.text import search_key, sort_key
from lms.people.models import Person
from lms.places.models import Place

KINDS = (
    "textbook", "article", "map", "timeline", "lab", "model", "sources", "interactive", "video", "audio", "guide",
    "dictionary", "package", "test", "course", "link",
)  # fmt: skip
LICENCES = ("cc-by", "cc-by-sa", "cc-by-nc", "cc0", "school", "permission", "unknown")
# mirror: not a resource but a course or a package of another room, for the search alone
STATES = ("draft", "school", "review", "published", "withdrawn", "mirror")
READING_STATES = ("waiting", "read", "unreadable", "nothing")
ROLES_OF_FILES = ("main", "subtitles", "preview")


class ResourceBundle(Row, Base):
    """What came with one list or one harvest. Taking that back removes this row, and with it what nobody has used yet."""

    name: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(
        key_text(500), default="", index=True
    )  # the address it was fetched from
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what newer versions replaced


class Resource(Row, Base):
    """Something to teach with. What is said about it stands here; its bytes are those of its current version."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # of that place
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="kk")
    title_kk: Mapped[str] = mapped_column(default="")
    title_ru: Mapped[str] = mapped_column(default="")
    about_kk: Mapped[str] = mapped_column(default="")
    about_ru: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(key_text(250), index=True, default="")
    search: Mapped[str] = mapped_column(key_text(500), index=True, default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    grade_from: Mapped[int | None]
    grade_to: Mapped[int | None]
    section: Mapped[str] = mapped_column(default="")
    authors: Mapped[list[str]] = mapped_column(JSON, default=list)  # as they are to be credited
    licence: Mapped[str] = mapped_column(String(20), default="school")
    link: Mapped[str] = mapped_column(default="")
    offline: Mapped[bool] = mapped_column(default=True)
    accessible: Mapped[bool] = mapped_column(default=False)
    small_class: Mapped[bool] = mapped_column(default=False)
    combined_class: Mapped[bool] = mapped_column(default=False)
    twins: Mapped[UUID | None] = mapped_column(index=True)  # the same in another language has the same value
    current_id: Mapped[UUID | None]  # the version that is shown
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    mark: Mapped[str | None] = mapped_column(key_text(20), unique=True)  # given by the expert council
    mark_on: Mapped[date | None]
    mark_until: Mapped[date | None]
    withdrawn_for: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(key_text(200), default="", index=True)  # where it was brought from
    origin_at: Mapped[datetime | None]  # when it was last changed there
    maker: Mapped[str] = mapped_column(key_text(64), default="")  # fingerprint of who signed what it came in
    stars: Mapped[int] = mapped_column(default=0)  # sum of what teachers gave
    voices: Mapped[int] = mapped_column(default=0)
    uses: Mapped[int] = mapped_column(default=0)  # lessons it was used in
    bundle_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("resource_bundle.id", ondelete="CASCADE"), index=True
    )
    stale: Mapped[bool] = mapped_column(default=True, index=True)  # the search index does not know this yet

    place: Mapped[Place] = relationship()
    owner: Mapped[Person] = relationship()
    bundle: Mapped[ResourceBundle | None] = relationship(viewonly=True)
    objectives: Mapped[list[ResourceObjective]] = relationship(
        cascade="all, delete-orphan", order_by="ResourceObjective.code"
    )

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
    )

    @validates("title_kk", "title_ru")
    def _keep_keys(self, field: str, text: str) -> str:
        titles = {"title_kk": self.title_kk, "title_ru": self.title_ru, field: text}
        self.sort_key = sort_key(titles["title_kk"] or titles["title_ru"] or "")[:250]
        self.search = search_key(" ".join(filter(None, titles.values())))[:500]
        return text

    @property
    def rating(self) -> float:
        return self.stars / self.voices if self.voices else 0.0

    @property
    def grades(self) -> list[int]:
        if self.grade_from is None and self.grade_to is None:
            return []
        first = self.grade_from if self.grade_from is not None else self.grade_to
        last = self.grade_to if self.grade_to is not None else self.grade_from
        return list(range(first or 0, (last or 0) + 1))

    @property
    def marked(self) -> bool:
        """The council's mark holds five years."""
        return bool(self.mark and self.mark_until and self.mark_until >= clock.today())


class ResourceObjective(Base):
    """One learning objective of the curriculum that a resource serves, by its code."""

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(key_text(40), primary_key=True, index=True)


class ResourceVersion(Row, Base):
    """A list of files. Once shown to others it never changes; another file makes another version."""

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")
    reading: Mapped[str] = mapped_column(String(20), default="nothing")
    parts: Mapped[int] = mapped_column(default=0)  # pages or slides that were read
    alike: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [resource, how much of the text is the same]

    files: Mapped[list[ResourceFile]] = relationship(
        order_by="ResourceFile.number", cascade="all, delete-orphan"
    )
    maker: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("resource_id", "number"),
        CheckConstraint(f"reading IN {READING_STATES}", name="reading"),
    )


class ResourceFile(Row, Base):
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("resource_version.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(String(10), default="main")
    name: Mapped[str]
    digest: Mapped[str] = needed()
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2), default="")  # of subtitles

    __table_args__ = (CheckConstraint(f"role IN {ROLES_OF_FILES}", name="role"),)


class ResourceText(Base):
    """The words of one page, slide or part, as they were meant."""

    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("resource_version.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(String(10))  # page, slide, part, minute
    place: Mapped[int]  # which page of the file
    words: Mapped[str]


class ResourceBand(Base):
    """A piece of the fingerprint of a text: two texts that share one are compared in full."""

    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("resource_version.id", ondelete="CASCADE"), primary_key=True
    )
    band: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(key_text(80), index=True)


class ResourceEvent(Row, Base):
    """History that everybody who sees the resource may read."""

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(default="")

    person: Mapped[Person | None] = relationship()
