"""The same search on PostgreSQL, for many machines: our keys as a tsvector with a GIN index.

PostgreSQL analyses nothing here (its 'simple' configuration would cut our keys); it stores, matches and counts.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from lms.library.asking import ENOUGH, Asker, Question, Wanted, completed
from lms.library.language.tolerant import Lexicon
from lms.library.records import (
    NOTHING,
    ORDERS,
    Chosen,
    Found,
    Record,
    facet_counts,
    facet_line,
    facet_values,
)

SCHEMA = "library_search"  # a place of its own: all of it can be made anew from the rows of the library
_TABLES = """
CREATE {kind} TABLE {at}library_texts{new} (
    id text PRIMARY KEY, keys tsvector NOT NULL, facets text NOT NULL, chosen text[] NOT NULL, orders text[] NOT NULL
);
CREATE INDEX ON {at}library_texts{new} USING gin (keys)
"""
_KEYS = """
CREATE {kind} TABLE {at}library_keys (key text PRIMARY KEY, documents integer NOT NULL);
CREATE {kind} TABLE {at}library_state (documents integer NOT NULL, stamp bigint NOT NULL);
INSERT INTO {at}library_state VALUES (0, 0)
"""
_PUT = """
INSERT INTO {at}library_texts{new} VALUES (:id, CAST(:keys AS tsvector), :facets, :chosen, :orders)
ON CONFLICT (id) DO UPDATE SET keys = excluded.keys, facets = excluded.facets, chosen = excluded.chosen,
    orders = excluded.orders
