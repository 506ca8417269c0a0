"""Streaming lessons of hub and satellite schools: one teacher, classes of many schools, thin lines.

Slides lie on the devices before the lesson; during it only small events travel. Every hand, answer and
minute belongs to a pupil in a class in a school, and the record keeps itself.
"""

from lms.lessons import help
from lms.lessons.service import attending, network, teaching, timetables, together, troubles
from lms.lessons.slides import making
from lms.lessons.views import blueprint

__all__ = [
    "attending",
    "blueprint",
    "help",
    "making",
    "network",
    "together",
    "teaching",
    "timetables",
    "troubles",
]
