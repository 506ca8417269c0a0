"""Where things are: republic ▸ oblast ▸ district or city ▸ settlement ▸ school, and what a school has.

Everything else hangs on a place: roles are held at one, classes and lessons belong to one.
"""

from lms.places import cards, help
from lms.places.views import blueprint

__all__ = ["blueprint", "cards", "help"]
