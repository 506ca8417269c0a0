"""What `lms doctor` looks at, asked for from a page. It may take minutes, so a job looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.core import doctor
from lms.core.doctor import ERROR, OK, WARNING
from lms.core.jobs import Job, Work, job

KIND = "admin.examine"
STATES = {OK: "good", WARNING: "warning", ERROR: "bad"}
CHECKS = {
    "settings": _l("Settings"),
    "data folder": _l("Data folder"),
    "secret key": _l("Secret key"),
    "disk": _l("Disk"),
    "clock": _l("Clock"),
    "database": _l("Database"),
    "tables": _l("Tables"),
    "rows": _l("Rows"),
    "audit log": _l("Audit log"),
    "files": _l("Stored files"),
    "jobs": _l("Jobs"),
    "backup": _l("Backup"),
    "queue": _l("Queue"),
}


@dataclass(frozen=True)
class Found:
    name: str
    state: str
    text: str  # in the words of `lms doctor`: English, for whoever keeps the machine
    advice: str


@job(KIND, failures=1)
def examine(work: Work) -> dict[str, Any]:
    return {"findings": [{"check": name, **asdict(finding)} for name, finding in _told(work)]}


def _told(work: Work) -> Iterator[tuple[str, doctor.Finding]]:
    seen: list[str] = []
    for name, finding in doctor.examine():
        if name not in seen:
            seen.append(name)
            work.progress(len(seen), len(doctor.CHECKS))
        yield name, finding


def shown(done: Job | None) -> list[Found]:
    """What is wrong stands first."""
    findings = (done.result or {}).get("findings", []) if done else []
    found = [
        Found(str(CHECKS.get(one["check"], one["check"])), STATES[one["level"]], one["text"], one["advice"])
        for one in findings
    ]
    return sorted(found, key=lambda one: ["bad", "warning", "good"].index(one.state))
