"""Opening a stranger's zip: names that stay inside, few members, no bombs (upload policy)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MEMBERS = 3000
MEMBER_BYTES = 64 * 1024 * 1024
TOTAL_BYTES = 200 * 1024 * 1024
RATIO, RATIO_FROM = 100, 4 * 1024 * 1024
PIECE = 64 * 1024
LINK = 0o120000


class ZipRefused(Exception):
    """`code`: not-a-zip, too-many, too-large, bomb, name, encrypted, link, damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SafeZip:
    """In memory, or from the disk with limits of its own where members are read piece by piece."""

    def __init__(self, data: bytes | Path, member: int = MEMBER_BYTES, total: int = TOTAL_BYTES) -> None:
        try:
            self.archive = zipfile.ZipFile(data if isinstance(data, Path) else io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ZipRefused("not-a-zip") from error
        self.left, self.member = total, member
        self.entries: dict[str, zipfile.ZipInfo] = {}
        infos = self.archive.infolist()
        if len(infos) > MEMBERS:
            raise ZipRefused("too-many")
        for info in infos:
            if not info.is_dir():
                self._add(info)

    def _add(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/")
        path = PurePosixPath(name)
        if (
            path.is_absolute()
            or ".." in path.parts
            or ":" in path.parts[0]
            or "\0" in name
            or len(name) > 500
        ):
            raise ZipRefused("name")
        if info.flag_bits & 1:
            raise ZipRefused("encrypted")
        if (info.external_attr >> 16) & 0o170000 == LINK:
            raise ZipRefused("link")
        if info.file_size > self.member:
            raise ZipRefused("too-large")
        if info.file_size > RATIO_FROM and info.file_size > RATIO * max(info.compress_size, 1):
            raise ZipRefused("bomb")
        if path.as_posix() in self.entries:
            raise ZipRefused("name")
        self.entries[path.as_posix()] = info

    def names(self) -> list[str]:
        return list(self.entries)

    def read(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """What a member announces is not believed: its bytes are counted as they come."""
        try:
            with self.archive.open(self.entries[name]) as member:
                while piece := member.read(PIECE):
                    self.left -= len(piece)
                    if self.left < 0:
                        raise ZipRefused("too-large")
                    yield piece
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise ZipRefused("damaged") from error
        except Exception as error:
            if isinstance(error, ZipRefused):
                raise
            raise ZipRefused("damaged") from error  # zlib.error and what other methods raise
