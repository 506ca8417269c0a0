"""Persons, the roles they hold somewhere for a time, and who is whose guardian."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core.db import Base, Row, key_text
from lms.core.text import lookalike_key, search_key, sort_key
from lms.places.models import Place

ROLES = (
    "student", "teacher", "methodologist", "deputy_director", "director", "district_officer", "oblast_officer",
    "republic_officer", "administrator", "guardian",
)  # fmt: skip


class Person(Row, Base):
    """Surname and patronymic may be missing; the order is surname, first name, patronymic."""

    surname: Mapped[str] = mapped_column(default="")
    first_name: Mapped[str]
    patronymic: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(key_text(250), index=True, default="")
    search_key: Mapped[str] = mapped_column(key_text(250), index=True, default="")
    login: Mapped[str | None] = mapped_column(key_text(80), unique=True)
    login_key: Mapped[str | None] = mapped_column(key_text(80), unique=True)  # two that look alike are one
    password_hash: Mapped[str | None]
    password_set_by_person: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(2), default="kk")
    birth_date: Mapped[date | None]
    sex: Mapped[str] = mapped_column(String(1), default="")
    email: Mapped[str] = mapped_column(default="")
    telephone: Mapped[str] = mapped_column(default="")
    iin_sealed: Mapped[bytes | None]  # encrypted; see people.iin
    iin_digest: Mapped[str | None] = mapped_column(key_text(64), unique=True)  # keyed, only to find doubles
    special_needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    accommodations: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    totp_sealed: Mapped[bytes | None]
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)  # a code counts once
    pictures: Mapped[list[int] | None] = mapped_column(JSON)
    failed_in_row: Mapped[int] = mapped_column(default=0)  # wrong tries since the last right one
    disabled: Mapped[bool] = mapped_column(default=False)

    roles: Mapped[list[RoleHolding]] = relationship(back_populates="person")

    @validates("surname", "first_name", "patronymic")
    def _keep_keys(self, field: str, text: str) -> str:
        parts = {name: getattr(self, name) or "" for name in ("surname", "first_name", "patronymic")}
        parts[field] = text
        self.sort_key = sort_key("\x01".join(parts.values()))[:250]
        self.search_key = search_key(" ".join(filter(None, parts.values())))[:250]
        return text

    @validates("login")
    def _keep_login_key(self, _field: str, login: str | None) -> str | None:
        self.login_key = lookalike_key(login) if login else None
        return login

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.first_name, self.patronymic)))

    @property
    def address_name(self) -> str:
        """How a teacher is spoken to: first name and patronymic."""
        return " ".join(filter(None, (self.first_name, self.patronymic)))

    @property
    def short_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.first_name)))


class RoleHolding(Row, Base):
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="roles")
    place: Mapped[Place] = relationship()

    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)


class Guardianship(Row, Base):
    guardian_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str] = mapped_column(String(20), default="parent")
    ended_on: Mapped[date | None]

    guardian: Mapped[Person] = relationship(foreign_keys=guardian_id)
    child: Mapped[Person] = relationship(foreign_keys=child_id)

    __table_args__ = (UniqueConstraint("guardian_id", "child_id"),)
