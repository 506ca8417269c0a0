"""<organizations>: the trees of activities (CAM 4th Ed. 3.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scorm.errors import PackageRefused
from scorm.package.hrefs import with_parameters
from scorm.package.limits import Budget, Limits
from scorm.package.metadata import MetadataReader
from scorm.package.model import DataMap, Edition, Item, Organization, Resource
from scorm.package.report import Report
from scorm.package.sequencing import Reader
from scorm.package.values import Attributes
from scorm.package.xml import Document, Element, attribute, child, child_text, children, text

_HIDEABLE = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")


class Identifiers:
    """Keeps the identifiers of one tree apart: an engine cannot work with two activities of one name."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def unlike_others(self, identifier: str) -> str:
        free = identifier
        while free in self._next:
            self._next[identifier] += 1
            free = f"{identifier}-{self._next[identifier]}"
        self._next[free] = 1
        return free


@dataclass
class OrganizationReader:
    document: Document
    edition: Edition
    resources: dict[str, Resource]
    sequencing: Reader
    metadata: MetadataReader
    limits: Limits
    report: Report
    addresses: Budget
    identifiers: Identifiers = field(default_factory=Identifiers)  # of the tree being read

    def read(self) -> tuple[Organization, ...]:
        roots = Identifiers()
        found = [
            self._organization(element, roots)
            for listed in children(self.document.root, "organizations")
            for element in children(listed, "organization")
        ]
        if not found:
            raise PackageRefused("no-organization", self.document.name)
        return tuple(found)

    def default(self, organizations: tuple[Organization, ...]) -> str:
        """The organization named as default; the first, where that names none of them."""
        listed = child(self.document.root, "organizations")
        named = attribute(listed, "default") or ""
        if any(one.identifier == named for one in organizations):
            return named
        if named or len(organizations) > 1:
            code = "default-organization-wrong" if named else "default-organization-missing"
            self.report.add(code, self.document.where(listed), default=named)
        return organizations[0].identifier

    def _organization(self, element: Element, roots: Identifiers) -> Organization:
        self.identifiers = Identifiers()
        identifier = self._identifier(element, roots)
        self.identifiers.unlike_others(identifier)
        root = Item(
            identifier,
            title=child_text(element, "title"),
            children=self._below(element, 0),
            sequencing=self.sequencing.read(element),
            metadata=self.metadata.read(element),
        )
        if not root.children:
            self.report.add("organization-empty", self.document.where(element))
        values = Attributes(element, self.document, self.report)
        return Organization(
            root,
            objectives_global_to_system=values.flag("objectivesGlobalToSystem", True),
            shared_data_global_to_system=values.flag("sharedDataGlobalToSystem", True),
        )

    def _identifier(self, element: Element, others: Identifiers) -> str:
        written = attribute(element, "identifier") or ""
        where = self.document.where(element)
        if not written:
            self.report.add("identifier-missing", where)
        identifier = others.unlike_others(written or f"line-{element.sourceline}")
        if written and identifier != written:
            self.report.add("identifier-twice", where, identifier=written)
        return identifier

    def _below(self, element: Element, depth: int) -> tuple[Item, ...]:
        return tuple(self._item(one, depth + 1) for one in children(element, "item"))

    def _item(self, element: Element, depth: int) -> Item:
        if depth > self.limits.item_depth:
            raise PackageRefused("items-too-deep", self.document.where(element))
        values = Attributes(element, self.document, self.report)
        identifier = self._identifier(element, self.identifiers)
        below = self._below(element, depth)
        return Item(
            identifier,
            title=child_text(element, "title"),
            children=below,
            visible=values.flag("isvisible", True),
            hide=self._hidden(element),
            sequencing=self.sequencing.read(element),
            data_maps=tuple(self._data_maps(element)),
            data_from_lms=_as_written(child(element, "datafromlms")),
            time_limit_action=child_text(element, "timelimitaction"),
            max_time_allowed=child_text(element, "maxtimeallowed"),
            mastery_score=child_text(element, "masteryscore"),
            prerequisites=child_text(element, "prerequisites"),
            metadata=self.metadata.read(element),
            **self._launch(values, identifier, bool(below)),
        )

    def _launch(self, values: Attributes, identifier: str, cluster: bool) -> dict[str, Any]:
        """What the item launches. A cluster of 2004 launches nothing; one of 1.2 may (CAM 1.2, 2.3.4)."""
        reference, where = values.text("identifierref"), f"item {identifier}"
        if not reference:
            if not cluster:
                self.report.add("leaf-without-resource", where)
            return {}
        if cluster:
            self.report.add("cluster-with-resource", where)
            if self.edition != "1.2":
                return {}
        resource = self.resources.get(reference)
        if resource is None:
            self.report.add("reference-dangling", where, reference=reference)
            return {}
        if resource.href is None:
            self.report.add("resource-without-href", where, reference=reference)
            return {"resource": reference, "kind": resource.kind}
        launch = with_parameters(resource.href, values.text("parameters"))
        self.addresses.spend(len(launch), where)
        return {"resource": reference, "kind": resource.kind, "launch": launch}

    def _hidden(self, element: Element) -> tuple[str, ...]:
        """adlnav:presentation/navigationInterface/hideLMSUI (CAM 4th Ed. 5.2)."""
        found: list[str] = []
        for hide in _deep(element, "presentation", "navigationInterface", "hideLMSUI"):
            word = next((one for one in _HIDEABLE if one.lower() == text(hide).lower()), None)
            if word is None:
                where = self.document.where(hide)
                self.report.add("value-not-understood", where, name="hideLMSUI", value=text(hide)[:80])
            elif word not in found:
                found.append(word)
        return tuple(found)

    def _data_maps(self, element: Element) -> Iterator[DataMap]:
        """adlcp:data/map (CAM 4th Ed. 3.4.1.19)."""
        for one in _deep(element, "data", "map"):
            values = Attributes(one, self.document, self.report)
            if values.text("targetID"):
                read, write = values.flag("readSharedData", True), values.flag("writeSharedData", True)
                yield DataMap(values.text("targetID"), read, write)


def _deep(element: Element, *names: str) -> Iterator[Element]:
    """Every element on this path of local names."""
    found = [element]
    for name in names:
        found = [below for one in found for below in children(one, name)]
    return iter(found)


def _as_written(element: Element | None) -> str:
    """Launch data is the SCO's own: only the white space around it is the manifest's."""
    return "" if element is None else "".join(element.itertext()).strip()
