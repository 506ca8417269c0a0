"""Codes of packages in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STATES = {
    "inspecting": _l("Being inspected"),
    "refused": _l("Not accepted"),
    "ready": _l("Ready to publish"),
    "published": _l("Published"),
    "archived": _l("Archived"),
}
STATE_KINDS = {"published": "good", "ready": "warning", "refused": "bad"}
SHOWN = {"published": _l("Published"), "unpublished": _l("Not published"), "archived": _l("Archived")}
LANGUAGES = {"kk": _l("Kazakh"), "ru": _l("Russian")}
LEVELS = {"error": _l("Must be put right"), "warning": _l("Should be put right"), "note": _l("Good to know")}
LEVEL_KINDS = {"error": "bad", "warning": "warning", "note": ""}
DIFFERENCES = {"added": _l("Added"), "removed": _l("Removed"), "changed": _l("Changed")}
KINDS = {"sco": _l("Records results"), "asset": _l("Only shows"), "": _l("Section")}
