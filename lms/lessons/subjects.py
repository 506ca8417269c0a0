"""School subjects and ways of teaching, in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.places.subjects import SUBJECTS as SUBJECTS

MODELS = {
    1: _l("Streaming: one teacher for many schools at once"),
    2: _l("The hub school teaches the class over the line"),
    3: _l("Own teacher with digital resources"),
    4: _l("Offline, with materials brought beforehand"),
}
