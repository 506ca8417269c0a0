"""The embedded index; with postings.py the only file that knows Whoosh.

A folder holds generations (each a Whoosh index) and `current`, which names the one in use; rebuilding makes the next
one beside it, so readers go on with the old. Whoosh keeps terms, postings and segments; what is asked and how it is
ranked is ours, because its collectors take ten times as long when every match must be counted for facets.
"""

from __future__ import annotations

import math
import os
import shutil
import struct
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from whoosh import index as whoosh_index
from whoosh.reading import TermNotFound
from whoosh.writing import MERGE_SMALL

from lms.library.asking import Asker, completed
from lms.library.gathering import Gathering
from lms.library.language.tolerant import SMALL, Lexicon
from lms.library.picking import all_of, found_in, scored_segments
from lms.library.postings import SCHEMA, Codec, Keys, Places, frequencies, numbers_and_times
from lms.library.records import NOTHING, Chosen, Found, Record, facet_line, order_line
from lms.library.scoring import Segment

__all__ = ["Codec", "Index", "Keys", "Places"]  # an index names its codec and fields by these
_MEMORY = 256 * 1024 * 1024  # a writer may gather before it writes a part aside
_SMALL = 1_000  # documents
_PATIENCE = 120.0  # seconds a writer waits for another to finish
_TRIES = 6  # a reader may open a generation just while a writer sweeps its old segments
_RACES = (OSError, EOFError, struct.error, whoosh_index.EmptyIndexError)
_REST = 20  # the words by their looks are read anew after this many times what reading them took
T = TypeVar("T")


class Index:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._idle: list[tuple[str, Any]] = []  # readers at rest; one serves one request at a time
        weakref.finalize(self, _close, self._idle)
        self._segments: dict[str, Segment] = {}
        self._lexicon, self._lexicon_of, self._lexicon_due = Lexicon(), "", 0.0
        if not self._current_file.exists():
            self._make("1")
            self._point_to("1")

    # ── writing ──
    def add(self, records: Iterable[Record]) -> int:
        """Add records, or put them in the place of those with the same id."""
        last = {record.id: record for record in records}
        with self._writer(self._generation()) as writer:
            _take_out(writer, last)
            return sum(_write(writer, record) for record in last.values())

    def remove(self, ids: Iterable[str]) -> None:
        with self._writer(self._generation()) as writer:
            _take_out(writer, ids)

    def rebuild(self, records: Iterable[Record]) -> int:
        """Write everything anew beside the old index, then change over; readers never wait."""
        old, new = self._current(), str(int(self._current()) + 1)
        self._make(new)
        with self._writer(whoosh_index.open_dir(self.folder / new), merge=False) as writer:
            count = sum(_write(writer, record) for record in records)
        self._point_to(new)
        for stale in self.folder.iterdir():
            if stale.is_dir() and stale.name not in (old, new):
                shutil.rmtree(stale, ignore_errors=True)
        return count

    @contextmanager
    def _writer(self, generation: Any, merge: bool = True) -> Iterator[Any]:
        writer = _patiently(lambda: generation.writer(codec=Codec()))
        writer.pool = Gathering(
            Path(tempfile.mkdtemp(prefix="runs-", dir=generation.storage.folder)), _MEMORY
        )
        try:
            yield writer
            writer.commit(mergetype=_merged if merge else _left_alone)
        except BaseException:
            writer.cancel()
            raise

    # ── reading ──
    def search(
        self, typed: str, limit: int = 10, offset: int = 0, chosen: Chosen = NOTHING, order: str = ""
    ) -> Found:
        """The best documents for what was typed; `chosen` narrows them by facets."""
        return self._with_reader(lambda reader: self._search(reader, typed, limit, offset, chosen, order))

    def browse(self, limit: int = 10, offset: int = 0, chosen: Chosen = NOTHING, order: str = "new") -> Found:
        """Everything there is, when nothing was typed."""
        return self._with_reader(lambda reader: self._browse(reader, limit, offset, chosen, order))

    def suggestions(self, typed: str, limit: int = 8) -> list[str]:
        """How the question may go on: the last word completed from titles, the others kept."""
        return self._with_reader(lambda reader: completed(self._words(reader), typed, limit))

    def count(self) -> int:
        return self._with_reader(lambda reader: int(reader.doc_count()))

    def _browse(self, reader: Any, limit: int, offset: int, chosen: Chosen, order: str) -> Found:
        scored = [(segment, all_of(segment, chosen)) for segment in self._segments_of(reader)]
        return found_in(scored, limit, offset, order)

    def _search(self, reader: Any, typed: str, limit: int, offset: int, chosen: Chosen, order: str) -> Found:
        asker = Asker(lambda key: _frequency(reader, key), self._words(reader))
        question = asker.ask(typed)
        if question.is_empty:
            return Found((), 0, read_as=question.read_as)
        scored = scored_segments(question, self._segments_of(reader), chosen)
        found = found_in(scored, limit, offset, order)
        return replace(found, read_as=question.read_as, keys=question.keys)

    def _segments_of(self, reader: Any) -> list[Segment]:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        average = max(1.0, reader.field_length("body") / max(1, reader.doc_count_all()))
        count = max(1, reader.doc_count())
        for leaf in leaves:
            name = str(leaf.segment().segment_id())
            if name not in self._segments:
                self._segments[name] = Segment(
                    _column(leaf, "id"),
                    _column(leaf, "facets"),
                    _lengths(leaf, average),
                    _column(leaf, "orders"),
                )
        alive = {str(leaf.segment().segment_id()) for leaf in leaves}
        if len(self._segments) > 4 * len(alive) + 8:
            self._segments = {name: one for name, one in self._segments.items() if name in alive}
        return [self._segments[str(leaf.segment().segment_id())].on(leaf, reader, count) for leaf in leaves]

    def _words(self, reader: Any) -> Lexicon:
        """Words by their looks; a large index has them read again now and then, and nobody waits for it."""
        generation = f"{self._current()}/{reader.generation()}"
        if generation != self._lexicon_of and time.monotonic() >= self._lexicon_due:
            if not self._lexicon_of or reader.doc_count() < SMALL:
                self._read_words(generation, reader)
            else:
                self._lexicon_due = math.inf  # one reads, the others go on
                threading.Thread(target=self._read_words_apart, daemon=True).start()
        return self._lexicon

    def _read_words_apart(self) -> None:
        self._with_reader(lambda reader: self._read_words(f"{self._current()}/{reader.generation()}", reader))

    def _read_words(self, generation: str, reader: Any) -> None:
        began = time.monotonic()
        self._lexicon = Lexicon.of(frequencies(reader, "body"), reader.doc_count())
        self._lexicon_of, self._lexicon_due = (
            generation,
            time.monotonic() + _REST * (time.monotonic() - began),
        )

    def _with_reader(self, work: Callable[[Any], T]) -> T:
        for attempt in range(_TRIES):
            try:
                generation, reader = self._reader()
                return self._asked(generation, reader, work)
            except _RACES:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    def _asked(self, generation: str, reader: Any, work: Callable[[Any], T]) -> T:
        try:
            result = work(reader)
        except BaseException:
            reader.close()
            raise
        with self._lock:
            self._idle.append((generation, reader))
        return result

    def _reader(self) -> tuple[str, Any]:
        opened = self._generation()
        generation = f"{self._current()}/{opened.latest_generation()}"
        with self._lock:
            stale = [reader for made, reader in self._idle if made != generation]
            self._idle[:] = [(made, reader) for made, reader in self._idle if made == generation]
            idle = self._idle.pop() if self._idle else None
        for reader in stale:
            reader.close()
        return idle or (generation, opened.reader())

    # ── generations ──
    @property
    def _current_file(self) -> Path:
        return self.folder / "current"

    def _current(self) -> str:
        return self._current_file.read_text("ascii").strip()

    def _generation(self) -> Any:
        return whoosh_index.open_dir(self.folder / self._current())

    def _make(self, name: str) -> None:
        shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / name).mkdir(parents=True)
        whoosh_index.create_in(self.folder / name, SCHEMA)

    def _point_to(self, name: str) -> None:
        fresh = self.folder / f"current.{os.getpid()}"
        fresh.write_text(name, "ascii")
        os.replace(fresh, self._current_file)


