"""Names and small helpers for writing XML in the standard's namespaces."""

from __future__ import annotations

from typing import Any

from lxml import etree

Element = Any  # lxml carries no types

CP12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
MD12 = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
LOM = "http://ltsc.ieee.org/xsd/LOM"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

PREFIXES_12 = {None: CP12, "adlcp": ADLCP12, "imsmd": MD12, "xsi": XSI}
PREFIXES_2004 = {
    None: CP,
    "adlcp": ADLCP,
    "adlseq": ADLSEQ,
    "adlnav": ADLNAV,
    "imsss": IMSSS,
    "lom": LOM,
    "xsi": XSI,
}
# Which schema file stands for which namespace, by the names the standard gives them.
SCHEMAS_12 = {
    CP12: "imscp_rootv1p1p2.xsd",
    MD12: "imsmd_rootv1p2p1.xsd",
    ADLCP12: "adlcp_rootv1p2.xsd",
}
SCHEMAS_2004 = {
    CP: "imscp_v1p1.xsd",
    ADLCP: "adlcp_v1p3.xsd",
    ADLSEQ: "adlseq_v1p3.xsd",
    ADLNAV: "adlnav_v1p3.xsd",
    IMSSS: "imsss_v1p0.xsd",
    LOM: "lom.xsd",
}


def add(parent: Element, space: str, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new child; its attributes carry no namespace, as the standard's own elements have it."""
    element = etree.SubElement(parent, f"{{{space}}}{name}", attributes)
    if text is not None:
        element.text = text
    return element


def truth(value: bool) -> str:
    return "true" if value else "false"


def number(value: float) -> str:
    """A decimal without an exponent: xs:decimal has none, and repr loses nothing."""
    text = repr(float(value))
    if "e" in text:
        text = f"{value:.20f}".rstrip("0")
    return text.removesuffix(".0").removesuffix(".")


def changed(value: Any, usual: Any, names: dict[str, str]) -> dict[str, str]:
    """The attributes of the fields (field → attribute) in which a value departs from the usual one."""
    return {
        attribute: _written(getattr(value, field))
        for field, attribute in names.items()
        if getattr(value, field) != getattr(usual, field)
    }


def _written(value: object) -> str:
    if isinstance(value, bool):
        return truth(value)
    if isinstance(value, float):
        return number(value)
    return str(value)
