"""Courses: written here by teachers, in both languages, taken here by pupils, and taken out again.

A course is modules of lessons, a lesson is blocks (`blocks/`, one file per kind). Publishing freezes an edition;
classes are given editions. What a pupil does is an append-only list of events from which progress is derived.
"""

from lms.courses import activity_test, findable, help_topics, lists
from lms.courses.views import blueprint

__all__ = ["activity_test", "blueprint", "findable", "help_topics", "lists"]
