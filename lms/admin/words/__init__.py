"""Codes of the audit log and of jobs in people's words."""

from lms.admin.words.actions import ACTIONS, action_words
from lms.admin.words.details import detail_words, value_words
from lms.admin.words.jobs import JOBS, STATES, failure_words, job_words

__all__ = [
    "ACTIONS", "JOBS", "STATES", "action_words", "detail_words", "failure_words", "job_words", "value_words",
]  # fmt: skip
