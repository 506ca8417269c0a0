"""People as files: a list for spreadsheets, OneRoster for other systems."""

from __future__ import annotations

from uuid import UUID

from flask import Response
from flask_babel import gettext as _

from lms.core import audit, limits
from lms.core.db import edge
from lms.core.i18n import day
from lms.core.permissions import actor, needs
from lms.core.sheets import csv_bytes, xlsx_bytes
from lms.people import labels
from lms.people.oneroster import writing
from lms.people.queries import exports as queries
from lms.people.views.base import blueprint, download
from lms.places import queries as place_queries
from lms.places.models import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/people/export/<uuid:school_id>.<any(csv, xlsx):form>")
@needs("people.export")
def export_people(school_id: UUID, form: str) -> Response:
    place = _noted(school_id, "people.exported")
    header = [
        _("Class"), _("Surname"), _("First name"), _("Patronymic"), _("Date of birth"), _("Sex"), _("Username"),
        _("Language of the pages"),
    ]  # fmt: skip
    rows = [
        [name, one.surname, one.first_name, one.patronymic, day(one.birth_date), labels.SEXES[one.sex] if one.sex else "",
         one.login, one.language]
        for name, one in queries.pupils_of(place.id)
    ]  # fmt: skip
    if form == "csv":
        return download(csv_bytes(header, rows), "pupils.csv", "text/csv; charset=utf-8")
    return download(xlsx_bytes(_("Pupils"), header, rows), "pupils.xlsx", XLSX)


@blueprint.get("/people/export/<uuid:school_id>/oneroster.zip")
@needs("people.export")
def export_oneroster(school_id: UUID) -> Response:
    place = _noted(school_id, "people.exported_oneroster")
    return download(writing.oneroster_zip(place), "oneroster.zip", "application/zip")


def _noted(school_id: UUID, action: str) -> Place:
    """Ten an hour, and each is on record before the file is made."""
    place = place_queries.place_or_404(school_id, "people.export")
    limits.at_most("export", str(actor().person_id), 10, 60)
    with edge():
        audit.record(action, place, path=place.path)
    return place
