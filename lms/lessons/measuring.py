"""The measuring program of a school's computer: needs neither database nor browser."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from collections.abc import Callable
from statistics import median
from typing import Any

PINGS = 10
DOWN = (65_536, 262_144, 1_048_576, 2_097_152)
UP = (32_768, 131_072, 524_288, 1_048_576)
LONG_ENOUGH, PATIENCE = 1.5, 20.0
Call = Callable[[str, bytes | None], bytes]


def caller(site: str, key: str) -> Call:
    def call(path: str, body: bytes | None) -> bytes:
        kind = "application/json" if path == "result" else "application/octet-stream"
        headers = {"Authorization": f"Bearer {key}", "Content-Type": kind}
        request = urllib.request.Request(f"{site.rstrip('/')}/speed/meter/{path}", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            found: bytes = answer.read()
        return found

    return call


def measured(call: Call, now: Callable[[], float] = time.perf_counter) -> dict[str, Any]:
    """Delay from ten small requests, then speed from pieces that grow until one takes long enough."""
    times = [took for _time in range(PINGS) if (took := _ping(call, now)) is not None]
    if not times:
        raise OSError("the server cannot be reached")
    down, received = _speed(DOWN, lambda size: call(f"down?bytes={size}", None), now)
    up, sent = _speed(UP, lambda size: call("up", os.urandom(size)), now)
    steps = [abs(one - other) for one, other in zip(times, times[1:], strict=False)]
    return {
        "down": down, "up": up, "latency": 1000 * median(times), "received": received + sent,
        "jitter": 1000 * sum(steps) / max(len(steps), 1), "loss": 1 - len(times) / PINGS,
    }  # fmt: skip


def _ping(call: Call, now: Callable[[], float]) -> float | None:
    began = now()
    try:
        call("ping", None)
    except OSError:
        return None
    return now() - began


def _speed(
    sizes: tuple[int, ...], send: Callable[[int], object], now: Callable[[], float]
) -> tuple[float, int]:
    speed, total = 0.0, 0
    for size in sizes:
        began = now()
        send(size)
        took = max(now() - began, 0.001)
        total += size
        speed = size * 8 / took / 1_000_000
        if took >= LONG_ENOUGH:
            break
    return speed, total


def report(call: Call, found: dict[str, Any]) -> None:
    call("result", json.dumps(found).encode())
