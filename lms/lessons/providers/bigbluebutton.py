"""BigBlueButton by its API (https://docs.bigbluebutton.org/development/api): a call is signed with a hash of its name,
its query and the shared secret."""

from __future__ import annotations

import hashlib
import hmac
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlencode

from lms.core import xml
from lms.core.settings import Settings
from lms.lessons.models import StreamedLesson
from lms.lessons.providers.base import CannotOpen, Way

SECONDS, MOST_BYTES = 10, 64 * 1024


class BigBlueButton:
    def is_set(self, settings: Settings) -> bool:
        return bool(settings.bbb_server and settings.bbb_secret)

    def open(self, settings: Settings, lesson: StreamedLesson) -> None:
        made = create(settings.bbb_server, settings.bbb_secret, lesson)
        if not made.startswith(("https://", "http://")):
            raise CannotOpen("bad-address")
        with urllib.request.urlopen(made, timeout=SECONDS) as answer:
            said = xml.parse(answer.read(MOST_BYTES))
        if said.findtext("returncode") != "SUCCESS":
            raise CannotOpen("refused")

    def way(self, settings: Settings, lesson: StreamedLesson, name: str, leads: bool) -> Way:
        return Way(join(settings.bbb_server, settings.bbb_secret, lesson, name, leads))


def signed(server: str, secret: str, call: str, values: Mapping[str, object]) -> str:
    """`checksum` = SHA-256 of call name + query + secret; the query is hashed exactly as it is sent."""
    query = urlencode({name: str(value) for name, value in values.items()})
    checksum = hashlib.sha256(f"{call}{query}{secret}".encode()).hexdigest()
    return f"{server.rstrip('/')}/api/{call}?{query}{'&' if query else ''}checksum={checksum}"


def passwords(secret: str, meeting: str) -> tuple[str, str]:
    """(moderator's, attendee's): the same in every process, known to nobody without the secret."""
    moderator, attendee = (
        hmac.new(secret.encode(), f"{meeting}:{role}".encode(), "sha256").hexdigest()[:20]
        for role in ("mod", "att")
    )
    return moderator, attendee


def create(server: str, secret: str, lesson: StreamedLesson) -> str:
    """The call that opens the room; calling it again for the same meeting changes nothing."""
    moderator, attendee = passwords(secret, lesson.id.hex)
    return signed(server, secret, "create", {
        "meetingID": lesson.id.hex, "name": lesson.title, "moderatorPW": moderator, "attendeePW": attendee,
        "duration": lesson.minutes + 30, "record": "true", "muteOnStart": "true", "webcamsOnlyForModerator": "false",
    })  # fmt: skip


def join(server: str, secret: str, lesson: StreamedLesson, name: str, leads: bool) -> str:
    moderator, attendee = passwords(secret, lesson.id.hex)
    return signed(server, secret, "join", {
        "meetingID": lesson.id.hex, "fullName": name, "password": moderator if leads else attendee, "redirect": "true",
    })  # fmt: skip
