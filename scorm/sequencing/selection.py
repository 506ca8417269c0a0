"""SR: which children of a cluster are available, and in which order."""

from __future__ import annotations

from scorm.sequencing.activity import Activity
from scorm.sequencing.draft import Draft


def prepare(draft: Draft) -> None:
    """At the beginning of a session: every cluster that selects or randomizes and has not done so yet."""
    for cluster in draft.tree:
        rules = cluster.definition.selection
        timings = (rules.selection_timing, rules.randomization_timing)
        if cluster.children and timings != ("never", "never") and not draft.of(cluster).selected:
            select(draft, cluster, ("once", "onEachNewAttempt"))
            randomize(draft, cluster, ("once", "onEachNewAttempt"))
            draft.change(cluster, selected=True)


def prepare_next_attempt(draft: Draft, cluster: Activity) -> None:
    """The attempt on the cluster is over and not suspended: the next one may see other children."""
    select(draft, cluster, ("onEachNewAttempt",))
    randomize(draft, cluster, ("onEachNewAttempt",))


def select(draft: Draft, cluster: Activity, timings: tuple[str, ...]) -> None:
    """SR.1 Select Children: a random set of the given size, in the order they had."""
    rules = cluster.definition.selection
    count = rules.select_count
    if rules.selection_timing not in timings or not count or count >= len(cluster.children):
        return
    chosen = set(draft.draw().sample(range(len(cluster.children)), count))
    draft.choose(cluster, [child for child in cluster.children if child.position in chosen])


def randomize(draft: Draft, cluster: Activity, timings: tuple[str, ...]) -> None:
    """SR.2 Randomize Children: the available children in a random order."""
    rules = cluster.definition.selection
    if rules.randomization_timing not in timings or not rules.reorder_children:
        return
    children = list(draft.available(cluster))
    draft.draw().shuffle(children)
    draft.choose(cluster, children)
