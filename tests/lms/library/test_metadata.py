"""What is given out about a resource, held against the rules of each catalogue language, and read back.

Dublin Core: DCMI Metadata Element Set 1.1 and the oai_dc container of OAI-PMH 2.0. LOM: IEEE 1484.12.1 in the binding of
1484.12.3. JSON-LD: the terms that schema.org gives to CreativeWork, LearningResource and VideoObject.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from lxml import etree
from lxml import html as lxml_html

from lms.core import clock, ids
from lms.library.metadata import DC, LOM, OAI_DC, XSI, dc_xml, lom_xml, schema_org
from lms.library.models import KINDS, LICENCES, Resource, ResourceObjective
from lms.library.reading.lom import facts_of
from tests.cast import Cast
from tests.lms.library.kept import kept

NASTY = "Қысым </script><b>& \x0b\x00\ufffe\ud800 «күш»"
ELEMENTS = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier",
    "source", "language", "relation", "coverage", "rights",
}  # fmt: skip
DCMI_TYPES = {
    "Collection", "Dataset", "Event", "Image", "InteractiveResource", "MovingImage", "PhysicalObject", "Service",
    "Software", "Sound", "StillImage", "Text",
}  # fmt: skip
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")

# Parent → {child: (at least, at most)}; LangStrings and vocabularies are told apart below.
MANY = 1000
CHILDREN = {
    "lom": {"general": (0, 1), "lifeCycle": (0, 1), "metaMetadata": (0, 1), "technical": (0, 1), "educational": (0, MANY),
            "rights": (0, 1), "relation": (0, MANY), "annotation": (0, MANY), "classification": (0, MANY)},
    "general": {"identifier": (0, MANY), "title": (0, 1), "language": (0, MANY), "description": (0, MANY), "keyword": (0, MANY),
                "coverage": (0, MANY), "structure": (0, 1), "aggregationLevel": (0, 1)},
    "identifier": {"catalog": (0, 1), "entry": (0, 1)},
    "lifeCycle": {"version": (0, 1), "status": (0, 1), "contribute": (1, MANY)},
    "contribute": {"role": (0, 1), "entity": (1, MANY), "date": (0, 1)},
    "technical": {"format": (0, MANY), "size": (0, 1), "location": (0, MANY), "requirement": (0, MANY), "duration": (0, 1)},
    "educational": {"interactivityType": (0, 1), "learningResourceType": (0, MANY), "interactivityLevel": (0, 1),
                    "intendedEndUserRole": (0, MANY), "context": (0, MANY), "typicalAgeRange": (0, MANY), "difficulty": (0, 1),
                    "description": (0, MANY), "language": (0, MANY)},
    "rights": {"cost": (0, 1), "copyrightAndOtherRestrictions": (0, 1), "description": (0, 1)},
    "classification": {"purpose": (0, 1), "taxonPath": (1, MANY), "description": (0, 1), "keyword": (0, MANY)},
    "taxonPath": {"source": (0, 1), "taxon": (1, MANY)},
    "taxon": {"id": (0, 1), "entry": (0, 1)},
}  # fmt: skip
LANG_STRINGS = {"title", "description", "keyword", "typicalAgeRange", "coverage", "version"}
VOCABULARIES = {
    "role": {"author", "publisher", "unknown", "initiator", "terminator", "validator", "editor", "graphical designer",
             "technical implementer", "content provider", "educational validator", "script writer", "instructional designer",
             "subject matter expert"},
    "learningResourceType": {"exercise", "simulation", "questionnaire", "diagram", "figure", "graph", "index", "slide", "table",
                             "narrative text", "exam", "experiment", "problem statement", "self assessment", "lecture"},
    "intendedEndUserRole": {"teacher", "author", "learner", "manager"},
    "context": {"school", "higher education", "training", "other"},
    "copyrightAndOtherRestrictions": {"yes", "no"},
    "purpose": {"discipline", "idea", "prerequisite", "educational objective", "accessibility", "restrictions",
                "educational level", "skill level", "security level", "competency"},
}  # fmt: skip


@pytest.fixture
def any_resources(app: Flask) -> Iterator[list[Resource]]:
    """One of each kind, with each licence in turn; the odd ones say as little as can be said."""
    with app.app_context():
        yield [_one(kind, LICENCES[number % len(LICENCES)], number % 2 == 0) for number, kind in enumerate(KINDS)]  # fmt: skip


def _one(kind: str, licence: str, full: bool) -> Resource:
    row = Resource(
        id=ids.new_id(), kind=kind, licence=licence, language="kk" if full else "ru", title_kk=NASTY if full else "",
        title_ru="Давление", about_kk="Туралы" if full else "", about_ru="", subject="physics" if full else "",
        grade_from=7 if full else None, grade_to=8 if full else None, authors=["Үсенов, Асан; мұғалім", "B \\ C"] if full else [],
        size=12, stars=9 if full else 0, voices=2 if full else 0, accessible=full, changed_at=clock.now(),
    )  # fmt: skip
    row.objectives = [ResourceObjective(code="7.3.1.4")] if full else []
    return row


def _again(tree: etree._Element) -> etree._Element:
    """As whoever fetches it gets it."""
    return etree.fromstring(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


def test_dublin_core_keeps_to_its_container(any_resources: list[Resource]) -> None:
    """oai_dc: only the fifteen elements, each any number of times, words alone inside, no attribute but xml:lang."""
    for row in any_resources:
        root = _again(dc_xml(row))
        assert root.tag == f"{{{OAI_DC}}}dc"
        places = str(root.get(f"{{{XSI}}}schemaLocation")).split()
        assert places == [OAI_DC, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"]
        for one in root:
            assert (
                one.tag in {f"{{{DC}}}{name}" for name in ELEMENTS}
                and len(one) == 0
                and (one.text or "").strip()
            )
            assert set(one.attrib) <= {"{http://www.w3.org/XML/1998/namespace}lang"}


def test_dublin_core_says_what_its_elements_mean(any_resources: list[Resource]) -> None:
    """date: W3CDTF; type: the DCMI Type Vocabulary; language: RFC 3066; identifier: an unambiguous address."""
    for row in any_resources:
        said: dict[str, list[str]] = {}
        for one in _again(dc_xml(row)):
            said.setdefault(etree.QName(one).localname, []).append(str(one.text))
        assert date.fromisoformat(said["date"][0]) and set(said["type"]) <= DCMI_TYPES
        assert all(LANGUAGE.fullmatch(one) for one in said["language"])
        assert said["identifier"] == [f"http://localhost:8000/library/resources/{row.id}"]
        assert (
            said["title"]
            and said["rights"]
            and Counter(said["creator"] if row.authors else []) == Counter(row.authors)
        )


def test_lom_has_each_element_where_it_belongs_and_as_often(any_resources: list[Resource]) -> None:
    """IEEE 1484.12.1 §6: the tree of the base schema with its multiplicities."""
    for row in any_resources:
        root = _again(lom_xml(row))
        assert root.get(f"{{{XSI}}}schemaLocation") == f"{LOM} http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd"
        for one in root.iter():
            assert etree.QName(one).namespace == LOM
            _follows(one)


def _follows(one: etree._Element) -> None:
    name = _name(one)
    parent = one.getparent()
    if name in ("string", "value") or (
        name == "source" and parent is not None and _name(parent) in VOCABULARIES
    ):
        assert (one.text or "").strip()
    elif name in LANG_STRINGS or (name == "source" and parent is not None and _name(parent) == "taxonPath"):
        _is_lang_string(one)
    elif name in VOCABULARIES:
        _is_from_vocabulary(one)
    elif name in CHILDREN:
        counts = Counter(_name(child) for child in one)
        assert set(counts) <= set(CHILDREN[name])
        assert all(
            least <= counts[child] <= most
            for child, (least, most) in CHILDREN[name].items()
            if child in counts or least
        )
    else:
        assert name in {"catalog", "entry", "language", "entity", "size", "location", "id"}
        assert len(one) == 0 and (one.text or "").strip()


def _is_lang_string(one: etree._Element) -> None:
    """§8.1: one string for each language, each with its code."""
    codes = [string.get("language") for string in one]
    assert codes and len(codes) == len(set(codes)) and {_name(string) for string in one} == {"string"}
    assert all(code == "x-none" or LANGUAGE.fullmatch(str(code)) for code in codes)


def _is_from_vocabulary(one: etree._Element) -> None:
    """§3.7: a source and a value; LOMv1.0 has these values and no others."""
    assert [_name(child) for child in one] == ["source", "value"]
    source, value = one[0].text, one[1].text
    if source == "LOMv1.0":
        assert value in VOCABULARIES[_name(one)]
    else:
        assert (source, _name(one)) == ("oris-kinds", "learningResourceType") and value in KINDS


def _name(one: etree._Element) -> str:
    return str(etree.QName(one).localname)


def test_the_people_in_lom_are_vcards(any_resources: list[Resource]) -> None:
    """2.3.2: vCard 3.0 of RFC 2426: BEGIN, VERSION, N and FN, END; nothing that would start another field."""
    for row in any_resources:
        cards = [str(one.text) for one in _again(lom_xml(row)).iter(f"{{{LOM}}}entity")]
        assert len(cards) == len(row.authors)
        for card in cards:
            lines = card.split("\n")
            assert [line.partition(":")[0] for line in lines] == ["BEGIN", "VERSION", "N", "FN", "END"]
            assert lines[0] == "BEGIN:VCARD" and lines[1] == "VERSION:3.0" and lines[4] == "END:VCARD"
            assert len(re.findall(r"(?<!\\);", lines[2])) == 4 and not re.search(r"(?<!\\)[,;]", lines[3])


def test_lom_is_read_back_as_it_was_said(any_resources: list[Resource]) -> None:
    for row in any_resources:
        found = facts_of(_again(lom_xml(row)))
        assert (
            found["kind"] == row.kind
            and found["language"] == row.language
            and found["title_ru"] == "Давление"
        )
        assert found.get("licence", "") == row.licence and found.get("authors", []) == row.authors
        assert found.get("subject", "") == row.subject and found.get("objectives", []) == [
            one.code for one in row.objectives
        ]
        assert (found.get("grade_from"), found.get("grade_to")) == (row.grade_from, row.grade_to)


TERMS: dict[str, Any] = {
    "name": str, "alternateName": list, "description": str, "inLanguage": str, "learningResourceType": str,
    "educationalLevel": list, "about": str, "teaches": list, "author": list, "license": str, "isAccessibleForFree": bool,
    "dateModified": str, "aggregateRating": dict, "accessibilityFeature": list, "url": str,
}  # fmt: skip
FEATURES = {"captions", "largePrint", "transcript", "alternativeText"}


def test_json_ld_uses_terms_of_schema_org_alone(any_resources: list[Resource]) -> None:
    for row in any_resources:
        told = json.loads(json.dumps(schema_org(row), ensure_ascii=True))
        assert told.pop("@context") == "https://schema.org" and told.pop("@id") == told["url"]
        kinds = told.pop("@type")
        assert set([kinds] if isinstance(kinds, str) else kinds) <= {"LearningResource", "VideoObject"}
        assert set(told) <= set(TERMS) and all(isinstance(value, TERMS[name]) for name, value in told.items())
        assert (
            date.fromisoformat(told["dateModified"])
            and LANGUAGE.fullmatch(told["inLanguage"])
            and told["name"]
        )
        assert all(
            set(one) == {"@type", "name"} and one["@type"] == "Person" for one in told.get("author", [])
        )
        assert set(told.get("accessibilityFeature", [])) <= FEATURES
        _is_rating(told.get("aggregateRating"))


def _is_rating(given: dict[str, Any] | None) -> None:
    """Without bestRating and worstRating the scale is 1 to 5."""
    if given:
        assert (
            given["@type"] == "AggregateRating"
            and 1 <= given["ratingValue"] <= 5
            and given["ratingCount"] > 0
        )


def test_a_parser_reads_json_ld_out_of_the_page(cast: Cast) -> None:
    """As a search engine does: the first script of its type, whatever the title tries."""
    row = kept(
        cast, "Қысым </script><script>alert(1)</script>", subject="physics", authors=["Асан"], licence="cc0"
    )
    page = lxml_html.document_fromstring(cast.signed_in("teacher").get(f"/library/resources/{row.id}").text)
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    told = json.loads(script.text)
    assert told["name"] == "Қысым </script><script>alert(1)</script>" and told["author"][0]["name"] == "Асан"
    assert told["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
