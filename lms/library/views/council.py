"""The expert council: the list of cases, one case, and everything that is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import limits
from lms.core.errors import NotYours, Refused
from lms.core.permissions import actor, needs, public, require
from lms.library import labels
from lms.library.minutes import minutes_pdf
from lms.library.models import CouncilCase, CouncilSeat
from lms.library.queries import council as queries
from lms.library.queries import resources
from lms.library.service import council as service
from lms.library.views.base import blueprint
from lms.people.queries.persons import person_by_login

CHECKS_A_MINUTE = 30


@blueprint.get("/council")
@needs("council.see")
def council() -> str:
    return render_template("library/council.html", cases=queries.cases(), words=labels)


@blueprint.post("/resources/<uuid:resource_id>/submit")
@needs("resource.add")
def submit(resource_id: UUID) -> Any:
    found = resources.resource_or_404(resource_id, change=True)
    case = service.submit(found, actor().person_id)
    flash(_("It is before the council now."), "good")
    return _to_case(case)


@blueprint.get("/council/<uuid:case_id>")
@needs("council.see")
def case(case_id: UUID) -> str:
    found = queries.case_or_404(case_id)
    return render_template(
        "library/case.html",
        case=found, resource=found.resource, seat=queries.seat_of(found), leads=queries.leads(found),
        owns=found.resource.owner_id == actor().person_id, voices=queries.voices(found), words=labels,
        external=service.EXTERNAL,
    )  # fmt: skip


@blueprint.post("/council/<uuid:case_id>/appoint")
@needs("council.lead")
def appoint(case_id: UUID) -> Any:
    found = _led(case_id)
    person = person_by_login(request.form.get("login", "")[:80])
    part = request.form.get("part", "")
    if person is None or person.disabled:
        raise Refused(_("There is nobody with this user name."))
    if part not in labels.PARTS:
        raise Refused(_("Choose a seat."))
    service.appoint(found, person, part, actor().person_id)
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/start")
@needs("council.lead")
def start_external(case_id: UUID) -> Any:
    found = _led(case_id)
    service.start_external(found, actor().person_id)
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/review")
@needs("council.see")
def review(case_id: UUID) -> Any:
    seat = _own_seat(case_id)
    given = {name: request.form.get(name, 0, type=int) for name in service.CRITERIA}
    scores = {name: points for name, points in given.items() if points}
    service.give_review(seat, scores, request.form.get("words", ""), request.form.get("verdict", ""))
    flash(_("Your review is kept. Thank you."), "good")
    return redirect(url_for("library.council"), 303)


@blueprint.post("/council/<uuid:case_id>/step-back")
@needs("council.see")
def step_back(case_id: UUID) -> Any:
    service.step_back(_own_seat(case_id), request.form.get("reason", ""))
    flash(_("Your seat is free for somebody else."), "good")
    return redirect(url_for("library.council"), 303)


@blueprint.post("/council/<uuid:case_id>/hand-in")
@needs("resource.add")
def hand_in(case_id: UUID) -> Any:
    found = _own(case_id)
    service.hand_in(found, actor().person_id)
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/take-back")
@needs("resource.add")
def take_back(case_id: UUID) -> Any:
    found = _own(case_id)
    service.take_back(found, actor().person_id)
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/speak")
@needs("council.see")
def speak(case_id: UUID) -> Any:
    found = queries.case_or_404(case_id)
    form = request.form
    service.speak(
        found, actor().person_id, form.get("words", ""), form.get("tried") == "yes", form.get("school", "")
    )
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/end-trial")
@needs("council.lead")
def end_trial(case_id: UUID) -> Any:
    found = _led(case_id)
    service.end_trial(found, actor().person_id)
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/decide")
@needs("council.lead")
def decide(case_id: UUID) -> Any:
    found = _led(case_id)
    service.decide(found, actor().person_id)
    return _to_case(found)


@blueprint.post("/council/<uuid:case_id>/refuse")
@needs("council.lead")
def refuse(case_id: UUID) -> Any:
    found = _led(case_id)
    service.refuse(found, actor().person_id, request.form.get("reason", ""))
    return _to_case(found)


@blueprint.get("/council/<uuid:case_id>/minutes.pdf")
@needs("council.see")
def minutes(case_id: UUID) -> Response:
    """For those who lead or handed in; for everybody once it is published."""
    found = queries.case_or_404(case_id)
    if found.is_open and not queries.leads(found):
        raise NotYours
    data = minutes_pdf(found, queries.voices(found))
    return Response(
        data, mimetype="application/pdf", headers={"Content-Disposition": 'inline; filename="minutes.pdf"'}
    )


@blueprint.get("/check-mark")
@public
def check_mark() -> str:
    """Anybody may check a mark, signed in or not."""
    limits.at_most("library mark", request.remote_addr or "", CHECKS_A_MINUTE, 1)
    code = request.args.get("code", "")[:40]
    return render_template(
        "library/mark.html", code=code, resource=queries.by_mark(code) if code else None, words=labels
    )


def _led(case_id: UUID) -> CouncilCase:
    found = queries.case_or_404(case_id)
    require("council.lead", found.resource.path)
    if not queries.leads(found):
        raise Refused(_("Nobody leads the case of a resource of their own."))
    return found


def _own(case_id: UUID) -> CouncilCase:
    found = queries.case_or_404(case_id)
    if found.resource.owner_id != actor().person_id:
        raise NotYours
    return found


def _own_seat(case_id: UUID) -> CouncilSeat:
    seat = queries.seat_of(queries.case_or_404(case_id))
    if seat is None:
        raise NotYours
    return seat


def _to_case(found: CouncilCase) -> Any:
    return redirect(url_for("library.case", case_id=found.id), 303)
