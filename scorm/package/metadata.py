"""Learning object metadata: IMS (the days of 1.2), IEEE LOM and Dublin Core, inline or in a file of its own.

Metadata describes and never decides: whatever is wrong with it is a finding, and the package goes on without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scorm.errors import PackageRefused
from scorm.package.files import Package, Shelf
from scorm.package.hrefs import BadHref, resolve
from scorm.package.limits import MIB
from scorm.package.model import Metadata
from scorm.package.report import Report
from scorm.package.xml import (
    XML_NAMESPACE,
    Document,
    Element,
    attribute,
    base,
    child,
    children,
    collapse,
    local,
    namespace,
    read_xml,
    text,
)

_FULL_NAME = re.compile(r"(?:^|\s|\n)FN(?:;[^:\n]{0,80})?:([^\r\n]{1,500})")
_ALL_EXTERNAL = 32 * MIB  # of metadata files one manifest may make us read
_NOTHING = Metadata()
_DUBLIN = ("title", "description", "subject", "language", "creator", "rights", "identifier")

Texts = dict[str, str]


@dataclass
class MetadataReader:
    document: Document
    package: Package | None
    shelf: Shelf
    report: Report
    _files: dict[str, Metadata | None] = field(default_factory=dict)
    _read: int = 0

    def read(self, owner: Element) -> Metadata | None:
        """What the <metadata> of this element says; what is written inline goes before what a file says."""
        found = None
        for element in children(owner, "metadata"):
            found = _merged(found, inline(element))
            for location in children(element, "location"):
                found = _merged(found, self._external(location))
        return found

    def _external(self, location: Element) -> Metadata | None:
        where = self.document.where(location)
        try:
            root = base(self.document.root)
            target = resolve((root,) if root else (), text(location), self.shelf)
        except BadHref as bad:
            self.report.add(bad.code, where, href=text(location)[:200])
            return None
        if target.member is None:
            self.report.add("metadata-outside", where, href=target.href[:200])
            return None
        if not target.found:
            self.report.add("metadata-missing", where, href=target.member)
            return None
        return self._file(target.member)

    def _file(self, name: str) -> Metadata | None:
        if name not in self._files:
            self._files[name] = self._parsed(name)
        return self._files[name]

    def _parsed(self, name: str) -> Metadata | None:
        if self.package is None or name not in self.package.members:
            return Metadata(location=name)
        self._read += self.package.members[name]
        if self._read > _ALL_EXTERNAL:
            self.report.add("metadata-too-much", name)
            return None
        try:
            data = self.package.read(name, self.package.limits.manifest_size)
            document = read_xml(data, name, self.package.limits)
        except PackageRefused as refused:
            self.report.add("metadata-unreadable", refused.where or name, reason=refused.code)
            return None
        self.report.extend(document.findings)
        found = _lom(document.root) if local(document.root.tag) == "lom" else inline(document.root)
        return replace(found or _NOTHING, location=name)


def inline(element: Element) -> Metadata | None:
    """LOM and Dublin Core inside an element; None where there is neither."""
    found = None
    for lom in children(element, "lom"):
        found = _merged(found, _lom(lom))
    return _merged(found, _dublin(element))


def _merged(first: Metadata | None, second: Metadata | None) -> Metadata | None:
    """The first one's words, and the second one's where the first is silent."""
    if first is None or second is None:
        return first or second
    silent = {name: value for name, value in vars(second).items() if not getattr(first, name)}
    return replace(first, **silent)


def _lom(lom: Element) -> Metadata:
    titles = [_texts(one) for one in _at(lom, "general", "title")]
    descriptions = [_texts(one) for one in _at(lom, "general", "description")]
    return Metadata(
        title=titles[0] if titles else {},
        description=descriptions[0] if descriptions else {},
        keywords=tuple(filter(None, (_texts(one) for one in _at(lom, "general", "keyword")))),
        languages=tuple(filter(None, (text(one) for one in _at(lom, "general", "language")))),
        authors=tuple(dict.fromkeys(_authors(lom))),
        rights=_first(_at(lom, "rights", "description")),
        identifier=_identifier(lom),
        version=_first(_at(lom, "lifecycle", "version")),
        typical_learning_time=_learning_time(lom),
    )


def _at(element: Element, *names: str) -> Iterator[Element]:
    found = [element]
    for name in names:
        found = [below for one in found for below in children(one, name)]
    return iter(found)


def _texts(element: Element) -> Texts:
    """<langstring xml:lang> of IMS, <string language> of IEEE; bare text has no language."""
    found: Texts = {}
    for one in element:
        if local(one.tag) in ("langstring", "string"):
            language = one.get(f"{{{XML_NAMESPACE}}}lang") or attribute(one, "language") or ""
            found.setdefault(collapse(language), text(one))
    if not len(element) and text(element):
        found[""] = text(element)
    return found


def _first(elements: Iterator[Element]) -> str:
    for element in elements:
        for words in _texts(element).values():
            return words
    return ""


def _identifier(lom: Element) -> str:
    entries = (
        *_at(lom, "general", "identifier", "entry"),
        *_at(lom, "general", "catalogentry", "entry"),
        *_at(lom, "general", "identifier"),
    )
    return next((found for found in (_first(iter((one,))) for one in entries) if found), "")


def _learning_time(lom: Element) -> str:
    for name in ("duration", "datetime"):
        for one in _at(lom, "educational", "typicallearningtime", name):
            return text(one)
    return ""


def _authors(lom: Element) -> Iterator[str]:
    """The names on the vCards of contributors whose role is author; everybody's where nobody is called so."""
    contributions = list(_at(lom, "lifecycle", "contribute"))
    named = [one for one in contributions if _first_value(one, "role").lower() == "author"]
    for one in named or contributions:
        for entity in (*_at(one, "centity", "vcard"), *_at(one, "entity")):
            card = "".join(entity.itertext())
            name = _FULL_NAME.search(card)
            words = collapse(name.group(1) if name else card)
            if words and (name or "VCARD" not in words.upper()):
                yield words


def _first_value(contribution: Element, name: str) -> str:
    role = child(contribution, name)
    value = None if role is None else child(role, "value")
    return text(value)


def _dublin(element: Element) -> Metadata | None:
    """Dublin Core elements, wherever in the metadata they stand."""
    found: dict[str, list[Element]] = {name: [] for name in _DUBLIN}
    for one in element.iter():
        if not len(one) and _is_dublin(namespace(one.tag)) and local(one.tag) in found:
            found[local(one.tag)].append(one)
    if not any(found.values()):
        return None
    return Metadata(
        title=_by_language(found["title"]),
        description=_by_language(found["description"]),
        keywords=tuple(_by_language([one]) for one in found["subject"]),
        languages=tuple(filter(None, map(text, found["language"]))),
        authors=tuple(filter(None, map(text, found["creator"]))),
        rights=next(filter(None, map(text, found["rights"])), ""),
        identifier=next(filter(None, map(text, found["identifier"])), ""),
    )


def _is_dublin(uri: str) -> bool:
    return uri in ("dc", "dcterms") or uri.startswith("http://purl.org/dc/")


def _by_language(elements: list[Element]) -> Texts:
    found: Texts = {}
    for one in elements:
        found.setdefault(one.get(f"{{{XML_NAMESPACE}}}lang", ""), text(one))
    return found
