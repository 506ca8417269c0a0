"""What the registration asks of a course, whatever its edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from scorm.runtime.closing import Closed
from scorm.runtime.launch import ObjectiveSeed, Terms

# The controls a learner or a system has, beside choice and jump with their target.
REQUESTS = (
    "start", "resume", "continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll",
    "choice", "jump",
)  # fmt: skip
ABANDON = ("abandon", "abandonAll")


@dataclass(frozen=True)
class Request:
    name: str
    target: str | None = None


@dataclass(frozen=True)
class Step:
    """What came of a request. `deliver` is an activity to launch now; None: nothing new."""

    deliver: str | None = None
    exception: str | None = None
    ended: bool = False
    attempt: int = 0
    resumed: bool = False
    moved: bool = True


@dataclass(frozen=True)
class Valid:
    continue_: bool = False
    previous: bool = False
    exit: bool = False
    suspend_all: bool = False
    abandon: bool = False
    choice: tuple[str, ...] = ()
    jump: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "continue": self.continue_,
            "previous": self.previous,
            "exit": self.exit,
            "suspendAll": self.suspend_all,
            "abandon": self.abandon,
            "choice": list(self.choice),
            "jump": list(self.jump),
        }


class Course(Protocol):
    """One learner's way through one organization. It keeps its own state and changes it in place."""

    version: str  # of the data model

    @property
    def current(self) -> str | None: ...

    @property
    def suspended(self) -> str | None: ...

    def move(self, request: Request, now: str) -> Step: ...

    def finish(self, closed: Closed, request: Request | None, now: str) -> Step: ...

    def leave(self, closed: Closed | None, now: str) -> Step: ...

    def commit(self, closed: Closed, now: str) -> None: ...

    def hangs_on(self, elements: Iterable[str]) -> bool:
        """Whether a commit of these can change more than the SCO's own data: what is open, the course's figures."""
        ...

    def terms(self, activity: str) -> Terms: ...

    def objectives(self) -> Sequence[ObjectiveSeed]: ...

    def entry(self, activity: str, resumed: bool) -> str: ...

    def valid(self, now: str) -> Valid: ...

    def hidden(self) -> list[str]: ...

    def tracking(self) -> Mapping[str, Any]: ...

    def outcome(self) -> dict[str, Any]: ...

    def as_json(self) -> dict[str, Any]: ...
