"""A row of measurements as a drawing: points for the template, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDE, HIGH = 600, 160


@dataclass(frozen=True)
class Chart:
    points: str  # of a polyline, in a box of WIDE × HIGH
    top: float  # the value at the upper edge
    contract: float | None  # height of the line that was promised


def line_chart(rows: Sequence[tuple[datetime, float]], contract: float | None) -> Chart | None:
    """Oldest on the left. The upper edge is the contract or the best measurement, whichever is more."""
    if len(rows) < 2:
        return None
    first, last = rows[0][0].timestamp(), rows[-1][0].timestamp()
    top = max(max(value for _, value in rows), contract or 0.0) or 1.0
    span = max(last - first, 1.0)
    points = " ".join(
        f"{WIDE * (at.timestamp() - first) / span:.1f},{HIGH * (1 - value / top):.1f}" for at, value in rows
    )
    return Chart(points, top, HIGH * (1 - contract / top) if contract else None)
