"""Words of HTML pages, of EPUB books and of the pages of SCORM packages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import html as lxml_html

from lms.core.xml import XmlRefused, parse
from lms.library.reading.parts import Part, Unreadable
from lms.library.reading.zips import is_safe, opened, text_member

_UNSEEN = "script|style|noscript|template|svg|object|iframe"
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "title", "dt",
     "dd", "blockquote", "pre", "figcaption", "option", "hr"]
)  # fmt: skip
_DECLARED = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{3,20})")
PAGES = (".html", ".htm", ".xhtml")


def html_parts(path: Path) -> Iterator[Part]:
    yield Part("part", 1, html_words(path.read_bytes()))


def html_words(data: bytes) -> str:
    text = _decoded(data)
    if not text.strip():
        return ""
    try:
        root = lxml_html.document_fromstring(
            text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", no_network=True)
        )
    except Exception as error:  # lxml has many ways to say that this is no HTML
        raise Unreadable("damaged") from error
    for unseen in root.xpath(" | ".join(f"//{name}" for name in _UNSEEN.split("|"))):
        unseen.drop_tree()
    return "".join(_in_order(root))


def _in_order(root: lxml_html.HtmlElement) -> Iterator[str]:
    stack: list[tuple[str, lxml_html.HtmlElement]] = [("open", root)]
    while stack:
        step, node = stack.pop()
        if step == "close":
            yield "\n" if node.tag in _BLOCKS else ""
            yield node.tail or ""
            continue
        if not isinstance(node.tag, str):
            yield node.tail or ""
            continue
        yield "\n" if node.tag in _BLOCKS else ""
        yield f" {node.get('alt') or ''} " if node.tag == "img" else (node.text or "")
        stack.append(("close", node))
        stack += [("open", child) for child in reversed(node)]


def _decoded(data: bytes) -> str:
    declared = _DECLARED.search(data[:2048])
    names = ["utf-8-sig"] + ([declared[1].decode("ascii")] if declared else []) + ["cp1251"]
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def epub_parts(path: Path) -> Iterator[Part]:
    """The chapters in the order of the book's spine (EPUB 3.3 §5.7)."""
    with opened(path) as archive:
        for number, name in enumerate(_spine(archive), 1):
            yield Part("part", number, html_words(text_member(archive, name)))


def _spine(archive: ZipFile) -> list[str]:
    names = set(archive.namelist())
    try:
        container = parse(text_member(archive, "META-INF/container.xml"))
        opf = next(iter(container.xpath("//*[local-name()='rootfile']/@full-path")), "")
        book = parse(text_member(archive, opf))
    except (KeyError, XmlRefused) as error:
        raise Unreadable("damaged") from error
    files = {one.get("id"): one.get("href", "") for one in book.xpath("//*[local-name()='manifest']/*")}
    order = [files.get(one.get("idref"), "") for one in book.xpath("//*[local-name()='spine']/*")]
    found = [posixpath.normpath(posixpath.join(posixpath.dirname(opf), unquote(one))) for one in order if one]
    return [one for one in found if one in names and is_safe(one)]


def zip_parts(path: Path) -> Iterator[Part]:
    """Pages of a SCORM package or of any other zip of pages, in the order of their names."""
    with opened(path) as archive:
        names = sorted(one for one in archive.namelist() if one.lower().endswith(PAGES) and is_safe(one))
        for number, name in enumerate(names, 1):
            yield Part("part", number, html_words(text_member(archive, name)))
