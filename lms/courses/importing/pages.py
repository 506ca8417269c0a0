"""Pages of HTML in a zip: each becomes a lesson, in the order in which the first one links to them."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html

from lms.courses.importing.builder import Builder
from lms.courses.importing.markup import Markup
from lms.courses.importing.markup_files import Fetch, PageOf
from lms.courses.importing.markup_words import FAMILIES, FILES, PICTURES
from lms.courses.links import PAGE
from lms.courses.zips import SafeZip

FILE_BASE = "$IMS-CC-FILEBASE$"
WIKI_BASE = "$WIKI_REFERENCE$/pages/"  # how Canvas names a page of the same cartridge
LONGEST = 8 * 1024 * 1024
KNOWN = frozenset([*PICTURES, *FILES, *FAMILIES["audio"], *FAMILIES["video"]])
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,30})", re.IGNORECASE)
_DATA = re.compile(r"data:image/(png|jpeg|gif|webp|bmp);base64,([A-Za-z0-9+/=\s]+)")
_DIGITS = re.compile(r"(\d+)")


def names_of(archive: SafeZip) -> list[str]:
    return [
        name
        for name in archive.names()
        if name.lower().endswith((".html", ".htm", ".xhtml")) and _shown(name)
    ]


def read(archive: SafeZip) -> dict[str, Any]:
    builder, used = Builder(), set[str]()
    trees = {name: tree_of(archive.read(name)) for name in sorted(names_of(archive), key=_natural)}
    order = _ordered(trees)
    numbers = {name: str(number) for number, name in enumerate(order) if trees[name] is not None}
    for number, name in enumerate(order):
        tree = trees[name]
        if tree is None:
            builder.missed["page"] += 1
            continue
        title = _title(tree) or posixpath.basename(name).rpartition(".")[0]
        builder.lesson(title, {PAGE: str(number)})
        fetch, to = fetching(archive, name, used), leading(name, numbers)
        Markup(builder, fetch, title, to).read(body_of(tree))
    left = [one for one in archive.names() if one not in used and _end(one) in KNOWN and _shown(one)]
    builder.missed["unused"] += len(left)
    return builder.found()


def read_alone(data: bytes) -> dict[str, Any]:
    tree = tree_of(data)
    if tree is None:
        return {"refused": "too-large" if len(data) > LONGEST else "not-a-document"}
    builder = Builder()
    builder.lesson(_title(tree))
    Markup(builder, data_address, _title(tree)).read(body_of(tree))
    return builder.found()


def tree_of(data: bytes) -> Any | None:
    if not data.strip() or len(data) > LONGEST:
        return None
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        return lxml_html.document_fromstring(decoded(data).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def decoded(data: bytes) -> str:
    """What the page says of itself is tried, then UTF-8, then the Windows pages of our schools' old files."""
    said = _CHARSET.search(data[:4096])
    names = ["utf-8-sig", said[1].decode() if said else "utf-8", "cp1251"]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        names = ["utf-16"]
    for name in names:
        try:
            return data.decode(name).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace").replace("\0", "")


def fetching(archive: SafeZip, page: str, used: set[str]) -> Fetch:
    """Files beside a page. Addresses that leave the zip lead nowhere."""

    def fetch(address: str) -> tuple[str, bytes] | None:
        if not _plain(address):
            return None
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return data_address(address)
        name = beside(archive, page, address)
        if not name:
            return None
        used.add(name)
        return posixpath.basename(name), archive.read(name)

    return fetch


def beside(archive: SafeZip, page: str, address: str) -> str:
    """The file of the zip that a page shows under this address; empty where it leads out or to nothing we know."""
    parts = urlsplit(address) if _plain(address) else None
    if parts is None or parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path).replace("\\", "/")
    name = next((one for one in _candidates(page, path) if one in archive.entries), "")
    return name if _end(name) in KNOWN else ""


def leading(page: str, numbers: Mapping[str, str]) -> PageOf:
    """To which page that came along an address leads, as its number; to the page itself it leads nowhere."""

    def page_of(address: str) -> str:
        parts = urlsplit(address) if _plain(address) else None
        if parts is None or parts.scheme or parts.netloc or not parts.path:
            return ""
        path = unquote(parts.path).replace("\\", "/")
        name = next((one for one in _candidates(page, path) if one in numbers), page)
        return numbers[name] if name != page else ""

    return page_of


def _candidates(page: str, path: str) -> Iterator[str]:
    """Beside the page; from the top; where cartridges keep what the names of their folders stand for."""
    if path.startswith(WIKI_BASE):
        yield f"wiki_content/{path.removeprefix(WIKI_BASE)}.html"
        return
    base, _, rest = path.partition(FILE_BASE)
    if base == path:
        yield posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).lstrip("/")
        rest = path
    for folder in ("", "web_resources", posixpath.dirname(page)):
        yield posixpath.normpath(posixpath.join(folder, rest.lstrip("/")))


def data_address(address: str) -> tuple[str, bytes] | None:
    """A picture written into the page itself."""
    found = _DATA.fullmatch(address.strip())
    try:
        return (f"picture.{found[1]}", base64.b64decode(found[2])) if found else None
    except (binascii.Error, ValueError):
        return None


def _ordered(trees: dict[str, Any]) -> list[str]:
    """The first page, then those it links to as it names them, then the others by name."""
    first = min(
        trees,
        key=lambda one: (
            not posixpath.basename(one).lower().startswith("index."),
            one.count("/"),
            _natural(one),
        ),
    )
    linked = []
    for link in trees[first].iter("a") if trees[first] is not None else ():
        target = (
            unquote(urlsplit((link.get("href") or "").replace("\\", "/")).path)
            if _plain(link.get("href"))
            else ""
        )
        linked.append(posixpath.normpath(posixpath.join(posixpath.dirname(first), target)))
    known = [name for name in linked if name in trees]
    return list(dict.fromkeys([first, *known, *trees]))


def _plain(address: str | None) -> bool:
    """urlsplit says ValueError to some addresses with brackets."""
    return bool(address) and not re.search(r"[\[\]]", address or "")


def _title(tree: Any) -> str:
    for tag in ("h1", "title"):
        words = next((" ".join("".join(one.itertext()).split()) for one in tree.iter(tag)), "")
        if words:
            return str(words)[:200]
    return ""


def body_of(tree: Any) -> Any:
    found = tree.find("body")
    return tree if found is None else found


def _natural(name: str) -> list[Any]:
    return [(int(part), "") if part.isdecimal() else (-1, part.lower()) for part in _DIGITS.split(name)]


def _end(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _shown(name: str) -> bool:
    return not name.startswith("__MACOSX/") and not posixpath.basename(name).startswith(".")
