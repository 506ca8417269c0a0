"""Files under blobs/ab/cd/<digest>. A name is there only when all its bytes are on the disk."""

from __future__ import annotations

import os
from pathlib import Path

from lms.core import ids
from lms.core.storage.chunks import Readable, pieces


class Part:
    """A window of an open file: from where it stands, so many bytes."""

    def __init__(self, file: Readable, length: int) -> None:
        self.file, self.left = file, length

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        piece = self.file.read(wanted)
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


class FolderStore:
    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:4] / digest

    def put(self, digest: str, file: Readable, size: int) -> None:
        target = self.path(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own for each writer: two that keep the same file at once do not meet.
        unfinished = target.with_name(f".{ids.new_id().hex}")
        try:
            with unfinished.open("xb") as out:
                for piece in pieces(file):
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_folder(target.parent)

    def open(self, digest: str, start: int = 0, end: int | None = None) -> Readable:
        file = self.path(digest).open("rb")
        file.seek(start)
        return file if end is None else Part(file, end - start)

    def size(self, digest: str) -> int | None:
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError:
            return None

    def remove(self, digest: str) -> None:
        self.path(digest).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """A new name survives a power cut only when its folder has been written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
