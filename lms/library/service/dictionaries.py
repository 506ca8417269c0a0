"""Loading dictionaries: a list of words takes the place of the one with the same title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.sheets import Sheet
from lms.library.language.headings import COLUMNS, RUSSIAN
from lms.library.language.naming import entry_keys, plain_words
from lms.library.language.tolerant import bare
from lms.library.models import DICTIONARY_KINDS, Dictionary, DictionaryEntry, DictionaryKey

BATCH = 1_000
MOST_WORDS = 200_000


@dataclass(frozen=True)
class Entry:
    word: str
    language: str = "kk"
    other: str = ""
    meaning: str = ""
    subject: str = ""


def entries_of(sheet: Sheet) -> Iterator[Entry]:
    names = [COLUMNS.get(one.strip().lower(), "") for one in sheet.header]
    if "word" not in names:
        raise Refused(_("The first line of the file must name its columns; one of them is “word”."))
    for line in sheet.lines:
        given = {name: cell.strip() for name, cell in zip(names, line.cells, strict=False) if name}
        if given.get("word"):
            language = "ru" if given.get("language", "").lower()[:2] in RUSSIAN else "kk"
            yield Entry(**{**given, "language": language})


def load_dictionary(title: str, kind: str, source: str, entries: Iterable[Entry], by: UUID | None, path: str = "") -> Dictionary:  # fmt: skip
    """All of it or nothing: whoever looks a word up meanwhile sees the list before."""
    title = " ".join(title.split())[:120]
    if not title or kind not in DICTIONARY_KINDS:
        raise Refused(_("Give the dictionary a title and say of what kind it is."))
    known = db.session.scalar(select(Dictionary).where(Dictionary.title == title))
    if known and not known.path.startswith(path):
        raise Refused(_("A dictionary of this title was loaded elsewhere. Choose another title."))
    if known:
        _empty(known)
    made = known or Dictionary(id=ids.new_id(), title=title)
    made.kind, made.source, made.count, made.path = kind, source.strip()[:500], 0, path
    db.session.add(made)
    db.session.flush()
    rest = iter(entries)
    while some := list(islice(rest, BATCH)):
        made.count += _write(made.id, some)
        if made.count > MOST_WORDS:
            raise Refused(_("A dictionary holds at most %(most)s words. Load it in parts.", most=MOST_WORDS))
    if not made.count:
        raise Refused(_("There are no words in this file."))
    audit.record("dictionary.loaded", made, actor_id=by, name=title, count=made.count)
    return made


def _write(dictionary: UUID, some: list[Entry]) -> int:
    rows: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    for one in some:
        key = ids.new_id()
        rows.append(
            {
                "id": key, "created_at": clock.now(), "dictionary_id": dictionary, "language": one.language,
                "word": one.word[:300], "bare": bare(" ".join(plain_words(one.word)))[:80], "other": one.other[:600],
                "meaning": one.meaning[:4000], "subject": one.subject[:40],
            }
        )  # fmt: skip
        keys += [{"entry_id": key, "key": text, "whole": whole} for text, whole in _keys(one).items()]
    db.session.execute(insert(DictionaryEntry), rows)
    if keys:
        db.session.execute(insert(DictionaryKey), keys)
    return len(rows)


def _keys(one: Entry) -> dict[str, bool]:
    """Both columns lead to the entry; several translations stand with commas between them."""
    found: dict[str, bool] = {}
    other = "kk" if one.language == "ru" else "ru"
    for text, language in ((one.word, one.language), *((part, other) for part in one.other.split(","))):
        keys = entry_keys(text, language)
        whole = len(plain_words(text)) == 1
        for key in keys:
            found[key] = found.get(key, False) or whole
    return found


def remove_dictionary(dictionary: Dictionary) -> None:
    audit.record("dictionary.removed", dictionary, name=dictionary.title)
    _empty(dictionary)
    db.session.delete(dictionary)


def _empty(dictionary: Dictionary) -> None:
    own = select(DictionaryEntry.id).where(DictionaryEntry.dictionary_id == dictionary.id)
    for statement in (
        delete(DictionaryKey).where(DictionaryKey.entry_id.in_(own)),
        delete(DictionaryEntry).where(DictionaryEntry.dictionary_id == dictionary.id),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
