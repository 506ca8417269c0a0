"""Words of this room for codes of rows and of the engine."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.player.models import Registration

# Zero bytes and halves of letters: packages that compress what they keep say such things, and no page can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

COUNTING = {
    "best": _l("The best one"),
    "first": _l("The first one"),
    "last": _l("The last one"),
    "average": _l("The average of all"),
}

COMPLETION = {
    "completed": _l("Completed"),
    "incomplete": _l("In progress"),
    "not attempted": _l("Not begun"),
    "unknown": _l("Not begun"),
}

SUCCESS = {"passed": _l("Passed"), "failed": _l("Not passed"), "unknown": ""}

# Why something is not complete; `rule` and `received` are the package's own values.
UNMET = {
    "never-initialized": _l("This part has not told the system anything yet."),
    "writes-nothing": _l("It was only looked at, so nothing is recorded."),
    "not-reported": _l("This part has not reported a result yet. Go through it to its end."),
    "reported": _l("The part itself reported: %(received)s."),
    "measure-missing": _l("The part has to reach %(rule)s, but has reported no value yet."),
    "measure-too-low": _l("The part reported %(received)s and has to reach %(rule)s."),
}

# What a program of others may do.
SCOPES = {
    "registrations.read": _l("See attempts and their results"),
    "registrations.write": _l("Make attempts, links into them, and remove what it made"),
    "packages.read": _l("See packages"),
    "packages.write": _l("Put packages on the shelf"),
}

KINDS = {
    "begin": _l("Opened"),
    "delta": _l("Values"),
    "move": _l("Move"),
    "leave": _l("Closed"),
}


def shown(value: str) -> str:
    """What a package said, as a page or a table can show it; what is kept stays as it came."""
    return _UNWRITABLE.sub("\ufffd", value)


def completion_of(row: Registration) -> Any:
    """A package that has not said yet how far it is has been begun all the same."""
    silent = row.completion in ("unknown", "not attempted")
    return COMPLETION["incomplete" if silent and row.entries else row.completion]
