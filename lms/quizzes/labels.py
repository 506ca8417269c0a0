"""Words of this room for codes of rows."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.places.subjects import SUBJECTS as SUBJECTS

LANGUAGES = {"kk": _l("Kazakh"), "ru": _l("Russian")}
LEVELS = {
    "A": _l("A: knows and recalls"),
    "B": _l("B: understands and applies"),
    "C": _l("C: reasons and creates"),
}
MODES = {"exam": _l("Class test"), "self": _l("Self-test")}
STATES = {
    "planned": _l("Not open yet"),
    "open": _l("Open now"),
    "closed": _l("Closed"),
    "published": _l("Results published"),
    "withdrawn": _l("Withdrawn"),
}
STATE_KINDS = {"open": "good", "published": "good", "planned": "warning", "withdrawn": "bad"}
EVENTS = {
    "away": _l("Left the page"),
    "paste": _l("Pasted a long text"),
    "device": _l("Went on at another computer"),
    "address": _l("Another network address"),
    "elsewhere": _l("Looked at from another computer"),
    "parallel": _l("Answers still came from the computer before; how many:"),
    "time": _l("Got more time"),
    "break": _l("Break, minutes"),
    "late": _l("Answers arrived late"),
    "ended": _l("Ended by the teacher"),
}
APPEALS = {"open": _l("To be decided"), "granted": _l("Granted"), "refused": _l("Refused")}
APPEAL_KINDS = {"open": "warning", "granted": "good", "refused": "bad"}
ENDS = {
    "pupil": _l("Handed in"),
    "clock": _l("Time was up"),
    "teacher": _l("Ended by the teacher"),
    "paper": _l("On paper"),
    "": _l("In progress"),
}
