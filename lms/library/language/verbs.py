"""The verbal ladder: from a form to the stems it can be made of.

A form is stem · (voice) · (negation) · ending · (person or noun endings). Endings that make a noun or an adjective
(-у, -ған, -атын, -ар, -мақ) are looked for in every rung of the nominal ladder, so -ғандарының is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from lms.library.language.nouns import ladder
from lms.library.language.sounds import BACK, FRONT, VOICELESS, VOWELS, agrees, syllables, verb_key

_FRONT = str.maketrans("аықғ", "еікг")
_OPEN = frozenset("аәеоөұүыі")  # vowels a stem can end in, as against у and и, which act as consonants too
_DULL = VOICELESS - frozenset("бвгғд")


def _forms(*suffixes: str) -> tuple[str, ...]:
    both = {form for one in suffixes for form in (one, one.translate(_FRONT))}
    return tuple(sorted(both, key=lambda one: (-len(one), one)))


_PERSON = ("мын", "сың", "сыз", "мыз", "сыңдар", "сыздар")
# What comes off, by what the stem before it ends in.
AFTER_CONSONANT = _forms(
    "а", "ады", *(f"а{one}" for one in _PERSON), "атын", "атұғын", "ар", "ып", "ыпты", *(f"ып{one}" for one in ("пын", "сың", "сыз", "пыз")),
    "айын", "айық", "сын", "сындар", "ыңыз", "ыңыздар", "ыңдар", "ың", "у",
)  # fmt: skip
AFTER_VOWEL = _forms(
    "йды", *(f"й{one}" for one in _PERSON), "йтын", "йтұғын", "р", "п", "пты",
    *(f"п{one}" for one in ("пын", "сың", "сыз", "пыз")),
    "йын", "йық", "сын", "сындар", "ңыз", "ңыздар", "ңдар", "у", "й",
)  # fmt: skip
# оқы-: the vowel and the ending are written и; the key has no last ы anyway.
WITH_I = _forms("иды", *(f"и{one}" for one in _PERSON), "итын", "иын", "иық", "и")
_PAST = ("", "м", "ң", "қ", "ңыз", "ңдар", "ңыздар")
AFTER_VOICED = _forms(
    *(f"ды{one}" for one in _PAST), *(f"са{one}" for one in _PAST), "ған", "ғалы", "ғанша", "ғай", "ғын",
    *(f"ған{one}" for one in ("мын", "сың", "быз", "сыз", "дай")), "ғандық", "ғыз",
    *(f"ғы{one}" for one in ("м", "ң", "сы", "мыз", "ңыз")),
)  # fmt: skip
AFTER_VOICELESS = _forms(
    *(f"ты{one}" for one in _PAST), *(f"са{one}" for one in _PAST), "қан", "қалы", "қанша", "қай", "қын",
    *(f"қан{one}" for one in ("мын", "сың", "быз", "сыз", "дай")), "қандық",
    *(f"қы{one}" for one in ("м", "ң", "сы", "мыз", "ңыз")),
)  # fmt: skip
_NEGATED = _forms(
    "ай", "айды", *(f"ай{one}" for one in (*_PERSON, "тын", "ынша")), "ақ", "ақшы",
    "ас", "асын", "асындар", "аған", "ағандай", "ады", *(f"ады{one}" for one in _PAST[1:]), "аса",
    *(f"аса{one}" for one in _PAST[1:]), "ау", "астан", "аңыз", "аңыздар", "аңдар", "апты", "айық", "айын",
)  # fmt: skip
"""What follows м/б/п: the vowel of the negation and the ending, or -ақ of intention."""
_DERIVED = ("ндық", "ндығы", "ндығын", "ндығына", "ндығынан", "ндықтан")


def verb_stems(word: str) -> set[str]:
    """Every stem the word can be a form of, the voice left on."""
    spread = word.replace("ю", "йу").replace("я", "йа") if word[-1:] in "юя" or "я" in word[2:] else word
    stems: set[str] = set()
    many = {word[:-3]} if word.endswith(("дылар", "ділер", "тылар", "тілер")) else set()
    for form in {word, spread} | many:
        stems |= set(_finite(form))
        stems |= {stem for rung in ladder(form) for stem in _nominal(rung)}
    return stems


def converb_stems(word: str) -> set[str]:
    """бере, қала: stems of one syllable with -а; so often a noun that the index marks it apart."""
    spread = word[:-1] + "йа" if word.endswith("я") else word
    stem = spread[:-1]
    legal = (
        spread[-1:] in "ае" and _is_stem(stem) and _follows(stem, spread[-1]) and _in_tune(stem, spread[-1])
    )
    return {stem} if legal and syllables(stem) == 1 else set()


def verb_keys(word: str) -> set[str]:
    """Keys for the index: the stems, and beneath them the stem without passive."""
    stems = verb_stems(word)
    return {verb_key(one) for stem in stems for one in {stem} | set(_active(stem))}


NOMINAL = frozenset(_forms("у", "ған", "қан", "атын", "йтын", "итын", "мақ", "бақ", "пақ", "мау", "бау", "пау",
                           "маған", "баған", "паған", "майтын", "байтын", "пайтын"))  # fmt: skip
_FINITE = frozenset(
    (*AFTER_CONSONANT, *AFTER_VOWEL, *WITH_I, *AFTER_VOICED, *AFTER_VOICELESS,
     *(first + ending for first in "мбп" for ending in _NEGATED))
)  # fmt: skip
_LONGEST = max(map(len, _FINITE))


def _nominal(word: str) -> Iterator[str]:
    return _cut(word, NOMINAL)


def _finite(word: str) -> Iterator[str]:
    yield from _cut(word, _FINITE)
    if word.endswith(_DERIVED_ENDS):
        yield from _cut(_until_n(word), _FINITE)


def _cut(word: str, endings: frozenset[str]) -> Iterator[str]:
    for length in range(1, min(_LONGEST, len(word) - 2) + 1):
        if word[-length:] in endings:
            yield from _stem(word, word[-length:])


_DERIVED_ENDS = _forms(*_DERIVED)


def _until_n(word: str) -> str:
    """қолданылатындығы → қолданылатын."""
    return next(word[: len(word) - len(end) + 1] for end in _DERIVED_ENDS if word.endswith(end))


def _stem(word: str, suffix: str) -> Iterator[str]:
    stem = word[: -len(suffix)]
    if _is_stem(stem) and _follows(stem, suffix) and _in_tune(stem, suffix) and not _other_word(stem, suffix):
        yield stem
        if (
            suffix[:1] in "ыіа"
            and stem[-1] == "у"
            and len(stem) > 2
            and suffix in ("ып", "іп", "ыпты", "іпті")
        ):
            yield stem[:-1] + "п"  # тауып from тап-


def _other_word(stem: str, suffix: str) -> bool:
    """бағала-р is far oftener баға-лар; бер-е is told apart by its own key."""
    if suffix in ("р", "м"):
        return stem.endswith(("ла", "ле", "да", "де", "та", "те"))
    return suffix in ("а", "е") and syllables(stem) == 1 and stem[-2] in VOWELS


def _is_stem(stem: str) -> bool:
    if stem in ("де", "же"):
        return True
    if len(stem) < 2 or not syllables(stem) or len(stem) > 24:
        return False
    if len(stem) > 2 and not {stem[-1], stem[-2]} & VOWELS and stem[-2] not in "рлнймц":
        return False  # no verb ends in two such consonants
    return syllables(stem) > 1 or stem[-1] not in "аәеоө"


def _in_tune(stem: str, suffix: str) -> bool:
    return agrees(stem, suffix.replace("у", "").replace("и", "").replace("ұ", "ы"))


def _follows(stem: str, suffix: str) -> bool:
    """Whether the ending's first sound may stand after the stem's last."""
    last, first = stem[-1], suffix[0]
    open_end = last in _OPEN
    if first in "йрң":
        return open_end
    if first in "п":
        return open_end if suffix[1:2] not in ("а", "е") else last in _DULL
    if first in BACK | FRONT:
        return not open_end
    if first in "иу":
        return True
    if first in "дғг":
        return last not in VOICELESS
    if first in "тқк":
        return last in _DULL
    if first == "б":
        return last in "зжмнң"
    if first == "м":
        return last not in _DULL and last not in "зж"
    return True


def _active(stem: str) -> Iterator[str]:
    """Beneath a passive: жасал- → жаса-, айтыл- → айт-, бөлін- → бөл-; бағалан- → бағала-."""
    if stem.endswith(("ыл", "іл")) and syllables(stem) > 1 or stem.endswith(("лын", "лін")):
        yield stem[:-2]
    elif (
        stem.endswith(("ал", "ел", "лан", "лен"))
        and syllables(stem) > 2
        or stem.endswith(("ал", "ел"))
        and syllables(stem) == 2
        and stem[-3] not in VOWELS
    ):
        yield stem[:-1]


def endings() -> dict[str, list[str]]:
    """For whoever cuts words elsewhere by the same rules: lms/web/assets/library/verbs.ts."""
    return {"finite": sorted(_FINITE), "nominal": sorted(NOMINAL), "derived": list(_DERIVED_ENDS)}


def infinitive(stem: str) -> str:
    """оқы- → оқу, тап- → табу, қой- → қою."""
    if stem[-1] in "ыі":
        return stem[:-1] + "у"
    if stem[-1] == "й":
        return stem[:-1] + "ю"
    return stem[:-1] + {"п": "б", "к": "г", "қ": "ғ"}.get(stem[-1], stem[-1]) + "у"
