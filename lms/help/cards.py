"""The help card of the home page: the tasks of the reader's own work."""

from __future__ import annotations

from typing import Any

from lms.help.views import blueprint
from lms.web.cards import home_card
from lms.web.help import topics

MOST = 4


@home_card(blueprint, "home.see", "help/cards/first_steps.html", 900)
def first_steps() -> dict[str, Any]:
    """Topics that need a permission are about one's own work, so they come first."""
    return {"topics": sorted(topics(), key=lambda one: not one.permission)[:MOST]}
