"""From figures to codes of what to do; the words for them stand at the edge, in two languages.

Thresholds: discrimination by Ebel and Frisbie (1991), ch. 13; mean squares by Wright and Linacre (1994).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lms.quizzes.analysis.dif import Differential
from lms.quizzes.analysis.options import FIFTHS, Option

FEWEST = 30
FEWEST_FOR_FIT = 200
TOO_HARD, TOO_EASY = 0.15, 0.95
WEAK, POOR = 0.2, 0.0
NOISY, MUTED = 1.3, 0.7
MISFIT = 0.001  # of S-X²: with sixty items one of them is below 0.01 by chance more often than not
IDLE = 0.03

CHECK_KEY, BACKWARDS, WEAKLY, HARD, EASY, SAME = (
    "check_key",
    "backwards",
    "weak",
    "too_hard",
    "too_easy",
    "same",
)
NOISE, DEPENDENT, IDLE_OPTION, UNEQUAL, FEW, GOOD = (
    "noise",
    "dependent",
    "idle_option",
    "unequal",
    "few",
    "good",
)
GRAVE = {CHECK_KEY, BACKWARDS, UNEQUAL, SAME}


@dataclass(frozen=True)
class Verdict:
    code: str
    option: int | None = None  # the place of the option it is about
    grave: bool = False


@dataclass(frozen=True)
class Signs:
    """What is known of one item; NaN is unknown."""

    pupils: int
    facility: float
    corrected: float
    infit: float = math.nan
    outfit: float = math.nan
    misfit_p: float = math.nan
    options: Sequence[Option] = ()
    differential: Differential | None = None


def verdicts_of(signs: Signs) -> tuple[Verdict, ...]:
    if signs.pupils < FEWEST:
        return (Verdict(FEW),)
    if signs.facility in (0.0, 1.0):
        return (Verdict(SAME, grave=True),)
    found = [*_of_key(signs), *_of_level(signs), *_of_fit(signs), *_of_options(signs.options)]
    if signs.differential is not None and signs.differential.grade == "C":
        found.append(UNEQUAL)
    named = [one if isinstance(one, Verdict) else Verdict(one, grave=one in GRAVE) for one in found]
    return tuple(named) or (Verdict(GOOD),)


def _of_key(signs: Signs) -> list[Verdict | str]:
    """A wrong option that the strongest fifth prefers, or strength that does not help at all."""
    stealing = _stolen_by(signs.options)
    if stealing is not None:
        return [Verdict(CHECK_KEY, stealing, grave=True)]
    if signs.corrected < POOR:
        return [BACKWARDS]
    return [WEAKLY] if signs.corrected < WEAK else []


def _stolen_by(options: Sequence[Option]) -> int | None:
    right = [one for one in options if one.right and len(one.curve) == FIFTHS]
    wrong = [one for one in options if not one.right and len(one.curve) == FIFTHS]
    if not right or not wrong:
        return None
    thief = max(wrong, key=lambda one: one.curve[-1])
    return thief.place if thief.curve[-1] > max(one.curve[-1] for one in right) else None


def _of_level(signs: Signs) -> list[Verdict | str]:
    if signs.facility < TOO_HARD:
        return [HARD]
    return [EASY] if signs.facility > TOO_EASY else []


def _of_fit(signs: Signs) -> list[Verdict | str]:
    if signs.pupils < FEWEST_FOR_FIT:
        return []
    if signs.infit > NOISY or signs.outfit > 1.5 or signs.misfit_p < MISFIT:
        return [NOISE]
    return [DEPENDENT] if signs.infit < MUTED else []


def _of_options(options: Sequence[Option]) -> list[Verdict | str]:
    return [Verdict(IDLE_OPTION, one.place) for one in options if not one.right and one.share < IDLE]
