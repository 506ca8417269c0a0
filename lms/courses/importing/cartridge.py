"""IMS Common Cartridge 1.0 to 1.3 of other systems: pages, web links, discussion topics, assessments.

Folders of the organisation become modules, what stands in them lessons (CC 1.3 §4.2). Tools are addresses of other
systems and cannot come along; they are counted.
"""

from __future__ import annotations

import posixpath
from html import escape
from typing import Any
from urllib.parse import unquote

from lms.core.xml import XmlRefused, parse
from lms.courses.importing import qti, qti2
from lms.courses.importing.builder import Builder
from lms.courses.importing.markup import Markup
from lms.courses.importing.markup_files import Fetch
from lms.courses.importing.markup_words import FAMILIES, FILES, PICTURES
from lms.courses.importing.pages import body_of, fetching, leading, tree_of
from lms.courses.links import PAGE
from lms.courses.zips import SafeZip

PAGES = (".html", ".htm", ".xhtml")


def is_cartridge(manifest: Any) -> bool:
    """By the name of its schema (CC 1.3 §4.3), which content packages of other kinds do not bear."""
    return any(
        local_name(one) == "schema" and "common cartridge" in (one.text or "").lower()
        for one in manifest.iter()
    )


def read(archive: SafeZip, manifest: Any) -> dict[str, Any]:
    return _Reader(archive, manifest).read()


