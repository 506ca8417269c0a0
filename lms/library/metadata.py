"""One record of a resource in three languages of catalogues: Dublin Core, IEEE LOM, schema.org with LRMI.

Dublin Core: DCMI Metadata Element Set 1.1. LOM: IEEE 1484.12.1-2002, its XML binding 1484.12.3. LRMI: the terms
that schema.org took over (educationalLevel, learningResourceType, teaches, educationalAlignment).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import current_app
from lxml import etree
from markupsafe import Markup

from lms.library.labels import LICENCE_ADDRESSES
from lms.library.models import Resource

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
LOM = "http://ltsc.ieee.org/xsd/LOM"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OUR_KINDS = "oris-kinds"  # LOM lets other vocabularies stand beside its own, named by their source
DC_TYPES = {"video": "MovingImage", "audio": "Sound", "map": "StillImage", "interactive": "InteractiveResource",
            "lab": "InteractiveResource", "model": "InteractiveResource", "package": "InteractiveResource",
            "test": "InteractiveResource", "course": "Collection", "sources": "Collection"}  # fmt: skip
# 5.2 Learning Resource Type, LOMv1.0
LOM_TYPES = {"textbook": "narrative text", "article": "narrative text", "map": "figure", "timeline": "diagram",
             "lab": "experiment", "model": "simulation", "sources": "table", "interactive": "exercise",
             "video": "lecture", "audio": "lecture", "guide": "narrative text", "dictionary": "index",
             "package": "exercise", "test": "exam", "course": "lecture", "link": "narrative text"}  # fmt: skip


def address_of(resource: Resource) -> str:
    """Whole, and the same from a page as from a job, which has no request."""
    site = str(current_app.extensions["settings"].site)
    path = current_app.url_map.bind("").build("library.resource", {"resource_id": resource.id})
    return site + path


def titles(resource: Resource) -> list[tuple[str, str]]:
    return [(code, text) for code, text in (("kk", resource.title_kk), ("ru", resource.title_ru)) if text]


def abouts(resource: Resource) -> list[tuple[str, str]]:
    return [(code, text) for code, text in (("kk", resource.about_kk), ("ru", resource.about_ru)) if text]


def rights(resource: Resource) -> str:
    return LICENCE_ADDRESSES.get(resource.licence, resource.licence)


def dublin_core(resource: Resource) -> Iterator[tuple[str, str, str]]:
    """(element, value, language)."""
    yield from (("title", text, code) for code, text in titles(resource))
    yield from (("creator", name, "") for name in resource.authors)
    if resource.subject:
        yield "subject", resource.subject, ""
    yield from (("subject", one.code, "") for one in resource.objectives)
    yield from (("description", text, code) for code, text in abouts(resource))
    yield "date", resource.changed_at.date().isoformat(), ""
    yield "type", DC_TYPES.get(resource.kind, "Text"), ""
    yield "identifier", address_of(resource), ""
    yield "language", resource.language, ""
    yield "rights", rights(resource), ""


def dc_xml(resource: Resource) -> etree._Element:
    """The container of OAI-PMH 2.0 §4, oai_dc."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, value, code in dublin_core(resource):
        one = etree.SubElement(root, f"{{{DC}}}{name}")
        one.text = clean(value)
        if code:
            one.set("{http://www.w3.org/XML/1998/namespace}lang", code)
    return root


