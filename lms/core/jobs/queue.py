"""Huey carries ids of jobs from pages to workers: a file on one machine, Redis between many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, current_app
from huey import RedisHuey, SqliteHuey

from lms.core.settings import Settings

NAME = "lms-jobs"


class Queue:
    def __init__(self, settings: Settings) -> None:
        if settings.redis_url:
            self.waits = True  # on Redis the queue itself waits a second for the next id
            huey = RedisHuey(NAME, url=settings.redis_url, read_timeout=1)
        else:
            self.waits = False
            # Not synced to the disk: what a power cut takes from here is sent again from the rows.
            huey = SqliteHuey(NAME, filename=str(settings.data_folder / "queue.db"), fsync=False)
        self.storage: Any = huey.storage

    def send(self, job_id: UUID) -> None:
        self.storage.enqueue(job_id.bytes)

    def receive(self) -> UUID | None:
        data = self.storage.dequeue()
        return UUID(bytes=bytes(data)) if data else None

    def __len__(self) -> int:
        return int(self.storage.queue_size())


def init_queue(app: Flask, settings: Settings) -> None:
    app.extensions["queue"] = Queue(settings)


def queue() -> Queue:
    found: Queue = current_app.extensions["queue"]
    return found
