"""Help about the shelf."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.player.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "put-a-package-on-the-shelf",
        _l("Put a package on the shelf"),
        (
            _l("Open “Packages” in the menu and press “Upload a package”."),
            _l("Choose the .zip file and press “Upload”. If the line breaks, choose the same file again."),
            _l("Read what the inspection found; “Repair” puts right what can be put right by itself."),
            _l("A methodologist publishes the version; from then on classes can be given it."),
        ),
        "package.upload",
        ("player.packages", "player.new_upload", "player.version"),
        _l(
            "A published version never changes. A correction is a new version; classes stay with theirs until the "
            "teacher moves them."
        ),
    ),
)
