"""Kazakh letters in order and folded, the same on SQLite and PostgreSQL because the keys are stored."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_ORDER = {letter: chr(0x0430 + place) for place, letter in enumerate(ALPHABET)}
_FOLD = str.maketrans("әғқңөұүһіё", "агкноуухие")
_LATIN_TWINS = str.maketrans("АВЕКМНОРСТУХЅІЈ", "ABEKMHOPCTYXSIJ")
_CYRILLIC_TWINS = str.maketrans("ABEKMHOPCTYXI", "АВЕКМНОРСТУХІ")
_LATIN = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_LOOKALIKES = str.maketrans("aeopcxyhkmtbi", "аеорсхункмтві")


def sort_key(text: str) -> str:
    """A string whose byte order is the order of the Kazakh alphabet (ICU kk gives the same)."""
    return "".join(_ORDER.get(letter, letter) for letter in _plain(text))


def search_key(text: str) -> str:
    """Case, Kazakh letters typed as Russian ones, and spacing do not matter when looking for a name."""
    return re.sub(r"[\s\-]+", " ", _plain(text).translate(_FOLD)).strip()


def lookalike_key(text: str) -> str:
    """Two logins with one such key look the same to a person, whatever alphabet each letter is from."""
    return search_key(_plain(text).translate(_LOOKALIKES)).replace("і", "и").replace(" ", "")


def latin_twins(text: str) -> str:
    """A code as it was printed, though it was typed in small or in Cyrillic letters, with spaces or hyphens."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFC", text).upper().translate(_LATIN_TWINS))


def in_latin(text: str) -> str:
    """Letters for a username that any keyboard can type: Әлия → aliya."""
    return re.sub(r"[^a-z0-9]", "", "".join(_LATIN.get(letter, letter) for letter in _plain(text)))


def cyrillic_letter(text: str) -> str:
    """A class letter: a Latin A typed for a Cyrillic one is the Cyrillic one."""
    return unicodedata.normalize("NFC", text).upper().translate(_CYRILLIC_TWINS)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
