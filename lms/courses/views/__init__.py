"""Pages of courses, one file per theme; importing them is what makes them known."""

from lms.courses.views import (
    blocks,
    courses,
    exporting,
    files,
    giving,
    history,
    importing,
    learning,
    lessons,
    plans,
    publishing,
    results,
)
from lms.courses.views.base import blueprint

__all__ = [
    "blocks", "blueprint", "courses", "exporting", "files", "giving", "history", "importing", "learning", "lessons", "plans", "publishing", "results",
]  # fmt: skip
