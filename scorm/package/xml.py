"""The one safe XML reader of the engine.

lxml, but on our terms: `encoding` decodes, so the parser only ever sees UTF-8 text without a declaration; a DOCTYPE
is refused by looking at the prolog before the parser starts, so no entity of the author's is ever declared; the
parser is fed piece by piece and elements, depth and attributes are counted while the tree grows, so a hostile file is
given up after the first piece too many; comments and processing instructions are not built at all.
Measured on 8 MiB of each kind of bad input: at most 110 MB of memory and half a second. Prefixes nobody declared are
read by their local names with a warning; anything else that is not well-formed is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from scorm.errors import PackageRefused
from scorm.package.encoding import decode
from scorm.package.findings import Finding
from scorm.package.limits import DEFAULT, Limits
from scorm.package.report import Report

Element = Any  # lxml carries no types

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_PROLOG = re.compile(r"(?:[ \t\r\n]|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]+")
_PIECE = 16 * 1024
_MOST_UNDECLARED = 20_000


@dataclass(frozen=True)
class Document:
    root: Element
    name: str
    findings: tuple[Finding, ...]

    def where(self, element: Element) -> str:
        return f"{self.name}:{element.sourceline}"


def read_xml(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """The tree of an untrusted file, or PackageRefused with the file and line it concerns."""
    if len(data) > limits.manifest_size:
        raise PackageRefused("xml-too-large", name)
    report = Report()
    text = decode(data, name, report)
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text.startswith("<!DOCTYPE", start):
        raise PackageRefused("xml-doctype", f"{name}:{text.count(chr(10), 0, start) + 1}")
    if text.count("=") > limits.attributes_total:  # one tag is built whole before it can be counted
        raise PackageRefused("xml-too-many-attributes", name)
    root = _Growth(name, limits, report).read(text.encode("utf-8"))
    return Document(root, name, tuple(report.findings))


class _Growth:
    """A tree while it grows, and what has been counted so far."""

    def __init__(self, name: str, limits: Limits, report: Report) -> None:
        self.name, self.limits, self.report = name, limits, report
        self.root: Element = None
        self.depth = self.elements = self.attributes = self.undeclared = 0
        self.parser = etree.XMLPullParser(
            events=("start", "end"),
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )

    def read(self, data: bytes) -> Element:
        try:
            for at in range(0, len(data), _PIECE):
                self.parser.feed(data[at : at + _PIECE])
                self._count()
            self.parser.close()
        except etree.XMLSyntaxError:
            pass  # the log below says what was wrong, and whether it matters
        self._count()
        self._judge()
        return self.root

    def _count(self) -> None:
        for event, element in self.parser.read_events():
            if event == "end":
                self.depth -= 1
                continue
            if self.root is None:
                self.root = element
            self.depth += 1
            self.elements += 1
            self._attributes(element)
            self._within("xml-too-deep", self.depth, self.limits.xml_depth, element)
            self._within("xml-too-many-elements", self.elements, self.limits.xml_elements, element)

    def _attributes(self, element: Element) -> None:
        names = element.attrib.keys()
        self.attributes += len(names)
        self._within("xml-too-many-attributes", len(names), self.limits.attributes, element)
        self._within("xml-too-many-attributes", self.attributes, self.limits.attributes_total, element)
        for name in (element.tag, *names):
            if ":" in name and name[0] != "{":
                self.undeclared += 1
                prefix = name.partition(":")[0]
                self.report.add("prefix-undeclared", self.name, prefix=prefix)
        self._within("xml-too-many-undeclared", self.undeclared, _MOST_UNDECLARED, element)

    def _within(self, code: str, count: int, limit: int, element: Element) -> None:
        if count > limit:
            raise PackageRefused(code, f"{self.name}:{element.sourceline}")

    def _judge(self) -> None:
        for entry in self.parser.feed_error_log:
            if entry.level_name == "FATAL":
                raise PackageRefused("xml-malformed", f"{self.name}:{entry.line}")
        if self.root is None:
            raise PackageRefused("xml-malformed", f"{self.name}:1")
        if self.root.getroottree().docinfo.doctype:  # the prolog has been looked at; this must never be true
            raise PackageRefused("xml-doctype", self.name)


def collapse(text: str | None) -> str:
    """White space as xs:token has it: no run longer than one space, none at the ends."""
    return _SPACE.sub(" ", text or "").strip(" ")


@lru_cache(maxsize=512)  # a manifest has a few dozen names, asked for over and over
def local(name: str) -> str:
    """The name without its namespace or undeclared prefix, in lower case: 1.2 writes scormtype, 2004 scormType."""
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def namespace(name: str) -> str:
    """The namespace of a name, or the prefix nobody declared."""
    uri, closed, rest = name.rpartition("}")
    return uri[1:] if closed else rest.rpartition(":")[0]


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of this local name, whatever their namespace."""
    wanted = name.lower()
    return (one for one in element if local(one.tag) == wanted)


def child(element: Element, name: str) -> Element | None:
    return next(children(element, name), None)


def text(element: Element | None) -> str:
    """Everything written inside, white space collapsed."""
    return "" if element is None else collapse("".join(element.itertext()))


def child_text(element: Element, name: str) -> str:
    return text(child(element, name))


def attribute(element: Element, name: str) -> str | None:
    """The attribute of this local name, whatever its namespace and case; its white space collapsed."""
    found = _written(element, name)
    return None if found is None else collapse(found)


def address(element: Element) -> str:
    """The href. A file's name may hold two spaces in a row, so only the ends are trimmed."""
    return (_written(element, "href") or "").strip()


def _written(element: Element, name: str) -> str | None:
    found: str | None = element.get(name)
    if found is None:
        wanted = name.lower()
        found = next((value for key, value in element.attrib.items() if local(key) == wanted), None)
    return found


def base(element: Element) -> str:
    written: str = element.get(f"{{{XML_NAMESPACE}}}base", "")
    return written.strip()
