"""OAI-PMH 2.0, rule by rule by the clauses of its specification, and harvested whole by somebody else's harvester."""

from __future__ import annotations

import re
from contextvars import Context
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from lxml import etree
from oaipmh_scythe import Scythe
from sqlalchemy import insert, update

from lms.core import clock, ids
from lms.core.db import db, edge
from lms.library.models import Resource, ResourceObjective
from lms.library.oai import offering, tokens
from tests.cast import Cast
from tests.lms.library.kept import kept

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
BASE = "http://localhost:8000/library/oai"
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def ask(cast: Cast, method: str = "GET", **given: Any) -> etree._Element:
    pairs = {name.rstrip("_"): value for name, value in given.items()}
    visitor = cast.visitor().client
    if method == "GET":
        answer = visitor.get("/library/oai", query_string=pairs, base_url="http://localhost:8000")
    else:
        answer = visitor.post("/library/oai", data=pairs, base_url="http://localhost:8000")
    assert answer.status_code == 200 and answer.content_type == "text/xml; charset=utf-8"
    return etree.fromstring(answer.data)


def code(root: etree._Element) -> str:
    found = root.findall(f"{OAI}error")
    return str(found[0].get("code")) if found else ""


def many(cast: Cast, count: int) -> None:
    """Published rows in one statement, one second after another."""
    first, teacher = clock.now() - timedelta(days=30), cast.person("teacher")
    base: dict[str, Any] = {
        "place_id": cast.school.id, "path": cast.school.path, "owner_id": teacher.id, "state": "published", "kind": "article",
        "language": "kk", "subject": "physics", "title_ru": "", "about_kk": "", "about_ru": "", "search": "", "section": "",
        "sort_key": "", "authors": [], "licence": "cc-by", "link": "", "offline": True, "accessible": False, "small_class": False,
        "combined_class": False, "size": 0, "withdrawn_for": "", "origin": "", "stars": 0, "voices": 0, "uses": 0, "stale": False,
    }  # fmt: skip
    rows = [
        {**base, "id": ids.new_id(), "created_at": first, "title_kk": f"Қысым {number}", "changed_at": first + timedelta(seconds=number)}
        for number in range(count)
    ]  # fmt: skip
    with edge():
        for start in range(0, count, 1000):
            db.session.execute(insert(Resource), rows[start : start + 1000])


def test_every_answer_has_its_envelope(cast: Cast) -> None:
    """§3.2: responseDate in UTC, then request with the base address and the arguments, then the verb."""
    root = ask(cast, verb="Identify")
    assert root.tag == f"{OAI}OAI-PMH" and [one.tag for one in root] == [
        f"{OAI}responseDate",
        f"{OAI}request",
        f"{OAI}Identify",
    ]
    assert SECOND.fullmatch(root.findtext(f"{OAI}responseDate", ""))
    request = root.find(f"{OAI}request")
    assert request is not None and request.text == BASE and dict(request.attrib) == {"verb": "Identify"}


def test_identify_says_who_it_is(cast: Cast) -> None:
    """§4.2, in the order of the schema."""
    resource = kept(cast)
    told = ask(cast, verb="Identify").find(f"{OAI}Identify")
    assert told is not None
    names = [
        "repositoryName",
        "baseURL",
        "protocolVersion",
        "adminEmail",
        "earliestDatestamp",
        "deletedRecord",
        "granularity",
    ]
    assert [one.tag.removeprefix(OAI) for one in told] == names
    said = {one.tag.removeprefix(OAI): one.text for one in told}
    assert (
        said["protocolVersion"] == "2.0" and said["deletedRecord"] == "persistent" and said["baseURL"] == BASE
    )
    assert said["granularity"] == "YYYY-MM-DDThh:mm:ssZ" and "@" in str(said["adminEmail"])
    assert str(said["earliestDatestamp"]) <= resource.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_get_and_post_say_the_same(cast: Cast) -> None:
    """§3.1.1: repositories support both."""
    kept(cast)
    get, post = (ask(cast, method, verb="ListRecords", metadataPrefix="oai_dc") for method in ("GET", "POST"))
    same = [etree.tostring(one.find(f"{OAI}ListRecords")) for one in (get, post)]
    assert same[0] == same[1]


