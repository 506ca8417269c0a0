"""The library: digital resources that are found, trusted and carried.

This room keeps what teachers upload, leads it through review, and finds it again: in Kazakh and Russian,
by any form of a word, typed with the right letters or without, on an embedded index or on PostgreSQL.
"""

from lms.library import carried, course_activity, help, lists
from lms.library.service import carrying, deadlines, harvesting, indexing, mirrors, reading
from lms.library.views import blueprint

__all__ = [
    "blueprint", "carried", "carrying", "course_activity", "deadlines", "harvesting", "help", "indexing", "lists", "mirrors", "reading",
]  # fmt: skip
