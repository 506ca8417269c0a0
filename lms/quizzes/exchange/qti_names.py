"""QTI 2 says choiceInteraction and responseIdentifier, QTI 3 says qti-choice-interaction and response-identifier."""

from __future__ import annotations

import re

from lxml import etree

SPACES = {
    "2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
ITEM_TYPES = {"2.1": "imsqti_item_xmlv2p1", "2.2": "imsqti_item_xmlv2p2", "3.0": "imsqti_item_xmlv3p0"}
TEMPLATES = {
    "2.1": "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    "2.2": "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    "3.0": "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
# Elements of HTML keep their names in both.
HTML = frozenset(
    ["p", "br", "hr", "h2", "h3", "h4", "h5", "strong", "b", "em", "i", "u", "s", "sub", "sup", "code", "pre", "blockquote",
     "ul", "ol", "li", "dl", "dt", "dd", "a", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure",
     "figcaption", "img", "span", "div"]
)  # fmt: skip


def as_two(element: etree._Element) -> None:
    """Names of version 2 without a namespace, in place, for all of a tree."""
    for one in element.iter(etree.Element):
        name = etree.QName(one).localname
        one.tag = _camel(name.removeprefix("qti-")) if name.startswith("qti-") else name
        for key in list(one.attrib):
            bare = etree.QName(key).localname
            if bare != key or "-" in bare:
                one.attrib[_camel(bare) if not bare.startswith("data-") else bare] = one.attrib.pop(key)
    etree.cleanup_namespaces(element)


def in_version(element: etree._Element, version: str) -> etree._Element:
    """The same tree with the names and the namespace of a version."""
    space = SPACES[version]
    made = etree.Element(f"{{{space}}}{_name(element.tag, version)}", nsmap={None: space})
    _copied(element, made, version, space)
    return made


def _copied(source: etree._Element, target: etree._Element, version: str, space: str) -> None:
    target.text, target.tail = source.text, source.tail
    for key, value in source.attrib.items():
        target.set(_kebab(str(key)) if version == "3.0" and source.tag not in HTML else key, value)
    for child in source:
        _copied(child, etree.SubElement(target, f"{{{space}}}{_name(child.tag, version)}"), version, space)


def _name(tag: str, version: str) -> str:
    return tag if version != "3.0" or tag in HTML else f"qti-{_kebab(tag)}"


def _camel(name: str) -> str:
    head, *rest = name.split("-")
    return head + "".join(one[:1].upper() + one[1:] for one in rest)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda found: "-" + found[0].lower(), name)
