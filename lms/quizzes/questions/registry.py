"""All kinds by name. A new kind is a file, a template and a line here."""

from __future__ import annotations

from lms.quizzes.questions.base import Kind
from lms.quizzes.questions.calculated import Calculated
from lms.quizzes.questions.classification import Classification
from lms.quizzes.questions.context import Context
from lms.quizzes.questions.drawing import Drawing
from lms.quizzes.questions.essay import Essay
from lms.quizzes.questions.file import Audio, File
from lms.quizzes.questions.formula import Formula
from lms.quizzes.questions.gaps import Gaps
from lms.quizzes.questions.hot_spot import HotSpot
from lms.quizzes.questions.matching import Matching
from lms.quizzes.questions.number import Number
from lms.quizzes.questions.ordering import Ordering
from lms.quizzes.questions.several import Several
from lms.quizzes.questions.short_text import ShortText
from lms.quizzes.questions.single import Single
from lms.quizzes.questions.table import Table
from lms.quizzes.questions.true_false import TrueFalse

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Single(), Several(), TrueFalse(), ShortText(), Number(), Matching(), Ordering(), Gaps(), Classification(),
        HotSpot(), Table(), Formula(), Calculated(), Essay(), File(), Audio(), Drawing(), Context(),
    )
}  # fmt: skip


def kind_of(name: str) -> Kind:
    """KeyError for a name nobody knows: such content never passed a check."""
    return KINDS[name]
