"""How often one may try. In this process by default, on Redis when there is one."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from lms.core.settings import Settings


def _asker() -> str:
    return request.remote_addr or "nobody"


limiter = Limiter(key_func=_asker, headers_enabled=False)


def init_limits(app: Flask, settings: Settings) -> None:
    address = settings.redis_url or "memory://"
    app.config["RATELIMIT_STORAGE_URI"] = address
    limiter.init_app(app)
    app.extensions["tries"] = MovingWindowRateLimiter(storage_from_string(address))


def count_try(kind: str, key: str, most: int, minutes: int = 5) -> bool:
    """Count one try; False when there were already `most` within the last minutes."""
    return bool(_tries().hit(RateLimitItemPerMinute(most, minutes), kind, key))


def may_try(kind: str, key: str, most: int, minutes: int = 5) -> bool:
    return bool(_tries().test(RateLimitItemPerMinute(most, minutes), kind, key))


def forget_tries(kind: str, key: str, most: int, minutes: int = 5) -> None:
    _tries().clear(RateLimitItemPerMinute(most, minutes), kind, key)


def at_most(kind: str, key: str, most: int, minutes: int) -> None:
    if not count_try(kind, key, most, minutes):
        raise TooManyRequests(retry_after=minutes * 60)


class Pace:
    """So many a minute for each key, and no more than a minute's worth at once; in this process, at next to no cost.

    For doors that are knocked at many times a second, where a shared count would cost more than what it protects.
    """

    MOST_KEYS = 20_000

    def __init__(self) -> None:
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when a key has all its tries back
        self._lock = threading.Lock()

    def keeps(self, key: str, per_minute: int) -> bool:
        """Count one try; False, and not counted, when it comes too fast."""
        now, price = time.monotonic(), 60 / per_minute
        with self._lock:
            full_at = max(now, self._full_at.pop(key, now)) + price
            fits = full_at - now <= 60 + price / 2  # half a price for the rounding of many small sums
            self._full_at[key] = full_at if fits else full_at - price
            while len(self._full_at) > self.MOST_KEYS:
                self._full_at.popitem(last=False)
        return fits


def _tries() -> MovingWindowRateLimiter:
    found: MovingWindowRateLimiter = current_app.extensions["tries"]
    return found
