"""Records of another library: fetched whole, then only what is new; deletions honoured; nothing inner is asked; taken back."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextvars import Context
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select, update

from lms.core import clock, outbound
from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.library.models import Harvest, HarvestSource, Resource
from lms.library.oai import fetching, offering
from lms.library.service import harvesting
from lms.library.service import resources as service
from tests.cast import Browser, Cast
from tests.lms.library.kept import kept, work_through
from tests.lms.library.on_the_way import now
from tests.lms.library.test_oai import many

THERE = "https://kitap.example/oai"


@pytest.fixture
def provider(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Our own repository, as if it stood elsewhere: its addresses are of another computer. Says what was asked."""
    asked: list[str] = []

    def fetch(url: str, most: int) -> outbound.Answer:
        asked.append(urlsplit(url).query)
        answer = Context().run(
            cast.visitor().client.get, f"/library/oai?{urlsplit(url).query}", base_url="http://localhost:8000"
        )
        assert len(answer.data) <= most
        return outbound.Answer(
            answer.status_code, {}, answer.data.replace(b"http://localhost:8000", b"https://kitap.example")
        )

    monkeypatch.setattr(outbound, "fetch", fetch)
    monkeypatch.setattr(outbound, "_looked_up", lambda host, port, ours: "203.0.113.1")
    yield asked


def named(cast: Cast, who: Browser, **given: str) -> str:
    answer = who.post("/library/harvests/new", {"address": THERE, "language": "kk", **given})
    assert answer.status_code == 303, answer.text
    work_through(cast)
    return str(answer.location)


def fetched() -> list[Resource]:
    return list(now(select(Resource).where(Resource.origin != "").order_by(Resource.title_kk)))


def again(cast: Cast, who: Browser, page: str) -> dict[str, int]:
    who.post(f"{page}/fetch")
    work_through(cast)
    return dict(now(select(Harvest).order_by(Harvest.created_at.desc(), Harvest.id.desc())).first().counts)


def later(resource: Resource, **values: Any) -> None:
    with edge():
        at = clock.now() + timedelta(seconds=5)
        db.session.execute(update(Resource).where(Resource.id == resource.id).values(changed_at=at, **values))


