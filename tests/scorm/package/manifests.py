"""Manifests of 2004 with the parts under test put in."""

from __future__ import annotations

from scorm.package import manifest
from scorm.package.findings import Finding
from scorm.package.model import Item, Manifest

NAMESPACES = (
    ' xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'
    ' xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
    ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
SCO = '<resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"/>'


def item(inside: str = "", attributes: str = "", identifier: str = "I") -> str:
    return f'<item identifier="{identifier}" identifierref="R"{attributes}><title>T</title>{inside}</item>'


def sequencing(inside: str, attributes: str = "") -> str:
    return f"<imsss:sequencing{attributes}>{inside}</imsss:sequencing>"


def manifest_2004(
    organization: str = item(),
    resources: str = SCO,
    more: str = "",
    *,
    version: str = "<schemaversion>2004 4th Edition</schemaversion>",
    attributes: str = "",
    namespaces: str = NAMESPACES,
    metadata: str = "",
    organization_attributes: str = "",
) -> str:
    return (
        f'<manifest identifier="M" version="3"{namespaces}{attributes}>'
        f"<metadata><schema>ADL SCORM</schema>{version}{metadata}</metadata>"
        f'<organizations default="O"><organization identifier="O"{organization_attributes}><title>C</title>'
        f"{organization}</organization></organizations>"
        f"<resources>{resources}</resources>{more}</manifest>"
    )


def parsed(text: str) -> tuple[Manifest, list[Finding]]:
    return manifest.parse(text.encode())


def first(text: str) -> Item:
    """The first item, where there was nothing to find fault with."""
    found, findings = parsed(text)
    assert findings == []
    return found.organization().root.children[0]


def codes(text: str) -> list[str]:
    return [finding.code for finding in parsed(text)[1]]
