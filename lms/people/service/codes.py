"""One-time codes on paper: a first or a new password, or becoming a child's guardian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.sealing import keyed_digest
from lms.core.text import latin_twins
from lms.people.models import OneTimeCode, Person

PASSWORD, GUARDIAN = "password", "guardian"
DAYS = {PASSWORD: 30, GUARDIAN: 60}
LENGTH = 10


def issue_codes(persons: Sequence[Person], purpose: str, by: UUID | None, path: str = "") -> dict[UUID, str]:
    """A new code for each; a new password code makes the older ones worthless."""
    if purpose == PASSWORD:
        _revoke([one.id for one in persons], purpose)
    codes: dict[UUID, str] = {}
    for person in persons:
        code = ids.readable_code(LENGTH)
        db.session.add(
            OneTimeCode(
                person_id=person.id,
                purpose=purpose,
                digest=digest_of(code),
                issued_by_id=by,
                expires_at=clock.now() + timedelta(days=DAYS[purpose]),
            )
        )
        codes[person.id] = code
        audit.record("code.issued", person, path=path, purpose=purpose)
    db.session.flush()
    return codes


def issue_code(person: Person, purpose: str, by: UUID | None, path: str = "") -> str:
    return issue_codes([person], purpose, by, path)[person.id]


def revoke_codes(person: Person, purpose: str, path: str = "") -> None:
    _revoke([person.id], purpose)
    audit.record("code.revoked", person, path=path, purpose=purpose)


def use_code(row: OneTimeCode) -> None:
    row.used_at = clock.now()


def digest_of(code: str) -> str:
    """However it was typed: small letters, Cyrillic letters that look the same, spaces and hyphens."""
    return keyed_digest(latin_twins(code), "code")


def shown(code: str) -> str:
    """ABCDE-FGHJK reads better than ten letters in a row."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def _revoke(person_ids: Sequence[UUID], purpose: str) -> None:
    for start in range(0, len(person_ids), 500):
        db.session.execute(
            update(OneTimeCode)
            .where(
                OneTimeCode.person_id.in_(person_ids[start : start + 500]),
                OneTimeCode.purpose == purpose,
                OneTimeCode.used_at.is_(None),
                OneTimeCode.revoked_at.is_(None),
            )
            .values(revoked_at=clock.now())
        )
