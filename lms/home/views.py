"""The home page: cards of the rooms, in the order of what to do next."""

from __future__ import annotations

from babel.dates import format_date
from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.core import clock
from lms.core.i18n import language
from lms.core.permissions import needs
from lms.core.rooms import room
from lms.web.cards import cards_of_the_reader
from lms.web.menu import add_to_menu

blueprint = room("home", "lms.home")
add_to_menu(blueprint, "home.see", "home.home", _l("Home page"), 0)


@blueprint.get("/")
@needs("home.see")
def home() -> str:
    # Translators: the pattern of a date said aloud, with the day of the week; letters as in Unicode TR 35.
    pattern = _("EEEE, d MMMM y")
    today = format_date(clock.today(), pattern, locale=language())
    return render_template("home/home.html", cards=cards_of_the_reader(), today=today)
