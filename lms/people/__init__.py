"""Who is who: persons, the roles they hold at places, classes, guardians, and signing in."""

from lms.people import cards, imports
from lms.people.views import blueprint

__all__ = ["blueprint", "cards", "imports"]
