"""A class that plays is heard of: the teacher's page renews itself when something has changed.

Not with every commit: once a second for an assignment, and only rarely for what no page shows at once. The page waits
a little longer than that before it asks, so that what came meanwhile is on it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from uuid import UUID

from lms.core import live

CHANGED = "changed"
EVERY, SELDOM = 1.0, 20.0  # seconds
MOST = 5_000

_told: OrderedDict[UUID, float] = OrderedDict()


def channel(assignment_id: UUID) -> str:
    return f"assignment:{assignment_id}"


def tell(assignment_id: UUID | None, seldom: bool = False) -> None:
    if assignment_id is None or not _due(assignment_id, SELDOM if seldom else EVERY):
        return
    live.publish(channel(assignment_id), CHANGED)


def _due(key: UUID, pause: float) -> bool:
    """Two threads may both find that it is time; then the page hears it twice."""
    now = time.monotonic()
    if now - _told.get(key, -SELDOM) < pause:
        return False
    _told[key] = now
    while len(_told) > MOST:
        _told.popitem(last=False)
    return True
