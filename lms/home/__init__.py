"""The first page after signing in: what there is to do next, by role."""

from lms.home import cards
from lms.home.views import blueprint

__all__ = ["blueprint", "cards"]