def _close(idle: list[tuple[str, Any]]) -> None:
    for _, reader in idle:
        reader.close()


def _merged(writer: Any, segments: Any) -> Any:
    return _in_files(writer, MERGE_SMALL(writer, segments))


def _left_alone(writer: Any, segments: Any) -> Any:
    return _in_files(writer, segments)


def _in_files(writer: Any, segments: Any) -> Any:
    """Whoosh holds a whole file of a small segment in the memory of each reader; a large one lies in several and is read from disk."""
    writer.compound = writer.doc_count() < _SMALL
    return segments


def _take_out(writer: Any, ids: Iterable[str]) -> None:
    """All through one reader; Whoosh opens one for each document."""
    with writer.reader() as reader:
        leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        for one in ids:
            for leaf, base in leaves:
                for number in numbers_and_times(leaf, "id", one)[0]:
                    writer.delete_document(base + number)


def _write(writer: Any, record: Record) -> int:
    writer.add_document(
        id=record.id, body=list(record.all_keys()), title=record.title_keys(), facets=facet_line(record),
        orders=order_line(record),
    )  # fmt: skip
    return 1


def _patiently(make: Callable[[], T]) -> T:
    """One writer at a time; the others wait for it."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return make()
        except (whoosh_index.LockError, *_RACES):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _frequency(reader: Any, key: str) -> int:
    try:
        return int(reader.doc_frequency("body", key))
    except TermNotFound:
        return 0


def _column(leaf: Any, name: str) -> list[str]:
    if not leaf.has_column(name):
        return [""] * leaf.doc_count_all()
    return list(leaf.column_reader(name))


def _lengths(leaf: Any, average: float) -> list[float]:
    return [leaf.doc_field_length(number, "body", 0) / average for number in range(leaf.doc_count_all())]
