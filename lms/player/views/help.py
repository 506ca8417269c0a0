"""Help about playing, giving and seeing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.player.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "play-a-lesson",
        _l("Play a lesson"),
        (
            _l("Open “My lessons” and press the button beside the lesson."),
            _l(
                "Work through it. The line at the top says whether your work is saved at school or on this computer."
            ),
            _l("Press “Saving and closing” when you stop: next time you go on from the same place."),
        ),
        "package.play",
        ("player.lessons",),
        _l(
            "If the connection breaks, go on: your work is kept on this computer and sent when you open the home page or your lessons here again."
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "go-on-elsewhere",
        _l("Go on at another computer or in another window"),
        (
            _l("Open “My lessons” there and press “Going on”: the lesson begins where you stopped."),
            _l("If it is still open in another window, that window says so. What was done in it is saved."),
            _l(
                "If the other computer said “Saved on this computer”, sign in there once more: its work then reaches the school."
            ),
        ),
        "package.play",
        ("player.play",),
        _l("What reaches the school after you have gone on elsewhere is kept for your teacher to see."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "give-a-lesson",
        _l("Give a lesson to a class"),
        (
            _l("Open “Given lessons” and press “Giving a lesson”."),
            _l("Choose the package, the classes, the days and the number of attempts."),
            _l("Press “Giving”: the pupils see it on their home page at once."),
        ),
        "package.give",
        ("player.given", "player.give"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "see-results",
        _l("See how a class is doing"),
        (
            _l("Open “Given lessons” and press the name of the lesson."),
            _l("Press a pupil's name to see where they stand and why a part is not complete."),
            _l(
                "There “Looking at it again” shows the attempt as the pupil left it; nothing in it can be changed."
            ),
            _l("“Part by part” shows how many are through with each part, and where the others are now."),
            _l("“Questions” shows which answers were given, and by how many."),
            _l("The table can be taken along as CSV or XLSX."),
        ),
        "results.see",
        (
            "player.results",
            "player.attempt",
            "player.questions",
            "player.attempt_log",
            "player.class_parts",
            "player.package_results",
        ),
        _l(
            "A mark beside a result means: it came faster than can be believed. Ask the pupil before you decide."
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "connect-a-program",
        _l("Connect another program"),
        (
            _l("Open “Oversight”, then “Programs of others”, and press “Opening an access”."),
            _l("Choose the place it may reach and what it may do, and give as little as it needs."),
            _l("Copy the token and the secret at once: they are shown one time only."),
            _l("Give its makers the address of the page “Interface for programs”."),
        ),
        "api.manage",
        ("player.api_clients", "player.api_client", "player.new_api_client"),
        _l(
            "Close the access as soon as the program is no longer used, or when its token may have been seen."
        ),
    ),
)
