"""Metadata in IEEE LOM's binding for 2004 and in IMS's for 1.2 (CAM 4th Ed. 4.2, CAM 1.2 2.2)."""

from __future__ import annotations

from scorm.package.model import Metadata
from scorm.package.writer_xml import ADLCP, ADLCP12, CP, CP12, LOM, MD12, XML, Element, add

_SOURCE = "LOMv1.0"
_CATALOG = "URI"


def add_package_metadata(manifest: Element, metadata: Metadata | None, old: bool) -> None:
    """The package always says which edition it is written in."""
    element = add(manifest, CP12 if old else CP, "metadata")
    add(element, CP12 if old else CP, "schema", "ADL SCORM")
    add(element, CP12 if old else CP, "schemaversion", "1.2" if old else "2004 4th Edition")
    if metadata is not None:
        _content(element, metadata, old)


def add_metadata(owner: Element, metadata: Metadata | None, old: bool) -> None:
    if metadata is not None:
        _content(add(owner, CP12 if old else CP, "metadata"), metadata, old)


def _content(element: Element, metadata: Metadata, old: bool) -> None:
    if metadata.location:
        add(element, ADLCP12 if old else ADLCP, "location", metadata.location)
    elif old:
        _lom12(add(element, MD12, "lom"), metadata)
    else:
        _lom(add(element, LOM, "lom"), metadata)


def _lom(lom: Element, metadata: Metadata) -> None:
    _general(add(lom, LOM, "general"), metadata)
    if metadata.version or metadata.authors:
        cycle = add(lom, LOM, "lifeCycle")
        if metadata.version:
            _strings(add(cycle, LOM, "version"), {"": metadata.version})
        for author in metadata.authors:
            contribute = add(cycle, LOM, "contribute")
            _vocabulary(add(contribute, LOM, "role"), "author")
            add(contribute, LOM, "entity", _card(author))
    if metadata.typical_learning_time:
        educational = add(lom, LOM, "educational")
        add(add(educational, LOM, "typicalLearningTime"), LOM, "duration", metadata.typical_learning_time)
    if metadata.rights:
        rights = add(lom, LOM, "rights")
        _vocabulary(add(rights, LOM, "copyrightAndOtherRestrictions"), "yes")
        _strings(add(rights, LOM, "description"), {"": metadata.rights})


def _general(general: Element, metadata: Metadata) -> None:
    if metadata.identifier:
        identifier = add(general, LOM, "identifier")
        add(identifier, LOM, "catalog", _CATALOG)
        add(identifier, LOM, "entry", metadata.identifier)
    if metadata.title:
        _strings(add(general, LOM, "title"), metadata.title)
    for language in metadata.languages:
        add(general, LOM, "language", language)
    if metadata.description:
        _strings(add(general, LOM, "description"), metadata.description)
    for keyword in metadata.keywords:
        _strings(add(general, LOM, "keyword"), keyword)


def _strings(parent: Element, texts: dict[str, str]) -> None:
    for language, text in texts.items():
        element = add(parent, LOM, "string", text)
        if language:
            element.set("language", language)


def _vocabulary(parent: Element, value: str) -> None:
    add(parent, LOM, "source", _SOURCE)
    add(parent, LOM, "value", value)


def _card(name: str) -> str:
    """The vCard the standard asks for, with nothing but the name."""
    return f"BEGIN:VCARD VERSION:2.1 FN:{name} END:VCARD"


def _lom12(lom: Element, metadata: Metadata) -> None:
    _general12(add(lom, MD12, "general"), metadata)
    if metadata.version or metadata.authors:
        cycle = add(lom, MD12, "lifecycle")
        if metadata.version:
            _strings12(add(cycle, MD12, "version"), {"": metadata.version})
        for author in metadata.authors:
            contribute = add(cycle, MD12, "contribute")
            _vocabulary12(add(contribute, MD12, "role"), "Author")
            add(add(contribute, MD12, "centity"), MD12, "vcard", _card(author))
    if metadata.typical_learning_time:
        educational = add(lom, MD12, "educational")
        time = add(educational, MD12, "typicallearningtime")
        add(time, MD12, "datetime", metadata.typical_learning_time)
    if metadata.rights:
        rights = add(lom, MD12, "rights")
        _vocabulary12(add(rights, MD12, "copyrightandotherrestrictions"), "yes")
        _strings12(add(rights, MD12, "description"), {"": metadata.rights})


def _general12(general: Element, metadata: Metadata) -> None:
    if metadata.identifier:
        add(general, MD12, "identifier", metadata.identifier)
    if metadata.title:
        _strings12(add(general, MD12, "title"), metadata.title)
    if metadata.identifier:
        entry = add(general, MD12, "catalogentry")
        add(entry, MD12, "catalog", _CATALOG)
        _strings12(add(entry, MD12, "entry"), {"": metadata.identifier})
    for language in metadata.languages:
        add(general, MD12, "language", language)
    if metadata.description:
        _strings12(add(general, MD12, "description"), metadata.description)
    for keyword in metadata.keywords:
        _strings12(add(general, MD12, "keyword"), keyword)


def _strings12(parent: Element, texts: dict[str, str]) -> None:
    for language, text in texts.items():
        element = add(parent, MD12, "langstring", text)
        if language:
            element.set(f"{{{XML}}}lang", language)


def _vocabulary12(parent: Element, value: str) -> None:
    _strings12(add(parent, MD12, "source"), {"x-none": _SOURCE})
    _strings12(add(parent, MD12, "value"), {"x-none": value})
