"""TB: ending attempts, and what the rules make of that."""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing import rollup
from scorm.sequencing.activity import Activity
from scorm.sequencing.draft import Draft
from scorm.sequencing.rules import end_attempt, rules_check, terminate_descendants


@dataclass(frozen=True)
class Termination:
    """The outcome of TB.2.3; `sequencing` takes the place of the request that came with it."""

    sequencing: str | None = None
    exception: str | None = None


def exit_action_rules(draft: Draft, current: Activity) -> None:
    """TB.2.1 Sequencing Exit Action Rules: the highest ancestor whose exit rules apply ends, with all below it."""
    for ancestor in reversed(current.ancestors()):
        if rules_check(draft, ancestor, ancestor.definition.exit):
            terminate_descendants(draft, ancestor)
            end_attempt(draft, ancestor)
            draft.current = ancestor
            return


def post_condition_rules(draft: Draft, current: Activity) -> tuple[str | None, str | None]:
    """TB.2.2 Sequencing Post Condition Rules: a termination request and a sequencing request."""
    if draft.of(current).suspended:
        return None, None
    match rules_check(draft, current, current.definition.post):
        case "exitParent" | "exitAll" as ending:
            return ending, None
        case "retryAll":
            return "exitAll", "retry"
        case "retry" | "continue" | "previous" as request:
            return None, request
    return None, None


def termination_request(draft: Draft, request: str) -> Termination:
    """TB.2.3 Termination Request"""
    current = draft.current
    if current is None:
        return Termination(exception="TB.2.3-1")
    if request in ("exit", "abandon") and not draft.of(current).active:
        return Termination(exception="TB.2.3-2")
    match request:
        case "exit":
            return _exit(draft, current)
        case "exitAll":
            return _exit_all(draft, current, None)
        case "suspendAll":
            return _suspend_all(draft, current)
        case "abandon":
            draft.change(current, active=False)
            return Termination()
        case "abandonAll":
            return _abandon_all(draft, current)
    return Termination(exception="TB.2.3-7")


def _exit(draft: Draft, current: Activity) -> Termination:
    """TB.2.3 3: the current attempt ends; exit rules, then post condition rules, as far up as they lead."""
    end_attempt(draft, current)
    exit_action_rules(draft, current)
    while True:
        at = draft.current or current
        ending, request = post_condition_rules(draft, at)
        if ending == "exitAll":
            return _exit_all(draft, at, request)
        if ending != "exitParent":
            break
        if at.parent is None:
            return Termination(exception="TB.2.3-4")
        draft.current = at.parent
        end_attempt(draft, at.parent)
    if at.parent is None and request != "retry":
        return Termination("exit")
    return Termination(request)


def _exit_all(draft: Draft, current: Activity, request: str | None) -> Termination:
    """TB.2.3 4"""
    if draft.of(current).active:
        end_attempt(draft, current)
    root = draft.tree.root
    terminate_descendants(draft, root)
    end_attempt(draft, root)
    draft.current = root
    return Termination(request or "exit")


def _suspend_all(draft: Draft, current: Activity) -> Termination:
    """TB.2.3 5"""
    tracking = draft.of(current)
    if tracking.active or tracking.suspended:
        rollup.overall(draft, current, goals=(current.primary,))
        draft.suspended = current
    elif current.parent is not None:
        draft.suspended = current.parent
    else:
        return Termination(exception="TB.2.3-3")
    for activity in draft.suspended.path():
        draft.change(activity, active=False, suspended=True)
    draft.current = draft.tree.root
    return Termination("exit")


def _abandon_all(draft: Draft, current: Activity) -> Termination:
    """TB.2.3 7"""
    for activity in current.path():
        draft.change(activity, active=False)
    draft.current = draft.tree.root
    return Termination("exit")
