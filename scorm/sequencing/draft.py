"""A state being worked on by the processes of one call: they change the draft, `close` makes a state of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scorm.sequencing.activity import Activity, Goal, Tree
from scorm.sequencing.state import FRESH, UNKNOWN, Progress, State, Tracking

When = datetime | str | None


def moment(when: When) -> datetime | None:
    """A datetime or ISO 8601 text as a datetime with a zone; None for what is neither."""
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when.strip())
        except ValueError:
            return None
    if when is not None and when.tzinfo is None:
        return when.replace(tzinfo=UTC)
    return when


class Draft:
    def __init__(self, tree: Tree, state: State, now: When = None) -> None:
        self.tree = tree
        self.before = state
        self.now = moment(now)
        self.activities = dict(state.activities)
        self.children = dict(state.children)
        self.globals = dict(state.globals)
        self.current = tree.get(state.current)
        self.suspended = tree.get(state.suspended)
        self.resumed = state.resumed
        self.draws = state.draws
        self._available: dict[Activity, tuple[Activity, ...]] = {}
        self._places: dict[Activity, dict[Activity, int]] = {}

    def close(self) -> State:
        return replace(
            self.before,
            activities=self.activities,
            children=self.children,
            globals=self.globals,
            current=self.current.id if self.current else None,
            suspended=self.suspended.id if self.suspended else None,
            resumed=self.resumed,
            draws=self.draws,
        )

    def of(self, activity: Activity) -> Tracking:
        return self.activities.get(activity.id, FRESH)

    def change(self, activity: Activity, **values: Any) -> None:
        self.activities[activity.id] = replace(self.of(activity), **values)

    def local(self, activity: Activity, goal: Goal) -> Progress:
        return self.of(activity).objectives.get(goal.id, UNKNOWN)

    def record(self, activity: Activity, goal: Goal, aspect: str, value: Any) -> None:
        """Set one value of a local objective, with nothing written to global ones."""
        objectives = dict(self.of(activity).objectives)
        objectives[goal.id] = replace(objectives.get(goal.id, UNKNOWN), **{aspect: value})
        self.change(activity, objectives=objectives)

    def shared(self, target: str) -> Progress:
        return self.globals.get(target, UNKNOWN)

    def share(self, target: str, aspect: str, value: Any) -> None:
        self.globals[target] = replace(self.shared(target), **{aspect: value})

    def available(self, cluster: Activity) -> tuple[Activity, ...]:
        """AM.1.1: the children that selection left, in the order that randomization gave."""
        chosen = self.children.get(cluster.id)
        if chosen is None:
            return cluster.children
        if cluster not in self._available:
            known = (self.tree.get(identifier) for identifier in chosen)
            self._available[cluster] = tuple(child for child in known if child and child.parent is cluster)
        return self._available[cluster]

    def choose(self, cluster: Activity, children: list[Activity]) -> None:
        self.children[cluster.id] = tuple(child.id for child in children)
        self._available.pop(cluster, None)
        self._places.pop(cluster, None)

    def is_available(self, activity: Activity) -> bool:
        parent = activity.parent
        return parent is None or parent.id not in self.children or self.place(activity) >= 0

    def sibling(self, activity: Activity, step: int) -> Activity | None:
        """The next (1) or previous (-1) available child of the same parent."""
        if activity.parent is None:
            return None
        family = self.available(activity.parent)
        place = self.place(activity) + step
        return family[place] if 0 <= place < len(family) else None

    def place(self, activity: Activity) -> int:
        """Where the activity stands among the available children of its parent; -1 when it does not."""
        if activity.parent is None:
            return 0
        if activity.parent.id not in self.children:
            return activity.position
        if activity.parent not in self._places:
            family = self.available(activity.parent)
            self._places[activity.parent] = {child: place for place, child in enumerate(family)}
        return self._places[activity.parent].get(activity, -1)

    def follows(self, one: Activity, other: Activity) -> bool:
        """Whether the first comes after the second in the order the learner meets them; neither contains the other."""
        if not self.children:
            return one.order > other.order
        ways = [list(reversed(activity.path())) for activity in (one, other)]
        branches = next((pair for pair in zip(*ways, strict=False) if pair[0] is not pair[1]), None)
        return branches is not None and self.place(branches[0]) > self.place(branches[1])

    def draw(self) -> random.Random:
        """Randomness that the seed and the number of draws before decide."""
        self.draws += 1
        return random.Random(f"{self.before.seed}:{self.draws}")
