"""Work behind the pages: sessions nobody has heard of are closed, previews that are over are forgotten."""

from __future__ import annotations

from lms.core import clock
from lms.core.jobs import Work, enqueue, job
from lms.player.service import launching, previews

KIND = "player.close-stale"
EVERY = 600  # seconds


@job(KIND, daily=True)
def close_stale(work: Work) -> dict[str, int]:
    work.effects()
    closed = sum(launching.close_stale(key) for key in launching.stale())
    return {"closed": closed, "forgotten": previews.sweep()}


def ask() -> None:
    """Once in ten minutes, by whichever player is open then."""
    enqueue(KIND, key=f"{KIND} {int(clock.now().timestamp()) // EVERY}")
