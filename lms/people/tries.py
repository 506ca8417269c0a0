"""How often one may guess: the same for passwords, pictures, cards, codes and second factors.

Five wrong tries for one account within five minutes pause it for five minutes, then ten, then fifteen, never
longer: a classmate must not be able to shut anybody out for a lesson. A browser from which the owner has
signed in before has a count of its own, so a stranger's guesses do not stop the owner there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, request
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests

from lms.core import audit, clock, limits
from lms.core.db import db
from lms.core.settings import Settings
from lms.people import devices
from lms.people.models import Person, SignInPause, SignInTrouble
from lms.people.queries.persons import home_path

WINDOW = timedelta(minutes=5)
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(minutes=15)
MOST_IN_ROW = 100


@dataclass(frozen=True)
class Attempt:
    means: str
    account: str
    person: Person | None

    @property
    def worn_out(self) -> bool:
        """A hundred wrong tries in a row: only a new code from the school helps."""
        return self.person is not None and self.person.failed_in_row >= MOST_IN_ROW


def begin(means: str, person: Person | None, typed: str = "", by_device: bool = False) -> Attempt:
    """Counts this try; raises 429 when the address, the browser or the account must wait."""
    settings: Settings = current_app.extensions["settings"]
    device = devices.named()
    limits.at_most("address", request.remote_addr or "", settings.address_tries, 5)
    limits.at_most("device", device, settings.device_tries, 5)
    attempt = Attempt(means, _account(means, person, typed, by_device), person)
    pause = _pause(attempt.account)
    if pause and pause.paused_until and pause.paused_until > clock.now():
        raise TooManyRequests
    return attempt


def failed(attempt: Attempt) -> None:
    settings: Settings = current_app.extensions["settings"]
    now = clock.now()
    row = _pause(attempt.account)
    if row is None:
        row = SignInPause(account=attempt.account, tries=0, pauses=0, window_began_at=now)
        db.session.add(row)
    if row.window_began_at < now - WINDOW:
        row.window_began_at, row.tries = now, 0
    row.tries += 1
    if attempt.person:
        attempt.person.failed_in_row += 1
    if row.tries >= settings.sign_in_tries:
        _begin_pause(row, attempt, now)
    audit.record("sign_in.refused", attempt.person, path=home_path(attempt.person), means=attempt.means)


def succeeded(attempt: Attempt) -> None:
    row = _pause(attempt.account)
    if row is not None:
        db.session.delete(row)
    if attempt.person and attempt.person.failed_in_row:
        attempt.person.failed_in_row = 0


def _begin_pause(row: SignInPause, attempt: Attempt, now: datetime) -> None:
    row.paused_until = now + min(SHORTEST * 2**row.pauses, LONGEST)
    row.pauses, row.tries = min(row.pauses + 1, 9), 0
    if attempt.person:
        device = devices.school_device()
        name = device.name if device else ""
        db.session.add(SignInTrouble(person_id=attempt.person.id, means=attempt.means, device_name=name))


def _account(means: str, person: Person | None, typed: str, by_device: bool) -> str:
    if person is None:
        return f"typed:{typed[:80]}"
    if by_device or devices.known_to(person):
        return f"{means if by_device else 'known'}:{person.id.hex}:{devices.named()}"
    return f"person:{person.id.hex}"


def _pause(account: str) -> SignInPause | None:
    return db.session.scalar(select(SignInPause).where(SignInPause.account == account))
