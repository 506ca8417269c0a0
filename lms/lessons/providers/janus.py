"""Our own Janus (1.1, plugin videoroom): a room for each lesson, entered from inside our pages, recorded if a folder is set.

`token_auth_secret` is shared with us. Janus takes a request only with a token signed with it, and the room (`signed_tokens`)
a participant only with a second one that names the room: HMAC-SHA1 over "<end>,<realm>,<what it opens>".
https://janus.conf.meetecho.com/docs/auth, https://janus.conf.meetecho.com/docs/videoroom
"""

from __future__ import annotations

import base64
import hmac
import json
import urllib.request
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from lms.core import clock
from lms.core.settings import Settings
from lms.lessons.models import StreamedLesson
from lms.lessons.providers.base import CannotOpen, Way

VIDEOROOM = "janus.plugin.videoroom"
TOKEN_LIFE = timedelta(hours=4)
SECONDS, MOST_BYTES = 10, 64 * 1024
EXISTS = 427  # JANUS_VIDEOROOM_ERROR_ROOM_EXISTS
MOST_BITRATE = 512_000  # of a picture; voice takes 40 kbit/s at most, as the browser is told


class Janus:
    def is_set(self, settings: Settings) -> bool:
        return bool(settings.janus_server and settings.janus_secret)

    def open(self, settings: Settings, lesson: StreamedLesson) -> None:
        if not settings.janus_api.startswith(("https://", "http://")):
            raise CannotOpen("bad-address")
        said = {"request": "create", "admin_key": settings.janus_key, **described(settings, lesson)}
        data = _within_a_session(settings, said)
        if data.get("videoroom") != "created" and data.get("error_code") != EXISTS:
            raise CannotOpen("refused")

    def way(self, settings: Settings, lesson: StreamedLesson, name: str, leads: bool) -> Way:
        until = clock.now() + TOKEN_LIFE
        room = room_of(lesson)
        return Way(inside={
            "server": settings.janus_server, "room": room, "name": name, "leads": leads,
            "token": token(settings.janus_secret, until, (VIDEOROOM,)),
            "door": token(settings.janus_secret, until, (f"room={room}",), VIDEOROOM),
        })  # fmt: skip


def described(settings: Settings, lesson: StreamedLesson) -> dict[str, Any]:
    """The teacher and each school may speak; pupils' devices never come here."""
    recorded = (
        {"record": True, "rec_dir": f"{settings.janus_recordings}/{lesson.id.hex}"}
        if settings.janus_recordings
        else {}
    )
    return {
        "room": room_of(lesson), "description": lesson.title, "is_private": True, "signed_tokens": True,
        "publishers": len({one.school_id for one in lesson.classes}) + 2, "bitrate": MOST_BITRATE, "bitrate_cap": True,
        "audiocodec": "opus", "opus_fec": True, "opus_dtx": True, "videocodec": "vp8", "fir_freq": 10, **recorded,
    }  # fmt: skip


def room_of(lesson: StreamedLesson) -> int:
    """Janus numbers its rooms; 52 bits of the key fit into what a browser can count."""
    return lesson.id.int & (2**52 - 1)


def token(secret: str, until: datetime, opens: tuple[str, ...], realm: str = "janus") -> str:
    """`<end>,<realm>,<what it opens>…:<base64 of the HMAC-SHA1>`."""
    said = ",".join((str(int(until.timestamp())), realm, *opens))
    signature = hmac.new(secret.encode(), said.encode(), "sha1").digest()
    return f"{said}:{base64.b64encode(signature).decode()}"


def _within_a_session(settings: Settings, body: dict[str, Any]) -> dict[str, Any]:
    """A session, a handle to the plugin, one request, and the session ended again."""
    entry = token(settings.janus_secret, clock.now() + TOKEN_LIFE, (VIDEOROOM,))

    def call(path: str, **said: Any) -> dict[str, Any]:
        sent = json.dumps({**said, "transaction": uuid4().hex, "token": entry}).encode()
        wanted = urllib.request.Request(
            settings.janus_api.rstrip("/") + path, sent, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(wanted, timeout=SECONDS) as answer:
            found = json.loads(answer.read(MOST_BYTES))
        if found.get("janus") != "success":
            raise CannotOpen("refused")
        return found

    session = f"/{call('', janus='create')['data']['id']}"
    try:
        handle = call(session, janus="attach", plugin=VIDEOROOM)["data"]["id"]
        return call(f"{session}/{handle}", janus="message", body=body)["plugindata"]["data"]
    finally:
        call(session, janus="destroy")
