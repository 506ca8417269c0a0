"""How the embedded index keeps its keys on disk: Whoosh's own segments, written and read by whole lists.

Whoosh takes postings one by one through a sort, four calls and a look at the document's length each; ours come gathered
by key, and what is asked and ranked needs the whole list anyway.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, repeat
from operator import itemgetter
from struct import Struct
from typing import Any

from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher, W3PostingsWriter, W3TermsReader
from whoosh.fields import ID, FieldType, Schema
from whoosh.formats import Positions
from whoosh.reading import TermNotFound

_FEW = 8  # postings
_BLOCK = 512  # postings that are packed together
_DOCUMENTS, _BEFORE_DOCUMENTS = Struct("!I"), 5  # in what Whoosh keeps of a key: a flag, a weight, then this
_ONE_PLACE = [bytes([place]) for place in range(128)]


class Places(Positions):
    """Where a key stands, as a few bytes; Whoosh's own way takes three times as many."""

    def encode(self, places: list[int]) -> bytes:
        if len(places) == 1 and places[0] < 128:
            return _ONE_PLACE[places[0]]
        out, last = bytearray(), 0
        for place in places:
            step, last = place - last, place
            while step > 127:
                out.append(step & 127 | 128)
                step >>= 7
            out.append(step)
        return bytes(out)

    def decode_positions(self, stored: bytes) -> list[int]:
        places, place, step, shift = [], 0, 0, 0
        for byte in stored:
            step |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                place += step
                places.append(place)
                step = shift = 0
        return places


class Keys(FieldType):
    """A field of keys that our own analysis has made: (position, key) pairs, not text."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDAnalyzer(), format=Places(), scorable=True)

    def index(self, value: list[tuple[int, str]], **_asked: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, list[int]] = {}
        for position, key in value:
            there = places.get(key)
            if there is None:
                places[key] = [position]
            else:
                there.append(position)
        encode = self.format.encode
        for key, found in places.items():
            yield key.encode(), len(found), len(found), encode(found)


class Line(ID):
    """A text of each document that is read with it and never searched for."""

    indexed = False

    def __init__(self) -> None:
        super().__init__(sortable=True)


class ListWriter(W3PostingsWriter):
    """Half of all keys stand in a few documents; their postings are kept with the key, not as a packed block each."""

    _terminfo: Any

    def add_all(self, flat: list[Any]) -> None:
        """document, times, places; document, times, places; …"""
        numbers, times, places = flat[::3], flat[1::3], flat[2::3]
        for start in range(0, len(numbers), self._blocklimit):
            if start:
                self._write_block()
            part = slice(start, start + self._blocklimit)
            self._ids, self._weights = array("I", numbers[part]), array("f", times[part])
            self._values = places[part]
            self._minlength, self._maxweight = (
                0,
                max(self._weights),
            )  # lengths are for ways to rank that are not ours

    def finish_postings(self) -> Any:
        if self.written() or len(self._ids) > _FEW:
            return super().finish_postings()
        terminfo, self._terminfo = self._terminfo, None
        terminfo.add_block(self)
        terminfo.set_inlined(self._ids, self._weights, self._values)
        return terminfo

    def _mini_weights(self) -> Any:
        return None if self._weights.count(1.0) == len(self._weights) else tuple(self._weights)


class FieldWriter(W3FieldWriter):
    def add_postings(self, schema: Any, _lengths: Any, items: Iterable[tuple[str, bytes, list[Any]]]) -> None:
        for name, rows in groupby(items, itemgetter(0)):
            self.start_field(name, schema[name])
            for _, key, flat in rows:
                self.start_term(key)
                self._postwriter.add_all(flat)
                self.finish_term()
            self.finish_field()


class ListReader(W3LeafMatcher):
    def everything(self) -> tuple[list[int], list[float]]:
        numbers: list[int] = []
        times: list[float] = []
        self.reset()
        while not self._atend:
            self._read_data()
            ids, weights, _ = self._data
            numbers += accumulate(ids)
            times += weights if isinstance(weights, tuple) else repeat(weights or 1.0, len(ids))
            self._next_block()
        return numbers, times


class TermsReader(W3TermsReader):
    def frequencies(self, name: str) -> Iterator[tuple[bytes, int]]:
        """Every key of a field with the number of its documents, and nothing else of it."""
        start = self._keycoder(name, b"")
        for key, about in self._tindex.items_from(start):
            if key[:2] != start[:2]:
                return
            yield key[2:], _DOCUMENTS.unpack_from(about, _BEFORE_DOCUMENTS)[0]


class Codec(W3Codec):
    """Whoosh's own, and read by it."""

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK)

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        """As Whoosh opens it, with a class of ours."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> ListWriter:
        return ListWriter(dbfile, self._blocklimit, byteids, self._compression)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        if terminfo.is_inlined():
            return super().postings_reader(dbfile, terminfo, format_, term, scorer)
        return ListReader(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)


SCHEMA = Schema(
    id=ID(unique=True, sortable=True), body=Keys(), title=Keys(), facets=Line(), orders=Line()
)  # fmt: skip


def numbers_and_times(leaf: Any, name: str, key: str) -> tuple[Sequence[int], Sequence[float]]:
    """Documents of one segment that hold the key, and how often; those taken out are still among them."""
    matcher = _matcher(leaf, name, key)
    if isinstance(matcher, ListReader):
        return matcher.everything()
    rows = [(number, times) for number, times, _ in _walked(matcher)]
    return [number for number, _ in rows], [times for _, times in rows]


def frequencies(reader: Any, name: str) -> Iterator[tuple[str, int]]:
    """Every key of the field with the number of documents that hold it, those taken out among them."""
    found: dict[bytes, int] = {}
    for leaf in (one for one, _ in reader.leaf_readers() if one.doc_count_all()):
        for key, count in leaf._terms.frequencies(name):
            found[key] = found.get(key, 0) + count
    return ((key.decode(), count) for key, count in found.items())


def places(leaf: Any, name: str, key: str) -> Iterator[tuple[int, list[int]]]:
    """Where the key stands in each document of the segment."""
    return ((number, found) for number, _, found in _walked(_matcher(leaf, name, key), "positions"))


def _matcher(leaf: Any, name: str, key: str) -> Any:
    try:
        matcher = leaf.postings(name, key)
    except TermNotFound:
        return None
    matcher = getattr(matcher, "child", matcher)  # without the filter of what was taken out
    matcher.reset()
    return matcher


def _walked(matcher: Any, value: str = "") -> Iterator[tuple[int, float, list[int]]]:
    while matcher is not None and matcher.is_active():
        yield matcher.id(), matcher.weight(), matcher.value_as(value) if value else []
        matcher.next()