def test_a_library_is_named_and_its_records_become_drafts(
    cast: Cast, provider: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(offering.PAGE, "ListRecords", 2)
    kept(
        cast,
        "Қысым",
        title_ru="Давление",
        about_kk="Туралы",
        subject="physics",
        kind="video",
        authors=["Асан Үсенов"],
        licence="cc-by",
    )
    kept(cast, "Күш"), kept(cast, "Жарық", language="ru"), kept(cast, "Ток")
    director = cast.signed_in("director")
    page = named(cast, director)
    rows = fetched()
    assert [(one.state, one.published_at) for one in rows] == [("draft", None)] * 4
    one = next(row for row in rows if row.title_ru == "Давление")
    facts = (
        one.title_kk,
        one.about_kk,
        one.subject,
        one.kind,
        one.authors,
        one.licence,
        one.language,
        one.offline,
    )
    assert facts == ("Қысым", "Туралы", "physics", "video", ["Асан Үсенов"], "cc-by", "kk", False)
    assert one.link.startswith("https://kitap.example/library/resources/") and one.origin.startswith(
        "oai:localhost:"
    )
    assert [query.partition("&")[0] for query in provider] == [
        "verb=Identify",
        "verb=ListRecords",
        "verb=ListRecords",
    ]
    assert "resumptionToken=" in provider[2]
    shown = director.get(page).text
    assert "Өріс" in shown and "4" in shown
    assert "<dd>Өріс</dd>" in director.get(f"/library/resources/{one.id}").text
    assert (
        THERE not in director.get("/library/harvests").text
        and "Өріс" in director.get("/library/harvests").text
    )


def test_the_next_time_only_what_is_new_is_asked_for(cast: Cast, provider: list[str]) -> None:
    first, second, third = kept(cast, "Қысым"), kept(cast, "Күш"), kept(cast, "Жарық")
    director = cast.signed_in("director")
    page = named(cast, director)
    since = now(select(HarvestSource.since)).one()
    rows = {one.origin[-36:]: one for one in fetched()}
    with edge():
        mine = db.session.get_one(Resource, rows[str(third.id)].id)
        service.describe(mine, mine.owner_id, {"title_kk": "Жарық туралы"})
    later(first, title_kk="Қысым және күш")
    later(second, state="withdrawn", mark="ABC")
    later(third, title_kk="Басқа")
    provider.clear()
    assert again(cast, director, page) == {"changed": 1, "deleted": 1, "kept": 1}
    assert f"from={since.replace(':', '%3A')}" in provider[1]
    there = {one.origin[-36:]: (one.title_kk, one.state) for one in fetched()}
    assert there == {
        str(first.id): ("Қысым және күш", "draft"),
        str(second.id): ("Күш", "withdrawn"),
        str(third.id): ("Жарық туралы", "draft"),
    }
    director.post(f"{page}/undo")
    assert {one.origin[-36:]: (one.title_kk, one.state) for one in fetched()} == {
        str(first.id): ("Қысым", "draft"),
        str(second.id): ("Күш", "draft"),
        str(third.id): ("Жарық туралы", "draft"),
    }
    assert now(select(HarvestSource.since)).one() == since
    director.post(f"{page}/undo")
    assert [one.title_kk for one in fetched()] == ["Жарық туралы"]
    assert now(select(HarvestSource.since)).one() == ""


def test_a_shown_record_that_was_deleted_there_is_taken_down_here(cast: Cast, provider: list[str]) -> None:
    original = kept(cast, "Қысым")
    director = cast.signed_in("director")
    page = named(cast, director)
    (here,) = fetched()
    director.post(f"/library/resources/{here.id}/approve")
    later(original, state="withdrawn", mark="ABC")
    assert again(cast, director, page) == {"deleted": 1}
    (here,) = fetched()
    assert here.state == "withdrawn" and here.withdrawn_for
    assert again(cast, director, page) == {"unchanged": 1}


def test_a_broken_harvest_goes_on_after_its_last_page(
    cast: Cast, provider: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(offering.PAGE, "ListRecords", 3)
    many(cast, 8)
    really, pages = harvesting.list_records, []

    def breaking(*given: Any) -> Any:
        pages.append(given[-1])
        if len(pages) == 2:
            raise RuntimeError("the power went")
        return really(*given)

    monkeypatch.setattr(harvesting, "list_records", breaking)
    director = cast.signed_in("director")
    director.post("/library/harvests/new", {"address": THERE, "language": "kk"})
    with pytest.raises(AssertionError):
        work_through(cast)
    assert len(fetched()) == 3
    with edge():
        db.session.execute(db.text("UPDATE job SET due_at = created_at"))
    work_through(cast)
    assert len(fetched()) == 8 and pages[1] == pages[2] != "" and now(select(Harvest.state)).one() == "done"
    assert now(select(Harvest.counts)).one() == {"new": 8}


def test_a_harvest_that_was_given_up_does_not_stand_in_the_way(cast: Cast, provider: list[str]) -> None:
    director = cast.signed_in("director")
    director.post("/library/harvests/new", {"address": THERE, "language": "kk"})
    kept(cast, "Қысым")
    with edge():
        db.session.execute(update(Job).where(Job.kind == "library.harvest").values(state="failed"))
    page = f"/library/harvests/{now(select(HarvestSource.id)).one()}"
    shown = director.get(page).text
    assert "notice-error" in shown and f"{page}/fetch" in shown
    assert again(cast, director, page) == {"new": 1}
    assert set(now(select(Harvest.fault))) == {"server", ""}


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&b;</OAI-PMH>'
HEAD = (
    b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>'
)
IDENTIFY = (
    HEAD
    + b"<Identify><repositoryName>X</repositoryName><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>"
)
CIRCLE = HEAD + b"<ListRecords><resumptionToken>again</resumptionToken></ListRecords></OAI-PMH>"


@pytest.mark.parametrize(
    "answers, fault",
    [
        ([(200, b"<html></html>")], "not-oai"), ([(200, BOMB)], "not-oai"), ([(404, b"")], "status"), ([(302, b"")], "status"),
        ([(200, IDENTIFY), (200, CIRCLE), (200, CIRCLE)], "circle"), ([(200, IDENTIFY), (200, b"<a>" * 200 + b"</a>" * 200)], "too-large"),
        ([(200, IDENTIFY), (200, HEAD + b'<error code="badArgument"/></OAI-PMH>')], "refused"), ([OSError()], "no-answer"),
        ([outbound.NotThere("not-public")], "not-public"), ([(503, b"")] * fetching.PATIENCE, "status"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said(
    cast: Cast, provider: list[str], monkeypatch: pytest.MonkeyPatch, answers: list[Any], fault: str
) -> None:
    waiting, slept = iter(answers), []

    def fetch(_url: str, _most: int) -> outbound.Answer:
        one = next(waiting)
        if isinstance(one, Exception):
            raise one
        return outbound.Answer(one[0], {"Retry-After": "7000"}, one[1])

    monkeypatch.setattr(outbound, "fetch", fetch)
    monkeypatch.setattr(fetching.time, "sleep", slept.append)
    director = cast.signed_in("director")
    page = named(cast, director)
    assert now(select(Harvest.fault)).one() == fault and "notice-error" in director.get(page).text
    assert all(one <= fetching.LONGEST_WAIT for one in slept)


@pytest.mark.parametrize("address", ["https://127.0.0.1/oai", "https://[::1]/oai", "http://kitap.example/oai", "https://localhost:5432/", "file:///etc/passwd", "kitap"])  # fmt: skip
def test_inner_addresses_are_refused_when_they_are_named(cast: Cast, address: str) -> None:
    answer = cast.signed_in("director").post("/library/harvests/new", {"address": address, "language": "kk"})
    assert (
        answer.status_code == 422 and db.session.scalar(select(func.count()).select_from(HarvestSource)) == 0
    )


def test_only_those_who_lead_the_place_see_it(cast: Cast, provider: list[str]) -> None:
    page = named(cast, cast.signed_in("director"))
    elsewhere = cast.signed_in("director", cast.school_elsewhere)
    assert (
        elsewhere.get(page).status_code == 404
        and "Өріс" not in elsewhere.get("/library/harvests").text.split("<main")[1]
    )
    assert cast.signed_in("teacher").get(page).status_code == 403


def test_a_stranger_cannot_smuggle_an_address(cast: Cast) -> None:
    from_there = [("title", "Қысым", ""), ("identifier", "javascript:alert(1)", ""), ("identifier", "http://x.example/", ""),
                  ("identifier", "https://a@b.example/", ""), ("identifier", "https://[", "")]  # fmt: skip
    with cast.app.app_context():
        assert harvesting.facts_of(from_there, "kk", {}) is None
        good = harvesting.facts_of([*from_there, ("identifier", "https://kitap.example/1", "")], "kk", {})
        assert good and good["link"] == "https://kitap.example/1"


def test_every_night_is_for_those_who_want_it(cast: Cast, provider: list[str]) -> None:
    director = cast.signed_in("director")
    page = named(cast, director, nightly="y")
    for wish, harvests in (("yes", 2), ("", 2)):
        director.post(f"{page}/nightly", {"nightly": wish})
        with edge():
            for one in db.session.scalars(select(HarvestSource).where(HarvestSource.nightly)).all():
                harvesting.harvest(one, None)
        work_through(cast)
        assert now(select(func.count()).select_from(Harvest)).one() == harvests
    director.post(f"{page}/remove")
    assert now(select(func.count()).select_from(Harvest)).one() == 0


@pytest.mark.soak
def test_ten_thousand_records_are_harvested_and_taken_back(cast: Cast, provider: list[str]) -> None:
    many(cast, 10_000)
    director = cast.signed_in("director")
    page = named(cast, director)
    assert len(fetched()) == 10_000
    assert again(cast, director, page) == {}
    director.post(f"{page}/undo"), director.post(f"{page}/undo")
    assert fetched() == []


class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 1000)

    def log_message(self, *_parts: Any) -> None:
        """Quiet."""


def test_an_answer_is_read_up_to_its_bound(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(outbound, "_allowed", lambda: {"127.0.0.1"})
    url = f"http://127.0.0.1:{server.server_port}/oai?verb=Identify"
    try:
        with cast.app.app_context():
            assert outbound.fetch(url, 1000).body == b"x" * 1000
            with pytest.raises(outbound.NotThere):
                outbound.fetch(url, 999)
    finally:
        server.shutdown()
        server.server_close()
