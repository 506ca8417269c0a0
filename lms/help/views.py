"""The help room: a list of tasks, one task, about the system."""

from __future__ import annotations

from flask import render_template
from werkzeug.exceptions import NotFound

from lms.core.permissions import public
from lms.core.rooms import room
from lms.web.help import topics

blueprint = room("help", "lms.help")


@blueprint.get("/help")
@public
def index() -> str:
    return render_template("help/index.html", topics=topics())


@blueprint.get("/help/<string:slug>")
@public
def topic(slug: str) -> str:
    found = next((one for one in topics() if one.slug == slug), None)
    if found is None:
        raise NotFound
    others = [one for one in topics() if one is not found]
    return render_template("help/topic.html", topic=found, others=others)


@blueprint.get("/about")
@public
def about() -> str:
    return render_template("help/about.html")
