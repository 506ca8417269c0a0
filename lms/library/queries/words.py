"""Questions about words: what the dictionaries say of one, and which begin so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import may
from lms.library.engine import engine
from lms.library.language.naming import form_keys, plain_words
from lms.library.language.tolerant import bare
from lms.library.models import Dictionary, DictionaryEntry, DictionaryKey
from lms.library.seeing import shown_to_reader

MOST_ENTRIES, MOST_PHRASES = 12, 8
LONGEST_ASKED = 80
WORDS_ASKED = 4  # a longer selection is no word


@dataclass(frozen=True)
class Card:
    asked: str
    read_as: str  # the word in its right letters, when it was typed without
    entries: Sequence[DictionaryEntry]
    phrases: Sequence[DictionaryEntry]
    resources: int  # what the library has about it


def card_of(typed: str) -> Card:
    words = plain_words(typed[:LONGEST_ASKED])[:WORDS_ASKED]
    asked = " ".join(words)
    if not words:
        return Card("", "", (), (), 0)
    found = engine().search(asked, 0, chosen={"seen": shown_to_reader()})
    entries, phrases = _entries(words)
    read_as = dict(found.read_as)
    meant = [read_as.get(word, word) for word in words]
    if not entries and meant != words:
        entries, phrases = _entries(meant)
    return Card(asked, " ".join(meant) if meant != words else "", entries, phrases, found.total)


def _entries(words: Sequence[str]) -> tuple[Sequence[DictionaryEntry], Sequence[DictionaryEntry]]:
    """Entries that are the word itself, and longer ones with it; of several words all must be there."""
    wanted = [form_keys(word) for word in words]
    rows = db.session.execute(
        select(DictionaryEntry, DictionaryKey.key, DictionaryKey.whole)
        .join(DictionaryKey, DictionaryKey.entry_id == DictionaryEntry.id)
        .join(DictionaryEntry.dictionary)
        .options(contains_eager(DictionaryEntry.dictionary))
        .where(DictionaryKey.key.in_(sorted(set().union(*wanted))))
        .order_by(DictionaryKey.whole.desc(), DictionaryEntry.bare, Dictionary.kind, DictionaryEntry.id)
        .limit(400)
    ).all()
    keys: dict[UUID, set[str]] = {}
    whole: dict[UUID, bool] = {}
    known: dict[UUID, DictionaryEntry] = {}
    for entry, key, is_whole in rows:
        known[entry.id] = entry
        keys.setdefault(entry.id, set()).add(key)
        whole[entry.id] = whole.get(entry.id, False) or is_whole
    fitting = [one for one in known.values() if all(keys[one.id] & some for some in wanted)]
    single = [one for one in fitting if (whole[one.id] if len(words) == 1 else len(plain_words(one.word)) == len(words))]  # fmt: skip
    own = " ".join(words)
    single.sort(key=lambda one: one.word.lower() != own)
    return single[:MOST_ENTRIES], [one for one in fitting if one not in single][:MOST_PHRASES]


def beginning(typed: str, limit: int = 8) -> list[str]:
    """Words and phrases that begin so, Kazakh letters or not."""
    start = bare(" ".join(plain_words(typed[:LONGEST_ASKED])))
    if not start:
        return []
    rows = db.session.execute(
        select(DictionaryEntry.word)
        .where(DictionaryEntry.bare >= start, DictionaryEntry.bare < start + "\uffff")
        .order_by(DictionaryEntry.bare)
        .limit(limit * 4)
    ).scalars()
    return list(dict.fromkeys(rows))[:limit]


def dictionaries() -> Sequence[Dictionary]:
    return db.session.scalars(select(Dictionary).order_by(Dictionary.title)).all()


def dictionary_or_404(dictionary_id: UUID) -> Dictionary:
    found = db.session.get(Dictionary, dictionary_id)
    if found is None or not may("dictionary.load", found.path):
        raise NotYours
    return found
