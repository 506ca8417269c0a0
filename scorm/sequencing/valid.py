"""Which requests are valid now. Pure questions: they look at a state and never alter it.

Choice is asked of every activity at each delivery and commit, so `Chooser` answers for the whole tree at a cost that
grows with the number of activities: what SB.2.9 asks along a path is handed down from parent to child.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing import choice
from scorm.sequencing.activity import Activity, Tree
from scorm.sequencing.delivery import delivery_exception
from scorm.sequencing.draft import Draft, When
from scorm.sequencing.flow import BACKWARD, FORWARD, Memory, flow
from scorm.sequencing.navigation import ending_exception, flow_exception, holds_back
from scorm.sequencing.rules import applies, disabled
from scorm.sequencing.state import State


@dataclass(frozen=True)
class Valid:
    continue_: bool
    previous: bool
    exit: bool
    suspend_all: bool
    abandon: bool
    resume: bool
    choice: tuple[str, ...]
    jump: tuple[str, ...]


def valid(tree: Tree, state: State, now: When = None) -> Valid:
    draft = Draft(tree, state, now)
    chooser = Chooser(draft)
    return Valid(
        continue_=flow_exception(draft, "continue") is None,
        previous=_previous(draft),
        exit=ending_exception(draft, "exit") is None,
        suspend_all=ending_exception(draft, "suspendAll") is None,
        abandon=ending_exception(draft, "abandon") is None,
        resume=draft.current is None and draft.suspended is not None,
        choice=tuple(one.id for one in chooser.offered if chooser.choosable(one)),
        jump=tuple(
            one.id for one in chooser.offered if draft.current and one.leaf and not chooser.disabled(one)
        ),
    )


def _previous(draft: Draft) -> bool:
    """There must be something to go back to: NB.2.1 4, SB.2.8 and DB.1.1 tried out."""
    if draft.current is None or flow_exception(draft, "previous"):
        return False
    found = flow(draft, draft.current, BACKWARD, children=False)
    return found.deliverable and delivery_exception(draft, found.activity) is None


class Chooser:
    """Answers for all available activities what NB.2.1, SB.2.9 and DB.1.1 would say to a choice of each."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.here = draft.current
        self.offered: list[Activity] = []
        self._hidden: set[Activity] = set()
        self._disabled: set[Activity] = set()
        self._blocked_forward: set[Activity] = set()
        self._blocked_backward: set[Activity] = set()
        self._meets: dict[Activity, Activity] = {}  # the lowest activity shared with the current one's path
        self._memory: Memory = {}
        self._path = set(self.here.path()) if self.here else {draft.tree.root}
        self._leaving = self._ways_up()
        self._barred_siblings = self._along_siblings()
        self._walk()

    def hidden(self, activity: Activity) -> bool:
        return activity in self._hidden

    def disabled(self, activity: Activity) -> bool:
        return activity in self._disabled

    def choosable(self, target: Activity) -> bool:
        if target in self._hidden or not self._reachable(target):
            return False
        if target.parent is not None and not target.parent.definition.control.choice:
            return False
        if target.leaf:
            return target not in self._disabled
        found = flow(self.draft, target, FORWARD, True, self._memory)
        return found.deliverable and found.activity not in self._disabled

    def _walk(self) -> None:
        waiting = [self.draft.tree.root]
        while waiting:
            activity = waiting.pop()
            self.offered.append(activity)
            self._inherit(activity, activity.parent)
            waiting.extend(reversed(self.draft.available(activity)))

    def _inherit(self, activity: Activity, parent: Activity | None) -> None:
        if parent in self._hidden or applies(self.draft, activity, "hiddenFromChoice"):
            self._hidden.add(activity)
        if parent in self._disabled or disabled(self.draft, activity):
            self._disabled.add(activity)
        if activity in self._path or parent is None:
            self._meets[activity] = activity
        else:
            self._meets[activity] = self._meets[parent]
        self._inherit_bars(activity, parent)

    def _inherit_bars(self, activity: Activity, parent: Activity | None) -> None:
        """Whether something bars the way down from the meeting point to the children of this activity."""
        if activity.leaf:
            return
        below = activity not in self._path
        barred = below and (parent in self._blocked_backward or choice.bars_activation(self.draft, activity))
        if barred:
            self._blocked_backward.add(activity)
        stopped = applies(self.draft, activity, "stopForwardTraversal")
        if barred or stopped or (below and parent in self._blocked_forward):
            self._blocked_forward.add(activity)

    def _ways_up(self) -> dict[Activity, tuple[bool, bool, choice.Bounds | None]]:
        """For every activity above the current one: may it be reached by NB.2.1, by SB.2.9, within which bounds."""
        ways: dict[Activity, tuple[bool, bool, choice.Bounds | None]] = {}
        if self.here is None:
            return {self.draft.tree.root: (True, True, None)}
        free = not holds_back(self.draft, self.here)
        exits, bounds = True, None
        ways[self.here] = (free, True, None)
        for cluster in self.here.ancestors():
            ways[cluster] = (free, exits, bounds)
            free = free and not holds_back(self.draft, cluster)
            exits = exits and cluster.definition.control.choice_exit
            if bounds is None and cluster.definition.choice.constrain_choice:
                before = choice.next_to(self.draft, cluster, BACKWARD)
                bounds = (cluster, before, choice.next_to(self.draft, cluster, FORWARD))
        return ways

    def _along_siblings(self) -> set[Activity]:
        """The siblings of the current activity that SB.2.4 does not let it reach."""
        if self.here is None or self.here.parent is None:
            return set()
        family = self.draft.available(self.here.parent)
        place = self.draft.place(self.here)
        if place < 0:
            return set(family)
        barred: set[Activity] = set()
        for direction, way in ((FORWARD, family[place:]), (BACKWARD, family[place::-1])):
            stopped = False
            for sibling in way:
                if stopped:
                    barred.add(sibling)
                stopped = stopped or choice.traversal_exception(self.draft, sibling, direction) is not None
        return barred

    def _reachable(self, target: Activity) -> bool:
        """NB.2.1 7 and SB.2.9 6 to 11"""
        here = self.here
        if target is here:
            return self._leaving[here][0]
        if here is not None and target.parent is here.parent and here.parent is not None:
            return self._leaving[here][0] and target not in self._barred_siblings
        common = self._meets[target]
        free, exits, bounds = self._leaving[common]
        if not free:
            return False
        if target is common and here is not None:
            return exits and not holds_back(self.draft, target)
        if here is None or here is common:
            return target.parent not in self._blocked_forward
        if not exits or (bounds is not None and not choice.within(self.draft, target, bounds)):
            return False
        forward = self.draft.follows(target, here)
        return target.parent not in (self._blocked_forward if forward else self._blocked_backward)
