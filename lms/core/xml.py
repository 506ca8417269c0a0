"""The one XML parser for files from outside: no entities, no network, no DTD, no huge tree.

A document type is refused before anything of it is expanded: expat reads first, with an eye on how deep and
how wide the tree is, and lxml only builds what has passed.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from lxml import etree

DEPTH = 100
ELEMENTS = 100_000
ATTRIBUTES = 64


class XmlRefused(Exception):
    """`code` says why: doctype, not-well-formed, too-large, too-deep, too-many-elements, too-many-attributes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(data: bytes, limit: int = 32 * 1024 * 1024, elements: int = ELEMENTS) -> etree._Element:
    if len(data) > limit:
        raise XmlRefused("too-large")
    _look_through(data, elements)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise XmlRefused("not-well-formed") from error


def _look_through(data: bytes, elements: int) -> None:
    watch = _Watch(elements)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = watch.doctype
    parser.StartElementHandler = watch.start
    parser.EndElementHandler = watch.end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        # expat says ValueError for some encodings it will not read and LookupError for unknown ones.
        raise XmlRefused("not-well-formed") from error


class _Watch:
    def __init__(self, elements: int) -> None:
        self.depth, self.left = 0, elements

    def doctype(self, *_parts: Any) -> None:
        raise XmlRefused("doctype")

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.left -= 1
        if self.depth > DEPTH:
            raise XmlRefused("too-deep")
        if self.left < 0:
            raise XmlRefused("too-many-elements")
        if len(attributes) > ATTRIBUTES:
            raise XmlRefused("too-many-attributes")

    def end(self, _name: str) -> None:
        self.depth -= 1
