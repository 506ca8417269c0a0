"""SR: which children a cluster offers, and in which order. ADL's suite leaves this out; the seed makes it repeatable."""

from __future__ import annotations

from typing import Any

import pytest

from scorm.sequencing import engine
from scorm.sequencing.engine import Outcome, Report, Request, State, Tree
from tests.conformance.outline import organization

pytestmark = pytest.mark.pure

EACH = "onEachNewAttempt"


def tree_of(count: int = 6, inner: dict[str, Any] | None = None, **selection: Any) -> Tree:
    """A root with one cluster that selects or randomizes, and a leaf after it."""
    leaves = [{"id": f"a{place}", **(inner or {})} for place in range(count)]
    cluster = {"id": "m", "children": leaves, "selection": selection}
    return engine.tree(organization({"id": "r", "children": [cluster, {"id": "z"}]}))


def offered(tree: Tree, state: State) -> list[str]:
    rows = engine.contents(tree, state)
    return [row.id for row in rows if row.parent == "m"]


def walk(tree: Tree, state: State) -> tuple[list[str], Outcome]:
    """What the learner meets with Continue, up to the leaf after the cluster."""
    met: list[str] = []
    outcome = engine.move(tree, state, Request("start"))
    while outcome.deliver != "z":
        assert outcome.deliver is not None
        met.append(outcome.deliver)
        outcome = engine.move(tree, outcome.state, Request("continue"))
    return met, outcome


def test_as_many_children_as_asked_for_in_their_own_order() -> None:
    tree = tree_of(selection_timing="once", select_count=3)
    for seed in range(20):
        chosen = offered(tree, engine.begin(tree, seed=seed))
        assert len(chosen) == 3
        assert chosen == sorted(chosen)


def test_the_same_seed_chooses_the_same_and_others_differ() -> None:
    tree = tree_of(
        selection_timing="once", select_count=3, randomization_timing="once", reorder_children=True
    )
    by_seed = [tuple(offered(tree, engine.begin(tree, seed=seed))) for seed in range(30)]
    assert by_seed == [tuple(offered(tree, engine.begin(tree, seed=seed))) for seed in range(30)]
    assert len(set(by_seed)) > 15


def test_every_child_has_its_chance() -> None:
    tree = tree_of(selection_timing="once", select_count=1)
    assert {offered(tree, engine.begin(tree, seed=seed))[0] for seed in range(100)} == {
        f"a{n}" for n in range(6)
    }


def test_the_walk_meets_the_chosen_children_in_the_given_order() -> None:
    tree = tree_of(
        selection_timing="once", select_count=4, randomization_timing="once", reorder_children=True
    )
    state = engine.begin(tree, seed=3)
    assert offered(tree, state) != sorted(offered(tree, state))
    assert walk(tree, state)[0] == offered(tree, state)


def test_previous_goes_back_in_the_given_order() -> None:
    tree = tree_of(randomization_timing="once", reorder_children=True)
    state = engine.begin(tree, seed=3)
    order = offered(tree, state)
    outcome = engine.move(tree, state, Request("choice", order[3]))
    assert engine.move(tree, outcome.state, Request("previous")).deliver == order[2]


def test_reordering_must_be_asked_for() -> None:
    tree = tree_of(randomization_timing="once")
    assert offered(tree, engine.begin(tree, seed=3)) == [f"a{n}" for n in range(6)]


@pytest.mark.parametrize("count", [None, 0, 6, 7])
def test_no_count_or_one_that_is_not_smaller_leaves_all(count: int | None) -> None:
    tree = tree_of(selection_timing="once", select_count=count)
    assert len(offered(tree, engine.begin(tree, seed=3))) == 6


def test_never_is_never() -> None:
    tree = tree_of(select_count=2, reorder_children=True)
    state = engine.begin(tree, seed=3)
    assert offered(tree, state) == [f"a{n}" for n in range(6)]
    assert walk(tree, state)[1].state.children == {}


def sets_of_attempts(timing: str) -> list[list[str]]:
    tree = tree_of(selection_timing=timing, select_count=3)
    state = engine.begin(tree, seed=5)
    sets = []
    for _ in range(6):
        met, outcome = walk(tree, state)
        sets.append(met)
        state = engine.move(tree, outcome.state, Request("exitAll")).state
    return sets


def test_once_is_for_all_attempts() -> None:
    sets = sets_of_attempts("once")
    assert all(one == sets[0] for one in sets)


def test_each_new_attempt_may_see_other_children() -> None:
    sets = sets_of_attempts(EACH)
    assert all(len(one) == 3 for one in sets)
    assert len({tuple(one) for one in sets}) > 1


def test_a_suspended_attempt_keeps_its_children() -> None:
    tree = tree_of(selection_timing=EACH, select_count=2, randomization_timing=EACH, reorder_children=True)
    state = engine.begin(tree, seed=8)
    order = offered(tree, state)
    state = engine.move(tree, state, Request("start")).state
    for _ in range(5):
        state = engine.move(tree, state, Request("suspendAll")).state
        state = engine.move(tree, state, Request("resume")).state
        assert offered(tree, state) == order


