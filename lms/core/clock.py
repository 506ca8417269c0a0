"""Time comes from here, so that tests and rebuilds can move it. Stored as UTC, shown at +05:00."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

KAZAKHSTAN = ZoneInfo("Asia/Almaty")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Kazakhstan, which is one zone since 2024."""
    return now().astimezone(KAZAKHSTAN).date()
