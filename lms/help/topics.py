"""Topics that belong to no single room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.help.views import blueprint
from lms.web.help import Topic, help_topic

TOPICS = (
    Topic(
        "sign-in",
        _l("I cannot sign in"),
        (
            _l("Look at the language of the keyboard: a password typed in another alphabet does not fit."),
            _l("Check that the Caps Lock key is off."),
            _l(
                "After several wrong tries wait five minutes; the right password is refused in that time, too."
            ),
            _l(
                "If you have forgotten the password, ask the administrator of your school for a one-time code."
            ),
        ),
        pages=("people.sign_in", "people.sign_in_now"),
        note=_l("Nobody, the administrator included, can see your password or will ever ask for it."),
    ),
    Topic(
        "language",
        _l("Kazakh or Russian"),
        (
            _l("Press the name of the other language at the top of any page."),
            _l("The page stays where it is; only the language changes."),
            _l("The choice is remembered with your name and holds on every computer."),
        ),
    ),
    Topic(
        "appearance",
        _l("Larger letters, dark colours"),
        (
            _l("Open the page “Appearance” at the bottom of any page."),
            _l("Choose the colours and the size of the letters."),
            _l("Press the button “Save”. The choice is kept on this device."),
        ),
        pages=("web.look",),
        note=_l("Ctrl and + enlarge everything further; every page stays usable at double size."),
    ),
    Topic(
        "keyboard",
        _l("Working without a mouse"),
        (
            _l("The Tab key leads to the next link, field or button; Shift and Tab lead back."),
            _l("Enter opens a link and presses a button; the space bar ticks a box."),
            _l("The first Tab on a page offers to skip the menu and go to the content."),
            _l("Esc closes an open menu or question."),
        ),
    ),
    Topic(
        "slow-line",
        _l("When the internet is slow or gone"),
        (
            _l("Pages are light; wait until the new page appears instead of pressing twice."),
            _l(
                "If the line breaks while a file is being sent, leave the page open: sending goes on by itself."
            ),
            _l("If a page does not open, go back in the browser; what was saved before is not lost."),
        ),
    ),
)

for _topic in TOPICS:
    help_topic(blueprint, _topic)
