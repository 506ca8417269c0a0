"""Shelves, the cart with its budget, the signed file, and bringing it into another place."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import select, update

from lms.core.db import db, edge
from lms.core.imports.models import ImportLine
from lms.demo import library_files as made
from lms.library.carrying.signing import shown, signature_of
from lms.library.engine import engine
from lms.library.models import (
    Carrier,
    CartItem,
    Collection,
    CollectionItem,
    Resource,
    ResourceFile,
)
from lms.library.queries.carrying import Load, Packed
from lms.library.service import carrying
from tests.cast import Cast
from tests.lms.library.kept import kept, work_through
from tests.lms.library.on_the_way import as_if_elsewhere, brought, carried, count, full, now


def test_a_cart_becomes_a_signed_file_with_everything_in_it(cast: Cast) -> None:
    data = carried(cast, cast.signed_in("teacher"), full(cast))
    archive = ZipFile(io.BytesIO(data))
    names = archive.namelist()
    manifest = json.loads(archive.read("manifest.json"))
    assert {
        "index.html",
        "viewer.js",
        "viewer.css",
        "data/library.js",
        "data/text-0.js",
        "signature.json",
    } <= set(names)
    titles = {one["facts"]["title_kk"] for one in manifest["records"]}
    assert titles == {"Сұйықтағы қысым", "Бейнесабақ", "Сілтеме"}
    assert sorted(name for name in names if name.startswith("files/")) == sorted(
        file["path"] for one in manifest["records"] for file in one["files"]
    )
    page = archive.read("index.html").decode()
    assert "Сұйықтағы қысым" in page and 'lang="kk"' in page
    everything = sum(one.file_size for one in archive.infolist())
    report = now(select(Carrier.report)).one()
    assert report["count"] == 3 and abs(report["unpacked"] - everything) < 1000


def test_what_is_counted_beforehand_is_never_less_than_what_is_made(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    full(cast)
    long = kept(
        cast,
        "Ұзақ",
        files={"b.html": made.page("Ұзақ", "Әрбір сөз басқаша жазылады, сондықтан кілті көп. " * 400, "kk")},
    )
    work_through(cast)
    teacher.post(f"/library/resources/{long.id}/cart")
    page = teacher.get("/library/cart?size=own&own=40").text
    counted = int(re.search(r'<meter[^>]* value="(\d+)"', page)[1])  # type: ignore[index]
    teacher.post("/library/cart/make", {"size": "dvd"})
    work_through(cast)
    assert 0 < now(select(Carrier)).one().report["unpacked"] <= counted


def test_what_to_leave_out_is_as_little_as_possible() -> None:
    rows = [Packed(Resource(), size) for size in (500_000, 300_000, 100_000)]
    load = Load(rows, 1_000_000)
    assert load.left == 1_000_000 - load.total < 0

    def left_out(budget: int) -> list[int]:
        return [one.size for one in Load(rows, budget).leave_out]

    total = load.total
    assert (
        left_out(total) == [] and left_out(total - 1) == [100_000] and left_out(total - 200_000) == [300_000]
    )
    assert left_out(total - 600_000) == [500_000, 100_000]


def test_too_much_is_told_and_left_out_with_one_press(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    resource = kept(cast, "Ауыр")
    with edge():
        db.session.execute(update(Resource).values(size=9_000_000_000))
    teacher.post(f"/library/resources/{resource.id}/cart")
    page = teacher.get("/library/cart").text
    assert "артық" in page and "disabled" in page
    assert teacher.post("/library/cart/make", {"size": "dvd"}).status_code == 409
    teacher.post("/library/cart/leave-out", {"size": "dvd", "resource": str(resource.id)})
    assert count(CartItem) == 0


def test_a_disk_that_turns_out_too_small_is_told_afterwards(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.library.queries.carrying.PAGE_BYTES", 0)
    monkeypatch.setattr("lms.library.queries.carrying.BYTES_PER_LETTER", 0)
    monkeypatch.setattr("lms.library.views.carts.MB", 1_000)
    teacher = cast.signed_in("teacher")
    teacher.post(f"/library/resources/{kept(cast).id}/cart")
    answer = teacher.post("/library/cart/make", {"size": "own", "own": "20"})
    work_through(cast)
    assert now(select(Carrier.state)).one() == "failed"
    assert "notice-error" in teacher.get(answer.location).text


def test_it_is_looked_at_brought_in_found_and_taken_back(cast: Cast) -> None:
    resources = full(cast)
    data = carried(cast, cast.signed_in("teacher"), resources)
    as_if_elsewhere(resources)
    director = cast.signed_in("director")
    page, run = brought(cast, director, data)
    assert run and run.counts == {"new": 3} and f"/imports/{run.id}" in page
    assert count(Resource) == 0
    assert "қолтаңба" in director.get(f"/imports/{run.id}").text.lower()
    director.post(f"/imports/{run.id}/confirm")
    work_through(cast)
    titles = set(now(select(Resource.title_kk).where(Resource.state == "school")))
    assert titles == {"Сұйықтағы қысым", "Бейнесабақ", "Сілтеме"}
    here = now(select(Resource).where(Resource.title_ru == "Давление")).one()
    assert (here.subject, here.grades, here.authors, [one.code for one in here.objectives]) == ("physics", [7, 8], ["Асан Үсенов"], ["7.3.1.4"])  # fmt: skip
    assert set(now(select(ResourceFile.name).where(ResourceFile.role != "preview"))) == {
        "қысым.html",
        "a.mp4",
        "a.kk.vtt",
    }
    assert str(here.id) in engine().search("кысымын", chosen={"seen": [cast.school.path]}).ids
    director.post(f"/imports/{run.id}/undo")
    work_through(cast)
    assert count(Resource) == 0
    assert engine().search("қысым", chosen={"seen": [cast.school.path]}).ids == ()


def test_what_is_here_already_is_not_brought_twice(cast: Cast) -> None:
    data = carried(cast, cast.signed_in("teacher"), full(cast))
    director = cast.signed_in("director")
    _page, run = brought(cast, director, data)
    assert run and run.counts == {"unchanged": 3}
    assert "осында жасалған" in director.get(f"/imports/{run.id}").text


def test_the_maker_is_unknown_at_first_and_known_afterwards(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = carried(cast, cast.signed_in("teacher"), full(cast))
    maker = now(select(Carrier.maker)).one()
    with edge():
        db.session.execute(Carrier.__table__.delete())
    monkeypatch.setattr(carrying, "own_fingerprint", lambda: "another")
    codes = []
    for _ in range(2):
        _page, run = brought(cast, cast.signed_in("director"), data)
        assert run
        codes.append(run.notes[0]["code"])
        assert run.notes[0]["facts"]["maker"] == shown(maker)
    assert codes == ["signed_new", "signed_known"]


def _changed(data: bytes, name: str, body: bytes) -> bytes:
    source, out = ZipFile(io.BytesIO(data)), io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for one in source.namelist():
            wanted = name == one or (name.endswith("*") and one.startswith(name[:-1]))
            target.writestr(one, body if wanted else source.read(one))
    return out.getvalue()


@pytest.mark.parametrize(
    "name, body, fault",
    [("manifest.json", b'{"format": "oris-carrier/1"}', "no-signature"), ("signature.json", b"{}", "no-signature"),
     ("files/*", b"something else", "changed")],
)  # fmt: skip
def test_what_was_changed_on_its_way_is_refused_whole(cast: Cast, name: str, body: bytes, fault: str) -> None:
    data = _changed(carried(cast, cast.signed_in("teacher"), full(cast)), name, body)
    page, run = brought(cast, cast.signed_in("director"), data)
    db.session.rollback()
    states = db.session.execute(select(Carrier.state, Carrier.report)).all()
    assert run is None and ("failed", fault) in {(state, report.get("fault")) for state, report in states}
    assert "notice-error" in page


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip at all"])
def test_something_else_is_told_apart(cast: Cast, data: bytes) -> None:
    page, run = brought(cast, cast.signed_in("director"), data)
    assert run is None and "notice-error" in page


def test_nobody_can_name_a_stored_file_they_never_had(cast: Cast) -> None:
    """The way through the lists of imports leads to the same judge, which wants our seal."""
    secret = kept(cast, "Құпия", state="draft", place=cast.school_elsewhere, files={"a.txt": b"secret"})
    digest = now(select(ResourceFile.digest)).one()
    facts = {"kind": "article", "language": "kk", "title_kk": "Менікі"}
    line = {
        "id": "urn:x",
        "facts": facts,
        "files": [{"cell": f"a.txt|{digest}|{'0' * 20}", "role": "main", "language": ""}],
    }
    sent = json.dumps({"notes": [], "lines": [line]}).encode()
    director = cast.signed_in("director")
    answer = director.post(f"/imports/new/carried/{cast.school.id}", {"file": (io.BytesIO(sent), "a.json")})
    assert answer.status_code == 303 and secret.id
    assert now(select(ImportLine.verdict)).one() == "bad"


def test_a_shelf_has_an_order_and_readers(cast: Cast) -> None:
    first, second = kept(cast, "Бірінші"), kept(cast, "Екінші")
    teacher = cast.signed_in("teacher")
    teacher.post("/library/new-shelf", {"title": "Қысым сабағы", "readers": "me"})
    shelf = now(select(Collection)).one()
    address = f"/library/shelves/{shelf.id}"
    for one in (first, second, first):
        teacher.post(f"/library/resources/{one.id}/put-on-shelf", {"shelf": str(shelf.id)})
    order = lambda: re.findall(r"Бірінші|Екінші", re.sub(r'"[^"]*"', "", teacher.get(address).text))  # noqa: E731
    assert order() == ["Бірінші", "Екінші"]
    teacher.post(f"{address}/resources/{second.id}/move", {"where": "up"})
    assert order() == ["Екінші", "Бірінші"]
    director, elsewhere = cast.signed_in("director"), cast.signed_in("teacher", cast.school_elsewhere)
    seen = lambda: [one.get(address).status_code for one in (director, elsewhere)]  # noqa: E731
    assert seen() == [404, 404]
    teacher.post(f"{address}/edit", {"title": "Қысым", "readers": "school"})
    assert seen() == [200, 404]
    teacher.post(f"{address}/edit", {"title": "Қысым", "readers": "all"})
    assert seen() == [200, 200]
    assert director.post(f"{address}/edit", {"title": "x", "readers": "all"}).status_code == 404
    elsewhere.post(f"{address}/to-cart")
    assert count(CartItem) == 2
    teacher.post(f"{address}/resources/{first.id}/take-off")
    teacher.post(f"{address}/remove")
    assert count(CollectionItem) == 0


def test_a_shelf_shows_nobody_what_they_may_not_see(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    draft = kept(cast, "Құпия сызба", state="draft")
    teacher.post(f"/library/resources/{draft.id}/put-on-shelf", {"title": "Ашық сөре"})
    shelf = now(select(Collection)).one()
    teacher.post(f"/library/shelves/{shelf.id}/edit", {"title": "Ашық", "readers": "all"})
    elsewhere = cast.signed_in("teacher", cast.school_elsewhere)
    page = elsewhere.get(f"/library/shelves/{shelf.id}")
    assert page.status_code == 200 and "Құпия сызба" not in page.text
    elsewhere.post(f"/library/shelves/{shelf.id}/to-cart")
    assert count(CartItem) == 0


@pytest.mark.parametrize(
    "facts",
    [None, [], {"kind": ["x"], "language": "kk"}, {"kind": "video", "language": "kk", "title_kk": 7}, {}],
)
def test_a_stranger_may_sign_nonsense(cast: Cast, facts: Any) -> None:
    """The signature holds, and yet nothing of it is believed."""
    record = {"id": "urn:x", "facts": facts, "objectives": [["y"]], "files": []}
    told = json.dumps({"format": "oris-carrier/1", "records": [record], "files": {}}).encode()
    out = io.BytesIO()
    with ZipFile(out, "w") as target:
        target.writestr("manifest.json", told)
        target.writestr("signature.json", signature_of(told))
    _page, run = brought(cast, cast.signed_in("director"), out.getvalue())
    assert run is None or run.counts == {"bad": 1}
