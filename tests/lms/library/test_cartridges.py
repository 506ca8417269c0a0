"""Common Cartridges: of other systems as drafts, ours for other systems, and ours brought back with all that was said."""

from __future__ import annotations

import hashlib
import io
import random
import re
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lxml import etree
from sqlalchemy import select

from lms.core.db import db
from lms.core.imports.findings import said
from lms.core.imports.kinds import kind_named
from lms.core.imports.models import ImportLine, ImportRun
from lms.core.scratch import on_disk
from lms.library.models import Carrier, Collection, Resource, ResourceFile
from lms.library.reading import cartridge as cartridges
from lms.library.service.cartridges import taken_apart
from tests.cast import Cast
from tests.lms.library.kept import work_through
from tests.lms.library.on_the_way import as_if_elsewhere, brought, full, now

CP = "{http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1}"
LOM = "{http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource}"
PNG = b"\x89PNG\r\n\x1a\n"
LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>x</title><url href="{}"/></webLink>'
SAID = """<metadata><lom xmlns="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource">
 <general><title><string language="ru-RU">Закон Паскаля</string></title><language>ru</language></general>
 <lifeCycle><contribute><role><value>Author</value></role><entity>BEGIN:VCARD\nFN:Асан Үсенов\nEND:VCARD</entity></contribute></lifeCycle>
 <rights><description><string>https://creativecommons.org/licenses/by-sa/4.0/</string></description></rights></lom></metadata>"""
MANIFEST = f"""<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata>
<organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">
 <item identifier="f"><title>Қысым</title>
  <item identifier="1" identifierref="page"><title>Паскаль заңы</title></item>
  <item identifier="2" identifierref="paper"><title>Қысым туралы</title></item>
  <item identifier="3" identifierref="link"><title>Тәжірибе</title></item>
 </item>
 <item identifier="4" identifierref="test"><title>Тест</title></item><item identifier="5" identifierref="tool"><title>Tool</title></item>
 <item identifier="6" identifierref="bad-link"><title>Ескі</title></item><item identifier="7" identifierref="none"><title>Жоқ</title></item>
 <item identifier="8" identifierref="page"><title>Тағы да</title></item><item identifier="9" identifierref="program"><title>x</title></item>
</item></organization></organizations>
<resources>
 <resource identifier="page" type="webcontent" href="page.html">{SAID}<file href="page.html"/></resource>
 <resource identifier="paper" type="webcontent"><file href="files/%D2%9B%D1%8B%D1%81%D1%8B%D0%BC.txt"/></resource>
 <resource identifier="link" type="imswl_xmlv1p1"><file href="l.xml"/></resource>
 <resource identifier="bad-link" type="imswl_xmlv1p1"><file href="b.xml"/></resource>
 <resource identifier="test" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="t.xml"/></resource>
 <resource identifier="tool" type="imsbasiclti_xmlv1p0"><file href="t.xml"/></resource>
 <resource identifier="none" type="webcontent" href="nothing.pdf"><file href="nothing.pdf"/></resource>
 <resource identifier="program" type="webcontent" href="a.exe"><file href="a.exe"/></resource>
</resources></manifest>"""


def cartridge(**changed: bytes) -> bytes:
    files = {
        "imsmanifest.xml": MANIFEST.encode(), "page.html": '<p>Қысым <img src="a.png"></p>'.encode(), "a.png": PNG,
        "files/қысым.txt": "Сұйықтың қысымы".encode(), "l.xml": LINK.format("https://kitap.example/1").encode(),
        "b.xml": LINK.format("javascript:alert(1)").encode(), "t.xml": b"<x/>", "a.exe": b"MZ",
    }  # fmt: skip
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, body in {
            **files,
            **{name.replace("_", "."): body for name, body in changed.items()},
        }.items():
            target.writestr(name, body)
    return out.getvalue()


def test_files_that_no_item_leads_to_come_as_well(cast: Cast) -> None:
    """Not what only serves a page, nor what a page shows already."""
    more = """<resource identifier="alone" type="webcontent" href="files/alone.txt"><file href="files/alone.txt"/></resource>
        <resource identifier="picture" type="webcontent" href="a.png"><file href="a.png"/></resource>
        <resource identifier="style" type="webcontent" href="s.css"><file href="s.css"/></resource>
        <resource identifier="bag" type="webcontent" href="served.txt"><file href="served.txt"/></resource>
        <resource identifier="user" type="webcontent" href="page.html"><dependency identifierref="bag"/></resource></resources>"""
    manifest = MANIFEST.replace("</resources>", more).encode()
    data = cartridge(imsmanifest_xml=manifest, **{"files/alone_txt": b"x", "served_txt": b"x", "s_css": b"x"})
    _page, run = brought(cast, cast.signed_in("director"), data)
    assert run and run.counts == {"new": 4}
    titles = now(select(ImportLine.given).where(ImportLine.run_id == run.id)).all()
    assert {one["title"] for one in titles} == {"Закон Паскаля", "Қысым туралы", "Тәжірибе", "alone"}


