"""Tests that cannot be lost: a bank of questions, papers made of them, sittings, marking, results.

`questions/` holds the kinds of questions, pure and on their own: other rooms build on them too.
"""

from lms.quizzes.views import blueprint

__all__ = ["blueprint"]
