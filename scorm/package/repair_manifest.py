"""The repairs of the manifest itself, each a small change of the tree it was read into."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from lxml import etree

from scorm.package.check.files import unlisted
from scorm.package.check.spelling import meant
from scorm.package.files import Package, Shelf
from scorm.package.hrefs import BadHref, inside, member_of, resolve, url_of
from scorm.package.manifest.resources import Reference, references
from scorm.package.model import Manifest
from scorm.package.writer_xml import ADLCP, ADLCP12, PREFIXES_12, PREFIXES_2004
from scorm.package.xml import (
    XML_NAMESPACE,
    Document,
    Element,
    attribute,
    base,
    child,
    children,
    local,
    namespace,
    text,
)

Edit = tuple[str, str]
_IDENTIFIERS = ("identifier", "identifierref", "default", "id", "idref", "objectiveid", "targetobjectiveid")
_UNLISTED = "files-not-listed"


def repair_manifest(document: Document, manifest: Manifest, package: Package) -> list[Edit]:
    """Every edit made, as the code of the remedy and where. References first: later steps rely on them."""
    edits = [*_prefixes(document, manifest), *_trimmed(document), *_named(document, manifest)]
    edits += _bases(document)
    edits += _hrefs(document, Shelf(package.members))
    edits += [*_default(document, manifest), *_version(document, manifest), *_types(document, manifest)]
    edits += [*_launch_files(document, manifest), *_list_the_unlisted(document, manifest, package)]
    return edits


def _prefixes(document: Document, manifest: Manifest) -> Iterator[Edit]:
    """A prefix nobody declared, but which the standard's own examples always use for one namespace."""
    known = {**(PREFIXES_12 if manifest.edition == "1.2" else PREFIXES_2004), "xml": XML_NAMESPACE}
    for element in document.root.iter():
        for name in [name for name in element.attrib if ":" in name and name[0] != "{"]:
            prefix, _, plain = name.partition(":")
            if prefix in known and ":" not in plain:
                element.set(f"{{{known[prefix]}}}{plain}", element.attrib.pop(name))
                yield "declare-prefix", document.where(element)
        if ":" in element.tag and element.tag[0] != "{":
            prefix, _, plain = element.tag.partition(":")
            if prefix in known and ":" not in plain:
                element.tag = f"{{{known[prefix]}}}{plain}"
                yield "declare-prefix", document.where(element)


def _trimmed(document: Document) -> Iterator[Edit]:
    for element in document.root.iter():
        for name, value in element.attrib.items():
            if local(name) in _IDENTIFIERS and value != value.strip():
                element.set(name, value.strip())
                yield "trim-identifiers", document.where(element)


def _named(document: Document, manifest: Manifest) -> Iterator[Edit]:
    """An activity without an identifier gets the one it is read under; a resource without one nobody can mean."""
    organizations = [
        one for listed in children(document.root, "organizations") for one in children(listed, "organization")
    ]
    for element, organization in zip(organizations, manifest.organizations, strict=True):
        for one, item in zip(_activities(element), organization.root.walk(), strict=True):
            if not (one.get("identifier") or attribute(one, "identifier")):
                one.set("identifier", item.identifier)
                yield "name-the-nameless", document.where(one)


def _activities(element: Element) -> Iterator[Element]:
    yield element
    for item in children(element, "item"):
        yield from _activities(item)


def _bases(document: Document) -> Iterator[Edit]:
    """Read as a folder anyway; where a file of that reading is missing the author is asked instead."""
    owners = [document.root, *children(document.root, "resources")]
    owners += [one for listed in children(document.root, "resources") for one in children(listed, "resource")]
    for element in owners:
        written = base(element)
        if written and not written.endswith(("/", "\\")):
            element.set(f"{{{XML_NAMESPACE}}}base", written + "/")
            yield "end-base-with-a-slash", document.where(element)


