"""The blueprint, and the ways into the room."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.core.permissions import may
from lms.core.rooms import room
from lms.web.menu import add_to_menu

blueprint = room("admin", "lms.admin", "/admin")
add_to_menu(blueprint, "audit.see", "admin.audit_log", _l("Oversight"), 90)
PAGES = (
    ("audit.see", "admin.audit_log", _l("Audit log")),
    ("job.see", "admin.jobs", _l("Jobs")),
    ("health.see", "admin.health", _l("State of the system")),
    ("api.manage", "player.api_clients", _l("Programs of others")),
    ("setting.see", "admin.settings", _l("Settings")),
)


@blueprint.context_processor
def ways() -> dict[str, object]:
    """Tabs of the room; a director has one page only, and so none."""
    open_ones = [
        (text, url_for(endpoint), endpoint == request.endpoint)
        for permission, endpoint, text in PAGES
        if may(permission)
    ]
    return {"ways": open_ones if len(open_ones) > 1 else [], "ways_label": _("Pages of oversight")}
