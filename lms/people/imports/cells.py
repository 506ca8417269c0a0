"""Cells of a roster read into values: a class, a sex, a language, an IIN. None means: this is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale

from lms.core.text import cyrillic_letter, search_key
from lms.people.labels import LANGUAGES, SEXES

CLASS = re.compile(r"(\d{1,2})\s*[-–.]?\s*[«\"“„(]?\s*([^\W\d_]{0,3})\s*[»\"”)]?")


def as_class(text: str) -> tuple[int, str] | None:
    """5 Ә, 5-Ә, 5«Ә», 5: a grade and a letter; a Latin A typed for a Cyrillic one is the Cyrillic one."""
    found = CLASS.fullmatch(text.strip())
    return (int(found[1]), cyrillic_letter(found[2])) if found else None


def as_choice(text: str, labels: Mapping[str, Any]) -> str | None:
    """The code whose name, in any of the languages, this is, or begins with when one letter was written."""
    wanted = search_key(text)
    for code, label in labels.items():
        names = {code, *(_names(label))} if code else set()
        if wanted in names or (len(wanted) == 1 and any(name.startswith(wanted) for name in names)):
            return code
    return None


def as_sex(text: str) -> str | None:
    return as_choice(text, {code: label for code, label in SEXES.items() if code})


def as_language(text: str) -> str | None:
    return as_choice(text, LANGUAGES)


def _names(label: Any) -> list[str]:
    found = []
    for code in ("kk", "ru", "en"):
        with force_locale(code):
            found.append(search_key(str(label)))
    return found
