"""Help about schools."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.places.views import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "find-a-school",
        _l("Find a school"),
        (
            _l("Open “Schools” in the menu."),
            _l("Type a part of the name; capital letters do not matter."),
            _l("Narrow the list by kind, language or district, then press “Find”."),
            _l("Press the heading of a column to sort by it; press again to turn the order round."),
        ),
        "school.see",
        ("places.schools",),
        _l("The address in the browser keeps what you looked for: save it or send it to a colleague."),
    ),
)
