"""What a SCO finds when it is launched (RTE 4th Ed. 2.1.1 and 4.2; RTE 1.2 3.4.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorm.datamodel.walk import Store
from scorm.runtime.session import Session

NORMAL, REVIEW, BROWSE = "normal", "review", "browse"


@dataclass(frozen=True)
class Learner:
    """`preference` holds what the learner chose before: audio_level, language, … by the version's own names."""

    id: str
    name: str = ""
    preference: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What the package lays down for this SCO, as texts in the data model's own forms; "" where it says nothing."""

    launch_data: str = ""
    max_time_allowed: str = ""
    time_limit_action: str = ""
    completion_threshold: str = ""
    scaled_passing_score: str = ""
    mastery_score: str = ""


@dataclass(frozen=True)
class ObjectiveSeed:
    """One record of cmi.objectives as sequencing knows it at launch (RTE 4.2.17); None = nothing known."""

    id: str
    success_status: str | None = None
    scaled: str | None = None
    raw: str | None = None
    min: str | None = None
    max: str | None = None
    completion_status: str | None = None
    progress_measure: str | None = None

    def values(self, path: str) -> dict[str, str]:
        told = {
            "id": self.id,
            "success_status": self.success_status,
            "score.scaled": self.scaled,
            "score.raw": self.raw,
            "score.min": self.min,
            "score.max": self.max,
            "completion_status": self.completion_status,
            "progress_measure": self.progress_measure,
        }
        return {f"{path}.{name}": value for name, value in told.items() if value is not None}


@dataclass(frozen=True)
class Comment:
    """One record of cmi.comments_from_lms; `timestamp` as RTE 4.1.1.8 writes it, "" for none."""

    text: str
    location: str = ""
    timestamp: str = ""


@dataclass(frozen=True)
class SharedStore:
    """One record of adl.data (RTE 4.3): its value so far, and what this SCO may do with it."""

    id: str
    value: str | None = None
    read: bool = True
    write: bool = True


@dataclass(frozen=True)
class Launch:
    """Everything that decides what a SCO finds. `kept` is what a suspended session of this attempt left behind."""

    version: str  # of the data model: "1.2" or "2004"
    learner: Learner
    terms: Terms = field(default_factory=Terms)
    mode: str = NORMAL
    entry: str = "ab-initio"
    total_time: str = ""  # cmi.total_time in the version's own form
    kept: Mapping[str, str] = field(default_factory=dict)
    objectives: Sequence[ObjectiveSeed] = ()
    shared: Sequence[SharedStore] = ()
    comments: Sequence[Comment] = ()  # from a teacher to the learner
    valid: Mapping[str, str] = field(default_factory=dict)  # adl.nav.request_valid.* as elements
    suspend_limit: int | None = None


def begin(launch: Launch) -> Session:
    """The session a SCO is launched into; it has not called Initialize yet."""
    values = _of_12(launch) if launch.version == "1.2" else _of_2004(launch)
    access = _access(launch.shared)
    store = Store.of(values, live=dict(launch.valid), access=access)
    return Session(launch.version, store, suspend_limit=launch.suspend_limit)


def _credit(mode: str) -> str:
    return "credit" if mode == NORMAL else "no-credit"


def _said(pairs: Mapping[str, str]) -> dict[str, str]:
    return {element: value for element, value in pairs.items() if value != ""}


def _of_12(launch: Launch) -> dict[str, str]:
    """The preference of a learner stands under what the SCO itself kept."""
    preference = {
        f"cmi.student_preference.{name}": value for name, value in launch.learner.preference.items()
    }
    terms = launch.terms
    given = {
        "cmi.core.student_id": launch.learner.id,
        "cmi.core.student_name": launch.learner.name,
        "cmi.core.total_time": launch.total_time,
        "cmi.launch_data": terms.launch_data,
        "cmi.student_data.mastery_score": terms.mastery_score,
        "cmi.student_data.max_time_allowed": terms.max_time_allowed,
        "cmi.student_data.time_limit_action": terms.time_limit_action,
        "cmi.core.lesson_mode": launch.mode,
        "cmi.core.credit": _credit(launch.mode),
        "cmi.comments_from_lms": "\n".join(one.text for one in launch.comments)[:4096],
    }
    return preference | dict(launch.kept) | _said(given) | {"cmi.core.entry": launch.entry}


def _of_2004(launch: Launch) -> dict[str, str]:
    preference = {
        f"cmi.learner_preference.{name}": value for name, value in launch.learner.preference.items()
    }
    terms = launch.terms
    given = {
        "cmi.total_time": launch.total_time,
        "cmi.launch_data": terms.launch_data,
        "cmi.max_time_allowed": terms.max_time_allowed,
        "cmi.time_limit_action": terms.time_limit_action,
        "cmi.completion_threshold": terms.completion_threshold,
        "cmi.scaled_passing_score": terms.scaled_passing_score,
        "cmi.mode": launch.mode,
        "cmi.credit": _credit(launch.mode),
    }
    told = {
        "cmi.learner_id": launch.learner.id,
        "cmi.learner_name": launch.learner.name,
        "cmi.entry": launch.entry,
    }
    merged = preference | dict(launch.kept) | _said(given) | told
    return (
        merged | _objectives(merged, launch.objectives) | _shared(launch.shared) | _comments(launch.comments)
    )


def _comments(comments: Sequence[Comment]) -> dict[str, str]:
    told: dict[str, str] = {}
    for number, one in enumerate(comments):
        path = f"cmi.comments_from_lms.{number}"
        told |= {
            f"{path}.comment": one.text,
            f"{path}.location": one.location,
            f"{path}.timestamp": one.timestamp,
        }
    return _said(told)


def _objectives(values: Mapping[str, str], seeds: Sequence[ObjectiveSeed]) -> dict[str, str]:
    """A seed goes into the record of its id where there is one already, else into a new one."""
    path = "cmi.objectives"
    known = {
        value: one[: -len(".id")]
        for one, value in values.items()
        if one.startswith(path) and one.endswith(".id")
    }
    seeded: dict[str, str] = {}
    for seed in seeds:
        record = known.setdefault(seed.id, f"{path}.{len(known)}")
        seeded |= seed.values(record)
    return seeded


def _shared(stores: Sequence[SharedStore]) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, store in enumerate(stores):
        values[f"adl.data.{number}.id"] = store.id
        if store.value is not None:
            values[f"adl.data.{number}.store"] = store.value
    return values


def _access(stores: Sequence[SharedStore]) -> dict[str, str]:
    return {
        f"adl.data.{number}.store": "r" * store.read + "w" * store.write
        for number, store in enumerate(stores)
        if not (store.read and store.write)
    }
