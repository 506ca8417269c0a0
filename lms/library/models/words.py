"""Dictionaries that were loaded, and the words under which their entries are found."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text

DICTIONARY_KINDS = ("spelling", "terms", "phrases", "meanings")


class Dictionary(Row, Base):
    """A list of words with one title; loading a list of the same title takes its place."""

    title: Mapped[str] = mapped_column(key_text(120), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(default="")  # whose work it is and under which licence
    count: Mapped[int] = mapped_column(default=0)
    path: Mapped[str] = mapped_column(
        default=""
    )  # the place of whoever loaded it: from there it may be removed

    __table_args__ = (CheckConstraint(f"kind IN {DICTIONARY_KINDS}", name="kind"),)


class DictionaryEntry(Row, Base):
    """One word or phrase with what it is called in the other language, what it means, or both."""

    dictionary_id: Mapped[UUID] = mapped_column(ForeignKey("dictionary.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    word: Mapped[str]
    bare: Mapped[str] = mapped_column(key_text(80), index=True)  # as typed on a Russian keyboard
    other: Mapped[str] = mapped_column(default="")
    meaning: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(String(40), default="")

    dictionary: Mapped[Dictionary] = relationship()


class DictionaryKey(Base):
    """Of an entry each word: as it stands in the word's own column (`whole`), or as a part of a phrase."""

    entry_id: Mapped[UUID] = mapped_column(
        ForeignKey("dictionary_entry.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(key_text(80), primary_key=True, index=True)
    whole: Mapped[bool] = mapped_column(default=True)
