"""The nominal ladder: case, possessive and plural endings come off from the right, every legal rung is kept.

Order of the endings in a word: stem · plural · possessive · case; -дағы makes a stem again. Each cut must agree
in vowel harmony and in what its first sound may follow, which is what keeps this from cutting into stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lms.library.language.sounds import FRONT, NASALS, VOICELESS, VOWELS, agrees, hardened, harmony, syllables

# What a suffix may follow: vowels, nasals, л, other voiced sounds, voiceless sounds, з/ж.
_V, _N, _L, _R, _T, _Z = "vnlrtz"
_AFTER: dict[str, str] = {
    **dict.fromkeys(VOWELS - {"у", "и", "ю"}, _V), "у": _V + _R, "ю": _V + _R, "и": _V + _R,
    **dict.fromkeys(NASALS, _N), "л": _L, "р": _R, "й": _R, **dict.fromkeys("зж", _Z),
    **dict.fromkeys(VOICELESS, _T), "б": _T + _R, "в": _T + _R, "г": _T + _R, "д": _T + _R, "ғ": _T + _R,
}  # fmt: skip


Table = dict[str, frozenset[str]]  # ending → what it may follow


def _table(*rows: tuple[str, str]) -> Table:
    """Both harmonies spelled out."""
    front = str.maketrans("аықғ", "еікг")
    return {form: frozenset(after) for suffix, after in rows for form in (suffix, suffix.translate(front))}


PLAIN_CASES = _table(
    ("ның", _V + _N), ("дың", _L + _R + _Z), ("тың", _T),
    ("ға", _V + _N + _L + _R + _Z), ("қа", _T),
    ("ны", _V), ("ды", _N + _L + _R + _Z), ("ты", _T),
    ("да", _V + _N + _L + _R + _Z), ("та", _T),
    ("дан", _V + _L + _R + _Z), ("тан", _T), ("нан", _N),
    ("мен", _V + _N + _L + _R), ("бен", _Z), ("пен", _T),
    ("дағы", _V + _N + _L + _R + _Z), ("тағы", _T),
    ("дікі", _L + _R + _Z), ("нікі", _V + _N), ("тікі", _T),
)  # fmt: skip
# After the possessive of the third person: сабағы-на, -н, -нда, -нан, -ның, -мен, -ндағы.
THIRD_CASES = _table(("на", "v"), ("н", "v"), ("нда", "v"), ("нан", "v"), ("ндағы", "v"))
# After -м and -ң: досым-а, досың-а.
FIRST_CASES = _table(("а", _N))
PLURAL = _table(("лар", _V + _R), ("дар", _N + _L + _Z), ("тар", _T))
THIRD = _table(("сы", _V), ("ы", _N + _L + _R + _T + _Z))
FIRST_MANY = _table(
    ("мыз", _V), ("ңыз", _V), ("ымыз", _N + _L + _R + _T + _Z), ("ыңыз", _N + _L + _R + _T + _Z)
)
FIRST_ONE = _table(("м", _V), ("ң", _V), ("ым", _N + _L + _R + _T + _Z), ("ың", _N + _L + _R + _T + _Z))
FIRST_OWN: Table = {"м": frozenset(_V)}  # балам; -ым bare would cut білім and бөлім
_LONGEST = 5
_BUFFERED = re.compile("..(?:кт|ст|нт|пт|фт|рк|нк|ск|зм|кс)і$")  # объекті-лер, фактілер
_NEUTRAL_HARMONY = frozenset({"мен", "бен", "пен", "дікі", "нікі", "тікі"})


def cuts(word: str, table: Table) -> Iterator[str]:
    """What remains of a word when one legal ending of the table comes off."""
    for length in range(1, min(_LONGEST, len(word) - 2) + 1):
        suffix = word[-length:]
        after = table.get(suffix)
        if after is None:
            continue
        for stem in _written(word[: -len(suffix)], suffix):
            if _fits(stem, suffix, after):
                yield stem


def _fits(stem: str, suffix: str, after: frozenset[str]) -> bool:
    if len(stem) < 2 or not syllables(stem) or after.isdisjoint(_AFTER.get(_heard(stem), "")):
        return False
    return suffix in _NEUTRAL_HARMONY or agrees(stem, suffix)


def _written(stem: str, suffix: str) -> Iterator[str]:
    """The stem as it is written alone: мектеб-і → мектеп; модул-і, медал-і → модуль, медаль."""
    yield stem
    if len(stem) > 1 and suffix[0] in "ыі":
        if stem[-1] in "бгғ":
            yield hardened(stem)
        if suffix[0] == "і" and stem[-1] in "лнрт" and harmony(stem) is not FRONT:
            yield stem + "ь"


def _heard(stem: str) -> str:
    """The sound a suffix follows: a soft sign has none of its own."""
    return stem[-2] if stem[-1] == "ь" else stem[-1]


def ladder(word: str) -> set[str]:
    """The word and every base it can be a form of."""
    rungs = {word}
    for stem in cuts(word, PLAIN_CASES):
        rungs |= {stem} | _below_case(stem)
        if word.endswith(("ғы", "гі")):  # -дағы: its own stem may be a whole form again
            rungs.add(word[:-2])
    for stem in cuts(word, THIRD_CASES):
        if any(True for _ in cuts(stem, THIRD)):
            rungs |= {stem} | _third(stem)
    for stem in cuts(word, FIRST_CASES):
        rungs |= _first_one(stem)
    for stem in cuts(word, FIRST_OWN):
        if syllables(stem) > 1:
            rungs |= {stem}
    if (
        len(word) > 4 and word[-3] in "бгғ"
    ):  # мектебім, жүрегім: the softened sound tells that a vowel was added
        rungs |= _first_one(word)
    for stem in _relative(word):
        rungs |= ladder(stem)
    rungs |= _third(word) | _many(word) | _plural(word)
    return rungs | {rung[:-1] for rung in rungs if _BUFFERED.search(rung)}


def _relative(word: str) -> Iterator[str]:
    """елдегілердің: below the endings stands елдегі, a form itself."""
    for place in ("дағы", "дегі", "тағы", "тегі"):
        at = word.rfind(place)
        if at > 0 and at + len(place) < len(word):
            yield word[: at + len(place)]


def _below_case(stem: str) -> set[str]:
    return _third(stem) | _many(stem) | _first_one(stem) | _plural(stem)


def _third(word: str) -> set[str]:
    found: set[str] = set()
    for stem in cuts(word, THIRD):
        found |= {stem} | _plural(stem)
        if word[-1] in "ыі" and not word.endswith(("сы", "сі")):
            found |= _restored(stem)
    return found


def _many(word: str) -> set[str]:
    return {rung for stem in cuts(word, FIRST_MANY) for rung in {stem} | _plural(stem) | _restored(stem)}


def _first_one(word: str) -> set[str]:
    return {rung for stem in cuts(word, FIRST_ONE) for rung in {stem} | _plural(stem) | _restored(stem)}


def _plural(word: str) -> set[str]:
    return set(cuts(word, PLURAL))


def _restored(stem: str) -> set[str]:
    """The vowel that falls out before a vowel: орн-ы → орын, халқ-ы → халық, ауз-ы → ауыз."""
    if syllables(stem) not in (1, 2) or len(stem) < 3 or len(stem) > 6:
        return set()
    last, before = stem[-1], stem[-2]
    if last in VOWELS or (before in VOWELS and stem[-3:-1] not in ("ау", "еу")) or "ь" in stem:
        return set()
    return {f"{stem[:-1]}{vowel}{last}" for vowel in "ыі" if agrees(stem, vowel)}


def tables() -> dict[str, Any]:
    """For whoever cuts words elsewhere by the same rules: lms/web/assets/library/nouns.ts."""
    named = {
        "plainCases": PLAIN_CASES, "thirdCases": THIRD_CASES, "firstCases": FIRST_CASES, "plural": PLURAL,
        "third": THIRD, "firstMany": FIRST_MANY, "firstOne": FIRST_ONE, "firstOwn": FIRST_OWN,
    }  # fmt: skip
    found: dict[str, Any] = {
        name: {ending: "".join(sorted(after)) for ending, after in sorted(table.items())}
        for name, table in named.items()
    }
    return {**found, "after": dict(sorted(_AFTER.items())), "neutral": sorted(_NEUTRAL_HARMONY)}
