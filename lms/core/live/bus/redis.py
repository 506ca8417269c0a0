"""Redis: one channel for all machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from redis import Redis

from lms.core.db import after_commit
from lms.core.live.bus.base import NAME, Ear
from lms.core.settings import Settings


class RedisBus:
    def __init__(self, settings: Settings) -> None:
        self.client = Redis.from_url(settings.redis_url)

    def announce(self) -> None:
        after_commit(self.wake)

    def wake(self) -> None:
        self.client.publish(NAME, b"!")

    @contextmanager
    def ear(self) -> Iterator[Ear]:
        with closing(self.client.pubsub(ignore_subscribe_messages=True)) as channel:
            channel.subscribe(NAME)
            yield RedisEar(channel)


class RedisEar:
    def __init__(self, channel: Any) -> None:
        self.channel = channel

    def wait(self, seconds: float) -> None:
        self.channel.get_message(timeout=seconds)
