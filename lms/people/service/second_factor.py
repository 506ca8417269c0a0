"""The second factor of staff: six digits from a telephone, each good once, and ten recovery codes on paper."""

from __future__ import annotations

import secrets

import pyotp
from sqlalchemy import delete, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.sealing import keyed_digest, seal, unseal
from lms.core.text import latin_twins
from lms.people.models import Person, RecoveryCode, SignInSession
from lms.people.queries.persons import home_path

PURPOSE = "totp"
STEP = 30
HOW_MANY = 10
CODE_LENGTH = 10


def new_secret() -> str:
    return pyotp.random_base32()


def address(person: Person, secret: str, issuer: str) -> str:
    """What the QR code holds: an authenticator reads name and secret from it."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.login or person.short_name, issuer_name=issuer)


def enrol(person: Person, secret: str) -> list[str]:
    """From now on asked at every sign-in. Gives the recovery codes, which are shown this once."""
    person.totp_sealed = seal(secret, PURPOSE)
    person.totp_last_step = 0
    audit.record("second_factor.enrolled", person, path=home_path(person))
    return renew_recovery_codes(person)


def drop(person: Person) -> None:
    person.totp_sealed = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    audit.record("second_factor.dropped", person, path=home_path(person))


def renew_recovery_codes(person: Person) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [ids.readable_code(CODE_LENGTH) for _number in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(person_id=person.id, digest=_digest(person, one)) for one in codes)
    return codes


def passes(person: Person, typed: str) -> bool:
    """Six digits of the telephone, or one of the recovery codes."""
    secret = unseal(person.totp_sealed, PURPOSE) if person.totp_sealed else None
    digits = "".join(typed.split())
    if secret and len(digits) == 6 and digits.isdigit():
        step = step_of(secret, digits)
        if step is None or step <= person.totp_last_step:
            return False
        person.totp_last_step = step
        return True
    return _use_recovery_code(person, typed)


def step_of(secret: str, digits: str) -> int | None:
    """The half minute the digits belong to; clocks of telephones may be half a minute off."""
    now = int(clock.now().timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    return next(
        (step for step in (now, now - 1, now + 1) if secrets.compare_digest(totp.generate_otp(step), digits)),
        None,
    )


def confirm_session(row: SignInSession) -> None:
    row.second_factor_due = False
    audit.record("second_factor.passed", row, path=home_path(db.session.get(Person, row.person_id)))


def _use_recovery_code(person: Person, typed: str) -> bool:
    row = db.session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.digest == _digest(person, latin_twins(typed)), RecoveryCode.used_at.is_(None)
        )
    )
    if row is None:
        return False
    row.used_at = clock.now()
    audit.record("second_factor.recovery_code_used", person, path=home_path(person))
    return True


def _digest(person: Person, code: str) -> str:
    return keyed_digest(f"{person.id.hex} {code}", "recovery")
