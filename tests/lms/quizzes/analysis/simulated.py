"""Pupils and items that never were, with what is true about them known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.responses import Matrix, Responses


@dataclass(frozen=True)
class Truth:
    theta: Matrix
    a: Matrix
    b: Matrix
    c: Matrix
    marks: Matrix

    @property
    def responses(self) -> Responses:
        return named(self.marks)


def named(marks: Matrix, first_item: int = 1) -> Responses:
    pupils = tuple(f"p{number}" for number in range(1, len(marks) + 1))
    return Responses(pupils, tuple(f"q{first_item + n}" for n in range(marks.shape[1])), marks)


def truth(model: str, pupils: int, items: int, seed: int) -> Truth:
    chance = np.random.default_rng(seed)
    theta, b = chance.normal(size=pupils), np.linspace(-2, 2, items)
    a = np.ones(items) if model == "rasch" else chance.permutation(np.linspace(0.7, 1.8, items))
    c = np.full(items, 0.2 if model == "3pl" else 0.0)
    return Truth(theta, a, b, c, answered(chance, theta, a, b, c))


def answered(
    chance: np.random.Generator, theta: Matrix, a: Matrix, b: Matrix, c: Matrix | float = 0.0
) -> Matrix:
    right = c + (1 - c) / (1 + np.exp(-a * (theta[:, None] - b)))
    return (chance.random(right.shape) < right).astype(float)


def away(found: Matrix, true: Matrix) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean((found - true) ** 2)))
