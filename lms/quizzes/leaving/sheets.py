"""What a paper on paper is made of: variants with their questions, in the language of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from lms.quizzes.composing import compose
from lms.quizzes.models import Paper
from lms.quizzes.queries.taking import Drawn, drawn
from lms.quizzes.service.papers import frozen_sections

MOST_VARIANTS = 4


@dataclass(frozen=True)
class Variant:
    number: int
    questions: Sequence[Drawn]


def variants_of(paper: Paper, wanted: int) -> list[Variant]:
    """The same paper gives the same variants each time."""
    body: dict[str, Any] = {"sections": frozen_sections(paper), "shuffle": paper.shuffle}
    return [
        Variant(number, drawn(compose(body, Random(f"{paper.id}/{number}")), body))
        for number in range(1, min(max(wanted, 1), MOST_VARIANTS) + 1)
    ]
