"""Random trees, requests and reports for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from scorm.package.model import Item, Organization
from scorm.sequencing.definition import (
    CompletionThreshold,
    Condition,
    ConstrainedChoice,
    ControlModes,
    Delivery,
    Limits,
    Objective,
    ObjectiveMap,
    RollupControls,
    RollupRule,
    Rule,
    Selection,
    Sequencing,
)
from scorm.sequencing.engine import ObjectiveReport, Report, Request

BOOL = st.booleans()
RARELY = st.sampled_from((False, False, False, True))
MOSTLY = st.sampled_from((True, True, True, False))
GOALS = ("p", "o1", "o2")
GLOBALS = ("g1", "g2", "g3")
MEASURES = st.sampled_from((-1.0, -0.3, 0.0, 0.4, 0.5, 0.8, 1.0))
NAMES = (
    "satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "objectiveMeasureGreaterThan",
    "objectiveMeasureLessThan", "completed", "activityProgressKnown", "attempted", "attemptLimitExceeded",
    "timeLimitExceeded", "outsideAvailableTimeRange", "always", "never", "no such condition",
)  # fmt: skip

CONDITIONS = st.lists(
    st.builds(
        Condition,
        st.sampled_from(NAMES),
        BOOL,
        st.sampled_from((None, None, *GOALS, "missing")),
        MEASURES,
    ),
    max_size=3,
).map(tuple)
COMBINATIONS = st.sampled_from(("all", "any"))


def rules(*actions: str) -> st.SearchStrategy[tuple[Rule, ...]]:
    rule = st.builds(Rule, st.sampled_from(actions), CONDITIONS, COMBINATIONS)
    return st.lists(rule, max_size=2).map(tuple)


ROLLUP_RULES = st.lists(
    st.builds(
        RollupRule,
        st.sampled_from(("satisfied", "notSatisfied", "completed", "incomplete")),
        CONDITIONS,
        COMBINATIONS,
        st.sampled_from(("all", "any", "none", "atLeastCount", "atLeastPercent")),
        st.integers(0, 3),
        st.sampled_from((0.0, 0.25, 0.5, 1.0)),
    ),
    max_size=2,
).map(tuple)
MAPS = st.lists(
    st.builds(ObjectiveMap, st.sampled_from(GLOBALS), *([BOOL] * 14)),
    max_size=2,
    unique_by=lambda one: one.target,
).map(tuple)
OBJECTIVES = st.lists(
    st.builds(Objective, st.sampled_from(GOALS), st.just(False), RARELY, MEASURES, MAPS),
    max_size=3,
    unique_by=lambda one: one.identifier,
).map(lambda many: tuple(Objective(**{**vars(one), "primary": not place}) for place, one in enumerate(many)))
REQUIRED = st.sampled_from(("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended"))
TIMINGS = st.sampled_from(("never", "once", "onEachNewAttempt"))

SEQUENCING = st.builds(
    Sequencing,
    control=st.builds(ControlModes, MOSTLY, MOSTLY, MOSTLY, RARELY, BOOL, BOOL),
    choice=st.builds(ConstrainedChoice, RARELY, RARELY),
    pre=rules("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"),
    exit=rules("exit"),
    post=rules("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
    limits=st.builds(
        Limits, st.sampled_from((None, None, None, 0, 1, 2)), *([st.sampled_from((None, 60.0))] * 4)
    ),
    rollup_rules=ROLLUP_RULES,
    rollup=st.builds(
        RollupControls,
        BOOL,
        BOOL,
        st.sampled_from((0.0, 0.5, 1.0)),
        REQUIRED,
        REQUIRED,
        REQUIRED,
        REQUIRED,
        BOOL,
    ),
    objectives=OBJECTIVES,
    selection=st.builds(Selection, TIMINGS, st.sampled_from((None, 0, 1, 2)), TIMINGS, BOOL),
    delivery=st.builds(Delivery, MOSTLY, BOOL, BOOL),
    completion=st.builds(
        CompletionThreshold, RARELY, st.sampled_from((0.0, 0.5, 1.0)), st.sampled_from((0.0, 1.0))
    ),
)


@st.composite
def organizations(draw: st.DrawFn, largest: int = 10) -> Organization:
    """A tree of up to so many activities below the root; each hangs below one that came before it."""
    parents = [draw(st.integers(0, place)) for place in range(draw(st.integers(0, largest)))]
    definitions = [draw(SEQUENCING) for _ in range(len(parents) + 1)]
    items: dict[int, Item] = {}
    for place in reversed(range(len(definitions))):
        children = tuple(items[child + 1] for child, parent in enumerate(parents) if parent == place)
        items[place] = Item(
            f"a{place}", f"A{place}", children, visible=place % 4 != 3, sequencing=definitions[place]
        )
    return Organization(items[0], draw(BOOL))


REQUESTS = st.builds(
    Request,
    st.sampled_from(
        ("start", "resume", "continue", "continue", "continue", "previous", "choice", "choice", "jump", "exit", "exitAll",
         "abandon", "abandonAll", "suspendAll", "nonsense")
    ),
    st.integers(0, 11).map(lambda place: f"a{place}"),
)  # fmt: skip
SUCCESS = st.sampled_from(("passed", "failed", "unknown"))
COMPLETION = st.sampled_from(("completed", "incomplete", "not attempted", "unknown"))
MAYBE = st.none() | MEASURES


def _told(**more: Any) -> dict[str, Any]:
    return {
        "success": SUCCESS, "success_set": BOOL, "completion": COMPLETION, "completion_set": BOOL,
        "scaled": MAYBE, "raw": MAYBE, "min": MAYBE, "max": MAYBE, "progress": MAYBE, **more,
    }  # fmt: skip


REPORTS = st.builds(
    Report,
    **_told(
        objectives=st.lists(
            st.builds(ObjectiveReport, **_told(id=st.sampled_from((*GOALS, "other")))),
            max_size=2,
            unique_by=lambda one: one.id,
        ).map(tuple),
        seconds=st.sampled_from((0.0, 30.0, 90.0)),
        exit=st.sampled_from(("", "normal", "suspend", "suspend", "time-out", "logout")),
        request=st.sampled_from(
            ("", "_none_", "continue", "previous", "{target=a2}choice", "{target=a1}jump", "exit?")
        ),
        final=MOSTLY,
    ),
)
STEPS = st.lists(st.tuples(st.none() | REPORTS, st.none() | REQUESTS), min_size=1, max_size=8)