def notes(run: ImportRun) -> dict[str, str]:
    kind = kind_named(run.kind)
    return {one["code"]: said(one, kind.sentences) for one in run.notes} if kind else {}


def test_each_file_page_and_link_of_a_cartridge_becomes_a_draft(cast: Cast) -> None:
    director = cast.signed_in("director")
    page, run = brought(cast, director, cartridge())
    assert run and run.kind == "cartridge" and run.counts == {"new": 3} and f"/imports/{run.id}" in page
    assert {"cartridge_tests", "cartridge_tools", "cartridge_links", "cartridge_gone", "cartridge_files"} == set(notes(run))  # fmt: skip
    assert director.get(f"/imports/{run.id}").status_code == 200
    director.post(f"/imports/{run.id}/confirm")
    work_through(cast)
    rows = {one.title_kk or one.title_ru: one for one in now(select(Resource))}
    assert set(rows) == {"Закон Паскаля", "Қысым туралы", "Тәжірибе"}
    assert {(one.state, one.published_at, one.section) for one in rows.values()} == {("draft", None, "Қысым")}
    law, paper, link = rows["Закон Паскаля"], rows["Қысым туралы"], rows["Тәжірибе"]
    assert (law.language, law.licence, law.authors, law.kind) == (
        "ru",
        "cc-by-sa",
        ["Асан Үсенов"],
        "article",
    )
    assert (link.kind, link.link, link.offline) == ("link", "https://kitap.example/1", False)
    names = {one[0]: one[1] for one in db.session.execute(select(ResourceFile.version_id, ResourceFile.name).where(ResourceFile.role == "main"))}  # fmt: skip
    assert names == {law.current_id: "page.zip", paper.current_id: "қысым.txt"}
    assert "Сұйықтың" in director.get(f"/library/resources/{paper.id}/text").text


def test_a_cartridge_is_brought_once_and_taken_back_whole(cast: Cast) -> None:
    director = cast.signed_in("director")
    _page, run = brought(cast, director, cartridge())
    assert run
    director.post(f"/imports/{run.id}/confirm")
    work_through(cast)
    _page, again = brought(cast, director, cartridge())
    assert again and again.id != run.id and again.counts == {"unchanged": 3}
    director.post(f"/imports/{run.id}/undo")
    work_through(cast)
    assert now(select(Resource)).all() == []