"""
_COUNT_KEYS = (
    "INSERT INTO {at}library_keys SELECT word, ndoc FROM ts_stat('SELECT keys FROM {at}library_texts')"
)
_STAMP = """
UPDATE {at}library_state SET documents = (SELECT count(*) FROM {at}library_texts), stamp = stamp + 1
"""
_MOST_PLACES = 255  # PostgreSQL keeps no more of one key in one text
_MOST_BYTES = 900_000  # of one tsvector; PostgreSQL refuses more than a megabyte
_WEIGHTS = "{0.2, 0.2, 0.4, 1.0}"  # a word in the text beside one in the title (A)


@dataclass
class Known:
    """What a process remembers of one index: the keys as they were last counted."""

    stamp: int = -1
    documents: int = 0
    frequency: dict[str, int] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)
    lock: threading.Lock = field(default_factory=threading.Lock)


class PostgresIndex:
    """Bound to one connection, and so to its transaction; `known` may be shared by many."""

    def __init__(self, connection: Connection, known: Known | None = None, schema: str = "") -> None:
        self.connection = connection
        self.known = known or Known()
        self.at = f"{schema}." if schema else ""

    def _run(self, statement: str, values: Any = None) -> Any:
        return self.connection.execute(text(statement), values or {})

    def make(self, temporary: bool = False) -> None:
        if self.at:
            self._run(f"CREATE SCHEMA IF NOT EXISTS {self.at[:-1]}")
        self._make(_TABLES + ";" + _KEYS, "TEMPORARY" if temporary else "")

    def _make(self, statements: str, kind: str = "", new: str = "") -> None:
        for statement in statements.format(kind=kind, at=self.at, new=new).split(";"):
            self._run(statement)

    def is_made(self) -> bool:
        return bool(self._run("SELECT to_regclass(:name)", {"name": f"{self.at}library_state"}).scalar())

    def add(self, records: Iterable[Record], new: str = "") -> int:
        put = _PUT.format(at=self.at, new=new)
        return sum(self._put(put, some) for some in _in_batches(map(_row, records)))

    def _put(self, put: str, rows: list[dict[str, Any]]) -> int:
        self._run(put, rows)
        return len(rows)

    def remove(self, ids: Iterable[str]) -> None:
        self._run(f"DELETE FROM {self.at}library_texts WHERE id = ANY(:ids)", {"ids": list(ids)})

    def rebuild(self, records: Iterable[Record]) -> int:
        """Everything anew in a table beside; readers see the old one until the transaction ends."""
        self._make(_TABLES, new="_new")
        count = self.add(records, "_new")
        self._run(f"DROP TABLE {self.at}library_texts")
        self._run(f"ALTER TABLE {self.at}library_texts_new RENAME TO library_texts")
        self.count_keys()
        return count

    def count_keys(self) -> None:
        """How many texts hold each key: what questions are read with. Done after adding, by a job."""
        self._run(f"DELETE FROM {self.at}library_keys")
        self._run(_COUNT_KEYS.format(at=self.at))
        self._run(_STAMP.format(at=self.at))

    def count(self) -> int:
        return int(self._run(f"SELECT count(*) FROM {self.at}library_texts").scalar_one())

    def search(
        self, typed: str, limit: int = 10, offset: int = 0, chosen: Chosen = NOTHING, order: str = ""
    ) -> Found:
        """The best documents for what was typed; `chosen` narrows them by facets."""
        self._learn()
        question = Asker(self._frequency, self.known.lexicon).ask(typed)
        if question.is_empty:
            return Found((), 0, read_as=question.read_as)
        needed = len(question.words)
        lines = self._lines(*_condition(question, needed, chosen))
        if sum(lines.values()) < ENOUGH and needed > question.enough_words:
            needed = question.enough_words
            lines = self._lines(*_condition(question, needed, chosen))
        ids = self._ranked(question, needed, chosen, limit, offset, order) if lines else []
        found = Found(tuple(ids), sum(lines.values()), facet_counts(lines), question.read_as)
        return replace(found, keys=question.keys)

    def browse(self, limit: int = 10, offset: int = 0, chosen: Chosen = NOTHING, order: str = "new") -> Found:
        """Everything there is, when nothing was typed."""
        where, values = _among(chosen)
        lines = self._lines(where, values)
        rows = self._run(
            f"SELECT id FROM {self.at}library_texts WHERE {where} "
            f"ORDER BY {_by(order)} LIMIT :limit OFFSET :offset",
            {**values, "limit": limit, "offset": offset},
        )
        return Found(tuple(row.id for row in rows), sum(lines.values()), facet_counts(lines))

    def suggestions(self, typed: str, limit: int = 8) -> list[str]:
        """How the question may go on: the last word completed from titles, the others kept."""
        self._learn()
        return completed(self.known.lexicon, typed, limit)

    def _lines(self, where: str, values: dict[str, Any]) -> dict[str, int]:
        rows = self._run(
            f"SELECT facets, count(*) AS number FROM {self.at}library_texts WHERE {where} GROUP BY facets",
            values,
        )
        return {row.facets: int(row.number) for row in rows}

    def _ranked(
        self, question: Question, needed: int, chosen: Chosen, limit: int, offset: int, order: str
    ) -> list[str]:
        where, values = _condition(question, needed, chosen)
        terms, met = [], []
        for number, word in enumerate(question.words):
            weight = _rarity(self.known.documents, max(self._frequency(key) for key, _ in word.keys))
            values[f"weight{number}"] = weight
            ranked = f"ts_rank('{_WEIGHTS}', keys, CAST(:own{number} AS tsquery), 1)"
            other = f"ts_rank('{_WEIGHTS}', keys, CAST(:word{number} AS tsquery), 1)"
            # What stands there in the other language counts half.
            terms.append(f":weight{number} * ({ranked} + {other}) / 2")
            values[f"own{number}"] = _any_key(word.own)
            met.append(f"(keys @@ CAST(:word{number} AS tsquery))::int")
        score = f"({' + '.join(terms)}) * ({' + '.join(met)}) * ({' + '.join(met)})"
        by = _by(order) if order else f"{score} DESC, id"
        rows = self._run(
            f"SELECT id FROM {self.at}library_texts WHERE {where} ORDER BY {by} LIMIT :limit OFFSET :offset",
            {**values, "limit": limit, "offset": offset},
        )
        return [row.id for row in rows]

    def _frequency(self, key: str) -> int:
        return self.known.frequency.get(key, 0)

    def _learn(self) -> None:
        """The keys as they were last counted; read again only when they were counted anew."""
        state = self._run(f"SELECT documents, stamp FROM {self.at}library_state").one()
        if state.stamp == self.known.stamp:
            return
        with self.known.lock:
            rows = self._run(f"SELECT key, documents FROM {self.at}library_keys")
            self.known.frequency = {row.key: row.documents for row in rows}
            self.known.lexicon = Lexicon.of(self.known.frequency.items(), state.documents)
            self.known.documents, self.known.stamp = state.documents, state.stamp


def _in_batches(rows: Iterator[dict[str, Any]], size: int = 500) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, size)):
        yield some


def _row(record: Record) -> dict[str, Any]:
    places: dict[str, list[str]] = {}
    titled = record.title_keys()
    last_of_title = titled[-1][0] if titled else -1
    size = 0
    for position, key in record.all_keys():
        if key not in places:
            size += len(key.encode()) + 8
        size += 2 if len(places.get(key, ())) < _MOST_PLACES else 0
        if size > _MOST_BYTES:
            break  # the end of a very long book is found here by its beginning only
        mark = "A" if position <= last_of_title else ""
        places.setdefault(key, []).append(f"{position + 1}{mark}")
    keys = " ".join(f"{_quoted(key)}:{','.join(some[:_MOST_PLACES])}" for key, some in places.items())
    return {
        "id": record.id, "keys": keys, "facets": facet_line(record), "chosen": facet_values(record.facets),
        "orders": [record.orders.get(name, "") for name in ORDERS],
    }  # fmt: skip


def _condition(question: Question, needed: int, chosen: Chosen) -> tuple[str, dict[str, Any]]:
    """The WHERE clause and its values; every text travels as a value."""
    words = [_any_key(word) for word in question.words]
    values: dict[str, Any] = {f"word{number}": word for number, word in enumerate(words)}
    whole = f"({(' & ' if needed == len(words) else ' | ').join(words)})"
    whole += "".join(f" & {_phrase(phrase)}" for phrase in question.phrases)
    whole += "".join(f" & !{_phrase(phrase)}" for phrase in question.without)
    values["whole"] = whole
    where = ["keys @@ CAST(:whole AS tsquery)"]
    if needed < len(words):
        met = (f"(keys @@ CAST(:word{number} AS tsquery))::int" for number in range(len(words)))
        where.append(f"{' + '.join(met)} >= {needed}")
    among, more = _among(chosen)
    return " AND ".join([*where, among]), {**values, **more}


def _among(chosen: Chosen) -> tuple[str, dict[str, Any]]:
    values = {
        f"chosen{number}": facet_values({name: some}) for number, (name, some) in enumerate(chosen.items())
    }
    return " AND ".join(f"chosen && CAST(:{name} AS text[])" for name in values) or "true", values


def _by(order: str) -> str:
    return f'orders[{ORDERS.index(order) + 1}] COLLATE "C", id'


def _any_key(word: Wanted) -> str:
    return "(" + " | ".join(_quoted(key) for key, _ in word.keys) + ")"


def _phrase(words: tuple[Wanted, ...]) -> str:
    return "(" + " <-> ".join(map(_any_key, words)) + ")"


def _quoted(key: str) -> str:
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"


def _rarity(count: int, frequency: int) -> float:
    return math.log(1 + (count - min(frequency, count) + 0.5) / (frequency + 0.5))
