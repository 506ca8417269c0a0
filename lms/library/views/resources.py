"""One resource: adding, looking, describing, approving, taking down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.core import storage, uploads
from lms.core.errors import NotYours
from lms.core.office import OFFICE
from lms.core.permissions import actor, may, needs, require
from lms.core.security import takes_uploads
from lms.library import labels
from lms.library.file_kinds import ending
from lms.library.forms import LinkForm, ResourceForm, ShortForm
from lms.library.metadata import json_ld
from lms.library.models import Resource, ResourceVersion
from lms.library.queries import carrying as shelves
from lms.library.queries import resources as queries
from lms.library.seeing import is_blind
from lms.library.service import resources as service
from lms.library.service.notices import tell
from lms.library.service.resources import Arrived
from lms.library.views.base import blueprint
from lms.places.models import Place

TEXT_PARTS = 10


@blueprint.get("/mine")
@needs("resource.add")
def mine() -> str:
    return render_template("library/mine.html", resources=queries.mine(), words=labels)


@blueprint.route("/add", methods=["GET", "POST"])
@needs("resource.add")
@takes_uploads
def add() -> Any:
    form, error = ShortForm.here(), ""
    if form.ok():
        arrived = files_sent()
        if arrived:
            found = service.add_resource(chosen_place(), actor().person_id, form.facts(), arrived)
            return to_resource(found)
        error = _("Choose a file.")
    return _add_page(form, "library/add.html", error)


@blueprint.route("/add-link", methods=["GET", "POST"])
@needs("resource.add")
def add_link() -> Any:
    form = LinkForm.here(kind="link")
    if form.ok():
        facts = {**form.facts(), "offline": False}
        return to_resource(service.add_resource(chosen_place(), actor().person_id, facts))
    return _add_page(form, "library/add_link.html")


def _add_page(form: ShortForm, template: str, error: str = "") -> Any:
    page = render_template(template, form=form, places=queries.places_to_put(), error=error)
    return page, 422 if form.wrong or error else 200


def is_unseen(version: ResourceVersion | None) -> bool:
    """A document of which no page could be drawn: there is no LibreOffice here, or it made nothing of it."""
    if version is None or version.reading == "waiting":
        return False
    drawn = any(one.role == "preview" for one in version.files)
    return not drawn and any(one.role == "main" and ending(one.name) in OFFICE for one in version.files)


@blueprint.get("/resources/<uuid:resource_id>")
@needs("library.see")
def resource(resource_id: UUID) -> str:
    found = queries.resource_or_404(resource_id)
    version = queries.version_of(found)
    waiting = version is not None and version.reading == "waiting"
    return render_template(
        "library/resource.html",
        resource=found, version=version, unseen=is_unseen(version), related=queries.related(found, version),
        ratings=queries.ratings_of(found), mine=queries.mine_about(found), may_change=queries.may_change(found),
        job=queries.reading_job(version) if version and waiting else None, words=labels, blind=is_blind(found), json_ld=json_ld(found),
        shelves=shelves.own_shelves() if may("library.carry") else [],
    )  # fmt: skip


@blueprint.get("/resources/<uuid:resource_id>/history")
@needs("library.see")
def history(resource_id: UUID) -> str:
    found = queries.resource_or_404(resource_id)
    if is_blind(found):
        raise NotYours
    return render_template(
        "library/history.html", resource=found, events=queries.events_of(found), words=labels
    )


@blueprint.get("/resources/<uuid:resource_id>/text")
@needs("library.see")
def text(resource_id: UUID) -> str:
    """The words of the file, some pages at a time: for slow lines and for screen readers."""
    found = queries.resource_or_404(resource_id)
    version = queries.version_of(found)
    start = min(max(request.args.get("from", 1, type=int), 1), 1_000_000)
    parts = queries.parts_of(version, start, TEXT_PARTS) if version else []
    return render_template(
        "library/text.html",
        resource=found,
        version=version,
        parts=parts,
        start=start,
        step=TEXT_PARTS,
        words=labels,
    )


@blueprint.route("/resources/<uuid:resource_id>/edit", methods=["GET", "POST"])
@needs("resource.add")
def edit(resource_id: UUID) -> Any:
    found = queries.resource_or_404(resource_id, change=True)
    form = ResourceForm.of(found)
    if form.ok():
        service.describe(found, actor().person_id, form.facts())
        flash(_("The description is saved."), "good")
        return to_resource(found)
    return render_template("library/edit.html", form=form, resource=found), 422 if form.wrong else 200


@blueprint.route("/resources/<uuid:resource_id>/files", methods=["GET", "POST"])
@needs("resource.add")
@takes_uploads
def change_files(resource_id: UUID) -> Any:
    """Another version: files beside the present ones, subtitles for instance, or in their place."""
    found = queries.resource_or_404(resource_id, change=True)
    error = ""
    if request.method == "POST":
        arrived = files_sent()
        if arrived:
            service.new_version(found, actor().person_id, arrived, keep=request.form.get("keep") == "yes")
            return to_resource(found)
        error = _("Choose a file.")
    page = render_template(
        "library/files.html", resource=found, version=queries.version_of(found), error=error
    )
    return page, 422 if error else 200


@blueprint.route("/resources/<uuid:resource_id>/twin", methods=["GET", "POST"])
@needs("resource.add")
def twin(resource_id: UUID) -> Any:
    found = queries.resource_or_404(resource_id, change=True)
    if request.method == "POST":
        other = request.form.get("other", "")
        service.join_twins(found, queries.resource_or_404(_key(other)) if other else None)
        return to_resource(found)
    typed = request.args.get("q", "")[:200]
    return render_template(
        "library/twin.html",
        resource=found,
        typed=typed,
        others=queries.other_language(found, typed),
        words=labels,
    )


@blueprint.post("/resources/<uuid:resource_id>/ask-approval")
@needs("resource.add")
def ask_approval(resource_id: UUID) -> Response:
    """The school's leaders are told; the draft shows in their list."""
    found = queries.resource_or_404(resource_id, change=True)
    tell(queries.approvers(found), "asks", found)
    flash(_("The leaders of the school have been told."), "good")
    return to_resource(found)


