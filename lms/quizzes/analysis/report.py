"""Everything about one table of answers, as far as the number of pupils carries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lms.quizzes.analysis.classical import Classical, classical
from lms.quizzes.analysis.dif import Differential
from lms.quizzes.analysis.estimate import Answers, Estimated, estimate
from lms.quizzes.analysis.fit import Fit, fit
from lms.quizzes.analysis.guard import FEWEST, RASCH, THREE, strongest
from lms.quizzes.analysis.information import Errors, standard_errors
from lms.quizzes.analysis.options import Option
from lms.quizzes.analysis.persons import Places, expected, reliability, weighted_likelihood
from lms.quizzes.analysis.responses import Matrix, Responses, answered, varying
from lms.quizzes.analysis.verdicts import Signs, Verdict, verdicts_of
from lms.quizzes.analysis.wright import Shelf, wright_map

TOO_FEW, WEAKER_MODEL, NOT_SETTLED, LEFT_OUT = "too_few", "weaker_model", "not_settled", "items_left_out"


@dataclass(frozen=True)
class Modern:
    """Item response theory; arrays are as long as the table is wide, NaN for items it says nothing about."""

    model: str
    found: Estimated
    a: Matrix
    b: Matrix
    c: Matrix
    errors: tuple[Matrix, Matrix, Matrix]
    fit: Fit
    places: Places  # expected values, one for each pupil of the table
    likelihood: Places | None  # Warm's, without the pull to the middle
    reliability: float
    wright: tuple[Shelf, ...]
    mean: float
    deviation: float


@dataclass(frozen=True)
class Analysis:
    responses: Responses
    asked: str
    notes: tuple[str, ...]
    classical: Classical
    modern: Modern | None
    verdicts: tuple[tuple[Verdict, ...], ...]


def analyse(
    responses: Responses,
    asked: str = RASCH,
    options: Mapping[int, Sequence[Option]] | None = None,
    differential: Sequence[Differential] | None = None,
) -> Analysis:
    pupils = responses.present
    model = strongest(pupils, asked)
    old = classical(responses.marks)
    modern = _modern(responses.marks, model) if model else None
    notes = [TOO_FEW] if not model else [WEAKER_MODEL] if model != asked else []
    if modern is not None and not modern.found.converged:
        notes.append(NOT_SETTLED)
    if model and (modern is None or np.isnan(modern.b).any()):
        notes.append(LEFT_OUT)
    verdicts = tuple(
        verdicts_of(_signs(item, pupils, old, modern, (options or {}).get(item, ()), differential))
        for item in range(len(responses.items))
    )
    return Analysis(responses, asked, tuple(notes), old, modern, verdicts)


def right_or_wrong(marks: Matrix) -> Matrix:
    """A part of a mark is not a right answer."""
    return np.where(np.isnan(marks), np.nan, (marks > 1 - 1e-9).astype(float))


def _modern(marks: Matrix, model: str) -> Modern | None:
    marks = right_or_wrong(marks)
    varied = varying(marks)
    if varied.sum() < 2:
        return None
    present = answered(marks[:, varied])
    answers = Answers(marks[present][:, varied], np.zeros(int(present.sum()), dtype=np.int64))
    found = estimate(answers.marks, model)
    errors, state = standard_errors(found, answers), found.state
    places = expected(found.counts.posterior)
    likelihood = None if model == THREE else weighted_likelihood(answers.marks, state)
    fits = fit(answers.marks, (likelihood or places).theta, state)
    b = _wide(state.b, varied)
    return Modern(
        model, found, _wide(state.a, varied), b, _wide(state.c, varied),
        _wide_errors(errors, varied), _wide_fit(fits, varied), _placed(places, present),
        _placed(likelihood, present) if likelihood else None, reliability(places),
        wright_map(places.theta, b), float(state.mean[0]), float(np.exp(state.log_sd[0])),
    )  # fmt: skip


def _wide(values: Matrix, varied: np.ndarray) -> Matrix:
    found = np.full(len(varied), np.nan)
    found[varied] = values
    return found


def _wide_errors(errors: Errors, varied: np.ndarray) -> tuple[Matrix, Matrix, Matrix]:
    return _wide(errors.a, varied), _wide(errors.b, varied), _wide(errors.c, varied)


def _wide_fit(found: Fit, varied: np.ndarray) -> Fit:
    return Fit(**{name: _wide(values, varied) for name, values in vars(found).items()})


def _placed(places: Places, present: np.ndarray) -> Places:
    return Places(_wide(places.theta, present), _wide(places.error, present))


def _signs(
    item: int,
    pupils: int,
    old: Classical,
    modern: Modern | None,
    options: Sequence[Option],
    differential: Sequence[Differential] | None,
) -> Signs:
    infit = outfit = p = math.nan
    if modern is not None:
        infit, outfit, p = (float(one[item]) for one in (modern.fit.infit, modern.fit.outfit, modern.fit.p))
    return Signs(
        pupils, float(old.facility[item]), float(old.corrected[item]), infit, outfit, p, options,
        differential[item] if differential else None,
    )  # fmt: skip


def as_json(found: Analysis) -> dict[str, Any]:
    """For `lms quizzes analyse --json`; docs/item-analysis.md says what each name means."""
    modern, old = found.modern, found.classical
    return _plain({
        "pupils": found.responses.present, "items": [_item(found, place) for place in range(len(found.responses.items))],
        "asked": found.asked, "model": modern.model if modern else None, "notes": list(found.notes),
        "fewest": FEWEST,
        "test": {
            "mean": old.mean, "sd": old.deviation, **_reliable(found),
            **({"theta_mean": modern.mean, "theta_sd": modern.deviation, "theta_reliability": modern.reliability,
                "log_likelihood": modern.found.counts.worth, "converged": modern.found.converged,
                "steps": modern.found.steps} if modern else {}),
        },
        "persons": _persons(found),
        "wright_map": [{"from": one.low, "pupils": one.pupils,
                        "items": [found.responses.items[place] for place in one.items]}
                       for one in (modern.wright if modern else ())],
    })  # fmt: skip


def _reliable(found: Analysis) -> dict[str, float]:
    """Under thirty pupils a coefficient would only look exact."""
    if found.responses.present < FEWEST[RASCH]:
        return {}
    return {"alpha": found.classical.alpha, "sem": found.classical.error}


def _item(found: Analysis, place: int) -> dict[str, Any]:
    old, modern = found.classical, found.modern
    row: dict[str, Any] = {
        "item": found.responses.items[place], "n": int(old.given[place]), "facility": old.facility[place],
        "verdicts": [one.code for one in found.verdicts[place]],
    }  # fmt: skip
    if found.responses.present < FEWEST[RASCH]:
        return row
    row |= {
        "discrimination": old.discrimination[place], "corrected": old.corrected[place],
        "weight": old.weight[place], "alpha_without": old.alpha_without[place],
    }  # fmt: skip
    if modern is not None:
        row |= dict(zip(("se_a", "se_b", "se_c"), (one[place] for one in modern.errors), strict=True))
        row |= {"a": modern.a[place], "b": modern.b[place], "c": modern.c[place]}
        row |= {name: values[place] for name, values in vars(modern.fit).items() if name != "freedom"}
        row["df"] = modern.fit.freedom[place]
    return row


def _persons(found: Analysis) -> list[dict[str, Any]]:
    marks = found.responses.marks
    rows: list[dict[str, Any]] = [
        {"pupil": name, "score": float(np.nansum(line)), "given": int((~np.isnan(line)).sum())}
        for name, line in zip(found.responses.pupils, marks, strict=True)
    ]
    if found.modern is not None:
        for kind, places in (("", found.modern.places), ("wle_", found.modern.likelihood)):
            for row, theta, error in zip(rows, places.theta, places.error, strict=True) if places else ():
                row |= {f"{kind}theta": theta, f"{kind}se": error}
    return rows


def _plain(value: Any) -> Any:
    """Numbers of Python, four figures behind the point, null for what is not known."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, float | np.floating):
        return round(float(value), 4) if math.isfinite(value) else None
    return value
