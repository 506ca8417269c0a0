"""<resources>: what can be launched and what it is made of (CAM 4th Ed. 3.4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorm.package.files import Shelf
from scorm.package.hrefs import BadHref, Target, resolve
from scorm.package.limits import Budget
from scorm.package.metadata import MetadataReader
from scorm.package.model import Kind, Resource
from scorm.package.report import Report
from scorm.package.xml import Document, Element, address, attribute, base, children


@dataclass(frozen=True)
class Reference:
    """An href where it stands, with every xml:base above it."""

    element: Element
    bases: tuple[str, ...]
    href: str
    launch: bool


def references(document: Document) -> Iterator[Reference]:
    """Every href of every resource; also what chooses the encoding of a zip's names."""
    for resource, bases in _resources(document.root):
        href = address(resource)
        if href:
            yield Reference(resource, bases, href, True)
        yield from _files(resource, bases)


def _resources(manifest: Element) -> Iterator[tuple[Element, tuple[str, ...]]]:
    for resources in children(manifest, "resources"):
        for resource in children(resources, "resource"):
            yield resource, tuple(one for one in (base(manifest), base(resources), base(resource)) if one)


def _files(resource: Element, bases: tuple[str, ...]) -> Iterator[Reference]:
    for file in children(resource, "file"):
        href = address(file)
        if href:
            yield Reference(file, bases, href, False)


@dataclass(frozen=True)
class ResourceReader:
    document: Document
    shelf: Shelf
    metadata: MetadataReader
    report: Report
    addresses: Budget

    def read(self) -> dict[str, Resource]:
        found: dict[str, Resource] = {}
        for element, bases in _resources(self.document.root):
            for one in bases:
                if not one.endswith(("/", "\\")):
                    self.report.add("base-without-slash", self.document.name, base=one[:200])
            resource = self._resource(element, bases)
            if not resource.identifier or resource.identifier in found:
                code = "identifier-twice" if resource.identifier else "identifier-missing"
                self.report.add(code, self.document.where(element), identifier=resource.identifier)
                continue
            found[resource.identifier] = resource
        self._check_dependencies(found)
        return found

    def _resource(self, element: Element, bases: tuple[str, ...]) -> Resource:
        href = address(element)
        target = self._target(Reference(element, bases, href, True)) if href else None
        return Resource(
            identifier=attribute(element, "identifier") or "",
            kind=self._kind(element, target),
            href=target.href if target else None,
            files=tuple(self._listed(element, bases)),
            dependencies=tuple(
                reference
                for one in children(element, "dependency")
                if (reference := attribute(one, "identifierref"))
            ),
            external=target.external if target else False,
            metadata=self.metadata.read(element),
        )

    def _kind(self, element: Element, target: Target | None) -> Kind:
        written = (attribute(element, "scormtype") or "").lower()
        if written == "sco":
            return "sco"
        if written != "asset" and target is not None:
            self.report.add("scormtype-missing", self.document.where(element))
        return "asset"

    def _listed(self, element: Element, bases: tuple[str, ...]) -> Iterator[str]:
        for reference in _files(element, bases):
            target = self._target(reference)
            if target is not None and target.member is not None:
                yield target.member

    def _target(self, reference: Reference) -> Target | None:
        where = self.document.where(reference.element)
        try:
            target = resolve(reference.bases, reference.href, self.shelf)
        except BadHref as bad:
            self.report.add(bad.code, where, href=reference.href[:200])
            return None
        for code in target.notes:
            self.report.add(code, where, href=reference.href[:200])
        self.addresses.spend(len(target.href), where)
        if not target.found:
            code = "launch-file-missing" if reference.launch else "listed-file-missing"
            self.report.add(code, where, href=reference.href[:200])
        return target

    def _check_dependencies(self, found: dict[str, Resource]) -> None:
        for resource in found.values():
            for reference in resource.dependencies:
                if reference not in found:
                    where = f"resource {resource.identifier}"
                    self.report.add("dependency-dangling", where, reference=reference)
