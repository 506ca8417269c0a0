"""Papers to print for a class: one-time codes, codes for parents, pupils' cards. Printing makes new ones."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Response, current_app
from flask_babel import gettext as _

from lms.core import clock
from lms.core.i18n import day, in_language
from lms.core.permissions import actor, needs
from lms.core.settings import Settings
from lms.people.models import Person, SchoolClass
from lms.people.paper import Slip, slips_pdf
from lms.people.queries import classes as queries
from lms.people.service import cards, codes
from lms.people.views.base import blueprint, download

PDF = "application/pdf"


@blueprint.post("/classes/<uuid:class_id>/code-slips")
@needs("sign_in.help")
def code_slips(class_id: UUID) -> Response:
    """First passwords for pupils who have not chosen one yet; who has one keeps it."""
    row = queries.class_or_404(class_id, "sign_in.help")
    without = [one for one in queries.pupils(row) if not one.password_set_by_person and one.login]
    issued = codes.issue_codes(without, codes.PASSWORD, actor().person_id, row.school.path)
    lines = (
        _("1. Open this address: %(address)s", address=f"{_site()}/sign-in/code"),
        _("2. Type the code and choose a password."),
        _("Valid until: %(date)s. It works once.", date=_until(codes.PASSWORD)),
    )
    slips = [
        Slip(
            one.full_name,
            _(
                "%(school)s, class %(name)s. Username: %(login)s",
                school=_school(row),
                name=row.name,
                login=one.login,
            ),
            codes.shown(issued[one.id]),
            lines,
        )
        for one in without
    ]
    return download(slips_pdf(_("One-time codes"), slips), "codes.pdf", PDF)


@blueprint.post("/classes/<uuid:class_id>/guardian-slips")
@needs("sign_in.help")
def guardian_slips(class_id: UUID) -> Response:
    row = queries.class_or_404(class_id, "sign_in.help")
    pupils = queries.pupils(row)
    issued = codes.issue_codes(pupils, codes.GUARDIAN, actor().person_id, row.school.path)
    lines = (
        _("For the parents or guardians of this pupil."),
        _("1. Open this address: %(address)s", address=f"{_site()}/join"),
        _("2. Type the code to see how the child is doing."),
        _("Valid until: %(date)s. It works once.", date=_until(codes.GUARDIAN)),
    )
    slips = [Slip(one.full_name, _about(row), codes.shown(issued[one.id]), lines) for one in pupils]
    return download(slips_pdf(_("Codes for parents"), slips), "parents.pdf", PDF)


@blueprint.post("/classes/<uuid:class_id>/cards")
@needs("sign_in.help")
def pupil_cards(class_id: UUID) -> Response:
    row = queries.class_or_404(class_id, "sign_in.help")
    slips = [_card(one, row) for one in queries.pupils(row)]
    return download(slips_pdf(_("Pupils' cards"), slips), "cards.pdf", PDF)


def _card(person: Person, row: SchoolClass) -> Slip:
    token, short = cards.issue_card(person, actor().person_id, row.school.path)
    return Slip(
        person.full_name,
        _about(row),
        codes.shown(short),
        (
            _("Scan the square or type the code at:"),
            f"{_site()}/sign-in/card",
            _("Lost? The teacher makes a new card."),
        ),
        # Behind the #: it never reaches a log, the page itself hands it over.
        f"{_site()}/sign-in/card#{token}",
    )


def _about(row: SchoolClass) -> str:
    return _("%(school)s, class %(name)s", school=_school(row), name=row.name)


def _school(row: SchoolClass) -> str:
    return in_language(row.school)


def _site() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.site


def _until(purpose: str) -> str:
    return day(clock.today() + timedelta(days=codes.DAYS[purpose]))
