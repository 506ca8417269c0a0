"""What the system does with a session's data when it ends (RTE 4th Ed. 2.1.1 and 4.2; RTE 1.2 3.4.4).

SCORM 2004 throws the data of an attempt away unless the SCO left with `suspend`. SCORM 1.2 knows no attempts: its data
stay, and only `entry` tells the SCO whether it was suspended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from scorm.datamodel.tables import model
from scorm.runtime.session import NOT_INITIALIZED, TERMINATED, Session
from scorm.runtime.times import seconds, written

SUSPEND = "suspend"
# Of one session only; the next one begins without them. Everything under adl. is the system's to keep.
PASSING = frozenset({"cmi.exit", "cmi.session_time", "cmi.core.exit", "cmi.core.session_time"})
STATUS, RAW, MASTERY = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.student_data.mastery_score"


@dataclass(frozen=True)
class Closed:
    """A session that is over. `values` is its whole data as it ended, `kept` what the next session starts with."""

    version: str
    values: Mapping[str, str]
    written: Mapping[str, str]  # what the SCO itself set in this session
    initialized: bool
    terminated: bool  # by the SCO; False when the system had to
    lasting: bool  # False in review and browse mode
    exit: str = ""
    request: str = ""  # adl.nav.request, "" when there is none
    seconds: float = 0.0  # of this session
    total_time: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def suspended(self) -> bool:
        return self.exit == SUSPEND


def close(session: Session, exit_: str | None = None, measured: float | None = None) -> Closed:
    """Ends the session. `exit_` stands above what the SCO set (suspendAll forces `suspend`); `measured` is the time
    the system counted, for a SCO that reports none itself."""
    twelve = session.version == "1.2"
    part = "cmi.core" if twelve else "cmi"
    values = dict(session.store.values)
    terminated, initialized = session.state == TERMINATED, session.state != NOT_INITIALIZED
    if twelve and initialized and session.lasting:
        values[STATUS] = _status_12(values, terminated)
    spent = _spent(values.get(f"{part}.session_time"), measured, initialized)
    total = seconds(values.get(f"{part}.total_time", "")) + spent
    request = values.get("adl.nav.request", "_none_")
    session.state = TERMINATED
    return Closed(
        session.version,
        values,
        dict(session.written),
        initialized,
        terminated,
        session.lasting,
        values.get(f"{part}.exit", "") if exit_ is None else exit_,
        "" if request == "_none_" else request,
        spent,
        written(session.version, total),
        _kept(session.version, values),
    )


def _spent(reported: str | None, measured: float | None, initialized: bool) -> float:
    """Time counts once a session: the last report, otherwise what the system measured (RTE 4.2.21)."""
    if reported:
        return seconds(reported)
    return measured if measured is not None and initialized else 0.0


def _kept(version: str, values: Mapping[str, str]) -> dict[str, str]:
    """What the SCO itself may write; the rest the system tells anew at every launch."""
    walker = model(version)

    def lasts(element: str) -> bool:
        place = walker.find(element)
        return place is not None and "w" in place.row["access"]

    mine = (one for one in values if one not in PASSING and not one.startswith("adl."))
    return {element: values[element] for element in mine if lasts(element)}


def _status_12(values: Mapping[str, str], finished: bool) -> str:
    """RTE 1.2 3.4.4, cmi.core.lesson_status: with a mastery score and a raw score the system decides; a SCO that says
    nothing has completed by finishing. One that suspends itself as incomplete is in the middle: nobody judges it yet."""
    status = values.get(STATUS, "not attempted")
    raw, mastery = number(values.get(RAW, "")), number(values.get(MASTERY, ""))
    if not finished:
        return "incomplete" if status == "not attempted" else status
    if status == "incomplete" and values.get("cmi.core.exit") == SUSPEND:
        return status
    if raw is not None and mastery is not None:
        return "passed" if raw >= mastery else "failed"
    return "completed" if status == "not attempted" else status


def number(text: str) -> float | None:
    """What a text says as a number; a manifest's mastery score is whatever its author wrote."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
