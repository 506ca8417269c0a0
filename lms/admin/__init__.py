"""The administrator's room: who did what, what the machine is doing behind the pages, and whether it is well.

It reads all other rooms and changes none of them; only a failed job can be sent on its way again from here.
"""

from lms.admin import cards, chain, examination, help
from lms.admin.views import blueprint

__all__ = ["blueprint", "cards", "chain", "examination", "help"]
