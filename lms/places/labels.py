"""Codes of places in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LEVELS = {
    "republic": _l("Republic"),
    "oblast": _l("Oblast or city of republican significance"),
    "district": _l("District or city"),
    "settlement": _l("Settlement"),
    "school": _l("School"),
}
KINDS = {
    "ordinary": _l("Ordinary school"),
    "small": _l("Small school"),
    "hub": _l("Hub school"),
    "satellite": _l("Satellite school"),
}
TECHNOLOGIES = {
    "": _l("Not known"),
    "fibre": _l("Fibre"),
    "radio": _l("Radio link"),
    "satellite": _l("Satellite dish"),
    "mobile": _l("Mobile network"),
    "none": _l("No connection"),
}
LANGUAGES = {
    "kk": _l("Kazakh"),
    "ru": _l("Russian"),
    "ug": _l("Uyghur"),
    "uz": _l("Uzbek"),
    "tg": _l("Tajik"),
}
CLASSROOM_EQUIPMENT = {
    "board": _l("Interactive board"),
    "projector": _l("Projector"),
    "camera": _l("Camera"),
    "microphone": _l("Microphone"),
    "speakers": _l("Speakers"),
    "laboratory": _l("Laboratory equipment"),
}
