"""A school of its own at the end of a line: its server can be killed, its line cut, its clock moved on."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text

from lms.core.db import db, edge
from lms.player.models import CommitEntry, Launch, Registration
from lms.player.service import launching, log
from tests.journeys.conftest import Running, built, free_port, start_gunicorn
from tests.journeys.line import Line, line


@dataclass
class Town:
    running: Running
    line: Line
    port: int
    environment: dict[str, str]
    server: subprocess.Popen[bytes] | None = None

    def starts(self) -> None:
        self.server = start_gunicorn(self.port, self.environment, self.running.log)

    def is_killed(self) -> None:
        """The master and every worker in the same moment, whatever they are writing."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(10)

    def an_outage_of(self, minutes: int) -> None:
        """What a server's rows look like after nothing was heard for so long; stale sessions are closed meanwhile."""
        ago = timedelta(minutes=minutes)
        with self.running.app.app_context():
            with edge():
                for launch in db.session.scalars(select(Launch)):
                    for name in ("created_at", "expires_at", "last_heard_at", "begun_at"):
                        if getattr(launch, name) is not None:
                            setattr(launch, name, getattr(launch, name) - ago)
            for key in launching.stale():
                with edge():
                    launching.close_stale(key)

    def anomalies(
        self, assignment: UUID, written: int, acknowledged: Set[tuple[str, int]] = frozenset()
    ) -> list[str]:
        """What is missing, doubled or out of order, against what was written: answers a0, a1, a2 …"""
        with self.running.app.app_context():
            db.session.rollback()
            row = db.session.scalars(
                select(Registration).where(Registration.assignment_id == assignment)
            ).one()
            entries = db.session.scalars(
                select(CommitEntry).where(CommitEntry.registration_id == row.id)
            ).all()
            found = [f"not kept: {one}" for one in acknowledged - {(e.launch_id.hex, e.seq) for e in entries}]
            counted = sorted(e.position for e in entries if e.position is not None)
            found += [] if counted == list(range(1, row.entries + 1)) else [f"positions {counted}"]
            found += [f"late: {e.seq}" for e in entries if e.position is None and e.kind != "leave"]
            responses = _answers(row)
            expected = [f"a{number}" for number in range(written)]
            found += (
                [] if responses == expected else [f"{len(responses)} answers of {written}: {responses[-3:]}"]
            )
            with edge():
                found += [] if log.rebuild(row) else ["rebuilt state differs"]
            if db.engine.dialect.name == "sqlite":
                whole = db.session.scalar(text("PRAGMA integrity_check"))
                found += [] if whole == "ok" else [str(whole)]
            return found


def _answers(row: Registration) -> list[str]:
    """The learner's answers in the order of their numbers, from wherever the engine keeps them now."""
    state = row.state or {}
    places = [one["values"] for one in state["kept"].values()]
    if state["session"]:
        places.append(state["session"]["store"]["values"])
    best: list[str] = []
    for values in places:
        named = [values.get(f"cmi.interactions.{at}.learner_response") for at in range(len(values))]
        known = [one for one in named if one is not None]
        best = max(best, known, key=len)
    return best


@contextmanager
def town(data: Path) -> Iterator[Town]:
    port = free_port()
    with line(port) as between:
        running, environment = built(data, between.port)
        here = Town(running, between, port, environment)
        here.starts()
        try:
            yield here
        finally:
            here.is_killed()
            with running.app.app_context():
                db.engine.dispose()
