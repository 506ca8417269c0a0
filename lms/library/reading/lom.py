"""What an IEEE LOM record (1484.12.1) of a stranger says, in our own values. Nothing of it is believed further."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lms.courses.importing.cartridge import local_name

LANGUAGES = {"kk": "kk", "kaz": "kk", "kz": "kk", "ru": "ru", "rus": "ru", "en": "en", "eng": "en"}
OUR_KINDS = "oris-kinds"
FIRST_YEAR = 6  # the age at which grade 0 begins
_FULL_NAME = re.compile(r"^FN(?:;[^:]*)?:(.+)$", re.MULTILINE)
_AGES = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?")
_CC = re.compile(r"creativecommons\.org/(licenses/(by(?:-sa|-nc)?)/|publicdomain/zero/)")


def facts_of(lom: Any) -> dict[str, Any]:
    """Only what is said there; empty when nothing is."""
    found: dict[str, Any] = {}
    for part in lom:
        reader = READERS.get(local_name(part).lower())
        if reader:
            found.update({name: value for name, value in reader(part).items() if value not in ("", [], None)})
    return found


def language_code(text: str) -> str:
    return LANGUAGES.get(re.split(r"[-_]", text.strip().lower())[0], "")


def licence_of(text: str) -> str:
    """By the address of the licence, or by our own word for it."""
    found = _CC.search(text)
    if found:
        return f"cc-{found[2]}" if found[2] else "cc0"
    return text.strip() if text.strip() in ("school", "permission", "unknown") else ""


def _general(part: Any) -> dict[str, Any]:
    language = language_code(_words(_one(part, "language")))
    return {
        "language": language, **_in_languages("title", _one(part, "title"), language),
        **_in_languages("about", _one(part, "description"), language),
    }  # fmt: skip


def _life(part: Any) -> dict[str, Any]:
    people = []
    for one in _all(part, "contribute"):
        if _words(_one(_one(one, "role"), "value")).lower() in ("author", ""):
            people += [_person(_words(entity)) for entity in _all(one, "entity")]
    return {"authors": [one for one in people if one][:20]}


def _educational(part: Any) -> dict[str, Any]:
    kinds = [_words(_one(one, "value")) for one in _all(part, "learningresourcetype") if _words(_one(one, "source")) == OUR_KINDS]  # fmt: skip
    ages = _AGES.fullmatch(_words(_one(part, "typicalagerange")))
    found: dict[str, Any] = {"kind": kinds[0] if kinds else ""}
    if ages:
        found |= {"grade_from": int(ages[1]) - FIRST_YEAR, "grade_to": int(ages[2] or ages[1]) - FIRST_YEAR}
    return found


def _rights(part: Any) -> dict[str, Any]:
    return {"licence": licence_of(_words(_one(part, "description")))}


def _classification(part: Any) -> dict[str, Any]:
    purpose = _words(_one(_one(part, "purpose"), "value")).lower()
    codes = [_words(_one(taxon, "id")) for path in _all(part, "taxonpath") for taxon in _all(path, "taxon")]
    codes = [one for one in codes if one]
    if purpose == "discipline":
        return {"subject": codes[0] if codes else ""}
    return {"objectives": codes[:50]} if purpose == "educational objective" else {}


def _in_languages(name: str, part: Any, language: str) -> dict[str, str]:
    """What is in none of our two languages stands in that of the resource."""
    found: dict[str, str] = {}
    for one in _all(part, "string"):
        code = language_code(one.get("language", "")) or language
        found.setdefault(f"{name}_{'ru' if code == 'ru' else 'kk'}", _words(one))
    return found


def _person(card: str) -> str:
    """The full name of a vCard, or the words as they are."""
    found = _FULL_NAME.search(card)
    name = re.sub(r"\\([\\,;])", r"\1", found[1]) if found else "" if "VCARD" in card.upper() else card
    return " ".join(name.split())[:120]


def _all(part: Any, name: str) -> Iterator[Any]:
    return (one for one in (part if part is not None else ()) if local_name(one).lower() == name)


def _one(part: Any, name: str) -> Any:
    return next(_all(part, name), None)


def _words(part: Any) -> str:
    return "".join(part.itertext()).strip()[:4000] if part is not None else ""


READERS = {
    "general": _general, "lifecycle": _life, "educational": _educational, "rights": _rights, "classification": _classification,
}  # fmt: skip
