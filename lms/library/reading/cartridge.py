"""A Common Cartridge taken apart into single resources: each file, page and web link with what is said about it.

Assessments, discussion topics and tools belong into a course; here they are counted by name and left out. Files go piece by
piece into one long file, so that a film takes no memory.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lms.core.xml import XmlRefused, parse
from lms.courses.importing.cartridge import file_of, first_words, is_cartridge, items_of, local_name, title_of
from lms.courses.importing.pages import beside, tree_of
from lms.courses.zips import PIECE, SafeZip, ZipRefused
from lms.library.file_kinds import ending, is_taken, role_of
from lms.library.language.words import written_in
from lms.library.reading.lom import facts_of

MANIFEST = "imsmanifest.xml"
PAGES = ("html", "htm", "xhtml")
KINDS = {
    "mp4": "video", "webm": "video", "mp3": "audio", "m4a": "audio", "ogg": "audio", "wav": "audio", "glb": "model",
    "zip": "interactive", "png": "sources", "jpg": "sources", "jpeg": "sources", "gif": "sources", "webp": "sources",
    "svg": "sources",
}  # fmt: skip
LEFT = {"imsbasiclti": "tool", "imsqti": "test", "imsdt": "topic", "assignment": "topic"}
MOST = 2_000
MEMBER_BYTES, TOTAL_BYTES = 512 * 1024 * 1024, 1024 * 1024 * 1024  # what packages may have, too
Pieces = Iterable[bytes]
_MOMENT = (2026, 1, 1, 0, 0, 0)  # the same page packs into the same bytes


def read(path: str, spool: str) -> dict[str, Any]:
    """{"title", "records": [{"facts", "objectives", "files": [place in files, name, role]}], "files", "missed"}.

    Of each of `files` its start and size in the spool.
    """
    try:
        archive = SafeZip(Path(path), MEMBER_BYTES, TOTAL_BYTES)
        manifest = parse(archive.read(MANIFEST)) if MANIFEST in archive.entries else None
        if manifest is None or not is_cartridge(manifest):
            return {"refused": "scorm" if manifest is not None else "not-a-carrier"}
        with open(spool, "wb") as out:
            return _Reader(archive, manifest, out, str(Path(spool).parent)).read()
    except ZipRefused as error:
        return {"refused": "too-large-inside" if error.code in ("too-many", "too-large", "bomb") else "damaged-zip"}  # fmt: skip
    except (XmlRefused, RecursionError):
        return {"refused": "damaged-zip"}


class _Reader:
    def __init__(self, archive: SafeZip, manifest: Any, out: BinaryIO, folder: str) -> None:
        self.archive, self.manifest, self.out, self.folder = archive, manifest, out, folder
        self.resources = {
            one.get("identifier", ""): one for one in manifest.iter() if local_name(one) == "resource"
        }
        self.records: list[dict[str, Any]] = []
        self.files: list[dict[str, Any]] = []
        self.missed: Counter[str] = Counter()
        self.done: set[str] = set()  # names of files that some record has
        self.of_all = _lom_of(next((one for one in manifest if local_name(one) == "metadata"), None))

    def read(self) -> dict[str, Any]:
        for organization in (one for one in self.manifest.iter() if local_name(one) == "organization"):
            for root in items_of(organization):
                self._level(root, "")
        self._not_listed()
        self.missed += Counter()  # what was never missed is not named
        title = self.of_all.get("title_kk") or self.of_all.get("title_ru") or ""
        return {"title": title, "records": self.records, "files": self.files, "missed": dict(self.missed)}

    def _level(self, item: Any, section: str) -> None:
        if item.get("identifierref"):
            self._leaf(item, section)
        for one in items_of(item):
            self._level(one, title_of(item) or section)

    def _not_listed(self) -> None:
        """Files to which no item leads, as some systems send them; not those that only serve another resource."""
        serving = {
            one.get("identifierref") for one in self.manifest.iter() if local_name(one) == "dependency"
        }
        listed = {one.get("identifierref") for one in self.manifest.iter() if local_name(one) == "item"}
        for key, resource in self.resources.items():
            name, kind = file_of(resource), resource.get("type", "").lower()
            known = is_taken(name) or ending(name) in PAGES or kind.startswith("imswl")
            fits = known and kind.startswith(("webcontent", "imswl")) and name in self.archive.entries
            if fits and key not in serving | listed and name not in self.done and len(self.records) < MOST:
                self._taken(resource, name, "", "", kind)

    def _leaf(self, item: Any, section: str) -> None:
        resource = self.resources.get(item.get("identifierref", ""))
        name = file_of(resource) if resource is not None else ""
        kind = resource.get("type", "").lower() if resource is not None else ""
        left = next((code for start, code in LEFT.items() if kind.startswith(start)), "")
        if left:
            self.missed[left] += 1
        elif resource is None or name not in self.archive.entries:
            self.missed["gone"] += 1
        elif len(self.records) >= MOST:
            self.missed["too_many"] += 1
        elif name not in self.done:
            self._taken(resource, name, title_of(item), section, kind)

    def _taken(self, resource: Any, name: str, title: str, section: str, kind: str) -> None:
        self.done.add(name)
        said = {**_for_each(self.of_all), **_lom_of(resource)}
        if kind.startswith("imswl"):
            self._link(name, title, section, said)
        elif ending(name) in PAGES:
            self._record(title, section, said, "article", self._page(name))
        elif is_taken(name):
            more = [one for one in _names_of(resource) if one != name and one in self.archive.entries and is_taken(one)]  # fmt: skip
            self.done.update(more)
            packed: list[tuple[str, Pieces]] = [(one, self.archive.pieces(one)) for one in (name, *more)]
            self._record(title, section, said, KINDS.get(ending(name), "article"), packed)
        else:
            self.missed["file"] += 1

    def _link(self, name: str, title: str, section: str, said: dict[str, Any]) -> None:
        try:
            tree = parse(self.archive.read(name))
        except XmlRefused:
            self.missed["gone"] += 1
            return
        address = next((one.get("href", "") for one in tree.iter() if local_name(one) == "url"), "")
        if not address.startswith("https://"):
            self.missed["link"] += 1
            return
        self._record(title or first_words(tree, "title"), section, {**said, "link": address}, "link", [])

    def _page(self, name: str) -> list[tuple[str, Pieces]]:
        """A page alone, or a zip of the page with what it shows."""
        data = self.archive.read(name)
        tree = tree_of(data)
        shown = tree.iter("img", "audio", "video", "source", "a", "embed") if tree is not None else ()
        used = {beside(self.archive, name, str(one.get("src") or one.get("href") or "")) for one in shown}
        used -= {name, ""}
        if not used:
            return [(posixpath.splitext(name)[0] + ".html", [data])]
        self.done.update(used)
        return [(posixpath.splitext(name)[0] + ".zip", self._packed(name, data, sorted(used)))]

    def _packed(self, name: str, data: bytes, used: list[str]) -> Iterator[bytes]:
        with TemporaryFile(dir=self.folder) as out:
            with ZipFile(out, "w", ZIP_DEFLATED) as target:
                _into(target, name, [data])
                for one in used:
                    _into(target, one, self.archive.pieces(one))
            out.seek(0)
            while piece := out.read(PIECE):
                yield piece

    def _record(self, title: str, section: str, said: dict[str, Any], kind: str, packed: list[tuple[str, Pieces]]) -> None:  # fmt: skip
        language = said.get("language") or written_in(title)
        facts = {"kind": kind, "section": section, "offline": bool(packed), **said, "language": language}
        if not (facts.get("title_kk") or facts.get("title_ru")):
            facts["title_ru" if language == "ru" else "title_kk"] = title or _plain_name(packed)
        seen = hashlib.sha256(repr((title, said.get("link", ""))).encode())
        files = []
        for name, pieces in packed:
            files.append({"at": len(self.files), "name": posixpath.basename(name), "role": role_of(name)})
            start = self.out.tell()
            for piece in pieces:
                seen.update(piece)
                self.out.write(piece)
            self.files.append({"start": start, "size": self.out.tell() - start})
        objectives = facts.pop("objectives", [])
        self.records.append(
            {"id": f"cartridge:{seen.hexdigest()}", "facts": facts, "objectives": objectives, "files": files}
        )


def _into(target: ZipFile, name: str, pieces: Pieces) -> None:
    about = ZipInfo(name, _MOMENT)
    about.compress_type = ZIP_DEFLATED
    with target.open(about, "w") as out:
        for piece in pieces:
            out.write(piece)


def _lom_of(parent: Any) -> dict[str, Any]:
    """Of the element itself or of its metadata, whatever namespace the version of the cartridge binds it to."""
    found = next((one for one in (parent.iter() if parent is not None else ()) if local_name(one) == "lom"), None)  # fmt: skip
    return facts_of(found) if found is not None else {}


def _for_each(said: dict[str, Any]) -> dict[str, Any]:
    """What is said of the whole and holds for its parts."""
    return {name: said[name] for name in ("language", "licence", "authors", "subject", "grade_from", "grade_to") if name in said}  # fmt: skip


def _names_of(resource: Any) -> list[str]:
    return [posixpath.normpath(unquote(one.get("href", ""))) for one in resource if local_name(one) == "file"]


def _plain_name(packed: list[tuple[str, Pieces]]) -> str:
    return posixpath.basename(packed[0][0]).rpartition(".")[0].replace("_", " ")[:200] if packed else ""
