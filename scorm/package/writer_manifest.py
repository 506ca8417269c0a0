"""The manifest element of both versions, in the order their schemas ask for (CAM 4th Ed. 3.4, CAM 1.2 2.3)."""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree

from scorm.package.hrefs import url_of
from scorm.package.model import Item, Manifest, Organization, Resource
from scorm.package.writer_item import item_extensions_12, item_extensions_2004
from scorm.package.writer_metadata import add_metadata, add_package_metadata
from scorm.package.writer_xml import (
    ADLCP,
    ADLCP12,
    ADLSEQ,
    CP,
    CP12,
    PREFIXES_12,
    PREFIXES_2004,
    SCHEMAS_12,
    SCHEMAS_2004,
    XSI,
    Element,
    add,
)

_SAFE = "?#&=%/:;,+@!$'()*~[]-._"


def manifest_element(manifest: Manifest) -> Element:
    return _Tree(manifest).element()


class _Tree:
    """One manifest being written; `old` is SCORM 1.2."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.old = manifest.edition == "1.2"
        self.space = CP12 if self.old else CP

    def element(self) -> Element:
        prefixes = PREFIXES_12 if self.old else PREFIXES_2004
        schemas = SCHEMAS_12 if self.old else SCHEMAS_2004
        root = etree.Element(f"{{{self.space}}}manifest", nsmap=prefixes)
        root.set("identifier", self.manifest.identifier)
        if self.manifest.version:
            root.set("version", self.manifest.version)
        pairs = " ".join(f"{space} {file}" for space, file in schemas.items())
        root.set(f"{{{XSI}}}schemaLocation", pairs)
        add_package_metadata(root, self.manifest.metadata, self.old)
        organizations = add(root, self.space, "organizations", default=self.manifest.default)
        for organization in self.manifest.organizations:
            self._organization(organizations, organization)
        resources = add(root, self.space, "resources")
        for resource in self.manifest.resources.values():
            self._resource(resources, resource)
        return root

    def _organization(self, parent: Element, organization: Organization) -> None:
        element = add(parent, self.space, "organization", identifier=organization.identifier)
        if not self.old and not organization.objectives_global_to_system:
            element.set(f"{{{ADLSEQ}}}objectivesGlobalToSystem", "false")
        if not self.old and not organization.shared_data_global_to_system:
            element.set(f"{{{ADLCP}}}sharedDataGlobalToSystem", "false")
        self._inside(element, organization.root)

    def _item(self, parent: Element, item: Item) -> None:
        element = add(parent, self.space, "item", identifier=item.identifier)
        if item.resource is not None:
            element.set("identifierref", item.resource)
            parameters = self._parameters(item)
            if parameters:
                element.set("parameters", parameters)
        if not item.visible:
            element.set("isvisible", "false")
        self._inside(element, item)

    def _inside(self, element: Element, item: Item) -> None:
        add(element, self.space, "title", item.title)
        for child in item.children:
            self._item(element, child)
        add_metadata(element, item.metadata, self.old)
        if self.old:
            item_extensions_12(element, item)
        else:
            item_extensions_2004(element, item)

    def _parameters(self, item: Item) -> str:
        """What the launch address has beyond the address of the resource (CAM 4th Ed. 3.4.1.11)."""
        resource = self.manifest.resources.get(item.resource or "")
        if resource is None or not resource.href or not item.launch:
            return ""
        before, mark, fragment = resource.href.partition("#")
        added = item.launch.removeprefix(before).removesuffix(mark + fragment)
        return quote(added, safe=_SAFE)

    def _resource(self, parent: Element, resource: Resource) -> None:
        element = add(parent, self.space, "resource", identifier=resource.identifier, type="webcontent")
        element.set(f"{{{ADLCP12}}}scormtype" if self.old else f"{{{ADLCP}}}scormType", resource.kind)
        if resource.href is not None:
            element.set("href", resource.href if resource.external else url_of(resource.href))
        add_metadata(element, resource.metadata, self.old)
        for name in resource.files:
            add(element, self.space, "file", href=quote(name, safe="/"))
        for dependency in resource.dependencies:
            add(element, self.space, "dependency", identifierref=dependency)
