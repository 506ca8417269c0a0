"""Pages of giving: the pupil's list, the teacher's list, and the form between them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.core.db import db
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs
from lms.core.security import allow_in_policy
from lms.places.models import Place
from lms.player import labels
from lms.player.forms import GivingForm, begins, choices, ends
from lms.player.models import Package
from lms.player.queries import giving as queries
from lms.player.service import giving
from lms.player.views.base import blueprint
from lms.player.views.sites import settings_here
from lms.web.cards import home_card
from lms.web.menu import LESSONS, add_to_menu

add_to_menu(blueprint, "package.play", "player.lessons", _l("My lessons"), 10, LESSONS)
add_to_menu(blueprint, "package.give", "player.given", _l("Given lessons"), 20, LESSONS)
ON_THE_CARD = 5


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"player_labels": labels}


@home_card(blueprint, "package.play", "player/cards/lessons.html", 5)
def card() -> dict[str, Any] | None:
    if "student" not in actor().roles:
        return None
    open_now = [one for one in queries.given_to(actor().person_id, 30) if one.open]
    undone = [one for one in open_now if one.newest is None or one.begun]
    allow_in_policy("frame-src", settings_here().package_sites_source)
    return {"lessons": undone[:ON_THE_CARD], "total": len(open_now)}


@blueprint.get("/lessons")
@needs("package.play")
def lessons() -> str:
    allow_in_policy("frame-src", settings_here().package_sites_source)
    return render_template("player/lessons.html", lessons=queries.given_to(actor().person_id))


@blueprint.get("/given")
@needs("package.give")
def given() -> str:
    return render_template("player/given.html", listing=queries.assignments_within_reach("package.give"))


@blueprint.route("/given/new", methods=["GET", "POST"])
@needs("package.give")
def give() -> Any:
    form, classes = _form()
    if not form.ok():
        return render_template("player/give.html", form=form, classes=classes), 422 if form.wrong else 200
    school = _school_of(form, classes)
    package = db.session.get_one(Package, UUID(form.package.data))
    giving.give(
        queries.published(package),
        school,
        actor().person_id,
        [UUID(key) for key in form.classes.data or ()],
        [UUID(key) for key in form.pupils.data or ()],
        opens_at=begins(form.opens_on.data),
        closes_at=ends(form.closes_on.data),
        **form.values("package", "classes", "pupils", "opens_on", "closes_on"),
    )
    flash(_("The lesson is given."), "good")
    return redirect(url_for("player.given"), 303)


@blueprint.post("/given/<uuid:assignment_id>/withdraw")
@needs("package.give")
def withdraw(assignment_id: UUID) -> Any:
    giving.withdraw(queries.assignment_or_404(assignment_id, "package.give"))
    flash(_("The lesson is withdrawn; what the pupils have done stays."), "good")
    return redirect(url_for("player.given"), 303)


@blueprint.post("/given/<uuid:assignment_id>/move")
@needs("package.give")
def move(assignment_id: UUID) -> Any:
    assignment = queries.assignment_or_404(assignment_id, "package.give")
    giving.move_to(assignment, queries.published(assignment.package))
    flash(_("New attempts use the newest version."), "good")
    return redirect(url_for("player.results", assignment_id=assignment.id), 303)


def _form() -> tuple[GivingForm, list[Any]]:
    """Classes of one's schools; with ?of= the pupils of one of them instead."""
    classes = list(queries.classes_within_reach("package.give"))
    form = GivingForm.here(package=request.args.get("package", ""))
    schools = {one.school_id for one in classes}
    packages = {package.id: package for key in list(schools)[:1] for package in queries.usable_at(key)}
    form.package.choices = choices({str(one.id): in_language(one, "title") for one in packages.values()})
    named = {one.id: _name(one, len(schools) > 1) for one in classes}
    form.classes.choices = choices({str(key): name for key, name in named.items()})
    wanted = request.args.get("of", "")
    chosen = [one.id for one in classes if str(one.id) == wanted]
    form.pupils.choices = choices({str(one.id): one.full_name for one, _class in queries.pupils_of(chosen)})
    if chosen:
        form.classes.choices = []
    return form, classes


def _name(one: Any, with_school: bool) -> str:
    return f"{one.name} · {in_language(one.school)}" if with_school else one.name


def _school_of(form: GivingForm, classes: list[Any]) -> Place:
    """The school of the class that was chosen, or of the pupils' class."""
    wanted = {*(form.classes.data or ()), request.args.get("of", "")}
    found: Place = next((one.school for one in classes if str(one.id) in wanted), classes[0].school)
    return found
