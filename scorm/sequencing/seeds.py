"""What the run-time data of the current activity begins with (RTE book 4.2; SN book 4.2.1.6)."""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing import objectives
from scorm.sequencing.activity import Activity, Goal, Tree
from scorm.sequencing.draft import Draft
from scorm.sequencing.state import State


@dataclass(frozen=True)
class Seed:
    """One entry of cmi.objectives; None: the element has no value, "unknown" is the default of a status."""

    id: str
    success: str = "unknown"
    completion: str = "unknown"
    scaled: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None
    progress: float | None = None
    primary: bool = False


@dataclass(frozen=True)
class Seeds:
    """`entry` is "resume" or "ab-initio" as far as sequencing knows; the run-time data of a suspended attempt is
    what the run-time side itself kept."""

    activity: str
    attempt: int
    entry: str
    objectives: tuple[Seed, ...]
    scaled_passing_score: float | None = None
    completion_threshold: float | None = None
    max_time_allowed: float | None = None  # seconds


def seeds(tree: Tree, state: State) -> Seeds | None:
    """None without a current activity."""
    draft = Draft(tree, state)
    activity = draft.current
    if activity is None:
        return None
    completion = activity.definition.completion
    return Seeds(
        activity=activity.id,
        attempt=draft.of(activity).attempts,
        entry="resume" if state.resumed else "ab-initio",
        objectives=tuple(_seed(draft, activity, goal) for goal in activity.goals if goal.id),
        scaled_passing_score=activity.primary.minimum if activity.primary.by_measure else None,
        completion_threshold=completion.minimum if completion.by_measure else None,
        max_time_allowed=activity.definition.limits.attempt_absolute_duration,
    )


def _seed(draft: Draft, activity: Activity, goal: Goal) -> Seed:
    return Seed(
        goal.id,
        {True: "passed", False: "failed", None: "unknown"}[
            objectives.satisfied_at_launch(draft, activity, goal)
        ],
        {True: "completed", False: "incomplete", None: "unknown"}[
            objectives.completed_at_launch(draft, activity, goal)
        ],
        objectives.measure(draft, activity, goal),
        objectives.score(draft, activity, goal, "raw"),
        objectives.score(draft, activity, goal, "min"),
        objectives.score(draft, activity, goal, "max"),
        objectives.progress(draft, activity, goal),
        goal.primary,
    )
