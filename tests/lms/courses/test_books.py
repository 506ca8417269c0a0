"""EPUB, rule by rule (EPUB 3.3, OCF 3.3), and what every packed course must not do: ask the net for something."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from lms.core.db import edge
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.exporting.font import RANGES, packed_font
from lms.courses.models import CourseEdition
from lms.courses.service import blocks
from tests.cast import Cast
from tests.coursed import attached, course_of, lesson_of, published, write
from tests.lms.courses.test_taking_out import CANARY, every_block

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
CORE = {
    "image/png",
    "image/jpeg",
    "audio/mpeg",
    "audio/mp4",
    "video/mp4",
    "text/css",
    "font/woff",
    "application/xhtml+xml",
}
LOADS = {"src", "poster", "data", "srcset"}


def made(cast: Cast, edition: CourseEdition, shape: str) -> bytes:
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        return SHAPES[shape].make(Leaving(edition, "kk"))


@pytest.fixture
def book(cast: Cast) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(made(cast, every_block(cast), "epub")))


def opf(book: zipfile.ZipFile) -> Any:
    return etree.fromstring(book.read("book/package.opf"))


def test_the_container_comes_first_stored_and_names_the_package(book: zipfile.ZipFile) -> None:
    """OCF §4.2.2 and §4.2.6.3.1."""
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.read("mimetype") == b"application/epub+zip"
    root = etree.fromstring(book.read("META-INF/container.xml"))
    paths = [
        one.get("full-path") for one in root.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    ]
    assert paths == ["book/package.opf"] and all(one.flag_bits & 1 == 0 for one in book.infolist())


def test_the_package_says_what_it_must(book: zipfile.ZipFile) -> None:
    """EPUB §5.5: one identifier that is named, a title, a language, one date of change to the second."""
    package = opf(book)
    meta = package.find(OPF + "metadata")
    ident = [one for one in meta.iter(DC + "identifier") if one.get("id") == package.get("unique-identifier")]
    assert len(ident) == 1 and re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", ident[0].text)
    assert (
        meta.find(DC + "title").text
        and meta.find(DC + "language").text == "kk"
        and package.get("version") == "3.0"
    )
    changed = [one.text for one in meta.iter(OPF + "meta") if one.get("property") == "dcterms:modified"]
    assert len(changed) == 1 and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", changed[0])


def test_what_is_in_the_book_is_in_its_list_and_the_other_way_round(book: zipfile.ZipFile) -> None:
    """EPUB §5.6.1: every resource is listed once, with its type; §3.2: those that are shown are of a core type."""
    items = opf(book).findall(f"{OPF}manifest/{OPF}item")
    listed = [posixpath.join("book", one.get("href")) for one in items]
    assert len(set(listed)) == len(listed) and len({one.get("id") for one in items}) == len(items)
    inside = {name for name in book.namelist() if name.startswith("book/") and name != "book/package.opf"}
    assert set(listed) == inside
    assert {one.get("media-type") for one in items} - CORE == {"text/plain"}, (
        "the licence of the font, which no page shows"
    )
    assert [one.get("href") for one in items if "nav" in (one.get("properties") or "").split()] == [
        "nav.xhtml"
    ]
    spine = [one.get("idref") for one in opf(book).iter(OPF + "itemref")]
    types = {one.get("id"): one.get("media-type") for one in items}
    assert spine and all(types[one] == "application/xhtml+xml" for one in spine)


def test_each_chapter_is_xhtml_whose_references_lead_somewhere(book: zipfile.ZipFile) -> None:
    """EPUB §6.1; properties say where MathML and SVG stand (§5.6.2)."""
    names = set(book.namelist())
    properties = {one.get("href"): one.get("properties") or "" for one in opf(book).iter(OPF + "item")}
    for name in (one for one in names if one.endswith(".xhtml")):
        tree = etree.fromstring(book.read(name))
        assert (
            tree.tag == XHTML + "html"
            and tree.get("lang") == "kk"
            and tree.find(f"{XHTML}head/{XHTML}title").text
        )
        for one in tree.iter():
            for attribute in ("src", "href"):
                address = one.get(attribute) or ""
                if address and not address.startswith(("http://", "https://", "mailto:", "#")):
                    assert posixpath.join("book", address.partition("#")[0]) in names, (name, address)
        ids = [one.get("id") for one in tree.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), name
        has = {"mathml": b"<math" in book.read(name), "svg": b"<svg" in book.read(name)}
        assert {one for one, there in has.items() if there} == set(
            properties[name.removeprefix("book/")].split()
        ) - {"nav"}


def test_the_contents_lead_to_every_chapter(book: zipfile.ZipFile) -> None:
    """EPUB §7.4: one nav of type toc, made of ordered lists."""
    nav = etree.fromstring(book.read("book/nav.xhtml"))
    kinds = [one.get("{http://www.idpf.org/2007/ops}type") for one in nav.iter(XHTML + "nav")]
    assert kinds == ["toc"]
    leads = [one.get("href") for one in nav.iter(XHTML + "a")]
    assert leads == [
        one.get("href")
        for one in opf(book).iter(OPF + "item")
        if (one.get("href") or "").startswith("lesson-")
    ]


@pytest.mark.parametrize("shape", ["scorm-12", "scorm-2004", "offline", "cartridge", "epub"])
def test_nothing_is_loaded_from_elsewhere_and_the_font_goes_along(shape: str, cast: Cast) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(cast, every_block(cast, CANARY), shape)))
    names = archive.namelist()
    for name in names:
        text = (
            archive.read(name).decode("utf-8", "replace")
            if name.endswith((".html", ".xhtml", ".css"))
            else ""
        )
        if name.endswith(".css"):
            loaded = re.findall(r"url\([\"']?([^\"')]+)", text) + re.findall(r"@import\s+(\S+)", text)
        else:
            tree = lxml_html.fromstring(archive.read(name)) if text else None
            loaded = [
                one.get(at)
                for one in (tree.iter() if tree is not None else ())
                for at in LOADS
                if isinstance(one.tag, str) and one.get(at)
            ]
            loaded += [one.get("href") for one in (tree.iter("link") if tree is not None else ())]
        for address in loaded:
            assert not re.match(r"\s*([a-z]+:)?//", address) or address.startswith("data:"), (name, address)
            if not address.startswith("data:"):
                place = posixpath.normpath(posixpath.join(posixpath.dirname(name), address.split(" ")[0]))
                assert place in names, (name, address)
    assert {one.rpartition("/")[2] for one in names if "fonts/" in one} == {
        "LICENSE.txt",
        "LICENSE-signs.txt",
        "noto-sans.woff",
    }


@pytest.mark.pure
def test_the_font_is_whole_and_has_every_kazakh_letter_and_sign() -> None:
    """WOFF 1.0 §4: the lengths of the header are those of the file, each table is as long unpacked as it says."""
    font = packed_font()["fonts/noto-sans.woff"]
    mark, flavour, length, count, _, whole = struct.unpack_from(">4sIIHHI", font)
    assert (mark, flavour, length) == (b"wOFF", 0x10000, len(font)) and length < 80_000
    rows = [struct.unpack_from(">4sIIII", font, 44 + 20 * number) for number in range(count)]
    tables = {}
    for tag, at, small, size, _sum in rows:
        data = font[at : at + small]
        tables[tag] = zlib.decompress(data) if small < size else data
        assert len(tables[tag]) == size and at % 4 == 0
    assert whole == 12 + 16 * count + sum(size + -size % 4 for _, _, _, size, _ in rows)
    cmap = tables[b"cmap"]
    groups = [
        struct.unpack_from(">III", cmap, 28 + 12 * number)
        for number in range(struct.unpack_from(">I", cmap, 24)[0])
    ]
    glyphs = {code: glyph + code - first for first, last, glyph in groups for code in range(first, last + 1)}
    loca = struct.unpack(f">{len(tables[b'loca']) // 4}I", tables[b"loca"])
    for letter in "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯәғқңөұүһі−×÷πΔ²₂√≤≥≠≈∞∠∥⊥∝∪∩∈→⇒⇔⇌☐":
        glyph = glyphs[ord(letter)]
        assert loca[glyph + 1] > loca[glyph], letter
    assert all(any(a <= code <= b for a, b in RANGES) for code in glyphs)


def test_paper_holds_no_script(cast: Cast) -> None:
    edition = every_block(cast, CANARY)
    pdf = made(cast, edition, "pdf")
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"].get("/OpenAction") is None
    assert b"/JavaScript" not in pdf and b"/Launch" not in pdf
    word = zipfile.ZipFile(io.BytesIO(made(cast, edition, "docx")))
    assert not any("vba" in name.lower() for name in word.namelist())
    links = [name for name in word.namelist() if name.endswith(".rels")]
    assert not any(b"javascript:" in word.read(name) for name in links)


def test_a_twin_s_picture_travels_with_the_source_alone(cast: Cast) -> None:
    """The Kazakh package shows one picture; the Russian twin's own lies beside it, so that both come back."""
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school)
    mine, other = attached(course), attached(course)
    block = write(lesson_of(course), teacher, "picture", {"file": mine, "alt": "Сурет"})
    with edge():
        twin = {"file": other, "alt": "Рисунок"}
        blocks.save_block(block, blocks.Save("ru", twin, block.revision("ru")), teacher)
    archive = zipfile.ZipFile(io.BytesIO(made(cast, published(course, teacher), "scorm-12")))
    assert any(mine in name for name in archive.namelist()) and any(
        other in name for name in archive.namelist()
    )
    assert mine in archive.read("lesson-01.html").decode()
    assert other not in archive.read("lesson-01.html").decode()
