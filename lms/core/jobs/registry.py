"""Which function does which kind of work. Rooms say so with a decorator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lms.core.jobs.work import Work

Handler = Callable[[Work], dict[str, Any] | None]


@dataclass(frozen=True)
class Kind:
    name: str
    handler: Handler
    failures: int  # how many errors before it is given up
    daily: bool  # asked for once a day by the worker itself


KINDS: dict[str, Kind] = {}


def job(name: str, *, failures: int = 5, daily: bool = False) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        known = KINDS.get(name)
        if known and known.handler.__module__ != handler.__module__:
            raise ValueError(f"two handlers for {name}")
        KINDS[name] = Kind(name, handler, failures, daily)
        return handler

    return register
