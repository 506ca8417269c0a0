"""Questions come in from a file after a look, and a paper leaves in other programs' formats."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.quizzes.exchange.formats import read_any
from lms.quizzes.models import Item
from tests.cast import Cast, read_afresh
from tests.lms.quizzes.conftest import paper_of, written

AIKEN = "Күш бірлігі қайсы?\nA) Ньютон\nB) Джоуль\nANSWER: A\n\nБұзылған сұрақ\nA) бір\nB) екі\nANSWER: Z\n"
FACTS = {"subject": "physics", "grade": "7", "language": "kk", "level": "A", "text": ""}


def test_a_file_is_looked_through_and_then_brought_in(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    sent = {**FACTS, "file": (BytesIO(AIKEN.encode()), "test.txt")}
    page = teacher.post("/bank/bring", sent, content_type="multipart/form-data").text
    assert "Күш бірлігі" in page and "Бұзылған" in page
    assert db.session.scalar(select(Item)) is None, "looking keeps nothing"
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket
    stranger = cast.signed_in("director")
    assert stranger.post("/bank/bring/confirm", {**FACTS, "ticket": ticket[1]}).status_code == 409
    assert teacher.post("/bank/bring/confirm", {**FACTS, "ticket": ticket[1]}).status_code == 303
    read_afresh()
    item = db.session.scalars(select(Item)).one()
    assert (item.kind, item.grade, item.level, item.subject) == ("single", 7, "A", "physics")
    assert db.session.scalar(select(AuditEntry).where(AuditEntry.action == "items.brought"))


def test_a_hostile_file_is_refused_with_words(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    bomb = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>'
    for data in (bomb, b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"):
        sent = {**FACTS, "file": (BytesIO(data), "x.xml")}
        assert teacher.post("/bank/bring", sent, content_type="multipart/form-data").status_code == 422


@pytest.mark.parametrize("name", ["moodle", "gift", "qti21", "qti22", "qti3"])
def test_a_paper_leaves_and_comes_back(name: str, cast: Cast) -> None:
    paper = paper_of(cast, [written(cast, kind) for kind in ("single", "true_false", "short_text")])
    teacher = cast.signed_in("teacher")
    answer = teacher.get(f"/papers/{paper.id}/export/{name}")
    assert answer.status_code == 200
    _found, reading = read_any(answer.get_data())
    assert [one["kind"] for one in reading.questions] == ["single", "true_false", "short_text"]
    assert cast.signed_in("student").get(f"/papers/{paper.id}/export/{name}").status_code == 403
