"""Cards of pupils: a QR code with a long token and a short code to type; one card counts, the others end."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.people.models import Person, PupilCard
from lms.people.service.codes import digest_of

SHORT = 12


def issue_card(person: Person, by: UUID | None, path: str = "") -> tuple[str, str]:
    """The token and the short code; both are known only now, while the card is printed."""
    _end_cards(person)
    token, short = ids.new_token(), ids.readable_code(SHORT)
    card = PupilCard(
        person_id=person.id,
        token_digest=ids.token_digest(token),
        short_digest=digest_of(short),
        issued_by_id=by,
    )
    db.session.add(card)
    audit.record("card.issued", person, path=path)
    return token, short


def revoke_card(person: Person, path: str = "") -> None:
    _end_cards(person)
    audit.record("card.revoked", person, path=path)


def _end_cards(person: Person) -> None:
    db.session.execute(
        update(PupilCard)
        .where(PupilCard.person_id == person.id, PupilCard.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
