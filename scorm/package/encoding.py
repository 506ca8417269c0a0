"""From the bytes of an XML file to its text, whatever the declaration claims.

The parser never chooses an encoding: this file decodes, cuts the declaration off and hands over text,
so that UTF-7, unknown names and lies in the declaration never reach the parser (XML 1.0 appendix F).
"""

from __future__ import annotations

import codecs
import re

from scorm.errors import PackageRefused
from scorm.package.report import Report

# Names an author's tool may declare; anything else is refused rather than looked up.
_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16",
    "utf-16be": "utf-16",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "win-1251": "cp1251",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "windows-1254": "cp1254",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "cp866": "cp866",
    "ibm866": "cp866",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso-8859-5": "iso-8859-5",
    "iso-8859-9": "iso-8859-9",
    "iso-8859-15": "iso-8859-15",
    "ptcp154": "ptcp154",  # Cyrillic of Asia, the one 8-bit set that has the Kazakh letters
    "kz-1048": "kz1048",
    "strk1048-2002": "kz1048",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,200}?\?>")
_ENCODING = re.compile(r"""\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_VERSION = re.compile(r"""\bversion\s*=\s*["']([0-9.]{1,8})["']""")
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяі"


def decode(data: bytes, name: str, report: Report) -> str:
    """The text without byte order mark and declaration; lines keep their numbers."""
    body, marked = _without_mark(data)
    declared = _declared(body, marked)
    text = _text(body, marked, declared, name, report)
    stripped = text.lstrip(" \t\r\n")
    found = _DECLARATION.match(stripped)
    if found is None:
        return text
    if stripped is not text and len(stripped) != len(text):
        report.add("xml-space-before-declaration", name)
    version = _VERSION.search(found.group())
    if version and version.group(1) != "1.0":
        report.add("xml-version", name, version=version.group(1))
    end = len(text) - len(stripped) + found.end()
    return "\n" * text.count("\n", 0, end) + text[end:]


def _without_mark(data: bytes) -> tuple[bytes, str | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :], encoding
    if data.startswith(b"<\x00"):
        return data, "utf-16-le"
    if data.startswith(b"\x00<"):
        return data, "utf-16-be"
    return data, None


def _declared(body: bytes, marked: str | None) -> str:
    head = body[:600].decode(marked or "latin-1", "replace").lstrip()
    declaration = _DECLARATION.match(head)
    encoding = _ENCODING.search(declaration.group()) if declaration else None
    return encoding.group(1).lower() if encoding else ""


def _text(body: bytes, marked: str | None, declared: str, name: str, report: Report) -> str:
    known = _KNOWN.get(declared) if declared else "utf-8"
    if marked:
        if declared and known != marked.removesuffix("-le").removesuffix("-be"):
            report.add("xml-encoding-wrong", name, declared=declared, used=marked)
        return _strictly(body, marked, name)
    if known is None:
        raise PackageRefused("xml-encoding-unknown", name)
    # Bytes of one width each cannot be UTF-16, whatever the declaration says.
    text, used = _honest(body, "utf-8" if known == "utf-16" else known, name)
    if used != known:
        report.add("xml-encoding-wrong", name, declared=declared or "utf-8", used=used)
    return text


def _honest(body: bytes, claimed: str, name: str) -> tuple[str, str]:
    """Well-formed UTF-8 with other than ASCII in it is no accident; what is not UTF-8 is not, whoever says so."""
    try:
        text = body.decode("utf-8")
        return text, (claimed if text.isascii() else "utf-8")
    except UnicodeDecodeError:
        pass
    if claimed != "utf-8":
        return _strictly(body, claimed, name), claimed
    candidates = [(_try(body, encoding), encoding) for encoding in ("cp1251", "cp866")]
    texts = [(text, encoding) for text, encoding in candidates if text is not None]
    return max(texts, key=lambda pair: sum(map(pair[0].count, _CYRILLIC)))


def _try(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly(body: bytes, encoding: str, name: str) -> str:
    text = _try(body, encoding)
    if text is None:
        raise PackageRefused("xml-undecodable", name)
    return text
