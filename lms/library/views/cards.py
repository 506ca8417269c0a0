"""The library on the home page: what one is told, one statement."""

from __future__ import annotations

from typing import Any

from lms.library.queries import readers
from lms.library.views.base import blueprint
from lms.library.views.searches import address_of, said
from lms.web.cards import home_card


@home_card(blueprint, "library.see", "library/cards/notices.html", 60)
def told() -> dict[str, Any] | None:
    count, rows = readers.unread()
    return {"count": count, "notices": [(said(one), address_of(one)) for one in rows]} if rows else None
