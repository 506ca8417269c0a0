"""NB: what a navigation request asks for: an end of the current attempt, a sequencing request, or neither."""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing.activity import Activity, common_ancestor
from scorm.sequencing.draft import Draft


@dataclass(frozen=True)
class Navigation:
    """The outcome of NB.2.1; not valid when there is an exception."""

    termination: str | None = None
    sequencing: str | None = None
    target: Activity | None = None
    exception: str | None = None


ENDING = {
    "exit": "exit",
    "exitAll": "exitAll",
    "abandon": "abandon",
    "abandonAll": "abandonAll",
    "suspendAll": "suspendAll",
}


def navigation_request(draft: Draft, request: str, target: Activity | None = None) -> Navigation:
    """NB.2.1 Navigation Request"""
    match request:
        case "start" | "resume":
            return _beginning(draft, request)
        case "continue" | "previous":
            exception = flow_exception(draft, request)
            return Navigation(exception=exception) if exception else _moving(draft, request)
        case "choice":
            exception = choice_exit_exception(draft, target)
            return Navigation(exception=exception) if exception else _moving(draft, request, target)
        case "jump":
            exception = jump_exception(draft, target)
            return Navigation(exception=exception) if exception else _moving(draft, request, target)
    if request in ENDING:
        exception = ending_exception(draft, request)
        return Navigation(exception=exception) if exception else Navigation(ENDING[request], "exit")
    return Navigation(exception="NB.2.1-7" if request in ("forward", "backward") else "NB.2.1-13")


def _beginning(draft: Draft, request: str) -> Navigation:
    if draft.current is not None:
        return Navigation(exception="NB.2.1-1")
    if request == "resume" and draft.suspended is None:
        return Navigation(exception="NB.2.1-3")
    return Navigation(sequencing=request)


def _moving(draft: Draft, request: str, target: Activity | None = None) -> Navigation:
    """The current attempt ends first, if it is still going on."""
    running = draft.current is not None and draft.of(draft.current).active
    return Navigation("exit" if running else None, request, target)


def flow_exception(draft: Draft, request: str) -> str | None:
    """NB.2.1 3 and 4: Continue and Previous"""
    if draft.current is None:
        return "NB.2.1-2"
    parent = draft.current.parent
    if request == "continue":
        return None if parent is not None and parent.definition.control.flow else "NB.2.1-4"
    if parent is None:
        return "NB.2.1-6"
    control = parent.definition.control
    return None if control.flow and not control.forward_only else "NB.2.1-5"


def choice_exit_exception(draft: Draft, target: Activity | None) -> str | None:
    """NB.2.1 7: Choice. Nothing that is active and would be left may forbid to be left by choice."""
    if target is None:
        return "NB.2.1-11"
    if target.parent is not None and not target.parent.definition.control.choice:
        return "NB.2.1-10"
    here = draft.current
    if here is None:
        return None
    return "NB.2.1-8" if any(holds_back(draft, one) for one in exited(here, target)) else None


def exited(here: Activity, target: Activity) -> list[Activity]:
    """The current activity, and the activities above it that a move to the target leaves.

    A cluster that is chosen itself counts as left: its contents begin anew. ADL's reference engine does not offer
    it either when it may not be left by choice.
    """
    if here.parent is not None and here.parent is target.parent:
        return [here]
    common = common_ancestor(here, target)
    return [here, *(one for one in here.ancestors() if one is target or not one.contains(common))]


def holds_back(draft: Draft, activity: Activity) -> bool:
    return draft.of(activity).active and not activity.definition.control.choice_exit


def jump_exception(draft: Draft, target: Activity | None) -> str | None:
    """NB.2.1 14 (4th edition): Jump"""
    if draft.current is None:
        return "NB.2.1-2"
    if target is None or not all(draft.is_available(one) for one in target.path()):
        return "NB.2.1-11"
    return None


def ending_exception(draft: Draft, request: str) -> str | None:
    """NB.2.1 8 to 12: Exit, Exit All, Abandon, Abandon All, Suspend All"""
    if draft.current is None:
        return "NB.2.1-2"
    if request in ("exit", "abandon") and not draft.of(draft.current).active:
        return "NB.2.1-12"
    return None
