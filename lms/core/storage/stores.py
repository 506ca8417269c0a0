"""Where bytes lie: a folder on this machine, or a bucket that many machines share."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from lms.core.settings import Settings
from lms.core.storage.chunks import Readable
from lms.core.storage.folder import FolderStore
from lms.core.storage.s3 import S3Store


class Store(Protocol):
    def put(self, digest: str, file: Readable, size: int) -> None:
        """Keep what the file holds from its beginning. Afterwards it is there whole, or not at all."""

    def open(self, digest: str, start: int = 0, end: int | None = None) -> Readable:
        """Read from byte `start` up to, not including, byte `end`. FileNotFoundError when it is not there."""

    def size(self, digest: str) -> int | None:
        """How many bytes lie there; None when nothing does."""

    def remove(self, digest: str) -> None: ...


def make_store(settings: Settings) -> Store:
    if not settings.storage_url:
        return FolderStore(settings.data_folder / "blobs")
    where = urlsplit(settings.storage_url)
    if where.scheme != "s3" or not where.netloc:
        raise ValueError(f"LMS_STORAGE_URL is {settings.storage_url!r}; it takes s3://bucket/prefix")
    return S3Store(where.netloc, where.path.strip("/"), settings.s3_endpoint)
