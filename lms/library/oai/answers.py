"""The XML of §3.2 and §4: an envelope, a request element, and one element named by its verb."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from lxml import etree

from lms.core import clock
from lms.library.labels import KINDS, LANGUAGES, SUBJECTS
from lms.library.metadata import LOM, OAI_DC, XSI, clean, dc_xml, lom_xml
from lms.library.models import Resource
from lms.library.oai import offering
from lms.library.oai.asking import SECOND, OaiError, arguments, selection
from lms.library.oai.tokens import token

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
# metadataPrefix → (schema, namespace, writer)
FORMATS: dict[str, tuple[str, str, Callable[[Resource], etree._Element]]] = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, dc_xml),
    "lom": ("http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd", LOM, lom_xml),
}


def answer(pairs: list[tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {SCHEMA}")
    _text(root, "responseDate", clock.now().strftime(SECOND))
    request = _text(root, "request", base_url())
    try:
        given = arguments(pairs)
        root.append(VERBS[given["verb"]](given))
        keep = True
    except OaiError as error:
        _text(root, "error", error.text).set("code", error.code)
        keep = error.keeps_arguments
    if keep:
        for name, value in pairs:
            request.set(name, clean(value))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def base_url() -> str:
    return str(current_app.extensions["settings"].site) + url_for("library.oai")


def identifier_of(resource: Resource) -> str:
    """The form of the oai-identifier guideline; the name of the site is its namespace."""
    return f"oai:{_host()}:{resource.id}"


def _identify(_given: dict[str, str]) -> etree._Element:
    told = etree.Element(f"{{{OAI}}}Identify")
    first = offering.earliest() or clock.now()
    for name, value in (
        ("repositoryName", _("Öris")), ("baseURL", base_url()), ("protocolVersion", "2.0"),
        ("adminEmail", f"library@{_host()}"), ("earliestDatestamp", _stamp(first)), ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):  # fmt: skip
        _text(told, name, value)
    return told


def _list_formats(given: dict[str, str]) -> etree._Element:
    if "identifier" in given:
        _resource(given["identifier"])
    told = etree.Element(f"{{{OAI}}}ListMetadataFormats")
    for prefix, (schema, namespace, _writer) in FORMATS.items():
        one = _under(told, "metadataFormat")
        _text(one, "metadataPrefix", prefix)
        _text(one, "schema", schema)
        _text(one, "metadataNamespace", namespace)
    return told


def _list_sets(given: dict[str, str]) -> etree._Element:
    """All at once, so no token for this list was ever given out."""
    if "resumptionToken" in given:
        raise OaiError("badResumptionToken", "The list of sets comes whole.")
    told = etree.Element(f"{{{OAI}}}ListSets")
    for top, labels in (("subject", SUBJECTS), ("kind", KINDS), ("language", LANGUAGES)):
        _set(told, top, top)
        for code, label in labels.items():
            _set(told, f"{top}:{code}", str(label))
    return told


def _set(told: etree._Element, spec: str, name: str) -> None:
    one = _under(told, "set")
    _text(one, "setSpec", spec)
    _text(one, "setName", name)


def _get_record(given: dict[str, str]) -> etree._Element:
    _known_format(given["metadataPrefix"])
    told = etree.Element(f"{{{OAI}}}GetRecord")
    told.append(_record(_resource(given["identifier"]), given["metadataPrefix"]))
    return told


def _list(given: dict[str, str]) -> etree._Element:
    verb, wanted = given["verb"], selection(given)
    _known_format(wanted.prefix)
    rows, total, more = offering.page(wanted, verb)
    if not rows:
        raise OaiError("noRecordsMatch", "Nothing here is like that.")
    told = etree.Element(f"{{{OAI}}}{verb}")
    for row in rows:
        told.append(_header(row) if verb == "ListIdentifiers" else _record(row, wanted.prefix))
    if more or wanted.sent:
        # §3.5: a list in parts ends with an empty token.
        last, ends = _text(told, "resumptionToken", ""), None
        last.set("cursor", str(wanted.sent))
        last.set("completeListSize", str(max(total, wanted.sent + len(rows))))
        if more:
            place = (rows[-1].changed_at, str(rows[-1].id))
            last.text, ends = token(
                verb, wanted.prefix, wanted.since, wanted.before, wanted.set_, place, wanted.sent + len(rows)
            )
            last.set("expirationDate", _stamp(ends))
    return told


def _record(resource: Resource, prefix: str) -> etree._Element:
    one = etree.Element(f"{{{OAI}}}record")
    one.append(_header(resource))
    if not offering.is_deleted(resource):
        _under(one, "metadata").append(FORMATS[prefix][2](resource))
    return one


def _header(resource: Resource) -> etree._Element:
    head = etree.Element(f"{{{OAI}}}header")
    if offering.is_deleted(resource):
        head.set("status", "deleted")
    _text(head, "identifier", identifier_of(resource))
    _text(head, "datestamp", _stamp(resource.changed_at))
    for name in offering.sets_of(resource):
        _text(head, "setSpec", name)
    return head


def _resource(identifier: str) -> Resource:
    found = re.fullmatch(rf"oai:{re.escape(_host())}:([0-9a-f-]{{36}})", identifier)
    try:
        row = offering.by_key(UUID(found[1])) if found else None
    except ValueError:
        row = None
    if row is None:
        raise OaiError("idDoesNotExist", "Nothing here has this identifier.")
    return row


def _known_format(prefix: str) -> None:
    if prefix not in FORMATS:
        raise OaiError("cannotDisseminateFormat", "The formats here are oai_dc and lom.")


def _host() -> str:
    return urlsplit(str(current_app.extensions["settings"].site)).hostname or "localhost"


def _stamp(moment: datetime) -> str:
    """Whole seconds, cut off as the comparisons cut them."""
    return moment.astimezone(UTC).strftime(SECOND)


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{OAI}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    one = _under(parent, name)
    one.text = clean(text)
    return one


VERBS: dict[str, Callable[[dict[str, str]], etree._Element]] = {
    "Identify": _identify, "ListMetadataFormats": _list_formats, "ListSets": _list_sets, "GetRecord": _get_record,
    "ListIdentifiers": _list, "ListRecords": _list,
}  # fmt: skip
