"""Opening what came from elsewhere: its signature, every file against the manifest, its records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from lms.library.carrying.packing import FORMAT
from lms.library.carrying.signing import BadSignature, maker_of
from lms.library.reading.zips import MOST_RATIO, is_safe

LARGEST_MANIFEST = 64 * 1024 * 1024
MOST_RECORDS = 5_000
PIECE = 1024 * 1024


class NotACarrier(Exception):
    """`code` says why: not-a-carrier, no-signature, changed, too-large-inside."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


@dataclass(frozen=True)
class Opened:
    archive: ZipFile
    manifest: dict[str, Any]
    maker: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return list(self.manifest["records"])

    def file(self, path: str) -> IO[bytes]:
        """Reads like a file and is checked against the manifest at its end."""
        wanted = self.manifest["files"].get(path)
        if not wanted or path not in self.archive.namelist():
            raise NotACarrier("changed", path)
        return Checked(self.archive.open(path), str(wanted), path)  # type: ignore[return-value]


class Checked:
    """A stream that raises at its end when the bytes were not those that were signed."""

    def __init__(self, source: IO[bytes], digest: str, name: str) -> None:
        self._source, self._digest, self._name, self._sha = source, digest, name, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._source.read(size)
        except (BadZipFile, OSError) as error:
            raise NotACarrier("changed", self._name) from error
        self._sha.update(piece)
        if (not piece or size < 0) and self._sha.hexdigest() != self._digest:
            raise NotACarrier("changed", self._name)
        return piece


def opened(path: Path) -> Opened:
    try:
        archive = ZipFile(path)
        _check(archive)
        told, signed = (_member(archive, name) for name in ("manifest.json", "signature.json"))
        maker = maker_of(told, signed)
        manifest = json.loads(told)
    except BadSignature:
        raise NotACarrier("no-signature") from None
    except (BadZipFile, OSError, ValueError, KeyError) as error:
        raise NotACarrier("not-a-carrier") from error
    if not _is_sound(manifest):
        raise NotACarrier("not-a-carrier")
    return Opened(archive, manifest, maker)


def _check(archive: ZipFile) -> None:
    for one in archive.infolist():
        if one.file_size > MOST_RATIO * max(one.compress_size, 4096):
            raise NotACarrier("too-large-inside", one.filename)


def _member(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        data = file.read(LARGEST_MANIFEST + 1)
    if len(data) > LARGEST_MANIFEST:
        raise NotACarrier("too-large-inside", name)
    return data


def _is_sound(manifest: Any) -> bool:
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        return False
    records, files = manifest.get("records"), manifest.get("files")
    if not isinstance(records, list) or len(records) > MOST_RECORDS or not isinstance(files, dict):
        return False
    return all(_is_record(one) for one in records) and all(is_safe(str(name)) for name in files)


def _is_record(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("facts"), dict)
        and isinstance(one.get("objectives", []), list)
        and all(isinstance(file, dict) and isinstance(file.get("path"), str) and isinstance(file.get("name"), str)
                for file in one.get("files", [])
        )
    )  # fmt: skip


def all_files(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (file for record in manifest["records"] for file in record.get("files", []))
