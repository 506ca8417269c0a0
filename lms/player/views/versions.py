"""One version: the doctor's report, what is in it, and everything that can be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.core import storage
from lms.core.errors import NotYours
from lms.core.permissions import actor, needs
from lms.core.security import takes_uploads
from lms.player import finding_texts
from lms.player import labels_shelf as labels
from lms.player.queries import differences
from lms.player.queries import shelf as queries
from lms.player.service import belonging, previews, shelf, versions
from lms.player.views.base import blueprint
from lms.player.views.shelf import to_version
from scorm.package.check.remedies import REPAIRABLE


@blueprint.get("/shelf/versions/<uuid:version_id>")
@needs("package.see")
def version(version_id: UUID) -> str:
    found = queries.version_or_404(version_id)
    others = [one for one in queries.versions(found.package) if one.id != found.id]
    return render_template(
        "player/shelf_version.html",
        version=found,
        package=found.package,
        others=[one for one in others if one.state not in ("inspecting", "refused")],
        report=finding_texts.explained(found.findings),
        changes=finding_texts.changes(found.repairs),
        repairable=any(one["code"] in REPAIRABLE for one in found.findings),
        files=queries.file_count(found),
        job=queries.inspection_job(found) if found.state == "inspecting" else None,
        twin=belonging.twin_of(found),
        words=labels,
    )


@blueprint.post("/shelf/versions/<uuid:version_id>/join")
@needs("package.upload")
def join(version_id: UUID) -> Response:
    found = queries.version_or_404(version_id, "package.upload")
    belonging.join(found)
    flash(_("It is a version of that package now."), "good")
    return to_version(found)


@blueprint.post("/shelf/versions/<uuid:version_id>/repair")
@needs("package.upload")
def repair(version_id: UUID) -> Response:
    found = queries.version_or_404(version_id, "package.upload")
    return to_version(shelf.repair_version(found, actor().person_id))


@blueprint.post("/shelf/versions/<uuid:version_id>/publish")
@needs("package.publish")
def publish(version_id: UUID) -> Response:
    found = queries.version_or_404(version_id, "package.publish")
    versions.publish(found, actor().person_id)
    flash(_("The version is published. Teachers can give it to their classes now."), "good")
    return to_version(found)


@blueprint.post("/shelf/versions/<uuid:version_id>/preview")
@needs("package.see")
def preview(version_id: UUID) -> Response:
    row = previews.begin(queries.version_or_404(version_id), actor().person_id)
    return redirect(url_for("player.play", registration_id=row.id), 303)


@blueprint.post("/shelf/versions/<uuid:version_id>/archive")
@needs("package.publish")
def archive(version_id: UUID) -> Response:
    found = queries.version_or_404(version_id, "package.publish")
    versions.archive(found)
    flash(_("The version is archived. Whoever has begun it can finish it."), "good")
    return to_version(found)


@blueprint.post("/shelf/versions/<uuid:version_id>/bring-back")
@needs("package.publish")
def bring_back(version_id: UUID) -> Response:
    found = queries.version_or_404(version_id, "package.publish")
    versions.bring_back(found)
    flash(_("The version is published again."), "good")
    return to_version(found)


@blueprint.post("/shelf/versions/<uuid:version_id>/remove")
@needs("package.upload")
def remove(version_id: UUID) -> Response:
    """What was never published is the uploader's to remove; what was, a methodologist's."""
    found = queries.version_or_404(version_id, "package.upload")
    if found.published_at is not None:
        found = queries.version_or_404(version_id, "package.publish")
    package_id = found.package_id
    all_gone = versions.remove(found)
    flash(_("The version is removed."), "good")
    if all_gone:
        return redirect(url_for("player.packages"), 303)
    return redirect(url_for("player.package", package_id=package_id), 303)


@blueprint.get("/shelf/versions/<uuid:version_id>/compare")
@needs("package.see")
def compare(version_id: UUID) -> str:
    """With the version named by its number, else with the one before."""
    found = queries.version_or_404(version_id)
    accepted = [
        one for one in queries.versions(found.package)
        if one.id != found.id and one.state not in ("inspecting", "refused")
    ]  # fmt: skip
    number = request.args.get("with", type=int)
    earlier = [one for one in accepted if one.number < found.number] or accepted
    other = next((one for one in accepted if one.number == number), None) or next(iter(earlier), found)
    old, new = sorted((found, other), key=lambda one: one.number)
    return render_template(
        "player/shelf_compare.html",
        old=old, new=new, package=found.package, words=labels,
        files=differences.by_file(old, new), activities=differences.by_activity(old, new),
    )  # fmt: skip


@blueprint.get("/shelf/versions/<uuid:version_id>/replace")
@needs("package.upload")
def choose_replacement(version_id: UUID) -> str:
    return _replacement_page(version_id)


@blueprint.post("/shelf/versions/<uuid:version_id>/replace")
@needs("package.upload")
@takes_uploads
def replace(version_id: UUID) -> Any:
    found = queries.version_or_404(version_id, "package.upload")
    path, file = request.form.get("path", ""), request.files.get("file")
    if file is None or not file.filename or path not in {one.path for one in queries.files(found)}:
        return _replacement_page(
            version_id, _("Choose a file of the package and the file that takes its place.")
        ), 422
    blob = storage.keep(file.stream)
    return to_version(shelf.replace_file(found, path, blob, actor().person_id))


def _replacement_page(version_id: UUID, error: str = "") -> str:
    found = queries.version_or_404(version_id, "package.upload")
    return render_template(
        "player/shelf_replace.html",
        version=found, package=found.package, files=queries.files(found), error=error,
        chosen=request.values.get("path", ""),
    )  # fmt: skip


@blueprint.get("/shelf/versions/<uuid:version_id>/original")
@needs("package.see")
def original(version_id: UUID) -> Response:
    """The archive as it came; a stranger's file, so never shown by the browser."""
    found = queries.version_or_404(version_id)
    if found.archive is None:
        raise NotYours
    name = found.file_name if found.file_name.lower().endswith(".zip") else f"{found.file_name}.zip"
    return storage.send(found.archive, name, "application/zip", download=True, cache="private, no-store")
