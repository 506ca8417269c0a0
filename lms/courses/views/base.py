"""The blueprint all view files of this room share, and what several of them need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.i18n import LANGUAGES, language
from lms.core.permissions import actor
from lms.core.rooms import room
from lms.courses import labels, showing
from lms.people.models import Person
from lms.web.menu import LESSONS, add_to_menu

blueprint = room("courses", "lms.courses")
add_to_menu(blueprint, "course.take", "courses.learning", _l("My courses"), 15, LESSONS)
add_to_menu(blueprint, "course.see", "courses.courses", _l("Courses"), 20)
blueprint.add_app_template_filter(showing.rich, "drawn")
blueprint.add_app_template_filter(showing.formula, "formula")


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"course_words": labels}


def me() -> Person:
    return db.session.get_one(Person, actor().person_id)


def key_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None


def wanted_language(usual: str) -> str:
    """The language a lesson is shown or written in: ?in=ru, else the usual one."""
    wanted = request.values.get("in", "")
    return wanted if wanted in LANGUAGES else usual if usual in LANGUAGES else language()


def wants_json() -> bool:
    return (
        request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
        == "application/json"
    )
