"""Help in short tasks, and what this system is. Rooms write the topics about their own pages."""

from lms.help import cards, topics
from lms.help.views import blueprint

__all__ = ["blueprint", "cards", "topics"]
