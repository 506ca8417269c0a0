"""Is this installation well? Each check says ok, a warning or an error, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lms.core.doctor import database, files, machine, work
from lms.core.doctor.findings import ERROR, OK, WARNING, Finding, error

__all__ = ["ERROR", "OK", "WARNING", "Finding", "examine"]

CHECKS: dict[str, Callable[[bool], Iterator[Finding]]] = {
    "settings": machine.settings,
    "data folder": machine.data_folder,
    "secret key": machine.secret,
    "disk": machine.disk,
    "clock": machine.clock_is_right,
    "database": database.reachable,
    "tables": database.migrated,
    "rows": database.whole,
    "audit log": database.chain,
    "files": files.present,
    "jobs": work.standing,
    "queue": work.queue_answers,
    "backup": work.backed_up,
}


def examine(full: bool = False) -> Iterator[tuple[str, Finding]]:
    """Every check, whatever the one before it found. `full` reads every byte of every stored file."""
    for name, check in CHECKS.items():
        try:
            yield from ((name, finding) for finding in check(full))
        except Exception as problem:
            yield name, error(f"could not be checked: {problem}", "Solve what is named above first.")
