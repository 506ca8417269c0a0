"""The search page and suggestions while somebody types."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request
from flask_babel import lazy_gettext as _l

from lms.core import limits
from lms.core.permissions import actor, needs
from lms.library import labels
from lms.library.queries import finding
from lms.library.views.base import blueprint
from lms.web.menu import add_to_menu

add_to_menu(blueprint, "library.see", "library.search", _l("Library"), 26)
A_MINUTE, SEARCHES_A_MINUTE, LETTERS_A_MINUTE = 1, 60, 240


@blueprint.get("")
@needs("library.see")
def search() -> str:
    wanted = finding.asked()
    if wanted.typed:
        limits.at_most("library search", str(actor().person_id), SEARCHES_A_MINUTE, A_MINUTE)
    return render_template("library/search.html", asked=wanted, found=finding.results(wanted), words=labels)


@blueprint.get("/suggestions")
@needs("library.see")
def suggestions() -> Any:
    limits.at_most("library letters", str(actor().person_id), LETTERS_A_MINUTE, A_MINUTE)
    return jsonify(finding.suggestions(request.args.get("q", "")))
