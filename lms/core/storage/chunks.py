"""Bytes in pieces: however large a file is, this much of it is in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

CHUNK = 256 * 1024


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...
    def close(self) -> None: ...


def pieces(file: Readable, length: int | None = None) -> Iterator[bytes]:
    """All of the file, or its first `length` bytes."""
    left = length
    while left is None or left > 0:
        piece = file.read(CHUNK if left is None else min(CHUNK, left))
        if not piece:
            return
        left = None if left is None else left - len(piece)
        yield piece
