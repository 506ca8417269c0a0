"""Bytes at a place: the only way the archive is read."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from scorm.errors import PackageRefused


def _opened(given: str | PathLike[str] | BinaryIO) -> BinaryIO:
    if isinstance(given, str | PathLike):
        return Path(given).open("rb")
    return given


class Source:
    """A seekable file, opened here or handed in; only what was opened here is closed here."""

    def __init__(self, given: str | PathLike[str] | BinaryIO) -> None:
        self._ours = isinstance(given, str | PathLike)
        self.name = Path(given).name if isinstance(given, str | PathLike) else ""
        try:
            self._file = _opened(given)
            self.size = self._file.seek(0, os.SEEK_END)
        except (OSError, ValueError):
            raise PackageRefused("cannot-be-read", self.name) from None

    def at(self, offset: int, length: int) -> bytes:
        """Exactly so many bytes; an archive that ends sooner has been cut off."""
        try:
            self._file.seek(offset)
            data = self._file.read(length)
        except (OSError, ValueError):
            raise PackageRefused("cannot-be-read", self.name) from None
        if len(data) != length:
            raise PackageRefused("truncated", self.name)
        return data

    def close(self) -> None:
        if self._ours:
            self._file.close()
