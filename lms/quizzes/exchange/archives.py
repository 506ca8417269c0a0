"""Zip files from outside, read member by member: weighed before anything is unpacked, nothing is ever written."""

from __future__ import annotations

import io
import zipfile

from lms.quizzes.exchange.reading import FileRefused

MOST_BYTES = 100 * 1024 * 1024
MOST_MEMBERS = 20_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 100
SMALL = 16 * 1024 * 1024
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


class Archive:
    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            raise FileRefused("too_large", most=MOST_BYTES // 1024 // 1024)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = [one for one in self._zip.infolist() if not one.is_dir()]
        except BROKEN:
            raise FileRefused("broken_archive") from None
        unpacked = sum(one.file_size for one in members)
        bomb = unpacked > SMALL and unpacked > MOST_RATIO * len(data)
        if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or bomb:
            raise FileRefused("too_large_inside")
        if any(one.flag_bits & 1 or one.compress_type not in METHODS for one in members):
            raise FileRefused("broken_archive")
        self._members = {_path(one.filename): one for one in members}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def read(self, name: str, most: int = 64 * 1024 * 1024) -> bytes | None:
        """None when it is not there; never more than its directory says, nor than `most`."""
        member = self._members.get(_path(name))
        if member is None or member.file_size > most:
            return None
        try:
            with self._zip.open(member) as source:
                data = source.read(member.file_size + 1)
        except BROKEN:
            raise FileRefused("broken_archive") from None
        if len(data) > member.file_size:
            raise FileRefused("too_large_inside")
        return data


def _path(name: str) -> str:
    """One spelling for a path, whatever the program that packed it; leading dots go nowhere."""
    parts: list[str] = []
    for part in name.replace("\\", "/").split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)
