"""Kinds of questions: one file each, pure functions over a plain content dict. docs/questions.md describes them.

    kind = kind_of("single")
    kind.check(content)                      # what is wrong with it, in words; empty when it is whole
    shown = kind.public(content, seed)       # what may leave for whoever answers: no key, opaque names
    answer = kind.answer(content, seed, fields)   # the fields of the form, in the author's terms
    kind.mark(content, answer, seed)         # points, most, mistakes, details

Templates draw them: {% from "quizzes/question.html" import answering, printed %}.
"""

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, fields_of, for_prefix
from lms.quizzes.questions.registry import KINDS, kind_of

__all__ = ["KINDS", "Answer", "Content", "Fields", "Kind", "Mark", "fields_of", "for_prefix", "kind_of"]
