"""Two scales made one by the items they share.

Mean/sigma: Marco (1977). Characteristic curves: Stocking and Lord (1983), Applied Psychological Measurement 7, 201–210.
θ of the new scale becomes slope·θ + shift on the old one; b likewise, a is divided by the slope.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lms.quizzes.analysis.curves import POINTS, State, probability
from lms.quizzes.analysis.guard import RASCH
from lms.quizzes.analysis.responses import Matrix

FEWEST_ANCHORS = 3
DRIFT = 0.5  # logits an anchor may move before it is no anchor any more


@dataclass(frozen=True)
class Link:
    slope: float
    shift: float
    anchors: tuple[int, ...]  # places of those that held
    drifted: tuple[int, ...]


def mean_sigma(old: Matrix, new: Matrix, model: str) -> Link:
    """From difficulties of the same items on both scales. With Rasch the unit is the same and only shifts."""
    kept = np.arange(len(old))
    drifted: list[int] = []
    while True:
        slope = 1.0 if model == RASCH else float(old[kept].std() / new[kept].std())
        shift = float(old[kept].mean() - slope * new[kept].mean())
        away = np.abs(old[kept] - slope * new[kept] - shift)
        if away.max() < DRIFT or len(kept) <= FEWEST_ANCHORS:
            return Link(slope, shift, tuple(kept.tolist()), tuple(sorted(drifted)))
        drifted.append(int(kept[away.argmax()]))
        kept = np.delete(kept, away.argmax())


def stocking_lord(old: State, new: State, first: Link) -> Link:
    """Improves a link until the expected scores on the anchors agree; Gauss and Newton's steps."""
    anchors = np.array(first.anchors)
    old, new = _only(old, anchors), _only(new, anchors)
    weight = np.exp(-0.5 * POINTS**2)
    target = probability(old).sum(axis=0)
    here = np.array([first.slope, first.shift])
    for _round in range(50):
        base = _expected(new, here)
        ways = np.array([(_expected(new, here + step) - base) / 1e-5 for step in 1e-5 * np.eye(2)])
        move = np.linalg.solve(ways * weight @ ways.T + 1e-9 * np.eye(2), ways * weight @ (target - base))
        here = here + np.clip(move, -0.5, 0.5)
        here[0] = max(here[0], 0.1)
        if np.abs(move).max() < 1e-7:
            break
    return replace(first, slope=float(here[0]), shift=float(here[1]))


def carried(state: State, link: Link) -> State:
    """The state of the new scale in terms of the old one."""
    a = state.a / link.slope
    mean = state.mean * link.slope + link.shift
    return replace(
        state, a=a, d=state.d - a * link.shift, mean=mean, log_sd=state.log_sd + np.log(link.slope)
    )


def _expected(state: State, here: Matrix) -> Matrix:
    return np.asarray(probability(carried(state, Link(float(here[0]), float(here[1]), (), ()))).sum(axis=0))


def _only(state: State, places: Matrix) -> State:
    return replace(state, a=state.a[places], d=state.d[places], g=state.g[places])