@pytest.mark.parametrize(
    "query, wanted",
    [
        ("", "badVerb"), ("verb=Nothing", "badVerb"), ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=x", "badArgument"), ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=x", "badArgument"), ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:x", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + "-" * 36, "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=subject:magic", "noRecordsMatch"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_code(cast: Cast, query: str, wanted: str) -> None:
    """§3.6; and §3.2: only badVerb and badArgument leave the request element without attributes."""
    kept(cast)
    answer = cast.visitor().client.get(f"/library/oai?{query}", base_url="http://localhost:8000")
    root = etree.fromstring(answer.data)
    assert (answer.status_code, code(root)) == (200, wanted) and root.findtext(f"{OAI}error")
    assert bool(root.find(f"{OAI}request").attrib) == (wanted not in ("badVerb", "badArgument"))  # type: ignore[union-attr]


def test_formats_and_sets_are_listed_and_every_set_can_be_asked_for(cast: Cast) -> None:
    """§4.4, §4.6; §2.6: a record of a set is a record of the sets above it."""
    resource = kept(cast, subject="physics", kind="video", language="kk")
    formats = ask(cast, verb="ListMetadataFormats")
    assert [one.text for one in formats.iter(f"{OAI}metadataPrefix")] == ["oai_dc", "lom"]
    sets = [str(one.text) for one in ask(cast, verb="ListSets").iter(f"{OAI}setSpec")]
    assert {"subject", "subject:physics", "kind:video", "language:kk"} <= set(sets) and len(sets) == len(
        set(sets)
    )
    assert all(re.fullmatch(r"([A-Za-z0-9\-_.!~*'()])+(:[A-Za-z0-9\-_.!~*'()]+)*", one) for one in sets)
    having = [
        one for one in sets if not code(ask(cast, verb="ListIdentifiers", metadataPrefix="oai_dc", set=one))
    ]
    assert set(having) == {"subject", "subject:physics", "kind", "kind:video", "language", "language:kk"}
    header = ask(cast, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:localhost:{resource.id}")
    assert {one.text for one in header.iter(f"{OAI}setSpec")} == {
        "subject:physics",
        "kind:video",
        "language:kk",
    }


@pytest.mark.parametrize("prefix, inner", [("oai_dc", "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"), ("lom", "{http://ltsc.ieee.org/xsd/LOM}lom")])  # fmt: skip
def test_a_record_is_header_and_metadata(cast: Cast, prefix: str, inner: str) -> None:
    """§2.5."""
    resource = kept(cast, "Қысым\x0b & <күш>", title_ru="Давление", about_kk="Туралы")
    name = f"oai:localhost:{resource.id}"
    root = ask(cast, verb="GetRecord", metadataPrefix=prefix, identifier=name)
    record = root.find(f"{OAI}GetRecord/{OAI}record")
    assert record is not None and [one.tag for one in record] == [f"{OAI}header", f"{OAI}metadata"]
    assert record.findtext(f"{OAI}header/{OAI}identifier") == name
    assert [one.tag for one in record.find(f"{OAI}metadata")] == [inner]  # type: ignore[union-attr]
    assert "Қысым & <күш>" in list(record.itertext())


def test_nothing_is_offered_that_is_not_published_or_has_another_home(cast: Cast) -> None:
    for state in ("draft", "school", "review"):
        kept(cast, state, state=state)
    foreign = kept(cast, "Басқа үй")
    with edge():
        db.session.execute(update(Resource).where(Resource.id == foreign.id).values(origin="oai:elsewhere:1"))
    assert code(ask(cast, verb="ListRecords", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_what_was_taken_down_is_said_to_be_deleted(cast: Cast) -> None:
    """§2.5.1: header with status, no metadata; §3.4: a datestamp of its deletion."""
    resource = kept(cast)
    with edge():
        values = {"mark": "ABC", "state": "withdrawn", "changed_at": clock.now() + timedelta(seconds=5)}
        db.session.execute(update(Resource).where(Resource.id == resource.id).values(**values))
    root = ask(cast, verb="ListRecords", metadataPrefix="oai_dc")
    record = root.find(f"{OAI}ListRecords/{OAI}record")
    assert record is not None and [one.tag for one in record] == [f"{OAI}header"]
    assert record[0].get("status") == "deleted"
    assert record[0].findtext(f"{OAI}datestamp") == values["changed_at"].strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[attr-defined]


def test_from_and_until_take_both_ends_along(cast: Cast) -> None:
    """§2.7.1, §3.3: in days and in seconds."""
    many(cast, 5)
    stamps = [
        str(one.text)
        for one in ask(cast, verb="ListIdentifiers", metadataPrefix="oai_dc").iter(f"{OAI}datestamp")
    ]

    def counts(**given: str) -> int:
        root = ask(cast, verb="ListIdentifiers", metadataPrefix="oai_dc", **given)
        return len(list(root.iter(f"{OAI}header")))

    assert (
        counts(from_=stamps[1], until=stamps[3]) == 3
        and counts(from_=stamps[4]) == 1
        and counts(until=stamps[0]) == 1
    )
    assert counts(from_=stamps[0][:10], until=stamps[4][:10]) == 5
    late = (datetime.fromisoformat(stamps[4]) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert code(ask(cast, verb="ListIdentifiers", metadataPrefix="oai_dc", from_=late)) == "noRecordsMatch"


def test_a_long_list_comes_in_parts_and_ends_with_an_empty_token(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """§3.5: cursor, completeListSize, expirationDate; the same token may be sent again."""
    monkeypatch.setitem(offering.PAGE, "ListRecords", 3)
    many(cast, 7)
    found: list[str] = []
    token, cursors = "", []
    while True:
        given = {"resumptionToken": token} if token else {"metadataPrefix": "oai_dc"}
        root = ask(cast, verb="ListRecords", **given)
        again = ask(cast, verb="ListRecords", **given)
        assert [one.text for one in root.iter(f"{OAI}identifier")] == [
            one.text for one in again.iter(f"{OAI}identifier")
        ]
        found += [str(one.text) for one in root.iter(f"{OAI}identifier")]
        part = root.find(f"{OAI}ListRecords/{OAI}resumptionToken")
        assert part is not None and part.get("completeListSize") == "7"
        cursors.append(int(part.get("cursor", -1)))
        assert bool(part.text) == bool(part.get("expirationDate"))
        token = part.text or ""
        if not token:
            break
    assert len(found) == len(set(found)) == 7 and cursors == [0, 3, 6]


def test_a_token_is_for_its_verb_for_its_time_and_ours(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(offering.PAGE, "ListRecords", 1)
    many(cast, 2)
    token = str(ask(cast, verb="ListRecords", metadataPrefix="oai_dc").findtext(f".//{OAI}resumptionToken"))
    assert code(ask(cast, verb="ListIdentifiers", resumptionToken=token)) == "badResumptionToken"
    assert code(ask(cast, verb="ListRecords", resumptionToken="A" + token[1:])) == "badResumptionToken"
    later = clock.now() + tokens.LASTS + timedelta(minutes=1)
    monkeypatch.setattr(tokens.clock, "now", lambda: later)
    assert code(ask(cast, verb="ListRecords", resumptionToken=token)) == "badResumptionToken"


def test_a_page_costs_the_same_however_many_records(cast: Cast, statements: Any) -> None:
    many(cast, 60)
    with edge():
        keys = db.session.scalars(db.select(Resource.id)).all()
        db.session.add_all(ResourceObjective(resource_id=key, code="7.1.1.1") for key in keys)
    visitor = cast.visitor()
    with statements() as seen:
        visitor.client.get(
            "/library/oai?" + urlencode({"verb": "ListRecords", "metadataPrefix": "lom"}),
            base_url="http://localhost:8000",
        )
    assert len(seen) <= 8


def outside(cast: Cast) -> Any:
    """Requests share nothing with the test that sends them."""
    return lambda environment, start: Context().run(cast.app, environment, start)


def harvested(cast: Cast, count: int) -> None:
    many(cast, count)
    with Scythe(BASE) as scythe:
        scythe._client = httpx2.Client(transport=httpx2.WSGITransport(app=outside(cast)))
        assert scythe.identify().repositoryName == "Өріс"
        records = list(scythe.list_records(metadata_prefix="oai_dc"))
        assert len({one.header.identifier for one in records}) == len(records) == count
        assert records[0].metadata["title"] == ["Қысым 0"]
        assert len(list(scythe.list_identifiers(metadata_prefix="lom"))) == count
        assert {one.setSpec for one in scythe.list_sets()} >= {"subject:physics"}


def test_a_harvester_of_others_gets_everything(cast: Cast) -> None:
    harvested(cast, 250)


@pytest.mark.soak
def test_a_harvester_of_others_gets_ten_thousand_records(cast: Cast) -> None:
    harvested(cast, 10_000)