@blueprint.post("/resources/<uuid:resource_id>/approve")
@needs("resource.approve")
def approve(resource_id: UUID) -> Response:
    return _done(resource_id, "resource.approve", service.approve_for_school)


@blueprint.post("/resources/<uuid:resource_id>/take-down")
@needs("resource.take_down")
def take_down(resource_id: UUID) -> Response:
    reason = request.form.get("reason", "")
    return _done(resource_id, "resource.take_down", lambda row, by: service.take_down(row, by, reason))


@blueprint.post("/resources/<uuid:resource_id>/put-back")
@needs("resource.take_down")
def put_back(resource_id: UUID) -> Response:
    return _done(resource_id, "resource.take_down", service.put_back)


@blueprint.post("/resources/<uuid:resource_id>/remove")
@needs("resource.add")
def remove(resource_id: UUID) -> Response:
    service.remove(queries.resource_or_404(resource_id, change=True))
    flash(_("The draft is removed."), "good")
    return redirect(url_for("library.mine"), 303)


def _done(resource_id: UUID, permission: str, verb: Callable[[Resource, UUID], None]) -> Response:
    found = queries.resource_or_404(resource_id)
    require(permission, found.path)
    verb(found, actor().person_id)
    return to_resource(found)


def files_sent() -> list[Arrived]:
    """One that came in pieces before, or some that came whole with this form."""
    if request.form.get("upload"):
        upload = uploads.finished_or_404(_key(request.form["upload"]))
        name = upload.name
        return [(name, uploads.take(upload))]
    sent = [one for one in request.files.getlist("file") if one.filename]
    return [(str(one.filename), storage.keep(one.stream)) for one in sent[:10]]


def chosen_place() -> Place:
    places = queries.places_to_put()
    text = request.form.get("place", "")
    found = next((one for one in places if str(one.id) == text), None) if text else next(iter(places), None)
    if found is None:
        raise NotYours
    return found


def to_resource(found: Resource) -> Response:
    return redirect(url_for("library.resource", resource_id=found.id), 303)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None
