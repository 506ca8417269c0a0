"""Details of an audit entry in people's words: names of facts, and values that are codes."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.core import UnboundField

from lms.admin.words.jobs import JOBS
from lms.core.imports.kinds import kind_named
from lms.library.labels import HARVEST_COUNTS, PARTS, STAGES
from lms.people.forms import PersonForm
from lms.people.labels import LEAVING, MEANS, ROLES, SEXES
from lms.places.forms import SchoolForm
from lms.places.labels import KINDS, LANGUAGES, TECHNOLOGIES

DETAILS = {
    "line": _l("Line"),
    "count": _l("Number"),
    "name": _l("Title"),
    "names": _l("Titles"),
    "role": _l("Role"),
    "means": _l("Means of signing in"),
    "shift": _l("Shift"),
    "kind": _l("Kind"),
    "counts": _l("Numbers of rows"),
    "fields": _l("What changed"),
    "reason": _l("Reason"),
    "guardian": _l("Guardian"),
    "purpose": _l("Purpose"),
    "year": _l("School year"),
    "rows": _l("Number of rows"),
    "files": _l("Number of files"),
    "entries": _l("Number of entries"),
    "format": _l("Format of the file"),
    # Packages
    "version": _l("Version"),
    "from_version": _l("Made from version"),
    "number": _l("Version"),
    "file": _l("File"),
    "codes": _l("Codes of the findings"),
    # Tests
    "minutes": _l("Minutes"),
    "points": _l("Points"),
    "granted": _l("Granted"),
    # Library
    "stars": _l("Stars"),
    "why": _l("Reason"),
    "part": _l("Seat"),
    "stage": _l("Stage"),
    **{code: HARVEST_COUNTS[code] for code in ("deleted", "kept", "left_out")},
    # Rows of a list that was brought in
    "new": _l("New"),
    "changed": _l("Changed"),
    "unchanged": _l("Unchanged"),
    "bad": _l("To be corrected"),
}
VALUES: dict[str, dict[str, Any]] = {
    "role": ROLES,
    "kind": {**KINDS, **JOBS},
    "technology": TECHNOLOGIES,
    "languages": LANGUAGES,
    "means": MEANS,
    "reason": LEAVING,
    "sex": SEXES,
    "part": PARTS,
    "stage": STAGES,
    "purpose": {"password": _l("Password"), "guardian": _l("Guardian")},
}


def detail_words(name: str) -> str:
    """Fields of a form are called here as they are called there."""
    if name in DETAILS:
        return str(DETAILS[name])
    asked = getattr(SchoolForm, name, None) or getattr(PersonForm, name, None)
    return str(asked.args[0]) if isinstance(asked, UnboundField) else name


def value_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value_words(name, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{detail_words(key)}: {value_words(key, one)}" for key, one in value.items())
    if value in (None, ""):
        return "—"
    if name == "fields":
        return detail_words(str(value))
    brought = kind_named(str(value)) if name == "kind" else None
    return str(brought.title) if brought else str(VALUES.get(name, {}).get(value, value))
