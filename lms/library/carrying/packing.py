"""Writing a carrier: one zip with the resources, a page with a search over them, and a signature."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import current_app, render_template

from lms.core import clock, storage
from lms.core.storage.chunks import pieces
from lms.library.carrying.offline_index import index_of, rules, terms_in
from lms.library.carrying.signing import signature_of
from lms.library.carrying.words import words
from lms.library.language.tolerant import latin_code
from lms.library.models import Resource, ResourceFile, ResourceText
from lms.library.reading.papers import as_vtt
from lms.library.records import Record
from lms.web import DIST

FORMAT = "oris-carrier/1"
FACTS = (
    "kind", "language", "title_kk", "title_ru", "about_kk", "about_ru", "subject", "grade_from", "grade_to",
    "section", "authors", "licence", "link", "offline", "accessible", "small_class", "combined_class",
)  # fmt: skip
MOST_SUBTITLES = 2 * 1024 * 1024
_MOMENT = (2026, 1, 1, 0, 0, 0)  # the same resources make the same bytes, whenever


@dataclass(frozen=True)
class Loaded:
    """One resource with everything of it that travels."""

    resource: Resource
    files: Sequence[ResourceFile]
    texts: Sequence[ResourceText]
    record: Record


class TooLarge(Exception):
    """It does not fit the budget by so many bytes."""

    def __init__(self, over: int) -> None:
        super().__init__(str(over))
        self.over = over


class Packer:
    """What is written is counted and hashed on its way, so that the manifest can name it."""

    def __init__(self, target: Path, budget: int) -> None:
        self._zip = ZipFile(target, "w")
        self._digests: dict[str, str] = {}
        self.budget, self.total = budget, 0

    def add(self, name: str, data: bytes) -> None:
        self._count(len(data))
        self._digests[name] = hashlib.sha256(data).hexdigest()
        self._zip.writestr(_member(name, ZIP_DEFLATED), data)

    def add_stored(self, name: str, file: ResourceFile) -> None:
        """Films and pictures are packed already."""
        self._count(file.size)
        self._digests[name] = file.digest
        source = storage.open_blob(file.digest)
        with self._zip.open(_member(name, ZIP_STORED, file.size), "w", force_zip64=True) as into:
            for piece in pieces(source):
                into.write(piece)
        source.close()

    def close(self, manifest: dict[str, Any]) -> None:
        told = json.dumps({**manifest, "files": self._digests}, ensure_ascii=False, indent=1).encode()
        self._count(len(told))
        self._zip.writestr(_member("manifest.json", ZIP_DEFLATED), told)
        self._zip.writestr(_member("signature.json", ZIP_DEFLATED), signature_of(told))
        self.end()

    def end(self) -> None:
        self._zip.close()

    def _count(self, size: int) -> None:
        self.total += size
        if self.total > self.budget:
            raise TooLarge(self.total - self.budget)


def pack(target: Path, title: str, budget: int, loaded: Sequence[Loaded], done: Callable[[int], None]) -> int:
    """The number of bytes once it is unpacked. Raises TooLarge."""
    packer = Packer(target, budget)
    names = [names_of(number, one) for number, one in enumerate(loaded)]
    _page(packer, title, loaded, names)
    for number, one in enumerate(loaded):
        packer.add(f"data/text-{number}.js", _text_script(number, one))
        for file, name in zip(one.files, names[number], strict=True):
            packer.add_stored(name, file)
        done(number + 1)
    site = current_app.extensions["settings"].site
    packer.close(
        {
            "format": FORMAT,
            "title": title,
            "site": site,
            "made": clock.now().isoformat(),
            "records": [_record(one, row) for one, row in zip(loaded, names, strict=True)],
        }  # fmt: skip
    )
    return packer.total


def _page(packer: Packer, title: str, loaded: Sequence[Loaded], names: list[list[str]]) -> None:
    index = index_of(one.record for one in loaded)
    data = {
        "title": title, "rules": rules(), "index": index, "terms": terms_in(index["keys"]), "words": words(),
        "records": [_entry(one, row) for one, row in zip(loaded, names, strict=True)],
    }  # fmt: skip
    packer.add("data/library.js", _script("window.ORIS = {};", data))
    packer.add("viewer.js", (DIST / "carried.js").read_bytes())
    packer.add("viewer.css", (DIST / "carried.css").read_bytes())
    rows = [(one.resource, list(zip(one.files, row, strict=True))) for one, row in zip(loaded, names, strict=True)]  # fmt: skip
    packer.add("index.html", render_template("library/carried.html", title=title, rows=rows).encode())


def _script(frame: str, data: Any) -> bytes:
    return frame.replace("{}", json.dumps(data, ensure_ascii=False, separators=(",", ":"))).encode()


def _entry(one: Loaded, names: list[str]) -> dict[str, Any]:
    """What the page shows of a resource."""
    row = one.resource
    grades = row.grades
    return {
        "title": {"kk": row.title_kk, "ru": row.title_ru}, "about": {"kk": row.about_kk, "ru": row.about_ru},
        "kind": row.kind, "subject": row.subject, "language": row.language, "authors": ", ".join(row.authors),
        "grades": f"{grades[0]}–{grades[-1]}" if len(grades) > 1 else str(grades[0]) if grades else "",
        "licence": row.licence, "link": row.link, "mark": row.mark if row.marked else "",
        "files": [
            {"path": name, "name": file.name, "size": f"{file.size / 1_000_000:.1f} MB", "type": file.media_type}
            for file, name in zip(one.files, names, strict=True)
        ],
    }  # fmt: skip


def _text_script(number: int, one: Loaded) -> bytes:
    data = {
        "parts": [[text.unit, text.place, text.words] for text in one.texts],
        "subtitles": [
            [file.language or one.resource.language, _vtt(file)]
            for file in one.files
            if file.role == "subtitles" and file.size <= MOST_SUBTITLES
        ],
    }
    return _script(f"ORIS.text({number}, {{}});", data)


def _vtt(file: ResourceFile) -> str:
    with storage.open_blob(file.digest) as source:  # type: ignore[attr-defined]
        return as_vtt(source.read())


def _record(one: Loaded, names: list[str]) -> dict[str, Any]:
    """What another server is told."""
    row = one.resource
    return {
        "id": row.origin or f"urn:uuid:{row.id}",
        "changed": ((row.origin_at if row.origin else None) or row.changed_at).isoformat(),
        "twins": str(row.twins) if row.twins else "",
        "facts": {name: getattr(row, name) for name in FACTS},
        "objectives": [code.code for code in row.objectives],
        "files": [
            {"path": name, "name": file.name, "sha256": file.digest, "size": file.size, "role": file.role,
             "language": file.language}
            for file, name in zip(one.files, names, strict=True)
        ],
    }  # fmt: skip


def names_of(number: int, one: Loaded) -> list[str]:
    """Plain letters: old systems spoil others in names of files."""
    found = []
    for place, file in enumerate(one.files, 1):
        stem, _, ending = file.name.rpartition(".")
        plain = re.sub(r"[^a-z0-9]+", "-", latin_code(stem.lower())).strip("-")[:40]
        found.append(
            f"files/{number}/{place}-{plain or 'file'}.{re.sub('[^a-z0-9]', '', ending.lower())[:8] or 'bin'}"
        )
    return found


def _member(name: str, method: int, size: int = 0) -> ZipInfo:
    member = ZipInfo(name, _MOMENT)
    member.compress_type, member.external_attr, member.file_size = method, 0o644 << 16, size
    return member
