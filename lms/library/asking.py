"""What a reader typed, understood the same way for every engine: which keys must, may and must not be there.

There is no query language to break out of. A query is words; quotes make a phrase; a hyphen before a word leaves it
out. Everything else (stars, brackets, field names, AND) is punctuation or just words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lms.library.language import kazakh
from lms.library.language.letters import KAZAKH, mended
from lms.library.language.russian import is_russian_lemma, russian_keys
from lms.library.language.sounds import noun_key
from lms.library.language.tolerant import Lexicon
from lms.library.language.words import SMALL_WORDS, can_be_kazakh, can_be_russian, words_of
from lms.library.terms import others

LONGEST_QUERY = 2_000  # characters that are read; what follows is no longer a question
MOST_WORDS = 24
ENOUGH = 10  # results; with fewer, documents with most of the words follow those with all
RESTORED_BOOST = 0.7
EXACT_BOOST = 1.3
TERM_BOOST = 0.5  # the same word of a subject in the other language
FAR_COMMONER = 5

_PART = re.compile(
    r'(?P<minus>(?:(?<=\s)|^)[-−–])?(?:["«“„](?P<phrase>[^"»”“]+)["»”“]|(?P<plain>[^\s"«»“”„]+))'
)


@dataclass(frozen=True)
class Wanted:
    """One word of the question: any of its keys will do."""

    keys: tuple[tuple[str, float], ...]  # (key, boost)
    small: bool = False

    @property
    def own(self) -> Wanted:
        """Without what it is called in the other language."""
        return Wanted(tuple(row for row in self.keys if row[1] != TERM_BOOST), self.small)

    def or_else(self, keys: frozenset[str]) -> Wanted:
        known = {key for key, _ in self.keys}
        more = tuple((key, TERM_BOOST) for key in sorted(keys - known))
        return Wanted(self.keys + more, self.small)


@dataclass(frozen=True)
class Question:
    """Documents must have enough of `words`, each of `phrases`, none of `without`."""

    words: tuple[Wanted, ...] = ()
    phrases: tuple[tuple[Wanted, ...], ...] = ()
    without: tuple[tuple[Wanted, ...], ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()  # (typed, searched for)

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for word in self.words for key, _ in word.keys)

    @property
    def enough_words(self) -> int:
        """How many words do when too few documents have them all."""
        return max(1, (len(self.words) + 1) // 2)


@dataclass
class Asker:
    """Turns typed text into a Question with what one index knows."""

    frequency: Callable[[str], int]  # documents that hold a key, now
    lexicon: Lexicon  # words by their looks; may be a little old
    read_as: dict[str, str] = field(default_factory=dict)

    def ask(self, typed: str) -> Question:
        parts = list(_parts(mended(typed[:LONGEST_QUERY])))
        language = (
            "kk"
            if any(letter in word for words, *_ in parts for word in words for letter in KAZAKH)
            else None
        )
        phrases: list[tuple[Wanted, ...]] = []
        without: list[tuple[Wanted, ...]] = []
        words: dict[str, Wanted] = {}
        plain: list[str] = []
        for texts, is_phrase, is_minus in parts:
            wanted = tuple(self._wanted(text, language) for text in texts)
            if is_minus:
                without.append(wanted)
                continue
            plain += [] if is_phrase else texts
            words |= dict(zip(texts, wanted, strict=True))
            if is_phrase and len(wanted) > 1:
                phrases.append(wanted)
        # A term is recognised in its right letters, however it was typed.
        meant = [self.read_as.get(word, word) for word in plain]
        known = others(meant)
        for word, right in zip(plain, meant, strict=True):
            words[word] = words[word].or_else(known.get(right, frozenset()))
        return Question(
            _telling(list(words.values())), tuple(phrases), tuple(without), tuple(self.read_as.items())
        )

    def _wanted(self, word: str, language: str | None) -> Wanted:
        boosts = dict.fromkeys(self._keys(word, language), 1.0)
        own = noun_key(word)
        if own in boosts and len(boosts) > 1:
            boosts[own] = EXACT_BOOST
        known = max(map(self.frequency, boosts))
        for other in self._other_readings(word, known):
            self.read_as[word] = other
            for key in self._keys(other, language):
                boosts.setdefault(key, RESTORED_BOOST)
        return Wanted(tuple(boosts.items()), small=word in SMALL_WORDS)

    def _keys(self, word: str, language: str | None) -> list[str]:
        own = can_be_kazakh(word, None)
        keys = kazakh.query_keys(word, self.frequency) if own else [noun_key(word)]
        if can_be_russian(word, None):
            russian = sorted(russian_keys(word))
            plain = is_russian_lemma(word) and language is None
            if not own or plain or not self._is_rather_kazakh(keys, russian):
                keys += russian
        return keys

    def _is_rather_kazakh(self, keys: list[str], russian: list[str]) -> bool:
        """ел is a country in Kazakh and, in Russian, a form of есть: the index knows who is meant."""
        return sum(map(self.frequency, keys)) > 2 * sum(map(self.frequency, russian))

    def _other_readings(self, word: str, known: int) -> Iterator[str]:
        """The word in its Kazakh letters, when it may lack them; else what is one slip away."""
        if not any(letter in word for letter in KAZAKH) or not known:
            restored = self.lexicon.restored(word)
            if restored and restored != word:
                if not known or self.lexicon.frequency[restored] >= FAR_COMMONER * known:
                    yield restored
                return
        if not known and (mended_word := self.lexicon.mended(word)):
            yield mended_word


def completed(lexicon: Lexicon, typed: str, limit: int) -> list[str]:
    """Suggestions while somebody types."""
    words = [word.text for word in words_of(mended(typed[:LONGEST_QUERY]))]
    if not words or not typed[-1:].isalnum():
        return []
    before = " ".join(words[:-1])
    return [f"{before} {word}".strip() for word in lexicon.beginning(words[-1], limit)]


def _parts(text: str) -> Iterator[tuple[list[str], bool, bool]]:
    """(words, is a phrase, is to be left out), no more words than anybody means."""
    left = MOST_WORDS
    for found in _PART.finditer(text):
        words = [word.text for word in words_of(found["phrase"] or found["plain"])][:left]
        left -= len(words)
        if words:
            yield words, found["phrase"] is not None, bool(found["minus"])


def _telling(words: list[Wanted]) -> tuple[Wanted, ...]:
    """Without the small words, unless there are no others; each question once."""
    telling = [word for word in words if not word.small] or words
    return tuple(dict.fromkeys(telling))
