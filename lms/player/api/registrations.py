"""Attempts: make one, lead a learner into it, ask how it went, remove it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, url_for

from lms.core.settings import Settings
from lms.player.api import schemas
from lms.player.api.base import blueprint, client, for_programs
from lms.player.models import Registration
from lms.player.queries import programs as queries
from lms.player.service import programs


@blueprint.get("/registrations")
@for_programs("registrations.read")
@blueprint.arguments(schemas.WhichRegistrations, location="query")
@blueprint.response(200, schemas.RegistrationPage)
def registrations(wanted: dict[str, Any]) -> Any:
    """Attempts within the program's place, oldest first, a hundred at a time

    Those that teachers have given are among them. Scope: registrations.read
    """
    rows = queries.registrations(
        client(), *(wanted.get(name) for name in ("package", "login", "since", "after"))
    )
    more = len(rows) == queries.PER_PAGE
    return {"registrations": [_shown(one) for one in rows], "next": rows[-1].id if more else None}


@blueprint.post("/registrations")
@for_programs("registrations.write")
@blueprint.arguments(schemas.NewRegistration)
@blueprint.response(201, schemas.RegistrationAnswer)
def make_registration(wanted: dict[str, Any]) -> Any:
    """A new attempt of a learner on the published version of a package

    Scope: registrations.write
    """
    package = queries.package_or_404(client(), wanted["package"])
    return _shown(programs.register(package, queries.learner_or_404(client(), wanted["login"])))


@blueprint.get("/registrations/<uuid:registration_id>")
@for_programs("registrations.read")
@blueprint.response(200, schemas.RegistrationAnswer)
def registration(registration_id: UUID) -> Any:
    """How an attempt is going

    Scope: registrations.read
    """
    return _shown(queries.registration_or_404(client(), registration_id))


@blueprint.delete("/registrations/<uuid:registration_id>")
@for_programs("registrations.write")
@blueprint.response(204)
def remove_registration(registration_id: UUID) -> None:
    """Remove an attempt with everything that was recorded of it

    One that a teacher has given belongs to the class and is not removed (409). Scope: registrations.write
    """
    programs.remove(queries.registration_or_404(client(), registration_id))


@blueprint.post("/registrations/<uuid:registration_id>/launch-links")
@for_programs("registrations.write")
@blueprint.arguments(schemas.NewLink)
@blueprint.response(201, schemas.LinkAnswer)
def make_launch_link(wanted: dict[str, Any], registration_id: UUID) -> Any:
    """A link that opens the lesson in a window of its own: once, within two minutes, without signing in

    Ask for it when the learner presses the button, because a player that is open elsewhere is ended by it.
    Scope: registrations.write
    """
    settings: Settings = current_app.extensions["settings"]
    row = queries.registration_or_404(client(), registration_id)
    launch, code = programs.link(row)
    path = url_for("player.page", launch_id=launch.id, chosen=wanted["language"])
    return {
        "url": f"{settings.site_of_package(row.version.package_id)}{path}#{code}",
        "expires_at": launch.expires_at,
    }


def _shown(row: Registration) -> dict[str, Any]:
    plain = ("id", "number", "completion", "success", "score", "seconds", "place", "created_at", "last_seen_at", "finished_at")  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "package": row.version.package_id,
        "version": row.version.number,
        "learner": row.person_id,
        "given_by_teacher": row.assignment_id is not None,
    }
