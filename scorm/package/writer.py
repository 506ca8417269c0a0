"""Building packages: the same manifest and the same files always give the same bytes.

`manifest_bytes` writes imsmanifest.xml from the values of `model`; `write_package` puts it into a zip with its
files; `zip_folder` zips a folder that already has a manifest. SCORM 1.2 is written as 1.2, every edition of
SCORM 2004 as the 4th, which reads all that the earlier ones say.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO

from lxml import etree

from scorm.errors import PackageRefused
from scorm.package.hrefs import member_of
from scorm.package.model import Manifest
from scorm.package.writer_manifest import manifest_element

MANIFEST_NAME = "imsmanifest.xml"
JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".git", ".svn"})
# Compressed already: deflating them again costs time and gains nothing.
STORED_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".webm", ".ogg", ".woff2"}
)
_PIECE = 64 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can name; a real one would differ at every build

Pieces = Callable[[], Iterable[bytes]]
FileSource = bytes | Path | Pieces


def manifest_bytes(manifest: Manifest) -> bytes:
    """imsmanifest.xml, valid against the schemas of its edition."""
    tree: bytes = etree.tostring(
        manifest_element(manifest), encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return tree


def package_bytes(manifest: Manifest, files: Mapping[str, FileSource]) -> bytes:
    """The whole package in memory; for tests and small courses."""
    out = BytesIO()
    write_package(manifest, files, out)
    return out.getvalue()


def write_package(manifest: Manifest, files: Mapping[str, FileSource], out: IO[bytes]) -> None:
    """The zip of a manifest and its files; a resource whose files are not among them is refused."""
    for resource in manifest.resources.values():
        if resource.href and not resource.external:
            _present(member_of(resource.href), files)
        for name in resource.files:
            _present(name, files)
    write_zip({**files, MANIFEST_NAME: manifest_bytes(manifest)}, out)


def zip_folder(folder: Path, out: IO[bytes], leave_out: tuple[Path, ...] = ()) -> list[str]:
    """Zip all that lies in a folder except what operating systems leave behind; answers the names."""
    if not (folder / MANIFEST_NAME).is_file():
        raise PackageRefused("manifest-missing", str(folder))
    others = {one.resolve() for one in leave_out}
    files: dict[str, FileSource] = {
        unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): path
        for path in folder.rglob("*")
        if path.is_file() and not _junk(path.relative_to(folder)) and path.resolve() not in others
    }
    write_zip(files, out)
    return sorted(files)


def write_zip(files: Mapping[str, FileSource], out: IO[bytes]) -> None:
    """Manifest first, the others by name; fixed time, mode and compression."""
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, key=lambda one: (one != MANIFEST_NAME, one)):
            _add(archive, name, files[name])


def _add(archive: zipfile.ZipFile, name: str, source: FileSource) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    stored = Path(name).suffix.lower() in STORED_SUFFIXES
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    if isinstance(source, bytes):
        archive.writestr(info, source, compresslevel=9)
        return
    info.file_size = sum(map(len, _pieces(source)))  # zipfile wants to know whether it needs zip64
    info._compresslevel = 9  # type: ignore[attr-defined]  # open() takes no level of its own
    with archive.open(info, "w") as outgoing:
        for piece in _pieces(source):
            outgoing.write(piece)


def _pieces(source: Path | Pieces) -> Iterable[bytes]:
    if not isinstance(source, Path):
        yield from source()
        return
    with source.open("rb") as incoming:
        while piece := incoming.read(_PIECE):
            yield piece


def _present(name: str, files: Mapping[str, FileSource]) -> None:
    if name not in files:
        raise PackageRefused("file-missing", name)


def _junk(path: Path) -> bool:
    return any(part.lower() in JUNK_NAMES or part.startswith("._") for part in path.parts)
