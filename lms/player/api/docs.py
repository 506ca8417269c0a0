"""The description itself: for programs as OpenAPI 3.1, for people as a page of ours."""

from __future__ import annotations

import re
from typing import Any

from flask import jsonify, render_template
from markupsafe import Markup, escape

from lms.core.permissions import public
from lms.player.api.base import described
from lms.player.models import SCOPES
from lms.player.views.base import blueprint as pages


@pages.get("/api/v1/openapi.json")
@public
def api_description() -> Any:
    return jsonify(described())


@pages.get("/api/v1/docs")
@public
def api_docs() -> str:
    found = described()
    routes = [
        (path, method, one)
        for path, methods in found["paths"].items()
        for method, one in methods.items()
        if "responses" in one
    ]
    return render_template("player/api_docs.html", spec=found, routes=routes, scopes=SCOPES)


@pages.app_template_filter("commonmark")
def commonmark(text: str) -> Markup:
    """OpenAPI descriptions are CommonMark; ours use no more of it than `code` and **strong**."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked))
