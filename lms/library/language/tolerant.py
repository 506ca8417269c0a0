"""What was typed without Kazakh letters, in Latin, or with a slip, given back as words of the index."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from typing import Any

from lms.library.language.nouns import ladder
from lms.library.language.russian import is_russian, russian_keys
from lms.library.language.sounds import BACK, noun_key
from lms.library.language.words import is_latin

_BARE = str.maketrans("әғқңөұүһіё", "агкноуухие")
_LATIN_OF = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "io", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
# Draft alphabets and what people type: accepted, never produced. The longer first.
_SPELLINGS = (
    ("shch", "sh"), ("sch", "sh"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ts", "ts"), ("ş", "sh"), ("ž", "j"),
    ("ä", "a"), ("á", "a"), ("å", "a"), ("ğ", "g"), ("ǵ", "g"), ("ñ", "n"), ("ń", "n"), ("ŋ", "n"), ("ö", "o"),
    ("ó", "o"), ("ū", "u"), ("ü", "u"), ("ú", "u"), ("ý", "u"), ("w", "u"), ("ı", "i"), ("y", "i"), ("q", "k"),
    ("x", "h"), ("’", ""), ("'", ""), ("ʼ", ""), ("`", ""), ("ʹ", ""),
)  # fmt: skip
_ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LATIN_ALPHABET = "abcdefghijklmnoprstuvz"
_SHORTEST_MENDED = 4
SMALL = 20_000  # documents; in larger indexes words of a few documents need no help to be found


def bare(word: str) -> str:
    """As typed on a Russian keyboard."""
    return word.translate(_BARE)


def latin_code(word: str) -> str:
    """A Cyrillic word in the coarse Latin that all spellings fall into."""
    return _evened("".join(_LATIN_OF.get(letter, letter) for letter in word))


def latin_codes(typed: str) -> set[str]:
    """The coarse forms of a Latin word; ng may be ң or нг, x may be х or кс, c may be к, с or ц."""
    readings = {typed}
    for cluster, others in (("ng", ("n",)), ("x", ("ks",)), ("c", ("k", "s", "ts"))):
        pattern = re.compile(rf"{cluster}(?!h)")
        readings |= {pattern.sub(other, one) for one in readings for other in others}
    coarse = set()
    for one in readings:
        for spelling, plain in _SPELLINGS:
            one = one.replace(spelling, plain)
        coarse.add(_evened(one))
    return coarse


def _evened(code: str) -> str:
    return re.sub(r"i{2,}", "i", code)


def spellings() -> dict[str, Any]:
    """For whoever reads what was typed elsewhere: lms/web/assets/library/tolerant.ts."""
    bare_letters = {chr(letter): chr(plain) for letter, plain in _BARE.items()}
    return {"bare": bare_letters, "latin": _LATIN_OF, "spellings": _SPELLINGS}


@dataclass
class Lexicon:
    """The words of one index, to be found by what they look like; built anew as the index grows."""

    frequency: dict[str, int] = field(default_factory=dict)
    _bare: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _titles: list[tuple[str, str, int]] = field(default_factory=list)  # (bare, word, documents), sorted

    @classmethod
    def of(cls, keys: Iterable[tuple[str, int]], documents: int = 0) -> Lexicon:
        """From (key, documents that hold it); verb keys are left out, their nouns in -у are there."""
        made, least = cls(), 1 + documents // SMALL
        for key, count in keys:
            if count < least:
                continue
            if key.startswith("t:"):
                made._titles.append((bare(key[2:]), key[2:], count))
                continue
            word = key.removeprefix("r:")
            if word[-1:] not in "-~^" and not word.startswith("s:"):
                made.frequency[word] = max(count, made.frequency.get(word, 0))
        for word in made.frequency:
            made._bare[_ending_evened(bare(word))].append(word)
        made._titles.sort()
        return made

    @cached_property
    def _latin(self) -> Mapping[str, list[str]]:
        """Made when somebody first types in Latin: it takes as long as all the rest."""
        made: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.frequency:
            made[_ending_evened(latin_code(word))].append(word)
        return made

    def beginning(self, typed: str, limit: int) -> list[str]:
        """The commonest words of titles that begin so, Kazakh letters or not."""
        start = bare(typed)
        first = bisect_left(self._titles, (start,))
        last = bisect_left(self._titles, (start + "\uffff",), first)
        best = nlargest(
            limit, self._titles[first:last], key=lambda row: (row[1].startswith(typed), row[2], row[1])
        )
        return [word for _, word, _ in best]

    def restored(self, typed: str) -> str | None:
        """The commonest word that looks like this one without Kazakh letters, or in Latin."""
        found = list(self._alike(typed)) or list(self._alike_by_base(typed))
        return max(found, key=self._rank, default=None)

    def mended(self, typed: str) -> str | None:
        """The commonest word one slip away: a letter missing, added, wrong, or two exchanged."""
        if len(typed) < _SHORTEST_MENDED or any(letter.isdigit() for letter in typed):
            return None
        latin = is_latin(typed)
        table, alphabet = (self._latin, _LATIN_ALPHABET) if latin else (self._bare, _ALPHABET)
        slips = {
            slip
            for code in (latin_codes(typed) if latin else [bare(typed)])
            for slip in _slips(code, alphabet)
        }
        found = {word for slip in slips for word in table.get(_ending_evened(slip), ())}
        if not latin:
            found |= {lemma for slip in slips if is_russian(slip) for lemma in self._lemmas(slip)}
        return max(found, key=self._rank, default=None)

    def _lemmas(self, word: str) -> Iterator[str]:
        """A Russian form need not stand in the index; its lemma does."""
        return (lemma for key in russian_keys(word) if (lemma := key.removeprefix("r:")) in self.frequency)

    def _rank(self, word: str) -> tuple[int, str]:
        return self.frequency[word], word

    def _alike(self, typed: str) -> Iterator[str]:
        if is_latin(typed):
            for code in latin_codes(typed):
                yield from self._latin.get(_ending_evened(code), ())
        else:
            yield from self._bare.get(_ending_evened(bare(typed)), ())

    def _alike_by_base(self, typed: str) -> Iterator[str]:
        """A form the index has not seen, over a base it has: китапханамыздан → кітапхана."""
        if is_latin(typed):
            return
        plain = bare(typed)
        for cut in range(len(plain) - 1, 2, -1):
            found = [
                base
                for base in self._bare.get(_ending_evened(plain[:cut]), ())
                if _is_form(base, plain[cut:])
            ]
            if found:
                yield from found
                return


def _is_form(base: str, rest: str) -> bool:
    """Whether the base takes this ending, once the ending has its Kazakh letters."""
    last = next((letter for letter in reversed(base) if letter in "аәеоөұүыі"), "е")
    kazakh = rest.translate(str.maketrans("гк", "ғқ") if last in BACK else str.maketrans("и", "і"))
    stems = (base, base[:-1] + {"п": "б", "к": "г", "қ": "ғ"}.get(base[-1], base[-1]))
    endings = {kazakh, re.sub("н$", "ң", kazakh), re.sub("нын$|нин$", lambda m: m[0][:-1] + "ң", kazakh)}
    return any(noun_key(base) in map(noun_key, ladder(stem + end)) for stem in stems for end in endings)


def _ending_evened(code: str) -> str:
    return code[:-1] + {"б": "п", "г": "к", "b": "p", "g": "k"}.get(code[-1:], code[-1:])


def _slips(code: str, alphabet: str) -> Iterator[str]:
    halves = [(code[:at], code[at:]) for at in range(len(code) + 1)]
    for left, right in halves:
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in alphabet:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]
