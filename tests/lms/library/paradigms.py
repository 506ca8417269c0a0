"""Forms of Kazakh words made by rule, the other way round than the analysis: what is put together must come apart.

Made from the tables of a school grammar, and from nothing of lms.library.language, so that neither can hide the
other's mistakes. Loans and the few stems that change are spelled out with their words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BACK, FRONT = "аоұыя", "әөүіе"
VOWELS = "аәеоөұүыіия"
DULL = "пткқсшщфхцчбвгд"
NASAL = "мнң"
_FRONTED = str.maketrans("аықғ", "еікг")


@dataclass(frozen=True)
class Word:
    lemma: str
    forms: frozenset[str]


def _front(stem: str) -> bool:
    """By the last vowel that tells."""
    for letter in reversed(stem):
        if letter in FRONT + BACK:
            return letter in FRONT
    return True


def _tuned(suffix: str, front: bool) -> str:
    return suffix.translate(_FRONTED) if front else suffix


def _after(stem: str, vowel: str, nasal: str, voiced: str, dull: str, hiss: str = "") -> str:
    last = stem.rstrip("ь")[-1]
    if last in VOWELS:
        return vowel
    if last in NASAL:
        return nasal
    if last in DULL:
        return dull
    return hiss if hiss and last in "зж" else voiced


def cases(stem: str, front: bool) -> Iterator[str]:
    """On a stem or a plural."""
    yield stem + _tuned(_after(stem, "ның", "ның", "дың", "тың"), front)
    yield stem + _tuned(_after(stem, "ға", "ға", "ға", "қа"), front)
    yield stem + _tuned(_after(stem, "ны", "ды", "ды", "ты"), front)
    place = stem + _tuned(_after(stem, "да", "да", "да", "та"), front)
    yield from (place, place + _tuned("ғы", front))
    yield stem + _tuned(_after(stem, "дан", "нан", "дан", "тан"), front)
    yield stem + _after(stem, "мен", "мен", "мен", "пен", "бен")


def own_cases(stem: str, front: bool) -> Iterator[str]:
    """On -ы, -сы, -лары."""
    for ending in ("ның", "на", "н", "нда", "ндағы", "нан"):
        yield stem + _tuned(ending, front)
    yield stem + "мен"


def soft(stem: str) -> str:
    return stem[:-1] + {"п": "б", "к": "г", "қ": "ғ"}.get(stem[-1], stem[-1])


def owned(stem: str, base: str, front: bool) -> Iterator[str]:
    """-ы; -ым, -ымыз, -ыңыз with their own cases. `base` is what stands before a vowel."""
    open_end = stem[-1] in VOWELS
    own = base + _tuned("сы" if open_end else "ы", front)
    yield from (own, *own_cases(own, front))
    for person in ("мыз", "ңыз"):
        mine = base + _tuned(person if open_end else "ы" + person, front)
        yield from (mine, *cases(mine, front))


def noun(lemma: str, front: bool | None = None, base: str = "", plural: str = "") -> Word:
    front = _front(lemma) if front is None else front
    base = base or (lemma[:-1] if lemma.endswith("ь") else soft(lemma))
    many = (plural or lemma) + _tuned(_after(plural or lemma, "лар", "дар", "лар", "тар", "дар"), front)
    if (plural or lemma).rstrip("ь")[-1] == "л":
        many = (plural or lemma) + _tuned("дар", front)
    forms = {lemma, *cases(lemma, front), *owned(lemma, base, front)}
    forms |= {many, *cases(many, front), *owned(many, many, front)}
    return Word(lemma, frozenset(forms))


def verb(stem: str) -> Word:
    """Named by -у; `stem` is what stands before -ды."""
    front, open_end, dull = _front(stem), stem[-1] in VOWELS, stem[-1] in DULL + "п"
    iotated = stem[-1] in "ыі"
    before = stem[:-1] if iotated else soft(stem) if stem[-1] in "пкқ" else stem
    lemma = stem[:-1] + "ю" if stem[-1] == "й" else before + "у"
    now = before + "и" if iotated else stem + "й" if open_end else before + _tuned("а", front)
    if stem[-1] == "й" and not front:
        now = stem[:-1] + "я"
    hard = "т" if dull else "д"
    kan = "қ" if dull else "ғ"
    no = stem + _tuned("па" if dull else "ба" if stem[-1] in NASAL + "зж" else "ма", front)
    ep = (stem if open_end else _gliding(before)) + _tuned("п" if open_end else "ып", front)
    gan = stem + _tuned(kan + "ан", front)
    atyn = now + _tuned("тын", front)
    past = stem + _tuned(hard + "ы", front)
    forms = {
        lemma,
        past,
        past + "м",
        past + _tuned("қ", front),
        now + _tuned("ды", front),
        ep,
        gan,
        atyn,
        no + "й",
    }
    forms |= {no + "й" + _tuned("ды", front), no + _tuned("ған", front), no + "у", no + _tuned("ды", front)}
    forms |= {
        stem + _tuned("са", front),
        stem + _tuned("сын", front),
        now + _tuned("мын", front),
        now + _tuned("мыз", front),
    }
    forms |= {no + "й" + _tuned("тын", front), no + "са", no + _tuned("сын", front)} if not front else set()
    forms |= {*cases(gan, front), *cases(atyn, front), gan + _tuned("дай", front)}
    forms |= {*cases(lemma, front), lemma + _tuned("ы", front), *own_cases(lemma + _tuned("ы", front), front)}
    polite = stem + _tuned("ңыз", front) if open_end else before + _tuned("ыңыз", front)
    forms |= {
        polite,
        polite + _tuned("дар", front),
        stem + _tuned(kan + "анын", front),
        stem + _tuned(kan + "алы", front),
    }
    return Word(lemma, frozenset(one for one in forms if one))


def _gliding(before: str) -> str:
    """тап- and жап-: тауып, жауып."""
    return before[:-1] + "у" if before[-1] == "б" else before
