"""How run-time data of a SCO becomes tracking data (RTE book 4.1.1, SN book 4.2)."""

from __future__ import annotations

from scorm.sequencing import objectives
from scorm.sequencing.activity import Activity, Goal
from scorm.sequencing.draft import Draft
from scorm.sequencing.report import ObjectiveReport, Report

SUCCESS = {"passed": True, "failed": False}
COMPLETION = {"completed": True, "incomplete": False, "not attempted": False}


def take_over(draft: Draft, report: Report) -> None:
    """Transfer a report to the current activity. An untracked activity only has its run-time data kept."""
    activity = draft.current
    if activity is None or not draft.of(activity).active:
        return
    if report.final:
        _add_time(draft, activity, report.seconds)
    if not activity.tracked:
        draft.change(activity, kept=report.exit == "suspend")
        return
    entries = {one.id: one for one in report.objectives}
    for goal in activity.goals:
        if goal.id in entries and not goal.primary:
            _objective(draft, activity, goal, entries[goal.id])
    _primary(
        draft, activity, _merged(report, entries.get(activity.primary.id) if activity.primary.id else None)
    )
    draft.change(activity, suspended=report.exit == "suspend")


def _merged(report: Report, entry: ObjectiveReport | None) -> ObjectiveReport:
    """The primary objective is told of twice, in cmi itself and in cmi.objectives, when it has an id.

    The entry's success goes first, of the rest what cmi itself says.
    """
    whole = ObjectiveReport(
        "", report.success, report.success_set, report.completion, report.completion_set,
        report.scaled, report.raw, report.min, report.max, report.progress,
    )  # fmt: skip
    if entry is None:
        return whole
    by_entry = entry.success != "unknown" or entry.success_set
    keeps = whole.completion_set or not (entry.completion != "unknown" or entry.completion_set)
    return ObjectiveReport(
        entry.id,
        entry.success if by_entry else whole.success,
        entry.success_set or whole.success_set,
        whole.completion if keeps else entry.completion,
        whole.completion_set or entry.completion_set,
        *(
            getattr(whole if getattr(whole, aspect) is not None else entry, aspect)
            for aspect in ("scaled", "raw", "min", "max", "progress")
        ),
    )


def _primary(draft: Draft, activity: Activity, values: ObjectiveReport) -> None:
    goal = activity.primary
    unknown = values.success_set and values.success == "unknown"
    draft.change(activity, said_unknown=unknown, completion_set=values.completion_set)
    _success(draft, activity, goal, values)
    _completion(draft, activity, goal, values)
    objectives.set_measure(draft, activity, goal, values.scaled)
    if values.progress is not None:
        objectives.set_progress(draft, activity, goal, values.progress)
    _scores(draft, activity, goal, values)


def _objective(draft: Draft, activity: Activity, goal: Goal, values: ObjectiveReport) -> None:
    _success(draft, activity, goal, values)
    _completion(draft, activity, goal, values)
    objectives.set_measure(draft, activity, goal, values.scaled)
    objectives.set_progress(draft, activity, goal, values.progress)
    _scores(draft, activity, goal, values)


def _success(draft: Draft, activity: Activity, goal: Goal, values: ObjectiveReport) -> None:
    """Unknown counts only when the SCO wrote it; then it overwrites the global objectives too."""
    known = SUCCESS.get(values.success)
    if known is not None:
        objectives.set_satisfied(draft, activity, goal, known)
    elif values.success_set:
        objectives.write_unknown(draft, activity, goal, "satisfied")


def _completion(draft: Draft, activity: Activity, goal: Goal, values: ObjectiveReport) -> None:
    known = COMPLETION.get(values.completion)
    if known is not None:
        objectives.set_completed(draft, activity, goal, known)
    elif values.completion_set:
        objectives.write_unknown(draft, activity, goal, "completion")


def _scores(draft: Draft, activity: Activity, goal: Goal, values: ObjectiveReport) -> None:
    for aspect in ("raw", "min", "max"):
        objectives.write(draft, activity, goal, aspect, getattr(values, aspect))


def _add_time(draft: Draft, activity: Activity, seconds: float) -> None:
    """Time spent in a SCO is spent in the clusters above it too."""
    for one in activity.path():
        tracking = draft.of(one)
        draft.change(
            one,
            attempt_seconds=tracking.attempt_seconds + seconds,
            activity_seconds=tracking.activity_seconds + seconds,
        )
