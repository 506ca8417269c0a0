"""A place on the disk for one piece of work, gone when it ends; what a killed worker left goes a day later."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from flask import current_app

from lms.core import storage
from lms.core.storage.chunks import pieces
from lms.core.storage.folder import FolderStore

A_DAY = 86_400


def _all_scratch() -> Path:
    folder = Path(current_app.extensions["settings"].data_folder) / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(mkdtemp(dir=_all_scratch()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_disk(digest: str, folder: Path) -> Path:
    """A stored file under a path: its own where it lies in a folder, else a copy."""
    store = storage.store()
    if isinstance(store, FolderStore):
        return store.path(digest)
    copy = folder / digest
    source = storage.open_blob(digest)
    with copy.open("wb") as target:
        for piece in pieces(source):
            target.write(piece)
    source.close()
    return copy


def sweep() -> int:
    old = [one for one in _all_scratch().iterdir() if one.stat().st_mtime < time.time() - A_DAY]
    for one in old:
        shutil.rmtree(one, ignore_errors=True)
    return len(old)
