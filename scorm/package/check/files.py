"""The files of a package: what is listed, what lies there unlisted, and what no browser can use."""

from __future__ import annotations

from scorm.package.check.kinds import ARCHIVES, FLASH, PROGRAMS, SCHEMAS, suffix
from scorm.package.files import Package
from scorm.package.hrefs import member_of
from scorm.package.model import Manifest, Metadata
from scorm.package.report import Report
from scorm.package.xml import Document, local, text

_LISTED_ONE_BY_ONE = 50  # beyond that a number says more than names


def check_files(manifest: Manifest, package: Package, document: Document, report: Report) -> None:
    for name in package.members:
        kind = suffix(name)
        if kind in FLASH:
            report.add("flash", name)
        elif kind in ARCHIVES:
            report.add("archive-inside", name)
        elif kind in PROGRAMS:
            report.add("program-inside", name)
    _unlisted(manifest, package, document, report)
    for resource in manifest.resources.values():
        if resource.href and not resource.external and member_of(resource.href) not in resource.files:
            report.add("launch-unlisted", f"resource {resource.identifier}")


def unlisted(manifest: Manifest, package: Package, document: Document) -> list[str]:
    """Members no resource lists and the manifest itself does not need."""
    known = {package.manifest_name}
    for resource in manifest.resources.values():
        known.update(resource.files)
        if resource.href and not resource.external:
            known.add(member_of(resource.href))
        known.update(_location(resource.metadata))
    for element in document.root.iter():
        if local(element.tag) == "location":
            known.add(text(element))
    return sorted(name for name in package.members if name not in known and suffix(name) not in SCHEMAS)


def _location(metadata: Metadata | None) -> list[str]:
    return [metadata.location] if metadata and metadata.location else []


def _unlisted(manifest: Manifest, package: Package, document: Document, report: Report) -> None:
    names = unlisted(manifest, package, document)
    for name in names[:_LISTED_ONE_BY_ONE]:
        report.add("file-unlisted", name)
    if len(names) > _LISTED_ONE_BY_ONE:
        report.add("file-unlisted", "", count=str(len(names)))
