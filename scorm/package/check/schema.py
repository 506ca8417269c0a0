"""What the standard's schemas ask for, as rules of our own: which elements, how often, in which order."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from scorm.package.check.grammar import ATTRIBUTES, ONLY_2004, SHAPES, WORDS, WORDS_WITHIN, Shape
from scorm.package.check.spelling import meant
from scorm.package.model import Edition
from scorm.package.report import Report
from scorm.package.xml import Document, Element, attribute, child, children, local, namespace, text

_NCNAME = re.compile(r"[^\W\d][\w.·-]*")
_IDENTIFIERS = ("identifier", "identifierref", "default", "id", "idref")
_STANDARD = ("imscp", "adlcp", "adlseq", "adlnav", "imsss", "ims_cp")


def check_schema(document: Document, edition: Edition, report: Report) -> None:
    for element in document.root.iter():
        where = document.where(element)
        _shape(element, edition, where, report)
        _attributes(element, where, report)
        _words(element, where, report)
        _padding(element, where, report)
    _spelling(document, edition, report)
    _identifiers(document, report)
    _titles(document, report)
    _scores(document, report)


def _shape(element: Element, edition: Edition, where: str, report: Report) -> None:
    name = local(element.tag)
    shape = SHAPES.get("adlseq:objectives" if name == "objectives" and _is_adl(element) else name)
    if edition == "1.2" and name in ONLY_2004 and _of_the_standard(element):
        report.add("element-of-other-edition", where, element=name)
    if shape is None or not _of_the_standard(element):
        return
    names = [local(one.tag) for one in element if _of_the_standard(one)]
    _order(element, shape, where, report)
    for one, count in Counter(names).items():
        if one in shape.once and count > 1:
            report.add("element-twice", where, element=one)
    for one in shape.needed:
        if one not in names:
            report.add("element-missing", where, element=one)


def _order(element: Element, shape: Shape, where: str, report: Report) -> None:
    last = 0
    for one in element:
        # What ADL adds to a sequencing stands behind what IMS says, and one name of theirs is the same.
        if not _of_the_standard(one) or (_is_adl(one) and not _is_adl(element)):
            continue
        name = local(one.tag)
        if name in shape.order:
            place = shape.order.index(name)
            if place < last:
                report.add("element-out-of-order", where, element=name)
            last = max(last, place)
        elif not shape.open:
            report.add("element-unknown", where, element=name)


def _is_adl(element: Element) -> bool:
    return "adlseq" in namespace(element.tag)


def _of_the_standard(element: Element) -> bool:
    return _is_standard(namespace(element.tag))


@lru_cache(maxsize=256)
def _is_standard(uri: str) -> bool:
    return not uri or uri.rstrip("/").rpartition("/")[2].startswith(_STANDARD)


def _attributes(element: Element, where: str, report: Report) -> None:
    if not _of_the_standard(element):
        return
    for name in ATTRIBUTES.get(local(element.tag), ()):
        if attribute(element, name) is None:
            report.add("attribute-missing", where, name=name)


def _words(element: Element, where: str, report: Report) -> None:
    name = local(element.tag)
    for key, words in WORDS.get(name, {}).items():
        value = attribute(element, key)
        if value is not None and value not in words:
            report.add("attribute-unknown-word", where, name=key, value=value[:80])
    within = WORDS_WITHIN.get(name)
    if within and _of_the_standard(element) and text(element) not in within:
        report.add("value-unknown-word", where, element=name, value=text(element)[:80])


def _padding(element: Element, where: str, report: Report) -> None:
    for name, value in element.attrib.items():
        if local(name) in _IDENTIFIERS and value != value.strip():
            report.add("identifier-padded", where, name=local(name))


def _spelling(document: Document, edition: Edition, report: Report) -> None:
    metadata = child(document.root, "metadata")
    version = None if metadata is None else child(metadata, "schemaversion")
    if version is not None and meant(text(version), edition):
        report.add("schemaversion-spelling", document.where(version), value=text(version)[:80])
    right = "scormtype" if edition == "1.2" else "scormType"
    for element in document.root.iter():
        for name in element.attrib:
            plain = name.rpartition("}")[2].rpartition(":")[2]
            if plain.lower() == "scormtype" and plain != right:
                report.add("scormtype-spelling", document.where(element), name=plain)


def _identifiers(document: Document, report: Report) -> None:
    kinds: dict[str, str] = {}
    for element in document.root.iter():
        kind = local(element.tag)
        if kind not in ("manifest", "organization", "item", "resource"):
            continue
        identifier = attribute(element, "identifier")
        if not identifier:
            continue
        if not _NCNAME.fullmatch(identifier):
            report.add("identifier-malformed", document.where(element), identifier=identifier[:80])
        if kinds.setdefault(identifier, kind) != kind:
            report.add("identifier-shared", document.where(element), identifier=identifier[:80])


def _titles(document: Document, report: Report) -> None:
    for element in document.root.iter():
        if local(element.tag) in ("organization", "item") and not text(child(element, "title")):
            report.add("title-missing", document.where(element))


def _scores(document: Document, report: Report) -> None:
    """CAM 1.2 2.3.2.5.2: the mastery score is a whole number from 0 to 100."""
    for organizations in children(document.root, "organizations"):
        for element in organizations.iter():
            if local(element.tag) == "masteryscore" and not _is_percent(text(element)):
                report.add("value-out-of-range", document.where(element), value=text(element)[:80])


def _is_percent(written: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:\.\d+)?", written)) and float(written) <= 100
