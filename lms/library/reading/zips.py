"""Zips of strangers: names that lead out, bombs and endless lists are refused before a byte is unpacked."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from lms.library.reading.parts import Unreadable

MOST_MEMBERS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 200
LARGEST_TEXT = 16 * 1024 * 1024


def opened(path: Path) -> ZipFile:
    try:
        archive = ZipFile(path)
        check(archive.infolist())
    except (BadZipFile, ValueError, OSError) as error:
        raise Unreadable("not-a-zip") from error
    return archive


def check(members: list[ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Unreadable("too-large-inside")
    for one in members:
        if one.file_size > MOST_RATIO * max(one.compress_size, 4096):
            raise Unreadable("too-large-inside")
        if one.flag_bits & 1:
            raise Unreadable("locked")


def is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name)


def text_member(archive: ZipFile, name: str) -> bytes:
    """Never more than a text may have, whatever the directory of the zip says."""
    with archive.open(name) as file:
        data = file.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise Unreadable("too-large-inside")
    return data