def test_a_retry_of_the_cluster_draws_anew() -> None:
    post = {"post": [["exitParent", "always"]]}
    tree = engine.tree(
        organization(
            {
                "id": "r",
                "children": [
                    {
                        "id": "m",
                        "children": [{"id": f"a{n}", **post} for n in range(8)],
                        "selection": {"selection_timing": EACH, "select_count": 1},
                        "post": [["retry", "always"]],
                    }
                ],
            }
        )
    )
    outcome = engine.move(tree, engine.begin(tree, seed=1), Request("start"))
    met = [outcome.deliver]
    for _ in range(12):
        outcome = engine.move(tree, outcome.state, Request("exit"))
        met.append(outcome.deliver)
    assert None not in met
    assert len(set(met)) > 3


def test_what_was_not_selected_can_be_neither_chosen_nor_jumped_to() -> None:
    tree = tree_of(selection_timing="once", select_count=2)
    state = engine.move(tree, engine.begin(tree, seed=3), Request("start")).state
    left_out = next(f"a{n}" for n in range(6) if f"a{n}" not in offered(tree, state))
    now = engine.valid(tree, state)
    assert left_out not in now.choice
    assert left_out not in now.jump
    assert engine.move(tree, state, Request("choice", left_out)).exception == "SB.2.9-2"
    assert engine.move(tree, state, Request("jump", left_out)).exception == "NB.2.1-11"


def test_what_was_not_selected_does_not_roll_up() -> None:
    tree = tree_of(selection_timing="once", select_count=2)
    state = engine.begin(tree, seed=3)
    outcome = engine.move(tree, state, Request("start"))
    for scaled in (1.0, 0.5):
        said = Report(success="passed", success_set=True, scaled=scaled, request="continue")
        outcome = engine.finish(tree, outcome.state, said)
    cluster = engine.tracking(tree, outcome.state)["m"]
    assert cluster["objectives"][0] == {"id": "", "satisfied": "passed", "measure": 0.75}


def test_a_choice_among_siblings_follows_the_given_order() -> None:
    """Forward-only means forward in the order the learner sees."""
    cluster = {
        "id": "m",
        "children": [{"id": f"a{n}"} for n in range(5)],
        "control": {"forward_only": True},
        "selection": {"randomization_timing": "once", "reorder_children": True},
    }
    tree = engine.tree(organization({"id": "r", "children": [cluster]}))
    state = engine.begin(tree, seed=4)
    order = offered(tree, state)
    state = engine.move(tree, state, Request("choice", order[2])).state
    assert [one for one in engine.valid(tree, state).choice if one.startswith("a")] == order[2:]


def test_the_draws_survive_json() -> None:
    tree = tree_of(selection_timing=EACH, select_count=3)
    state = engine.begin(tree, seed=5)
    copied = State.from_json(state.to_json())
    for _ in range(4):
        outcome, twin = (walk(tree, one)[1] for one in (state, copied))
        state = engine.move(tree, outcome.state, Request("exitAll")).state
        copied = State.from_json(engine.move(tree, twin.state, Request("exitAll")).state.to_json())
        assert copied == state


def test_constrained_choice_means_the_neighbours_the_learner_sees() -> None:
    clusters = [
        {"id": f"m{n}", "children": [{"id": f"a{n}"}], "constrain": {"constrain_choice": True}}
        for n in range(5)
    ]
    shuffled = {"randomization_timing": "once", "reorder_children": True}
    tree = engine.tree(organization({"id": "r", "children": clusters, "selection": shuffled}))
    state = engine.begin(tree, seed=2)
    order = [row.id for row in engine.contents(tree, state) if row.depth == 1]
    assert order != sorted(order)
    state = engine.move(tree, state, Request("choice", order[2])).state
    near = {one.replace("m", "a") for one in order[1:4]}
    assert {one for one in engine.valid(tree, state).choice if one.startswith("a")} == near


def test_forward_is_the_way_the_learner_sees_it() -> None:
    """A rule that stops forward traversal bars what comes later in the shuffled order, not in the written one."""
    stop = {"pre": [["stopForwardTraversal", "always"]]}
    clusters = [{"id": f"m{n}", "children": [{"id": f"a{n}"}], **stop} for n in range(5)]
    shuffled = {"randomization_timing": "once", "reorder_children": True}
    tree = engine.tree(organization({"id": "r", "children": clusters, "selection": shuffled}))
    state = engine.begin(tree, seed=2)
    order = [row.id.replace("m", "a") for row in engine.contents(tree, state) if row.depth == 1]
    middle = engine.move(
        tree, engine.move(tree, state, Request("choice", order[2].replace("a", "m"))).state, Request("exit")
    )
    assert {one for one in engine.valid(tree, middle.state).choice if one.startswith("a")} == set(order[:3])
