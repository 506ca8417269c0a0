"""A text, table or picture that several questions are about. It is read, not answered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Kind


class Context(Kind):
    name = "context"
    title = _l("Context")
    about = _l("A text, table or picture; the questions about it stay together with it.")
    answered = False