class _Reader:
    def __init__(self, archive: SafeZip, manifest: Any) -> None:
        self.archive, self.manifest = archive, manifest
        self.builder = Builder()
        self.used: set[str] = set()
        self.resources = {
            one.get("identifier", ""): one for one in manifest.iter() if local_name(one) == "resource"
        }
        self.left = set(self.resources)
        self.numbers = self._numbered()

    def read(self) -> dict[str, Any]:
        for organization in (one for one in self.manifest.iter() if local_name(one) == "organization"):
            for root in items_of(organization):
                self._level(items_of(root) or [root])
        self._left_behind()
        return self.builder.found()

    def _numbered(self) -> dict[str, str]:
        """Files that become lessons: pages lead to each other by their names, lessons by these numbers."""
        keys = [one.get("identifierref", "") for one in self.manifest.iter() if local_name(one) == "item"]
        names = [file_of(self.resources[key]) for key in keys if key in self.resources]
        return {name: str(number) for number, name in enumerate(dict.fromkeys(names)) if name != "."}

    def _level(self, items: list[Any]) -> None:
        """Leaves that stand beside folders go into a module of their own, where they stand."""
        loose = False
        for item in items:
            inside = items_of(item)
            if inside:
                self.builder.module({"title": title_of(item)})
                self._leaves(item)
                loose = False
            else:
                if not loose and self.builder.modules:
                    self.builder.module({"title": title_of(item)})
                loose = True
                self._leaf(item)

    def _leaves(self, parent: Any) -> None:
        if parent.get("identifierref"):
            self._leaf(parent)
        for item in items_of(parent):
            self._leaves(item) if items_of(item) else self._leaf(item)

    def _leaf(self, item: Any) -> None:
        key = item.get("identifierref", "")
        resource = self.resources.get(key)
        self.left.discard(key)
        number = self.numbers.get(file_of(resource), "") if resource is not None else ""
        self.builder.lesson(title_of(item), {PAGE: number} if number else {})
        if resource is None:
            if key:
                self.builder.missed["resource"] += 1
            elif title_of(item):
                self.builder.heading(title_of(item), "2")  # a label among the pages
            return
        self._resource(resource, title_of(item))

    def _resource(self, resource: Any, title: str) -> None:
        kind = resource.get("type", "").lower()
        name = file_of(resource)
        if name not in self.archive.entries:
            self.builder.missed["resource"] += 1
            return
        self.used.add(name)
        if kind.startswith("imsbasiclti"):
            self.builder.missed["tool"] += 1
        elif kind.startswith(("imswl", "imsdt", "imsqti", "assignment")):
            self._described(kind, name, title)
        else:
            self._content(name, title)

    def _described(self, kind: str, name: str, title: str) -> None:
        try:
            tree = parse(self.archive.read(name))
        except XmlRefused:
            self.builder.missed["resource"] += 1
            return
        if kind.startswith("imswl"):
            self._link(tree, title)
        elif kind.startswith("imsqti"):
            self._asked(tree, name, title)
        else:
            self._topic(tree, title, name, "homework" if kind.startswith("assignment") else "discussion")

    def _asked(self, tree: Any, name: str, title: str) -> None:
        """QTI 1 asks in one file, QTI 2 in one for each question; a test of it names them in their order."""
        if local_name(tree) not in ("assessmentItem", "assessmentTest"):
            qti.read(self.builder, tree, title, self._fetch(name), leading(name, self.numbers))
            return
        named = [one.get("href", "") for one in tree.iter() if local_name(one) == "assessmentItemRef"]
        places = [posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(one))) for one in named]
        known = [one for one in places or [name] if one in self.archive.entries]
        self.builder.missed["resource"] += len(places or [name]) - len(known)
        self.used.update(known)
        qti2.read(self.builder, [self.archive.read(one) for one in known], title or tree.get("title", ""))

    def _link(self, tree: Any, title: str) -> None:
        address = next((one.get("href", "") for one in tree.iter() if local_name(one) == "url"), "")
        if address.lower().startswith(("http://", "https://")):
            words = first_words(tree, "title") or title or address
            self.builder.markup(f'<p><a href="{escape(address)}">{escape(words, quote=False)}</a></p>')
        else:
            self.builder.missed["link"] += 1

    def _topic(self, tree: Any, title: str, name: str, kind: str) -> None:
        html, blocks = qti.rich(
            first_words(tree, "text"), self._fetch(name), self.builder, leading(name, self.numbers)
        )
        for block in blocks:
            self.builder.block(*block)
        self.builder.block(kind, {"title": first_words(tree, "title") or title, "html": html})
        for one in tree.iter():
            if local_name(one) == "attachment":
                self._attachment(name, one.get("href", ""))

    def _attachment(self, name: str, address: str) -> None:
        found = self._fetch(name)(address)
        if found and found[0].rpartition(".")[2].lower() in FILES:
            self.builder.attached("file", *found, {"title": found[0]})
        else:
            self.builder.missed["file"] += 1

    def _content(self, name: str, title: str) -> None:
        end = name.rpartition(".")[2].lower()
        shown = posixpath.basename(name)
        if name.lower().endswith(PAGES):
            tree = tree_of(self.archive.read(name))
            if tree is None:
                self.builder.missed["page"] += 1
            else:
                Markup(self.builder, self._fetch(name), title, leading(name, self.numbers)).read(
                    body_of(tree)
                )
        elif end in PICTURES:
            self.builder.picture(shown, self.archive.read(name), title)
        elif end in FILES:
            self.builder.attached("file", shown, self.archive.read(name), {"title": title or shown})
        else:
            family = next((one for one, ends in FAMILIES.items() if end in ends), "")
            if family:
                self.builder.attached(family, shown, self.archive.read(name), {"title": title or shown})
            else:
                self.builder.missed["file"] += 1

    def _fetch(self, name: str) -> Fetch:
        return fetching(self.archive, name, self.used)

    def _left_behind(self) -> None:
        """Resources to which no item leads and which no page has shown."""
        names = {key: file_of(self.resources[key]) for key in self.left}
        self.builder.missed["unused"] += sum(
            bool(name) and name in self.archive.entries and name not in self.used for name in names.values()
        )


def file_of(resource: Any) -> str:
    files = [one.get("href", "") for one in resource if local_name(one) == "file"]
    return posixpath.normpath(unquote(resource.get("href", "") or next(iter(files), "")))


def items_of(parent: Any) -> list[Any]:
    return [one for one in parent if local_name(one) == "item"]


def title_of(item: Any) -> str:
    found = next((one for one in item if local_name(one) == "title"), None)
    return " ".join("".join(found.itertext()).split())[:200] if found is not None else ""


def first_words(tree: Any, name: str) -> str:
    return next(("".join(one.itertext()) for one in tree.iter() if local_name(one) == name), "")


def local_name(one: Any) -> str:
    return one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
