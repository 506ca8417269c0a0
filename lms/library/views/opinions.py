"""Stars and lessons."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.core import clock
from lms.core.errors import Refused
from lms.core.permissions import actor, needs
from lms.library.queries import resources as queries
from lms.library.service import opinions as service
from lms.library.views.base import blueprint
from lms.library.views.resources import to_resource


@blueprint.post("/resources/<uuid:resource_id>/use")
@needs("resource.use")
def use(resource_id: UUID) -> Response:
    found = queries.resource_or_404(resource_id)
    path = next((one.path for one in actor().grants), found.path)
    if service.note_use(found, actor().person_id, path, _day(request.form.get("day", ""))):
        flash(_("The lesson is noted. You can give stars now."), "good")
    else:
        flash(_("This day is noted already."), "info")
    return to_resource(found)


@blueprint.post("/resources/<uuid:resource_id>/rate")
@needs("resource.use")
def rate(resource_id: UUID) -> Response:
    found = queries.resource_or_404(resource_id)
    stars = request.form.get("stars", type=int) or 0
    if not 1 <= stars <= 5:
        raise Refused(_("Choose one to five stars."))
    service.rate(found, actor().person_id, stars, request.form.get("words", ""))
    flash(_("Thank you. Your opinion is saved."), "good")
    return to_resource(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise Refused(_("This is not a date.")) from None
