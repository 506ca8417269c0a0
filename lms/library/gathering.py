"""Postings of an index that is being written, gathered by key: sorted by key once, never one by one.

What outgrows its share of memory is set down as a run; in the end the runs are read side by side.
"""

from __future__ import annotations

import marshal
import shutil
from collections.abc import Iterator
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

Term = tuple[str, bytes]  # field, key
Flat = list[Any]  # document, times, places; document, times, places; …
_A_POSTING, _A_KEY = 80, 300  # bytes of memory, roughly


class Gathering:
    """In the place of Whoosh's own pool: documents come in the order of their numbers."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit
        self._fields: dict[str, dict[bytes, Flat]] = {}
        self._values: dict[bytes, bytes] = {}  # most places are alike; each is kept once
        self._size = 0
        self._runs: list[Path] = []

    def add(self, posting: tuple[str, bytes, int, float, bytes | None]) -> None:
        name, key, number, times, places = posting
        lists = self._fields.get(name)
        if lists is None:
            lists = self._fields[name] = {}
        flat = lists.get(key)
        if flat is None:
            flat = lists[key] = []
            self._size += _A_KEY
        places = places or b""
        if len(places) == 1:
            places = self._values.setdefault(places, places)
        flat += (number, int(times), places)
        self._size += _A_POSTING
        if self._size > self.limit:
            self._set_down()

    def iter_postings(self) -> Iterator[tuple[str, bytes, Flat]]:
        """Each key once, in order, with all its documents."""
        runs = [*map(_read, self._runs), self._sorted()]
        for (name, key), rows in groupby(merge(*runs, key=itemgetter(0)), itemgetter(0)):
            parts = [flat for _, flat in rows]
            yield name, key, parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))

    def cleanup(self) -> None:
        self._fields = {}
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sorted(self) -> Iterator[tuple[Term, Flat]]:
        for name in sorted(self._fields):
            lists = self._fields[name]
            yield from (((name, key), lists[key]) for key in sorted(lists))

    def _set_down(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        run = self.folder / f"{len(self._runs)}.run"
        with run.open("wb") as file:
            for row in self._sorted():
                marshal.dump(row, file)
        self._runs.append(run)
        self._fields, self._size = {}, 0


def _read(run: Path) -> Iterator[tuple[Term, Flat]]:
    with run.open("rb") as file:
        while True:
            try:
                yield marshal.load(file)
            except EOFError:
                return
