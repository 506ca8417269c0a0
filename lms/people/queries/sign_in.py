"""Questions about the means of signing in: codes, cards, devices, outside accounts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lms.core import clock, ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import may, within
from lms.core.text import latin_twins
from lms.people.models import (
    ClassMembership,
    OidcIdentity,
    OneTimeCode,
    Person,
    PupilCard,
    SchoolClass,
    SchoolDevice,
    SchoolYear,
)
from lms.people.service.classes import open_on
from lms.people.service.codes import digest_of
from lms.places.models import Place

PICTURE_GRADES = range(0, 5)


def good_code(typed: str, purpose: str) -> OneTimeCode | None:
    return db.session.scalar(
        select(OneTimeCode)
        .where(
            OneTimeCode.digest == digest_of(typed),
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.revoked_at.is_(None),
            OneTimeCode.expires_at > clock.now(),
        )
        .options(joinedload(OneTimeCode.person))
    )


def open_codes(person: Person, purpose: str) -> Sequence[OneTimeCode]:
    return db.session.scalars(
        select(OneTimeCode)
        .where(
            OneTimeCode.person_id == person.id,
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.revoked_at.is_(None),
            OneTimeCode.expires_at > clock.now(),
        )
        .order_by(OneTimeCode.id)
    ).all()


def good_card(typed: str) -> PupilCard | None:
    """By the long token from the QR code or the short one under it."""
    text = typed.strip()
    return db.session.scalar(
        select(PupilCard)
        .where(
            or_(
                PupilCard.token_digest == ids.token_digest(text),
                PupilCard.short_digest == digest_of(latin_twins(text)),
            ),
            PupilCard.revoked_at.is_(None),
        )
        .options(joinedload(PupilCard.person))
    )


def card_of(person: Person) -> PupilCard | None:
    return db.session.scalar(
        select(PupilCard).where(PupilCard.person_id == person.id, PupilCard.revoked_at.is_(None))
    )


def devices_of(permission: str) -> Sequence[SchoolDevice]:
    return db.session.scalars(
        select(SchoolDevice)
        .join(SchoolDevice.school)
        .where(SchoolDevice.revoked_at.is_(None), within(Place.path, permission))
        .options(joinedload(SchoolDevice.school))
        .order_by(SchoolDevice.id.desc())
        .limit(200)
    ).all()


def device_or_404(device_id: UUID, permission: str) -> SchoolDevice:
    row = db.session.get(SchoolDevice, device_id, options=[joinedload(SchoolDevice.school)])
    if row is None or not may(permission, row.school.path):
        raise NotYours
    return row


def young_classes(school_id: UUID) -> Sequence[SchoolClass]:
    """Classes of the running year whose pupils sign in with pictures."""
    newest = (
        select(SchoolYear.id)
        .where(SchoolYear.starts_on <= clock.today())
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(SchoolClass)
        .where(
            SchoolClass.school_id == school_id,
            SchoolClass.year_id == newest,
            SchoolClass.grade.in_(PICTURE_GRADES),
        )
        .order_by(SchoolClass.sort_key)
    ).all()


def young_pupils(row: SchoolClass) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(ClassMembership, ClassMembership.person_id == Person.id)
        .where(ClassMembership.class_id == row.id, open_on(clock.today()), Person.disabled.is_(False))
        .order_by(Person.sort_key)
    ).all()


def identity(issuer: str, subject: str) -> OidcIdentity | None:
    return db.session.scalar(
        select(OidcIdentity)
        .where(OidcIdentity.issuer == issuer, OidcIdentity.subject == subject)
        .options(joinedload(OidcIdentity.person))
    )


def identities_of(person_id: UUID) -> Sequence[OidcIdentity]:
    return db.session.scalars(select(OidcIdentity).where(OidcIdentity.person_id == person_id)).all()
