"""What is refused and what is let in: unsafe or unplayable against odd but clear."""

import struct

import pytest

from scorm.package.check import examine
from scorm.package.limits import Limits
from tests.scorm.package.zips import MANIFEST, MANIFEST_NAME, End, Member, build, course, manifest_xml

pytestmark = pytest.mark.pure

PAGE = b'<html lang="kk"><title>t</title><script>parent.API.LMSInitialize("")</script></html>'


def sco(href, more="", attributes='type="webcontent" adlcp:scormtype="sco"'):
    return f'<resource identifier="R" {attributes} href="{href}">{more}</resource>'


def package(*members, resources=None, **parts):
    """A zip with the manifest made of these parts and the members given."""
    xml = manifest_xml(**({"resources": resources} if resources else {}), **parts)
    return build(Member(MANIFEST_NAME, xml.encode()), *members)


def page(name="index.html", encoding="utf-8", **values):
    return Member(name.encode(encoding), PAGE, **values)


def declared(text, encoding, used):
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(used)


def nested(depth):
    start = "".join(f'<item identifier="i{n}"><title>t</title>' for n in range(depth))
    return start + '<item identifier="I" identifierref="R"><title>t</title></item>' + "</item>" * depth


CYRILLIC = manifest_xml(sco("Урок/бет.html"))
SYSTEM = '<!DOCTYPE manifest SYSTEM "http://example.org/a.dtd">'
BILLION = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

REFUSED = {
    "a symbolic link": course(Member(b"a", b"/etc/passwd", mode=0o120777)),
    "a device": course(Member(b"a", mode=0o020666)),
    "a name that climbs": course(Member(b"../../evil.html")),
    "a name that climbs with backslashes": course(Member(b"..\\evil.html")),
    "a name from the root": course(Member(b"/etc/evil")),
    "a name on a drive": course(Member(b"C:\\evil.html")),
    "a name with a zero byte": course(Member(b"a\0.html")),
    "a bomb": course(Member(b"a", b"0" * 70_000_000)),
    "a bomb that lies about its size": course(Member(b"a", b"0" * 1_000_000, size=10, local_size=10)),
    "two members in one place": course(Member(b"a", offset=0, local_name=MANIFEST_NAME)),
    "encrypted": course(Member(b"a", flags=1)),
    "deflate64": course(Member(b"a", method=9)),
    "lzma": course(Member(b"a", method=14)),
    "two names differing in case": course(Member(b"INDEX.html")),
    "the same name twice": course(Member(b"index.html")),
    "cut off": course()[:-40],
    "only its beginning": course()[:200],
    "bytes behind": course() + b"<?php ?>",
    "bytes before": b"GIF89a" + course(),
    "a rar": b"Rar!\x1a\x07\x00",
    "nothing": b"",
    "no members": build(),
    "a directory that counts wrong": course(end=End(count=9)),
    "no manifest": build(page()),
    "two manifests": build(
        Member(b"a/imsmanifest.xml", MANIFEST), Member(b"b/imsmanifest.xml", MANIFEST), page("a/index.html")
    ),
    "a zip in a zip": build(Member(b"course.zip", course())),
    "a doctype": course(manifest=SYSTEM + manifest_xml()),
    "entities": course(manifest=BILLION + manifest_xml()),
    "a doctype in utf-16": course(manifest=("\ufeff" + SYSTEM + manifest_xml()).encode("utf-16-le")),
    "utf-7": course(manifest=declared(manifest_xml(), "utf-7", "ascii")),
    "an unknown encoding": course(manifest=declared(manifest_xml(), "x-none", "ascii")),
    "not xml": course(manifest=b"{}"),
    "not a manifest": course(manifest=b"<html/>"),
    "an empty manifest": course(manifest=b""),
    "a manifest in a manifest": course(
        manifest=manifest_xml(more='<manifest identifier="x"><organizations/><resources/></manifest>')
    ),
    "elements without end": course(manifest="<manifest>" + "<a>" * 200 + "</a>" * 200 + "</manifest>"),
    "items too deep": package(page(), items=nested(60)),
    "an attribute too many": course(
        manifest=manifest_xml(head="".join(f' a{n}="x"' for n in range(80)))
    ),
    "no organization": course(
        manifest=b'<manifest identifier="m"><organizations/><resources/></manifest>'
    ),
    "an empty organization": package(page(), items=""),
    "nothing to launch": package(page(), items='<item identifier="I"><title>t</title></item>'),
    "a resource that is not there": package(
        page(), items='<item identifier="I" identifierref="X"><title>t</title></item>'
    ),
    "a launch file that is not there": package(Member(b"other.html", PAGE)),
    "a launch address that climbs": package(page(), resources=sco("../index.html")),
    "a launch address that climbs in percent": package(page(), resources=sco("%2e%2e/index.html")),
    "a launch address of javascript": package(page(), resources=sco("javascript:alert(1)")),
    "a launch address of data": package(page(), resources=sco("data:text/html,x")),
    "a launch address on a disk": package(page(), resources=sco("file:///C:/a.html")),
    "a SCO at another site": package(page(), resources=sco("https://example.org/a.html")),
    "a SCO at another site by xml:base": package(
        page(), resources=sco("a.html", attributes='adlcp:scormtype="sco" xml:base="https://example.org/"')
    ),
    "a Flash film": package(Member(b"a.swf", b"FWS"), resources=sco("a.swf")),
    "damaged content": course(Member(b"a", crc=1)),
    "damaged compression": course(Member(b"a", packed=b"\xff\xff\xff")),
}  # fmt: skip

