"""Where a backup lies: one zip file, or a folder that grows by what is new."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol


class Damaged(Exception):
    """The backup is not whole; the message says what is missing or different."""


class Target(Protocol):
    @contextmanager
    def write(self, name: str) -> Iterator[IO[bytes]]: ...

    def size(self, name: str) -> int | None:
        """How large that part is, if it is there already and may stay."""

    def close(self, done: bool) -> None: ...


class Source(Protocol):
    def read(self, name: str) -> IO[bytes]:
        """Damaged when there is no such part."""

    def close(self) -> None: ...


def target(path: Path) -> Target:
    """A name with an ending is a file, any other a folder."""
    return ZipTarget(path) if path.suffix and not path.is_dir() else FolderTarget(path)


def source(path: Path) -> Source:
    if not path.exists():
        raise Damaged(f"{path} does not exist")
    return FolderSource(path) if path.is_dir() else ZipSource(path)


class ZipTarget:
    def __init__(self, path: Path) -> None:
        self.path, self.unfinished = path, path.with_name(f".{path.name}.unfinished")
        handle = os.open(self.unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "w+b")
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_STORED, allowZip64=True)

    @contextmanager
    def write(self, name: str) -> Iterator[IO[bytes]]:
        with self.zip.open(name, "w", force_zip64=True) as part:
            yield part

    def size(self, name: str) -> int | None:
        return None

    def close(self, done: bool) -> None:
        self.zip.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        if done:
            self.unfinished.replace(self.path)
        else:
            self.unfinished.unlink()


class FolderTarget:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Until the new manifest stands there, this folder says of itself that it is none.
        (path / "manifest.json").unlink(missing_ok=True)

    @contextmanager
    def write(self, name: str) -> Iterator[IO[bytes]]:
        part = self.path / name
        part.parent.mkdir(parents=True, exist_ok=True)
        unfinished = part.with_name(f".{part.name}.unfinished")
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(part)

    def size(self, name: str) -> int | None:
        part = self.path / name
        return part.stat().st_size if part.is_file() else None

    def close(self, done: bool) -> None:
        pass


class ZipSource:
    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise Damaged(f"{path.name} is not a whole backup file") from error

    def read(self, name: str) -> IO[bytes]:
        try:
            return self.zip.open(name)
        except KeyError as error:
            raise Damaged(f"{name} is missing") from error

    def close(self) -> None:
        self.zip.close()


class FolderSource:
    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> IO[bytes]:
        try:
            return (self.path / name).open("rb")
        except FileNotFoundError as error:
            raise Damaged(f"{name} is missing") from error

    def close(self) -> None:
        pass