def lom_xml(resource: Resource) -> etree._Element:
    root = etree.Element(f"{{{LOM}}}lom", nsmap={None: LOM, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{LOM} http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd")
    return filled_lom(root, resource)


def filled_lom(root: etree._Element, resource: Resource) -> etree._Element:
    """In whatever namespace the root has: cartridges bind the same elements to one of their own."""
    general = _under(root, "general")
    identifier = _under(general, "identifier")
    _text(identifier, "catalog", "URI")
    _text(identifier, "entry", address_of(resource))
    _strings(general, "title", titles(resource))
    _text(general, "language", resource.language)
    _strings(general, "description", abouts(resource))
    for one in resource.objectives:
        _strings(general, "keyword", [("x-none", one.code)])
    cycle = _under(root, "lifeCycle") if resource.authors else root
    for name in resource.authors:
        part = _under(cycle, "contribute")
        _vocabulary(part, "role", "author")
        _text(part, "entity", _card(name))
    technical = _under(root, "technical")
    _text(technical, "size", str(resource.size))
    _text(technical, "location", address_of(resource))
    teaching = _under(root, "educational")
    _vocabulary(teaching, "learningResourceType", LOM_TYPES[resource.kind])
    _vocabulary(teaching, "learningResourceType", resource.kind, OUR_KINDS)
    _vocabulary(teaching, "intendedEndUserRole", "teacher" if resource.kind == "guide" else "learner")
    _vocabulary(teaching, "context", "school")
    if resource.grades:
        years = f"{resource.grades[0] + 6}-{resource.grades[-1] + 6}"
        _strings(teaching, "typicalAgeRange", [("x-none", years)])
    _text(teaching, "language", resource.language)
    legal = _under(root, "rights")
    _vocabulary(legal, "copyrightAndOtherRestrictions", "no" if resource.licence == "cc0" else "yes")
    _strings(legal, "description", [("en", rights(resource))])
    if resource.subject:
        _classified(root, "discipline", [resource.subject])
    if resource.objectives:
        _classified(root, "educational objective", [one.code for one in resource.objectives])
    return root


def _classified(root: etree._Element, purpose: str, codes: list[str]) -> None:
    sorting = _under(root, "classification")
    _vocabulary(sorting, "purpose", purpose)
    for code in codes:
        path = _under(sorting, "taxonPath")
        _strings(path, "source", [("en", "Curriculum of the Republic of Kazakhstan")])
        taxon = _under(path, "taxon")
        _text(taxon, "id", code)


def _card(name: str) -> str:
    """vCard 3.0 (RFC 2426 §4): commas, semicolons and backslashes stand behind a backslash."""
    safe = re.sub(r"([\\,;])", r"\\\1", " ".join(name.split()))
    return f"BEGIN:VCARD\nVERSION:3.0\nN:{safe};;;;\nFN:{safe}\nEND:VCARD"


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> None:
    _under(parent, name).text = clean(text)


def _strings(parent: etree._Element, name: str, rows: list[tuple[str, str]]) -> None:
    """A LangString: one element with the same text in several languages."""
    if not rows:
        return
    one = _under(parent, name)
    for code, text in rows:
        string = _under(one, "string")
        string.set("language", code)
        string.text = clean(text)


def _vocabulary(parent: etree._Element, name: str, value: str, source: str = "LOMv1.0") -> None:
    one = _under(parent, name)
    _text(one, "source", source)
    _text(one, "value", value)


def clean(text: str) -> str:
    """What XML 1.0 §2.2 allows; the rest nobody can read anyway."""
    return "".join(one for one in text if one in "\t\n\r" or (ord(one) >= 32 and not 0xD800 <= ord(one) < 0xE000 and one not in "\ufffe\uffff"))  # fmt: skip


def schema_org(resource: Resource) -> dict[str, Any]:
    """schema.org/LearningResource with the terms of LRMI."""
    named = titles(resource)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["LearningResource", "VideoObject"] if resource.kind == "video" else "LearningResource",
        "@id": address_of(resource),
        "url": address_of(resource),
        "name": named[0][1] if named else "",
        "alternateName": [text for _, text in named[1:]],
        "description": next((text for _, text in abouts(resource)), ""),
        "inLanguage": resource.language,
        "learningResourceType": LOM_TYPES[resource.kind],
        "educationalLevel": [str(one) for one in resource.grades],
        "about": resource.subject,
        "teaches": [one.code for one in resource.objectives],
        "author": [{"@type": "Person", "name": name} for name in resource.authors],
        "license": rights(resource),
        "isAccessibleForFree": True,
        "dateModified": resource.changed_at.date().isoformat(),
    }
    if resource.voices:
        found["aggregateRating"] = {
            "@type": "AggregateRating", "ratingValue": round(resource.rating, 2), "ratingCount": resource.voices
        }  # fmt: skip
    if resource.accessible:
        found["accessibilityFeature"] = ["captions", "largePrint"]
    return {name: value for name, value in found.items() if value not in ("", [])}


def json_ld(resource: Resource) -> Markup:
    """Inside a script element nothing may look like its end."""
    text = (
        json.dumps(schema_org(resource), ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    )
    return Markup(text)