ACCEPTED = {
    "in order": package(page()),
    "stored": package(page(method=0)),
    "in a folder": build(Member(b"C/imsmanifest.xml", MANIFEST), page("C/index.html")),
    "in two folders": build(Member(b"A/B/imsmanifest.xml", MANIFEST), page("A/B/index.html")),
    "manifest in capitals": build(Member(b"IMSMANIFEST.XML", MANIFEST), page()),
    "with what a Mac leaves behind": build(
        Member(b"C/imsmanifest.xml", MANIFEST), page("C/index.html"), Member(b"__MACOSX/C/._imsmanifest.xml")
    ),
    "with folders": package(page(), Member(b"img/", b"", method=0)),
    "with backslashes": package(page("a\\index.html"), resources=sco("a/index.html")),
    "backslashes in the href": package(page("a/index.html"), resources=sco("a\\index.html")),
    "another case": package(page("Index.HTML")),
    "from the root": package(page(), resources=sco("/index.html")),
    "names in cp866": build(Member(MANIFEST_NAME, CYRILLIC.encode()), page("Урок/бет.html", "cp866")),
    "names in cp1251": build(Member(MANIFEST_NAME, CYRILLIC.encode()), page("Урок/бет.html", "cp1251")),
    "names in utf-8 without the mark": build(Member(MANIFEST_NAME, CYRILLIC.encode()), page("Урок/бет.html")),
    "names in utf-8 with the mark": build(
        Member(MANIFEST_NAME, CYRILLIC.encode()), page("Урок/бет.html", flags=0x800)
    ),
    "decomposed letters": package(
        page("\u0438\u0306.html", flags=0x800), resources=sco("\u0439.html")
    ),
    "Kazakh letters": package(page("Әң.html", flags=0x800), resources=sco("Әң.html")),
    "percent signs": package(page("бет 1.html", flags=0x800), resources=sco("%D0%B1%D0%B5%D1%82%201.html")),
    "percent signs of cp1251": package(page("бет.html", flags=0x800), resources=sco("%E1%E5%F2.html")),
    "a query": package(page(), resources=sco("index.html?a=1&amp;b=2")),
    "a fragment": package(page(), resources=sco("index.html#top")),
    "a base": package(page("a/index.html"), resources=sco("index.html", attributes='xml:base="a/" type="webcontent" adlcp:scormtype="sco"')),
    "a path that climbs and stays inside": package(page(), resources=sco("a/../index.html")),
    "a byte order mark": course(manifest=b"\xef\xbb\xbf" + MANIFEST),
    "utf-16": course(manifest=declared(manifest_xml(), "utf-16", "utf-16")),
    "utf-16 without a mark": course(manifest=declared(manifest_xml(), "utf-16", "utf-16-be")),
    "windows-1251": course(manifest=declared(CYRILLIC.replace("Урок/бет.html", "index.html").replace("Course", "Урок"), "windows-1251", "cp1251")),
    "called utf-8 and is not": course(manifest=declared(manifest_xml().replace("Course", "Урок"), "utf-8", "cp1251")),
    "called windows-1251 and is not": course(manifest=declared(manifest_xml().replace("Course", "Сабақ"), "windows-1251", "utf-8")),
    "xml 1.1": course(manifest='<?xml version="1.1"?>' + manifest_xml()),
    "no schemaversion": course(manifest=manifest_xml().replace("<schemaversion>1.2</schemaversion>", "")),
    "no namespaces": course(manifest=b'<manifest identifier="m"><organizations><organization identifier="o"><title>t</title><item identifier="i" identifierref="r"><title>t</title></item></organization></organizations><resources><resource identifier="r" type="webcontent" href="index.html"/></resources></manifest>'),
    "a prefix nobody declared": course(manifest=manifest_xml().replace(' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"', "")),
    "padded references": package(page(), items='<item identifier=" I " identifierref=" R "><title>t</title></item>'),
    "a wrong default": course(manifest=manifest_xml().replace('default="O"', 'default="X"')),
    "a listed file that is not there": package(page(), resources=sco("index.html", '<file href="lost.css"/>')),
    "a hostile page": package(Member(b"index.html", PAGE + b"<script>top.location='http://example.org'; navigator.serviceWorker.register('w.js')</script>")),
    "an asset at another site": package(page(), resources=sco("https://example.org/", attributes='type="webcontent" adlcp:scormtype="asset"')),
    "a comment on the zip": course(end=End(comment="Сабақ".encode())),
    "zip64": course(end=End(zip64=True)),
    "sizes behind the data": course(Member(b"a", b"x", flags=8, descriptor=struct.pack("<4s3L", b"PK\x07\x08", 0x8CDC1683, 3, 1))),
}  # fmt: skip


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused(data, tmp_path):
    (tmp_path / "given.zip").write_bytes(data)
    diagnosis = examine(tmp_path / "given.zip")
    assert diagnosis.verdict == "refuse"
    assert diagnosis.findings[0].level == "error"


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_it_is_let_in(data, tmp_path):
    (tmp_path / "given.zip").write_bytes(data)
    diagnosis = examine(tmp_path / "given.zip")
    assert diagnosis.verdict != "refuse", diagnosis.findings


@pytest.mark.parametrize(
    "field", ["members", "unpacked_size", "member_size", "manifest_size", "xml_elements"]
)
def test_every_limit_holds_in_the_doctor_too(field, tmp_path):
    (tmp_path / "given.zip").write_bytes(course())
    assert examine(tmp_path / "given.zip", Limits(**{field: 1})).verdict == "refuse"
