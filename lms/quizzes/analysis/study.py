"""One test in many schools, or an entry and an exit test: figures by group, ready to be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lms.quizzes.analysis.dif import Differential, differential
from lms.quizzes.analysis.growth import Effect, Growth, NoAnchors, band, effect, growth
from lms.quizzes.analysis.report import analyse, as_json, right_or_wrong
from lms.quizzes.analysis.responses import Matrix, Responses

NO_ANCHORS, NO_PAIRS = "no_anchors", "no_pairs"


@dataclass(frozen=True)
class Group:
    """A split of the pupils: `code` of the split, and who is in its focal part; the others are compared with it."""

    code: str
    focal: str
    inside: np.ndarray


@dataclass(frozen=True)
class Sides:
    """By the name of a pupil: class, school, district, way of teaching, pilot or control."""

    by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def clinic_of(responses: Responses, model: str, groups: Sequence[Group]) -> dict[str, Any]:
    """Everything of the clinic but the places of single pupils, and for each split which items are unequal."""
    marks = right_or_wrong(responses.marks)
    found = {(one.code, one.focal): differential(marks, one.inside) for one in groups}
    known = [row for row in found.values() if row is not None]
    made = as_json(analyse(responses, model, None, _worst(known) if known else None))
    made.pop("persons")
    made["splits"] = [
        {"code": one.code, "focal": one.focal, "in": int(one.inside.sum()), "out": int((~one.inside).sum()),
         "items": None if (row := found[one.code, one.focal]) is None else [_differential(item) for item in row]}
        for one in groups
    ]  # fmt: skip
    return made


def _worst(rows: Sequence[Sequence[Differential]]) -> list[Differential]:
    return [max(column, key=lambda one: one.grade) for column in zip(*rows, strict=True)]


def _differential(one: Differential) -> dict[str, Any]:
    return {"grade": one.grade, "delta": _number(one.delta), "error": _number(one.error)}


def growth_of(entry: Responses, leaving: Responses, model: str, sides: Sides) -> dict[str, Any]:
    """Bands for everybody, for each pupil, and for each group of each side; effects of groups against the rest."""
    try:
        found = growth(_right(entry), _right(leaving), model)
    except NoAnchors:
        return {"why": NO_ANCHORS}
    if not found.pupils:
        return {"why": NO_PAIRS}
    return {
        "whole": _band(found.whole), "anchors": len(found.anchors),
        "pupils": [[name, _number(change), _number(error)]
                   for name, change, error in zip(found.pupils, found.change, found.error, strict=True)],
        "sides": {side: _groups(found, names) for side, names in sides.by.items()},
    }  # fmt: skip


def _right(responses: Responses) -> Responses:
    return Responses(responses.pupils, responses.items, right_or_wrong(responses.marks))


def _groups(found: Growth, names: Mapping[str, str]) -> list[dict[str, Any]]:
    where = np.array([names.get(one, "") for one in found.pupils])
    groups = sorted(set(where.tolist()) - {""})
    return [
        {
            "group": one,
            **_band(band(found.change[where == one])),
            "effect": _against(found.change, where, one),
        }
        for one in groups
    ]


def _against(change: Matrix, where: np.ndarray, one: str) -> dict[str, Any] | None:
    """A group against all others: None where there are none."""
    others = change[(where != one) & (where != "")]
    made: Effect | None = effect(change[where == one], others) if len(others) > 1 else None
    if made is None:
        return None
    return {
        "size": _number(made.size),
        "low": _number(made.low),
        "high": _number(made.high),
        "sure": bool(made.sure),
    }


def _band(one: Any) -> dict[str, Any]:
    return {
        "count": one.count, "mean": _number(one.mean), "low": _number(one.low), "high": _number(one.high),
        "ranked": bool(one.ranked),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
