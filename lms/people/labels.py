"""Codes of people in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ROLES = {
    "student": _l("Pupil"),
    "teacher": _l("Teacher"),
    "methodologist": _l("Methodologist"),
    "deputy_director": _l("Deputy head for studies"),
    "director": _l("School principal"),
    "district_officer": _l("District officer"),
    "oblast_officer": _l("Oblast officer"),
    "republic_officer": _l("Republic officer"),
    "administrator": _l("Administrator"),
    "guardian": _l("Parent or guardian"),
}
LANGUAGES = {"kk": _l("Kazakh"), "ru": _l("Russian")}
SEXES = {"": _l("Not stated"), "f": _l("Female"), "m": _l("Male")}
NEEDS = {
    "sight": _l("Sight"),
    "hearing": _l("Hearing"),
    "movement": _l("Movement"),
    "speech": _l("Speech"),
    "learning": _l("Learning"),
    "attention": _l("Attention"),
    "health": _l("Long illness"),
}
# What a need brings with it: lessons and papers read these codes.
ACCOMMODATIONS = {
    "large_text": _l("Large text"),
    "high_contrast": _l("High contrast"),
    "reader": _l("Texts are read aloud"),
    "scribe": _l("Somebody writes down the answers"),
    "captions": _l("Captions for sound"),
    "keyboard_only": _l("Keyboard instead of a mouse"),
    "breaks": _l("Breaks when needed"),
    "separate_room": _l("A separate room"),
}
RELATIONS = {"parent": _l("Parent"), "guardian": _l("Guardian"), "relative": _l("Relative")}
MEANS = {
    "password": _l("Password"),
    "code": _l("One-time code"),
    "pictures": _l("Pictures"),
    "card": _l("Card"),
    "oidc": _l("Outside account"),
}
LEAVING = {
    "transfer": _l("Moved to another class"),
    "left": _l("Left the school"),
    "graduated": _l("Finished school"),
    "year": _l("The school year ended"),
}
