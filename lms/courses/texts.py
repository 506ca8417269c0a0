"""Sentences several files of this room say."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

NOT_OPEN = _l("This lesson is not open yet. Look at the order of the lessons and at the dates of the course.")
