"""How far a sample carries: with a handful of pupils a figure looks exact and is chance.

Under 30 pupils facility only; under 200 no 2PL; under 500 no 3PL. The thresholds are the ones named as rules of
thumb by de Ayala, The Theory and Practice of Item Response Theory (2009), ch. 3, 5 and 6, on the careful side.
"""

from __future__ import annotations

RASCH, TWO, THREE = MODELS = ("rasch", "2pl", "3pl")
FEWEST = {RASCH: 30, TWO: 200, THREE: 500}
FEWEST_FOR_RANKING = 30


def carries(pupils: int, model: str) -> bool:
    return pupils >= FEWEST[model]


def strongest(pupils: int, asked: str) -> str:
    """The model asked for, or the strongest below it that the sample carries; empty when none does."""
    below = MODELS[: MODELS.index(asked) + 1]
    return next((one for one in reversed(below) if carries(pupils, one)), "")


def may_rank(pupils: int) -> bool:
    """Whether a list of groups in order would say more than chance."""
    return pupils >= FEWEST_FOR_RANKING
