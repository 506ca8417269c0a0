"""Voice and video from elsewhere: signed as their documents say."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.lessons import providers
from lms.lessons.models import StreamedLesson
from lms.lessons.providers import bigbluebutton, janus
from lms.lessons.service import voice
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room

WHEN = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.pure
def test_a_call_of_bigbluebutton_is_signed_as_its_document_shows() -> None:
    """The example of the API reference: createname=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444."""
    values = {"name": "Test Meeting", "meetingID": "abc123", "attendeePW": "111222", "moderatorPW": "333444"}
    address = bigbluebutton.signed(
        "https://bbb.example/bigbluebutton/", "639259d4-9dd8-4b25-bf01-95f9567eaf4b", "create", values
    )
    query = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    checksum = hashlib.sha256(f"create{query}639259d4-9dd8-4b25-bf01-95f9567eaf4b".encode()).hexdigest()
    assert address == f"https://bbb.example/bigbluebutton/api/create?{query}&checksum={checksum}"


@pytest.mark.pure
def test_a_janus_token_names_its_end_and_its_plugins() -> None:
    said, _, signature = janus.token("тайна", WHEN, (janus.VIDEOROOM,)).rpartition(":")
    assert said == f"{int(WHEN.timestamp())},janus,janus.plugin.videoroom"
    assert base64.b64decode(signature) == hmac.new("тайна".encode(), said.encode(), "sha1").digest()


def lesson(here: Room, provider: str, link: str = "") -> StreamedLesson:
    row = here.lesson
    row.provider, row.link = provider, link
    return row


def test_teacher_and_pupils_come_in_by_different_doors(room_of_two: Room) -> None:
    row = lesson(room_of_two, "bigbluebutton")
    doors = [bigbluebutton.join("https://bbb.example", "s", row, "Айгүл", leads) for leads in (True, False)]
    words = [parse_qs(urlsplit(door).query)["password"][0] for door in doors]
    assert words[0] != words[1]
    made = parse_qs(urlsplit(bigbluebutton.create("https://bbb.example", "s", row)).query)
    assert [made["moderatorPW"][0], made["attendeePW"][0]] == words


def test_a_link_leads_only_to_https(room_of_two: Room) -> None:
    assert (
        providers.way_for(lesson(room_of_two, "link", "https://meet.example/a"), "x").address
        == "https://meet.example/a"
    )
    assert providers.way_for(lesson(room_of_two, "link", "javascript:alert(1)"), "x") == providers.Way()
    assert providers.way_for(lesson(room_of_two, "janus"), "x") == providers.Way()  # no server is set
    assert 0 < janus.room_of(room_of_two.lesson) < 2**52


class Answering(BaseHTTPRequestHandler):
    asked: list[str] = []
    body = b"<response><returncode>SUCCESS</returncode></response>"

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answering) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}/bigbluebutton"
        found.shutdown()


@pytest.mark.parametrize("code, state", [(b"SUCCESS", "done"), (b"FAILED", "failed")])
def test_beginning_a_lesson_opens_the_room(
    room_of_two: Room, server: str, monkeypatch: pytest.MonkeyPatch, code: bytes, state: str
) -> None:
    settings = room_of_two.cast.app.extensions["settings"]
    monkeypatch.setattr(Answering, "body", b"<response><returncode>" + code + b"</returncode></response>")
    for name, value in (("bbb_server", server), ("bbb_secret", "s")):
        object.__setattr__(settings, name, value)
    try:
        with edge():
            row = lesson(room_of_two, "bigbluebutton")
            voice.open_room(row)
        job = db.session.scalars(select(Job).where(Job.kind == "lessons.open-voice")).one()
        run_now(job.id)
        read_afresh()
        assert db.session.get_one(Job, job.id).state == state
        assert Answering.asked[-1].startswith("/bigbluebutton/api/create?meetingID=")
    finally:
        object.__setattr__(settings, "bbb_server", "")
        object.__setattr__(settings, "bbb_secret", "")