def _hrefs(document: Document, shelf: Shelf) -> Iterator[Edit]:
    remedies = {
        "href-backslash": "write-href-with-slashes",
        "href-case-differs": "write-href-in-the-files-case",
        "href-from-root": "write-href-from-the-manifest",
    }
    for one in list(references(document)):
        try:
            target = resolve(one.bases, one.href, shelf)
        except BadHref:
            continue
        codes = [remedies[note] for note in target.notes if note in remedies]
        if not codes or not target.found or target.member is None:
            continue
        rewritten = _within_bases(one, target.href)
        if rewritten is not None:
            one.element.set("href", rewritten)
            for code in codes:
                yield code, document.where(one.element)


def _within_bases(reference: Reference, href: str) -> str | None:
    """The href that leads to the same member from where the bases point; None where none does."""
    if not reference.bases:
        return url_of(href)
    try:
        folder = inside("".join(reference.bases)) + "/"
    except BadHref:
        return None
    url = url_of(href)
    start = quote(folder, safe="/")
    return url.removeprefix(start) if url.startswith(start) else None


def _default(document: Document, manifest: Manifest) -> Iterator[Edit]:
    listed = child(document.root, "organizations")
    if listed is not None and (listed.get("default") or "").strip() != manifest.default:
        listed.set("default", manifest.default)
        yield "name-default-organization", document.where(listed)


def _version(document: Document, manifest: Manifest) -> Iterator[Edit]:
    metadata = child(document.root, "metadata")
    version = None if metadata is None else child(metadata, "schemaversion")
    right = None if version is None else meant(text(version), manifest.edition)
    if version is not None and right is not None:
        version.text = right
        yield "spell-schemaversion", document.where(version)


def _types(document: Document, manifest: Manifest) -> Iterator[Edit]:
    right = f"{{{ADLCP12}}}scormtype" if manifest.edition == "1.2" else f"{{{ADLCP}}}scormType"
    for element in document.root.iter():
        for name in list(element.attrib):
            same = local(name) == "scormtype" and "adlcp" in namespace(name)
            if same and name.rpartition("}")[2] != right.rpartition("}")[2]:
                element.set(right, element.attrib.pop(name))
                yield "spell-scormtype", document.where(element)


def _launch_files(document: Document, manifest: Manifest) -> Iterator[Edit]:
    for listed in children(document.root, "resources"):
        for element in children(listed, "resource"):
            resource = manifest.resources.get((element.get("identifier") or "").strip())
            if resource is None or not resource.href or resource.external:
                continue
            if member_of(resource.href) in resource.files or not _writable(element):
                continue
            file = etree.Element(_like(element, "file"), href=(element.get("href") or "").split("?")[0])
            metadata = child(element, "metadata")
            element.insert(0 if metadata is None else element.index(metadata) + 1, file)
            yield "list-file", document.where(element)


def _list_the_unlisted(document: Document, manifest: Manifest, package: Package) -> Iterator[Edit]:
    names = unlisted(manifest, package, document)
    listed = child(document.root, "resources")
    if (
        not names
        or listed is None
        or not _writable(listed)
        or base(document.root)
        or base(listed)
        or _UNLISTED in manifest.resources
    ):
        return
    space, name = (ADLCP12, "scormtype") if manifest.edition == "1.2" else (ADLCP, "scormType")
    values = {"identifier": _UNLISTED, "type": "webcontent"}
    resource = etree.SubElement(listed, _like(listed, "resource"), values, {"adlcp": space})
    resource.set(f"{{{space}}}{name}", "asset")
    for one in names:
        etree.SubElement(resource, _like(listed, "file"), href=quote(one, safe="/"))
    yield "list-file", document.name


def _writable(neighbour: Element) -> bool:
    """A namespace may be read that could not be written."""
    try:
        etree.Element(_like(neighbour, "file"))
    except ValueError:
        return False
    return True


def _like(neighbour: Element, name: str) -> str:
    """The name in the namespace its neighbour is in."""
    uri = namespace(neighbour.tag)
    return f"{{{uri}}}{name}" if neighbour.tag[0] == "{" else name
