"""What the learner may see of the tree: the table of contents, hidden controls, and the tracking model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scorm.sequencing import objectives
from scorm.sequencing.activity import Activity, Tree
from scorm.sequencing.draft import Draft, When
from scorm.sequencing.state import State
from scorm.sequencing.valid import Chooser


@dataclass(frozen=True)
class Row:
    """One line of the table of contents. `status` is (completion, success) as cmi names them."""

    id: str
    title: str
    parent: str | None
    depth: int
    leaf: bool
    visible: bool
    choosable: bool
    disabled: bool
    current: bool
    completion: str
    success: str


COMPLETION = {True: "completed", False: "incomplete", None: "unknown"}
SUCCESS = {True: "passed", False: "failed", None: "unknown"}


def contents(tree: Tree, state: State, now: When = None) -> list[Row]:
    """All available activities in the order they are offered. Without anything to choose nothing is visible."""
    draft = Draft(tree, state, now)
    chooser = Chooser(draft)
    rows = [_row(draft, chooser, activity) for activity in chooser.offered]
    if any(row.choosable and row.visible and row.depth for row in rows) and not _single(tree):
        return rows
    return [Row(**{**row.__dict__, "visible": False}) for row in rows]


def _single(tree: Tree) -> bool:
    """An organization that is one leaf has no table of contents."""
    return len(tree) <= 2


def _row(draft: Draft, chooser: Chooser, activity: Activity) -> Row:
    return Row(
        id=activity.id,
        title=activity.item.title,
        parent=activity.parent.id if activity.parent else None,
        depth=activity.depth,
        leaf=activity.leaf,
        visible=activity.item.visible and not chooser.hidden(activity),
        choosable=chooser.choosable(activity),
        disabled=chooser.disabled(activity),
        current=activity is draft.current,
        completion=COMPLETION[objectives.completed(draft, activity, activity.primary)],
        success=SUCCESS[objectives.satisfied(draft, activity, activity.primary)],
    )


def hidden(tree: Tree, state: State) -> tuple[str, ...]:
    """adlnav:hideLMSUI of the current activity"""
    current = tree.get(state.current)
    return current.item.hide if current else ()


def tracking(tree: Tree, state: State) -> dict[str, dict[str, Any]]:
    """The tracking model as the standard names it, for every activity."""
    draft = Draft(tree, state)
    return {activity.id: _tracked(draft, activity) for activity in tree}


def _tracked(draft: Draft, activity: Activity) -> dict[str, Any]:
    record = draft.of(activity)
    return {
        "attempt_count": record.attempts,
        "attempt_completion": COMPLETION[objectives.completed(draft, activity, activity.primary)],
        "objectives": [
            {
                "id": goal.id,
                "satisfied": SUCCESS[objectives.satisfied(draft, activity, goal)],
                "measure": objectives.measure(draft, activity, goal),
            }
            for goal in activity.goals
        ],
        "active": record.active,
        "suspended": record.suspended,
    }
