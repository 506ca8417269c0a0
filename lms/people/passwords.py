"""Passwords: argon2id, a list of the common ones and school words, no rules about characters."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from lms.core.text import search_key
from lms.people.models import Person

SHORTEST = 8
SHORTEST_ALONE = 15  # of staff who have no second factor
LONGEST = 200
PUPILS_AND_FAMILIES = frozenset({"student", "guardian"})

COST: dict[str, Any] = {
    "time_cost": 2,
    "memory_cost": 19 * 1024,
    "parallelism": 1,
}  # 19 MiB: what OWASP asks of argon2id
_hasher = PasswordHasher(**COST)
# Checked when the login is unknown, so that both answers take the same time.
_NOBODY = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    return _hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _NOBODY, password[:LONGEST]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def fault(password: str, person: Person, roles: frozenset[str], second_factor: bool) -> str:
    """Why this password is not taken, in the reader's language; empty when it is."""
    shortest = SHORTEST if second_factor or roles <= PUPILS_AND_FAMILIES else SHORTEST_ALONE
    if len(password) < shortest:
        return _(
            "Use at least %(shortest)s characters. Several words in a row are easy to remember.",
            shortest=shortest,
        )
    if len(password) > LONGEST:
        return _("Use at most %(longest)s characters.", longest=LONGEST)
    if is_common(password):
        return _("Many people use this password, so it is guessed first. Choose another one.")
    if _is_own_name(password, person):
        return _("A password that consists of one's own name is guessed first. Choose another one.")
    return ""


def is_common(password: str) -> bool:
    """On the list as it is, without the digits around it, or as something repeated."""
    key = _key(password)
    bare = key.strip("0123456789!?.,*#@$%_")
    return (
        key in _common() or bare in _common() or len(bare) < 3 or _unit(key) in _common() or len(set(key)) < 4
    )


def suggested() -> str:
    """Two Kazakh words and two digits: a pupil can write it down, read it out and type it."""
    words = _words()
    return f"{secrets.choice(words)}-{secrets.choice(words)}-{secrets.randbelow(90) + 10}"


def _is_own_name(password: str, person: Person) -> bool:
    bare = _key(password).strip("0123456789!?.,*#@$%_")
    parts = [_key(one or "") for one in (person.surname, person.first_name, person.patronymic, person.login)]
    own = {one for one in parts if one} | {a + b for a in parts for b in parts if a != b and a and b}
    return bare in own


def _unit(key: str) -> str:
    """мектепмектеп → мектеп: the shortest piece that repeated makes the whole."""
    return key[: (key + key).find(key, 1)]


def _key(password: str) -> str:
    return search_key(password).replace(" ", "")


@cache
def _common() -> frozenset[str]:
    lines = files("lms.people").joinpath("data/common-passwords.txt").read_text("utf-8").split()
    return frozenset(_key(line) for line in lines)


@cache
def _words() -> tuple[str, ...]:
    return tuple(files("lms.people").joinpath("data/words.txt").read_text("utf-8").split())
