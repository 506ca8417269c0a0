"""Pages of roles: which somebody holds where and until when, giving and taking one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotAllowed, NotYours
from lms.core.forms import options
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs
from lms.people import labels, ranks, service
from lms.people.forms import RoleForm
from lms.people.models import Person, RoleHolding
from lms.people.queries import persons as queries
from lms.people.views.base import blueprint
from lms.places import queries as place_queries
from lms.places.models import Place


@blueprint.get("/people/<uuid:person_id>/roles")
@needs("role.give")
def roles(person_id: UUID) -> str:
    return _page(queries.person_or_404(person_id, "role.give"), _form(), 200)[0]


@blueprint.post("/people/<uuid:person_id>/roles")
@needs("role.give")
def give_role(person_id: UUID) -> Any:
    found, form = queries.person_or_404(person_id, "role.give"), _form()
    if not form.ok():
        return _page(found, form, 422)
    place = place_queries.place_or_404(UUID(form.place_id.data), "role.give")
    if form.role.data not in ranks.roles_to_give(place.path, place.level) or found.id == actor().person_id:
        raise NotAllowed
    service.give_role(found, form.role.data, place, form.since.data, form.until.data)
    flash(_("The role has been given."), "success")
    return redirect(url_for("people.roles", person_id=found.id), 303)


@blueprint.post("/people/roles/<uuid:holding_id>/take")
@needs("role.give")
def take_role(holding_id: UUID) -> Any:
    holding = db.session.get(RoleHolding, holding_id)
    if holding is None:
        raise NotYours
    found = queries.person_or_404(holding.person_id, "role.give")
    if not ranks.may_give(holding.role, holding.place.path):
        raise NotAllowed
    if found.id == actor().person_id:
        raise NotAllowed
    service.take_role(holding, holding.place.path)
    flash(_("The role has been taken back."), "success")
    return redirect(url_for("people.persons"), 303)


def _form() -> RoleForm:
    form = RoleForm.here(since=clock.today())
    assert isinstance(form, RoleForm)
    places = _places()
    found = {role for one in places for role in ranks.roles_to_give(one.path, one.level)}
    form.role.choices = options([(role, text) for role, text in labels.ROLES.items() if role in found])
    form.place_id.choices = options([(str(one.id), in_language(one)) for one in places])
    return form


def _places() -> list[Place]:
    """Offices first, then schools; whoever reaches hundreds starts from the school's page instead."""
    schools = queries.schools_within("role.give")
    offices = place_queries.districts("role.give")
    tops = [one for one in place_queries.tops("role.give") if one.level == "republic"]
    return [*tops, *offices, *schools]


def _page(found: Person, form: RoleForm, status: int) -> tuple[str, int]:
    page = render_template(
        "people/roles.html", person=found, form=form, may_give=ranks.may_give, today=clock.today()
    )
    return page, status
