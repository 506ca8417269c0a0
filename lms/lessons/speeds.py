"""Measured speed against the contract: percentiles and a verdict that says on what it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 5  # measurements; fewer say nothing about a line
STREAMING = 8.0  # Mbit/s: from here on a school can take a stream (model 1)
LESSON = 1.0  # Mbit/s: enough for slides, voice and a small picture
LOST = 0.05  # share of lost requests above which a line counts as unstable


@dataclass(frozen=True)
class Speed:
    """What a school's measurements of some time say together."""

    count: int
    p10: float = 0.0
    p50: float = 0.0
    p90: float = 0.0
    up: float = 0.0
    latency: float = 0.0
    loss: float = 0.0
    contract: float | None = None

    @property
    def share(self) -> float | None:
        """Of the contract, in per cent."""
        return 100 * self.p50 / self.contract if self.contract and self.count >= ENOUGH else None

    @property
    def verdict(self) -> str:
        """The three steps of the pilot's report; its own words when there is nothing to compare."""
        if self.count < ENOUGH:
            return "few"
        if self.share is None:
            return "no-contract"
        return "under-50" if self.share < 50 else "50-75" if self.share <= 75 else "over-75"

    @property
    def stable(self) -> bool:
        """The slowest tenth still carries a lesson, and little is lost."""
        return self.count >= ENOUGH and self.p10 >= LESSON and self.loss <= LOST


def percentile(values: Sequence[float], share: float) -> float:
    """Between the two nearest measured values (the usual linear way)."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def summary(rows: Sequence[tuple[float, float, float, float]], contract: float | None) -> Speed:
    """`rows`: (down, up, latency, loss) of each measurement."""
    if not rows:
        return Speed(0, contract=contract)
    down, up, latency, loss = zip(*rows, strict=True)
    return Speed(
        len(rows), percentile(down, 0.1), percentile(down, 0.5), percentile(down, 0.9), percentile(up, 0.5),
        percentile(latency, 0.5), sum(loss) / len(loss), contract,
    )  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    model: int
    reasons: tuple[tuple[str, dict[str, object]], ...]  # codes of labels.MODEL_REASONS with their values


def propose(speed: Speed, qualified: bool, paired: bool, pupils: int) -> Proposal:
    """Which way of teaching fits: a rule anybody can follow, and its reasons. A person decides.

    1 streaming from 8 Mbit/s; 2 a hub teaches one class of at most 25 over a stable line; 3 a qualified teacher
    of one's own with digital resources; 4 materials brought beforehand.
    """
    known = speed.count >= ENOUGH
    measured = {"speed": round(speed.p50, 1), "slow": round(speed.p10, 1)}
    line = "unmeasured" if not known else "fast" if speed.p50 >= STREAMING else "slow"
    reasons: list[tuple[str, dict[str, object]]] = [(line, dict(measured))]
    if known:
        reasons.append(
            ("stable" if speed.stable else "unstable", {"lost": round(100 * speed.loss, 1), **measured})
        )
    reasons.append(("qualified" if qualified else "unqualified", {}))
    if not (known and speed.stable):
        return Proposal(4, tuple(reasons))
    if qualified:
        return Proposal(3, tuple(reasons))
    reasons.append(("paired" if paired else "unpaired", {}))
    if speed.p50 >= STREAMING:
        return Proposal(1, tuple(reasons))
    if paired and pupils <= 25:
        return Proposal(2, (*reasons, ("small-class", {"pupils": pupils})))
    if paired:
        return Proposal(4, (*reasons, ("large-class", {"pupils": pupils})))
    return Proposal(4, tuple(reasons))