@pytest.mark.parametrize(
    "changed, fault",
    [
        ({"imsmanifest_xml": b"<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>"}, "scorm"),
        ({"imsmanifest_xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><manifest>&a;</manifest>"}, "damaged-zip"),
        ({"imsmanifest_xml": MANIFEST.replace("identifierref", "x").replace("resources>", "others>").replace("<resource ", "<other ").replace("</resource>", "</other>").encode()}, "nothing-inside"),
        ({"big_txt": b"0" * 70_000_000}, "too-large-inside"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_apart_is_said(cast: Cast, changed: dict[str, bytes], fault: str) -> None:
    page, run = brought(cast, cast.signed_in("director"), cartridge(**changed))
    assert run is None and "notice-error" in page
    assert now(select(Carrier.report)).one()["fault"] == fault


def test_the_cart_and_a_shelf_leave_as_a_cartridge_of_1_3(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    resources = full(cast)
    teacher.post("/library/new-shelf", {"title": "Қысым", "readers": "me"})
    shelf = now(select(Collection)).one()
    for one in resources:
        teacher.post(f"/library/resources/{one.id}/cart")
        teacher.post(f"/library/resources/{one.id}/put-on-shelf", {"shelf": str(shelf.id)})
    for address in ("/library/cart/make", f"/library/shelves/{shelf.id}/cartridge"):
        answer = teacher.post(address, {"size": "dvd", "form": "cartridge"})
        work_through(cast)
        assert "Moodle" in teacher.get(answer.location).text
        sent = teacher.get(f"{answer.location}/file")
        assert ".imscc" in sent.headers["Content-Disposition"]
        _is_a_cartridge(ZipFile(io.BytesIO(sent.data)))


def _is_a_cartridge(archive: ZipFile) -> None:
    """CC 1.3 §4: schema and version, one rooted organisation, every reference leads to a file, every id stands once."""
    manifest = etree.fromstring(archive.read("imsmanifest.xml"))
    told = [manifest.findtext(f"{CP}metadata/{CP}{name}") for name in ("schema", "schemaversion")]
    assert told == ["IMS Common Cartridge", "1.3.0"]
    (contents,) = manifest.findall(f"{CP}organizations/{CP}organization")
    assert contents.get("structure") == "rooted-hierarchy" and len(contents.findall(f"{CP}item")) == 1
    keys = [one.get("identifier") for one in manifest.iter() if one.get("identifier")]
    assert len(keys) == len(set(keys)) and all(str(one)[0].isalpha() for one in keys)
    resources = {one.get("identifier"): one for one in manifest.iter(f"{CP}resource")}
    for item in contents.iter(f"{CP}item"):
        assert len(item) == 0 or item.get("identifierref") is None or item.findall(f"{CP}item") == []
        assert item.get("identifier") == "root" or item.get("identifierref") in resources
    files = {file.get("href") for one in resources.values() for file in one.findall(f"{CP}file")}
    assert files | {"imsmanifest.xml"} == set(archive.namelist())
    types = sorted(str(one.get("type")) for one in resources.values())
    assert types == ["imswl_xmlv1p3", "webcontent", "webcontent"]
    for one in resources.values():
        href = one.get("href")
        assert (href in files) == (one.get("type") == "webcontent")
        assert one.findtext(f"{CP}metadata/{LOM}lom/{LOM}general/{LOM}title/{LOM}string")


def test_a_cartridge_of_ours_comes_back_with_all_that_was_said(cast: Cast) -> None:
    teacher, director = cast.signed_in("teacher"), cast.signed_in("director")
    resources = full(cast)
    for one in resources:
        teacher.post(f"/library/resources/{one.id}/cart")
    answer = teacher.post("/library/cart/make", {"size": "dvd", "form": "cartridge"})
    work_through(cast)
    data = teacher.get(f"{answer.location}/file").data
    as_if_elsewhere(resources)
    _page, run = brought(cast, director, data)
    assert run and run.counts == {"new": 3}
    director.post(f"/imports/{run.id}/confirm")
    here = now(select(Resource).where(Resource.title_ru == "Давление")).one()
    facts: tuple[Any, ...] = (here.title_kk, here.kind, here.subject, here.grades, here.authors, [one.code for one in here.objectives])  # fmt: skip
    assert facts == ("Сұйықтағы қысым", "article", "physics", [7, 8], ["Асан Үсенов"], ["7.3.1.4"])
    film = now(select(Resource).where(Resource.kind == "video")).one()
    roles = set(now(select(ResourceFile.role).where(ResourceFile.version_id == film.current_id)))
    assert roles == {"main", "subtitles"}


def test_a_film_in_a_cartridge_takes_no_memory(cast: Cast, tmp_path: Path) -> None:
    """Ninety megabytes alone, and once more inside a page, through a process that may have half a gigabyte in all."""
    assert cast.school
    film = random.Random(1).randbytes(90_000_000)
    more = """<resource identifier="film" type="webcontent" href="film.mp4"><file href="film.mp4"/></resource></resources>"""
    with ZipFile(tmp_path / "film.imscc", "w") as target:
        target.writestr("imsmanifest.xml", MANIFEST.replace("</resources>", more))
        target.writestr("page.html", '<p>Қысым <video src="clip.mp4"></video></p>')
        target.writestr("clip.mp4", film)
        target.writestr("film.mp4", film[::-1])
    found = taken_apart(tmp_path / "film.imscc").decode()
    assert hashlib.sha256(film[::-1]).hexdigest() in found and "film.mp4" in found
    digest = re.search(r"page\.zip\|([0-9a-f]{64})", found)
    assert digest
    with ZipFile(on_disk(digest[1], tmp_path)) as packed:
        assert packed.read("clip.mp4") == film and set(packed.namelist()) == {"page.html", "clip.mp4"}


@pytest.mark.parametrize("limit", ["MEMBER_BYTES", "TOTAL_BYTES"])
def test_a_member_and_the_whole_have_their_limits(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(cartridge(**{"files/қысым_txt": b"0123456789" * 400}))
    assert "records" in cartridges.read(str(tmp_path / "a.zip"), str(tmp_path / "spool"))
    monkeypatch.setattr(cartridges, limit, 3_900)
    found = cartridges.read(str(tmp_path / "a.zip"), str(tmp_path / "spool"))
    assert found == {"refused": "too-large-inside"}
