"""Two courses in both languages, with every kind of block, given to the classes of the known teachers."""

from lms.demo.courses.building import build_courses

__all__ = ["build_courses"]
