"""One move and the questions after it, in trees of 10, 100 and 1,000 activities, and the cost of each activity."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from scorm.package.model import Item, Organization
from scorm.sequencing import engine
from scorm.sequencing.definition import Condition, ControlModes, Objective, ObjectiveMap, Rule, Sequencing
from scorm.sequencing.engine import Report, Request, State, Tree

LEAF = Sequencing(
    pre=(
        Rule("skip", (Condition("satisfied"),)),
        Rule("stopForwardTraversal", (Condition("attempted", True),)),
    ),
    objectives=(Objective("p", True),),
)
CLUSTER = Sequencing(
    control=ControlModes(flow=True),
    pre=(Rule("hiddenFromChoice", (Condition("satisfied"),)), Rule("disabled", (Condition("satisfied"),))),
    objectives=(Objective("p", True, maps=(ObjectiveMap("g"),)), Objective("o")),
)
SAID = Report(success="failed", success_set=True, request="continue")
SIZES = (10, 100, 1000)


def course(size: int) -> Organization:
    """Modules of nine leaves."""
    modules = tuple(
        Item(
            f"m{n}", children=tuple(Item(f"m{n}a{k}", sequencing=LEAF) for k in range(9)), sequencing=CLUSTER
        )
        for n in range(max(1, size // 10))
    )
    return Organization(Item("r", children=modules, sequencing=CLUSTER))


def wide(size: int) -> Organization:
    """One cluster with everything in it."""
    return Organization(
        Item("r", children=tuple(Item(f"a{n}", sequencing=LEAF) for n in range(size - 1)), sequencing=CLUSTER)
    )


def move_and_ask(tree: Tree, state: State) -> None:
    after = engine.finish(tree, state, SAID).state
    engine.valid(tree, after)
    engine.contents(tree, after)


def seconds(make: Callable[[int], Organization], size: int, rounds: int = 15) -> tuple[float, int]:
    """The best of some rounds, and how many activities there were."""
    tree = engine.tree(make(size))
    state = engine.move(tree, engine.begin(tree), Request("start")).state
    best = float("inf")
    gc.disable()  # what else lives in the process is not what is measured
    try:
        for _ in range(rounds):
            begin = time.process_time()
            move_and_ask(tree, state)
            best = min(best, time.process_time() - begin)
    finally:
        gc.enable()
    return best, len(tree)


def growth(make: Callable[[int], Organization]) -> float:
    """How much dearer an activity is in a tree of 1,000 than in one of 100."""
    hundred, thousand = (seconds(make, size) for size in SIZES[1:])
    return (thousand[0] / thousand[1]) / (hundred[0] / hundred[1])


def main() -> None:
    for make in (course, wide):
        for size in SIZES:
            taken, count = seconds(make, size)
            print(
                f"{make.__name__:7} {count:5} activities: {taken * 1e3:8.2f} ms, {taken / count * 1e6:6.1f} µs each"
            )
        print(f"{make.__name__:7} an activity in 1,000 against one in 100: ×{growth(make):.2f} (at most ×2)")
