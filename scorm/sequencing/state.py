"""Everything the engine remembers between two calls. Values only: the tree is kept apart from it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

VERSION = 1


@dataclass(frozen=True)
class Progress:
    """TM.1.1 for one objective, local or global; None is unknown.

    Of the primary objective `completion` and `progress` are the attempt's own (TM.1.2.2).
    """

    satisfied: bool | None = None
    measure: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None
    completion: bool | None = None
    progress: float | None = None


UNKNOWN = Progress()


@dataclass(frozen=True)
class Tracking:
    """TM.1.2 and AM.1.1 for one activity. `objectives` is replaced, never changed in place."""

    attempts: int = 0
    active: bool = False
    suspended: bool = False
    over: bool = False  # the current attempt has ended (UP.4); an abandoned one has not
    objectives: dict[str, Progress] = field(default_factory=dict)
    stale_objectives: bool = False  # recorded in an earlier attempt on the parent
    stale_progress: bool = False
    completion_set: bool = False  # by the SCO, in this attempt
    said_unknown: bool = False  # the SCO wrote a success status of unknown
    attempt_seconds: float = 0.0  # experienced durations
    activity_seconds: float = 0.0
    attempt_began: str = ""  # absolute durations run from here
    attempt_ended: str = ""
    activity_began: str = ""
    kept: bool = False  # untracked, but its last session left with cmi.exit = suspend
    selected: bool = False  # SR.1 and SR.2 have been applied to its children


FRESH = Tracking()


@dataclass(frozen=True)
class State:
    """A registration's sequencing state. Its dictionaries are never changed in place.

    `activities` has a record only for activities something happened to, `children` the available children of
    clusters where they differ from all (AM.1.1), `globals` the global objectives.
    """

    activities: dict[str, Tracking] = field(default_factory=dict)
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)
    globals: dict[str, Progress] = field(default_factory=dict)
    current: str | None = None
    suspended: str | None = None
    resumed: bool = False  # the current delivery goes on with a suspended attempt
    seed: int = 0
    draws: int = 0  # how often the seed has been used

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers; what has its default value is left out."""
        return {
            "version": VERSION,
            "activities": {key: _tracking_json(one) for key, one in self.activities.items()},
            "children": {key: list(ids) for key, ids in self.children.items()},
            "globals": globals_json(self.globals),
            "current": self.current,
            "suspended": self.suspended,
            "resumed": self.resumed,
            "seed": self.seed,
            "draws": self.draws,
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> State:
        if data.get("version") != VERSION:
            raise ValueError(f"sequencing state of version {data.get('version')!r}")
        return State(
            activities={key: _tracking(one) for key, one in data["activities"].items()},
            children={key: tuple(ids) for key, ids in data["children"].items()},
            globals=globals_from_json(data["globals"]),
            current=data["current"],
            suspended=data["suspended"],
            resumed=data["resumed"],
            seed=data["seed"],
            draws=data["draws"],
        )


def globals_json(store: dict[str, Progress]) -> dict[str, dict[str, Any]]:
    """Global objectives as plain values, for whoever keeps them beyond one course."""
    return {key: _changed(one, UNKNOWN) for key, one in store.items()}


def globals_from_json(data: dict[str, dict[str, Any]]) -> dict[str, Progress]:
    return {key: Progress(**one) for key, one in data.items()}


def _changed(value: Any, default: Any) -> dict[str, Any]:
    names = (one.name for one in fields(value))
    return {name: getattr(value, name) for name in names if getattr(value, name) != getattr(default, name)}


def _tracking_json(tracking: Tracking) -> dict[str, Any]:
    data = _changed(tracking, FRESH)
    if "objectives" in data:
        data["objectives"] = globals_json(tracking.objectives)
    return data


def _tracking(data: dict[str, Any]) -> Tracking:
    objectives = globals_from_json(data.get("objectives", {}))
    return Tracking(**{**data, "objectives": objectives})
