"""The activity tree, made once from a manifest's organization and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from scorm.sequencing.definition import Objective, ObjectiveMap, Rule, Sequencing


class Item(Protocol):
    """What the tree needs of a manifest's item, or of its organization; scorm.package makes such values."""

    @property
    def identifier(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def children(self) -> Sequence[Item]: ...
    @property
    def visible(self) -> bool: ...
    @property
    def hide(self) -> tuple[str, ...]: ...
    @property
    def sequencing(self) -> Sequencing: ...


class Organization(Protocol):
    @property
    def root(self) -> Item: ...
    @property
    def objectives_global_to_system(self) -> bool: ...


ASPECTS = ("satisfied", "measure", "raw", "min", "max", "completion", "progress")


class Goal:
    """One objective of an activity, with its maps sorted by what they carry (SM.6, SM.7)."""

    def __init__(self, objective: Objective) -> None:
        self.id = objective.identifier
        self.primary = objective.primary
        self.by_measure = objective.satisfied_by_measure
        self.minimum = objective.minimum_measure
        self.reads: dict[str, str] = {}
        self.writes: dict[str, tuple[str, ...]] = {}
        for aspect in ASPECTS:
            self._sort(aspect, objective.maps)

    def _sort(self, aspect: str, maps: tuple[ObjectiveMap, ...]) -> None:
        for one in maps:
            if getattr(one, f"read_{aspect}"):
                self.reads[aspect] = one.target
        written = tuple(one.target for one in maps if getattr(one, f"write_{aspect}"))
        if written:
            self.writes[aspect] = written

    def targets(self) -> set[str]:
        """Every global objective this one writes to."""
        return {target for targets in self.writes.values() for target in targets}


class Activity:
    """A node of the tree. Identity is equality: there is one object for each activity."""

    def __init__(self, item: Item, parent: Activity | None, order: int) -> None:
        self.id = item.identifier
        self.item = item
        self.parent = parent
        self.order = order  # place in document order; an ancestor comes before its descendants
        self.last = order  # order of the last descendant, set by the tree
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: tuple[Activity, ...] = ()
        self.position = 0  # place among its siblings as written
        self.definition: Sequencing = item.sequencing
        self.goals = _goals(item.sequencing.objectives)
        self.primary = self.goals[0]
        self.goal_of = {goal.id: goal for goal in self.goals}
        self.pre = _by_action(item.sequencing.pre)

    @property
    def leaf(self) -> bool:
        return not self.item.children

    @property
    def tracked(self) -> bool:
        return self.definition.delivery.tracked

    def contains(self, other: Activity) -> bool:
        """Whether the other is this activity or a descendant of it."""
        return self.order <= other.order <= self.last

    def path(self) -> list[Activity]:
        """This activity and its ancestors up to the root."""
        path = [self]
        while path[-1].parent is not None:
            path.append(path[-1].parent)
        return path

    def ancestors(self) -> list[Activity]:
        return self.path()[1:]

    def __repr__(self) -> str:
        return f"Activity({self.id!r})"


class Tree:
    """All activities of an organization, and who reads which global objective into its primary one."""

    def __init__(self, organization: Organization) -> None:
        self.objectives_global_to_system = organization.objectives_global_to_system
        self.order = _nodes(organization.root)
        self.root = self.order[0]
        self.by_id: dict[str, Activity] = {}
        self.readers: dict[str, list[Activity]] = {}
        for activity in self.order:
            self.by_id.setdefault(activity.id, activity)
            for target in set(activity.primary.reads.values()):
                self.readers.setdefault(target, []).append(activity)

    def get(self, identifier: str | None) -> Activity | None:
        return self.by_id.get(identifier) if identifier is not None else None

    def __iter__(self) -> Iterator[Activity]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)


def common_ancestor(one: Activity, other: Activity) -> Activity:
    """The deepest activity that contains both; a leaf contains nothing, not even itself."""
    at = one if not one.leaf else one.parent or one
    while at.parent is not None and (other.leaf and at is other or not at.contains(other)):
        at = at.parent
    return at


def _nodes(root: Item) -> list[Activity]:
    """The tree in document order, built without recursion: a hostile manifest may be very deep."""
    nodes: list[Activity] = []
    waiting: list[tuple[Item, Activity | None]] = [(root, None)]
    while waiting:
        item, parent = waiting.pop()
        node = Activity(item, parent, len(nodes))
        nodes.append(node)
        waiting.extend((child, node) for child in reversed(item.children))
    _link(nodes)
    return nodes


def _link(nodes: list[Activity]) -> None:
    children: dict[Activity, list[Activity]] = {}
    for node in nodes:
        if node.parent is not None:
            children.setdefault(node.parent, []).append(node)
    for node in reversed(nodes):
        node.children = tuple(children.get(node, ()))
        for position, child in enumerate(node.children):
            child.position = position
        if node.children:
            node.last = node.children[-1].last


def _goals(objectives: tuple[Objective, ...]) -> tuple[Goal, ...]:
    """The primary objective first; an activity always has one (SM.6)."""
    primary = next((one for one in objectives if one.primary), Objective(primary=True))
    others = (one for one in objectives if one is not primary)
    return (Goal(primary), *(Goal(one) for one in others))


def _by_action(rules: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    return {action: tuple(r for r in rules if r.action == action) for action in {r.action for r in rules}}
