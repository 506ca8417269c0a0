"""What a study found, in plain words and as figures for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.quizzes.analysis.study import NO_ANCHORS, NO_PAIRS
from lms.quizzes.clinic_tables import figure

SIDES: dict[str, Any] = {
    "district": _l("Districts"),
    "school": _l("Schools"),
    "class": _l("Classes"),
    "model": _l("Ways of teaching"),
    "pilot": _l("Pilot and control"),
}
SPLITS: dict[tuple[str, str], Any] = {
    ("language", "ru"): _l("Russian version against the Kazakh one"),
    ("city", "village"): _l("Village schools against city schools"),
    ("model", "ordinary"): _l("Ordinary schools against the others"),
    ("model", "small"): _l("Small schools against the others"),
    ("model", "hub"): _l("Hub schools against the others"),
    ("model", "satellite"): _l("Satellite schools against the others"),
}
MODELS: dict[str, Any] = {
    "ordinary": _l("Ordinary school"),
    "small": _l("Small school"),
    "hub": _l("Hub school"),
    "satellite": _l("Satellite school"),
    "pilot": _l("Pilot"),
    "control": _l("Control"),
}
WHY: dict[str, Any] = {
    NO_ANCHORS: _l("The two tests share fewer than three questions, so growth cannot be measured. Put common questions into both."),
    NO_PAIRS: _l("No pupil has sat both tests."),
}  # fmt: skip
SMALL, MIDDLE, LARGE = 0.2, 0.5, 0.8


@dataclass(frozen=True)
class Bar:
    """One line of the plot: where its band and its mean stand, in hundredths of the width."""

    name: str
    count: int
    mean: str
    band: str
    left: float
    middle: float
    right: float
    words: str


def bars(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[list[Bar], float]:
    """Lines of one side, and where no growth stands. Groups too small for a list come after those that may be ranked."""
    told = [one for one in rows if one["mean"] is not None]
    ends = [0.0, *(one[end] for one in told for end in ("low", "high", "mean") if one[end] is not None)]
    low, wide = min(ends), (max(ends) - min(ends)) or 1.0

    def at(value: float | None, edge: float) -> float:
        """In hundredths of the width; what has no end reaches the edge."""
        return edge if value is None else 100 * (value - low) / wide

    made = [
        Bar(
            names.get(one["group"], one["group"]), one["count"], figure(one["mean"]), _band(one), at(one["low"], 0.0),
            at(one["mean"], 0.0), at(one["high"], 100.0), effect_words(one.get("effect")),
        )
        for one in sorted(told, key=lambda one: (not one["ranked"], -one["mean"] if one["ranked"] else 0.0))
    ]  # fmt: skip
    return made, at(0.0, 0.0)


def _band(one: Mapping[str, Any]) -> str:
    if one["low"] is None:
        return _("one pupil says nothing of a group")
    return _("%(low)s to %(high)s", low=figure(one["low"]), high=figure(one["high"]))


def effect_words(found: Mapping[str, Any] | None) -> str:
    """How far a group lies from the others, and whether that can be told from chance."""
    if not found or found["size"] is None:
        return ""
    size = abs(found["size"])
    if not found["sure"]:
        return _("no difference that could be told from chance")
    more = found["size"] > 0
    if size < SMALL:
        return _("very little more than the others") if more else _("very little less than the others")
    if size < MIDDLE:
        return _("a little more than the others") if more else _("a little less than the others")
    if size < LARGE:
        return _("noticeably more than the others") if more else _("noticeably less than the others")
    return _("much more than the others") if more else _("much less than the others")


def growth_words(whole: Mapping[str, Any]) -> str:
    if whole["low"] is None or whole["high"] is None:
        return _("So few pupils have sat both tests that nothing can be said about growth.")
    facts = {"count": whole["count"], "mean": figure(whole["mean"]), "low": figure(whole["low"]), "high": figure(whole["high"])}  # fmt: skip
    if whole["low"] > 0:
        return _("Pupils have grown by %(mean)s logits (between %(low)s and %(high)s in 19 cases of 20). Pupils in both tests: %(count)s.", **facts)  # fmt: skip
    if whole["high"] < 0:
        return _("Pupils have fallen back: %(mean)s logits (between %(low)s and %(high)s in 19 cases of 20). Pupils in both tests: %(count)s.", **facts)  # fmt: skip
    return _("No growth that could be told from chance: %(mean)s logits (between %(low)s and %(high)s in 19 cases of 20). Pupils in both tests: %(count)s.", **facts)  # fmt: skip


def unequal(split: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """(place of the question, grade, what it means) for questions that are not equal for both groups."""
    found = []
    for place, one in enumerate(split["items"] or ()):
        if one["grade"] in ("B", "C"):
            harder = one["delta"] < 0
            text = _("harder for the first group") if harder else _("easier for the first group")
            found.append((place, one["grade"], text))
    return found
