"""Pages of this room."""

from lms.quizzes.views import (
    bank,
    bringing,
    certificates,
    clinic,
    exchange,
    family,
    giving,
    help,
    help_exams,
    leaving,
    overview,
    papers,
    practice,
    results,
    sealed,
    seconding,
    studies,
    taking,
    twin,
)
from lms.quizzes.views.base import blueprint

__all__ = [
    "bank", "blueprint", "bringing", "certificates", "clinic", "exchange", "family", "giving", "help", "help_exams", "leaving", "overview", "papers",
    "practice", "results", "sealed", "seconding", "studies", "taking", "twin",
]  # fmt: skip
