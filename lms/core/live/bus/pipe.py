"""One machine: a named pipe for each service."""

from __future__ import annotations

import errno
import os
import select
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lms.core.db import after_commit
from lms.core.live.bus.base import Ear
from lms.core.settings import Settings


class PipeBus:
    def __init__(self, settings: Settings) -> None:
        self.folder: Path = settings.data_folder / "live"

    def announce(self) -> None:
        after_commit(self.wake)

    def wake(self) -> None:
        for pipe in self.folder.glob("*.pipe"):
            try:
                handle = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno == errno.ENXIO:  # nobody reads: the service was ended outright
                    pipe.unlink(missing_ok=True)
                continue
            try:
                os.write(handle, b"!")
            except BlockingIOError:
                pass  # full of unread calls: it will wake
            finally:
                os.close(handle)

    @contextmanager
    def ear(self) -> Iterator[Ear]:
        self.folder.mkdir(parents=True, exist_ok=True)
        pipe = self.folder / f"{os.getpid()}.pipe"
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe, 0o600)
        # Open for both, so that it does not end whenever the last writer has gone.
        handle = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        try:
            yield PipeEar(handle)
        finally:
            os.close(handle)
            pipe.unlink(missing_ok=True)


class PipeEar:
    def __init__(self, handle: int) -> None:
        self.handle = handle

    def wait(self, seconds: float) -> None:
        if select.select([self.handle], [], [], seconds)[0]:
            os.read(self.handle, 65536)
