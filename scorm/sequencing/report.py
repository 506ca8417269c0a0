"""What the run-time side tells the engine about a SCO session: plain values, and which of them the SCO set itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ObjectiveReport:
    """One entry of cmi.objectives as it stands; None and "unknown" mean that there is no value.

    Values the SCO found there at launch (see `seeds`) belong in it too. `success_set` and `completion_set`
    say that the SCO wrote the status itself: only then does "unknown" overwrite what was known before.
    """

    id: str
    success: str = "unknown"  # passed, failed, unknown
    success_set: bool = False
    completion: str = "unknown"  # completed, incomplete, not attempted, unknown
    completion_set: bool = False
    scaled: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None
    progress: float | None = None


@dataclass(frozen=True)
class Report:
    """The run-time data of the current activity, at a commit (`final=False`) or at the end of the session.

    Data of an abandoned session is not reported at all. `exit` is cmi.exit: "", normal, suspend, time-out or
    logout. `request` is what adl.nav.request says, as the SCO wrote it ("", "_none_", "continue",
    "{target=ID}choice" …); `engine.finish` carries it out. `seconds` is the time of this session; it is added
    up only at its end.
    """

    completion: str = "unknown"
    completion_set: bool = False
    success: str = "unknown"
    success_set: bool = False
    scaled: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None
    progress: float | None = None
    objectives: tuple[ObjectiveReport, ...] = ()
    seconds: float = 0.0
    exit: str = ""
    request: str = ""
    final: bool = True
