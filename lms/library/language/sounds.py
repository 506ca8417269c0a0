"""Sounds of Kazakh: harmony, what may follow what, and one spelling for what alternates."""

from __future__ import annotations

import re

BACK, FRONT = frozenset("аоұыяё"), frozenset("әөүіеэ")
NEUTRAL = frozenset("иую")
VOWELS = BACK | FRONT | NEUTRAL
NASALS = frozenset("мнң")
VOICELESS = frozenset("пткқсшщфхцчһбвгғд")  # the last five are written, not spoken, at the end of a loan
_HARDENED = str.maketrans("бгғ", "пкқ")
_LOAN = re.compile(r"ь|[иую][^аәеоөұүыіиуюяэё]+$|^.+[^аәеоөұүыіиуюяэё]о")


def harmony(stem: str) -> frozenset[str] | None:
    """The vowels a suffix may have; None when both are seen: loans and stems of и, у, ю alone."""
    if _LOAN.search(stem):
        return None
    for letter in reversed(stem):
        if letter in BACK:
            return BACK
        if letter in FRONT:
            return FRONT
    return None


def agrees(stem: str, suffix: str) -> bool:
    """Vowel harmony: every vowel of the suffix is of the stem's kind."""
    allowed = harmony(stem)
    if allowed is None:
        return True
    return all(letter in allowed or letter in NEUTRAL or letter not in VOWELS for letter in suffix)


def syllables(stem: str) -> int:
    return sum(letter in VOWELS for letter in stem)


def hardened(stem: str) -> str:
    """What б г ғ are when no vowel follows: мектеб-і, мектеп."""
    return stem[:-1] + stem[-1].translate(_HARDENED)


def noun_key(base: str) -> str:
    """One spelling per base: процесс and процес-тер meet; short words (балл, бал) are kept apart."""
    if len(base) > 4 and base[-1] == base[-2] and base[-1] not in VOWELS:
        return base[:-1]
    return base


def verb_key(stem: str) -> str:
    """Verb keys end in a hyphen, so that қолдан- (use) never meets қолдан (from the hand).

    A last ы or і is left out, for it is not written before -у and -и: оқы-ды, оқ-у, оқ-и-ды.
    """
    if len(stem) > 2 and stem[-1] in "ыі":
        stem = stem[:-1]
    if stem.endswith("ий"):
        stem = stem[:-1]
    return hardened(stem) + "-"
