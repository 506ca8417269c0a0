"""Terms of school subjects in both languages, offered while one writes and found in a text that is translated."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lms.core.text import search_key

TABLE = Path(__file__).parent / "data" / "terms.tsv"
ALSO = {
    "algebra": ("mathematics",),
    "geometry": ("mathematics",),
    "science": ("physics", "biology", "geography"),
}
MOST = 24
SOFTENED = search_key("\u049b\u043a\u043f")  # қ, к, п: voiced before an ending that begins with a vowel
SHORTEST = 3  # letters of a stem: a shorter one begins too many words


@dataclass(frozen=True)
class Term:
    kk: str
    ru: str

    def name(self, language: str) -> str:
        return self.kk if language == "kk" else self.ru


@cache
def _all() -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            found.setdefault(row["subject"], []).append(Term(row["kk"], row["ru"]))
    return found


def terms_of(subject: str) -> list[Term]:
    return [one for code in (subject, *ALSO.get(subject, ())) for one in _all().get(code, ())]


def found_in(text: str, subject: str, language: str) -> list[Term]:
    """Those whose words stand in the text one after the other, in any form."""
    words = re.findall(r"\w+", search_key(text))
    different = sorted(set(words))
    terms = {one.name(language): one for one in terms_of(subject)}
    return [
        one for name, one in terms.items() if _stands(_stems(name, language), words, different, language)
    ][:MOST]


def _stands(stems: list[str], words: list[str], different: list[str], language: str) -> bool:
    """A long text has few different words: most terms are ruled out by them."""
    if not any(_is(word, stems[0], language) for word in different):
        return False
    return len(stems) == 1 or any(
        all(_is(word, stem, language) for word, stem in zip(words[place:], stems, strict=False))
        for place in range(len(words) - len(stems) + 1)
    )


def _is(word: str, stem: str, language: str) -> bool:
    """The word with an ending; a long rest behind a short cut stem makes another word."""
    cut = language == "ru" and len(stem) <= SHORTEST
    return word.startswith(stem) and not (cut and len(word) - len(stem) > 2)


def _stems(name: str, language: str) -> list[str]:
    """Kazakh adds to a word and softens its last letter (тығыздық – тығыздығы), Russian changes its end."""
    words = re.findall(r"\w+", search_key(name))
    if language == "kk":
        return [one[:-1] if one[-1] in SOFTENED and len(one) > SHORTEST + 1 else one for one in words]
    return [one[: max(SHORTEST, len(one) - (2 if len(one) > 5 else 1))] for one in words]
