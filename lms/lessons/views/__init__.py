"""Pages of streaming lessons, one file per theme."""

from lms.lessons.views import cards, later, meter, network, planning, record, room, saying, timetables
from lms.lessons.views.base import blueprint

__all__ = [
    "blueprint",
    "cards",
    "later",
    "meter",
    "network",
    "planning",
    "record",
    "room",
    "saying",
    "timetables",
]
