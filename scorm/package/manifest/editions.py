"""SCORM 1.2 and the editions of 2004 are told apart here and nowhere else."""

from __future__ import annotations

import re

from scorm.package.model import Edition
from scorm.package.report import Report
from scorm.package.xml import Document, child, child_text, local, namespace

_ORDINAL = re.compile(r"\b([234])(?:nd|rd|th)\b")
_KNOWN_ROOTS = ("imscp_rootv1p1", "imscp_v1p1", "imscp_v1p2", "ims_cp_rootv1p1")
_OF_2004 = ("adlcp_v1p3", "adlseq_v1p3", "adlnav_v1p3", "imsss", "imscp_v1p1")
_OF_12 = ("adlcp_rootv1p2", "imscp_rootv1p1p2")


def edition_of(document: Document, report: Report) -> tuple[Edition, str]:
    """The edition, and what <schemaversion> said. The declared word counts; without one, what the manifest uses."""
    declared = _declared(document)
    edition = _by_word(declared.casefold())
    used = _by_use(document)
    if edition is None:
        report.add("schemaversion-missing" if not declared else "schemaversion-unknown", document.name)
        edition = used
    elif (edition == "1.2") != (used == "1.2") and _says_something(document):
        report.add("edition-contradicts", document.name, declared=declared)
    _check_namespace(document, report)
    return edition, declared


def _declared(document: Document) -> str:
    metadata = child(document.root, "metadata")
    return "" if metadata is None else child_text(metadata, "schemaversion")


def _by_word(declared: str) -> Edition | None:
    """ "1.2" and "CAM 1.3" are as the books write them, the rest is what tools make of it."""
    ordinal = _ORDINAL.search(declared)
    if "2004" in declared or ordinal:
        by_ordinal: dict[str, Edition] = {"2": "2004 2nd", "3": "2004 3rd", "4": "2004 4th"}
        return by_ordinal[ordinal.group(1)] if ordinal else "2004 3rd"
    if "1.3" in declared:
        return "2004 2nd"
    if declared.startswith(("1.2", "1.1", "scorm 1.2", "scorm1.2")):
        return "1.2"
    return None


def _names(document: Document) -> set[str]:
    declared = set(document.root.nsmap.values())
    return {uri.rstrip("/").rpartition("/")[2] for uri in declared if uri}


def _says_something(document: Document) -> bool:
    return bool(_names(document) & {*_OF_2004, *_OF_12})


def _by_use(document: Document) -> Edition:
    names = _names(document)
    if names & set(_OF_12):
        return "1.2"
    if names & set(_OF_2004):
        return _2004_by_use(document)
    for element in document.root.iter():
        if local(element.tag) == "sequencing" or any(_plain(name) == "scormType" for name in element.attrib):
            return _2004_by_use(document)
    return "1.2"


def _2004_by_use(document: Document) -> Edition:
    """Only the 4th edition knows shared data and attributes on the completion threshold."""
    for element in document.root.iter():
        name = local(element.tag)
        if (name == "data" and "adlcp" in namespace(element.tag)) or (
            name == "completionthreshold" and len(element.attrib)
        ):
            return "2004 4th"
    return "2004 3rd"


def _plain(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _check_namespace(document: Document, report: Report) -> None:
    uri = namespace(document.root.tag)
    if not uri:
        report.add("namespace-missing", document.name)
    elif not uri.rstrip("/").rpartition("/")[2].startswith(_KNOWN_ROOTS):
        report.add("namespace-unknown", document.name, namespace=uri)
