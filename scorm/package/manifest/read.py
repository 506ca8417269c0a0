"""The whole manifest. What stands in the way of playing it is refused; what does not is a finding."""

from __future__ import annotations

from scorm.errors import PackageRefused
from scorm.package.files import Package, Shelf
from scorm.package.findings import Finding
from scorm.package.limits import DEFAULT, Budget, Limits
from scorm.package.manifest.editions import edition_of
from scorm.package.manifest.items import OrganizationReader
from scorm.package.manifest.resources import ResourceReader
from scorm.package.metadata import MetadataReader
from scorm.package.model import Manifest
from scorm.package.report import Report
from scorm.package.sequencing import Collection, Reader
from scorm.package.xml import Document, attribute, local, read_xml


def read(package: Package) -> tuple[Manifest, list[Finding]]:
    """The manifest of an opened package; its findings include those made on opening."""
    document = read_xml(package.read_manifest(), package.manifest_name, package.limits)
    report = Report()
    report.extend(package.findings)
    return _manifest(document, package, package.limits, report), report.findings


def parse(
    data: bytes, name: str = "imsmanifest.xml", limits: Limits = DEFAULT
) -> tuple[Manifest, list[Finding]]:
    """A manifest on its own: every file it names is taken to exist."""
    report = Report()
    return _manifest(read_xml(data, name, limits), None, limits, report), report.findings


def _manifest(document: Document, package: Package | None, limits: Limits, report: Report) -> Manifest:
    report.extend(document.findings)
    _refuse_what_is_no_manifest(document)
    edition, declared = edition_of(document, report)
    shelf = Shelf(package.members if package is not None and package.complete else None)
    metadata = MetadataReader(document, package, shelf, report)
    addresses = Budget("addresses-too-long", limits.addresses_size)
    resources = ResourceReader(document, shelf, metadata, report, addresses).read()
    sequencing = Reader(document, Collection(document.root, limits), report)
    reader = OrganizationReader(document, edition, resources, sequencing, metadata, limits, report, addresses)
    organizations = reader.read()
    return Manifest(
        edition=edition,
        identifier=attribute(document.root, "identifier") or "",
        organizations=organizations,
        default=reader.default(organizations),
        resources=resources,
        version=attribute(document.root, "version") or "",
        metadata=metadata.read(document.root),
        declared_schemaversion=declared,
    )


def _refuse_what_is_no_manifest(document: Document) -> None:
    if local(document.root.tag) != "manifest":
        raise PackageRefused("not-a-manifest", document.where(document.root))
    for element in document.root.iter():
        if element is not document.root and local(element.tag) == "manifest":
            raise PackageRefused("sub-manifest", document.where(element))
