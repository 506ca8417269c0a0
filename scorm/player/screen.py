"""What is on the learner's screen, and what a SCO that left it has kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from scorm.errors import ScormError
from scorm.player.course import Valid


class ClosedSession(ScormError):
    """A report for a SCO that is no longer on the screen."""


@dataclass
class Kept:
    """What a SCO left behind for its next session."""

    values: dict[str, str] = field(default_factory=dict)
    total_time: str = ""


@dataclass(frozen=True)
class Moved:
    """What is on the learner's screen after a move."""

    deliver: str | None
    launch: str | None
    attempt: int
    entry: str
    exception: str | None
    ended: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Screen:
    """The activity that is being shown, and how it was entered."""

    activity: str | None = None
    attempt: int = 0
    entry: str = ""
    ended: bool = False


def request_valid(valid: Valid) -> dict[str, str]:
    """adl.nav.request_valid.* as it stands (SN 4th Ed. 5.6.5); a target that is not named is none."""
    path = "adl.nav.request_valid"
    plain = {
        "continue": valid.continue_,
        "previous": valid.previous,
        "exit": valid.exit,
        "exitAll": valid.exit,
        "abandon": valid.abandon,
        "abandonAll": valid.abandon,
        "suspendAll": valid.suspend_all,
    }
    answers = {f"{path}.{name}": "true" if answer else "false" for name, answer in plain.items()}
    for name, targets in (("choice", valid.choice), ("jump", valid.jump)):
        answers |= {f"{path}.{name}.{{target={target}}}": "true" for target in targets}
    return answers
