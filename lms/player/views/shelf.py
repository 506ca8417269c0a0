"""The shelf: the list of packages, putting one there, one package with its versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms.core import uploads
from lms.core.errors import NotYours
from lms.core.permissions import actor, needs, require
from lms.core.security import takes_uploads
from lms.places.models import Place
from lms.player import labels_shelf as labels
from lms.player.forms_shelf import HostsForm, PackageForm
from lms.player.models import Package, PackageVersion
from lms.player.queries import shelf as queries
from lms.player.service import shelf, versions
from lms.player.views.base import blueprint
from lms.web.menu import LESSONS, add_to_menu

add_to_menu(blueprint, "package.see", "player.packages", _l("Packages"), 40, LESSONS)


@blueprint.get("/shelf")
@needs("package.see")
def packages() -> str:
    return render_template("player/shelf.html", packages=queries.packages(), words=labels)


@blueprint.get("/shelf/packages/<uuid:package_id>")
@needs("package.see")
def package(package_id: UUID) -> str:
    found = queries.package_or_404(package_id)
    return render_template(
        "player/shelf_package.html", package=found, versions=queries.versions(found), words=labels
    )


@blueprint.route("/shelf/packages/<uuid:package_id>/edit", methods=["GET", "POST"])
@needs("package.upload")
def edit_package(package_id: UUID) -> Any:
    found = queries.package_or_404(package_id, "package.upload")
    form = PackageForm.here(found)
    if not form.ok():
        return render_template("player/shelf_edit.html", form=form, package=found), _status(form)
    versions.describe(found, form.values())
    flash(_("The description is saved."), "good")
    return redirect(url_for("player.package", package_id=found.id), 303)


@blueprint.route("/shelf/packages/<uuid:package_id>/hosts", methods=["GET", "POST"])
@needs("package.publish")
def package_hosts(package_id: UUID) -> Any:
    """Video sites and the like that this package may reach; a methodologist answers for it."""
    found = queries.package_or_404(package_id, "package.publish")
    form = HostsForm.here(hosts="\n".join(found.hosts))
    if not form.ok():
        return render_template("player/shelf_hosts.html", form=form, package=found), _status(form)
    versions.allow_hosts(found, form.names())
    flash(_("The package may reach these hosts from now on."), "good")
    return redirect(url_for("player.package", package_id=found.id), 303)


@blueprint.get("/shelf/upload")
@needs("package.upload")
def new_upload() -> str:
    return _upload_page()


@blueprint.post("/shelf/upload")
@needs("package.upload")
@takes_uploads
def upload() -> Any:
    arrived = _arrived()
    if arrived is None:
        return _upload_page(_("Choose the file of the package.")), 422
    package = _chosen_package()
    place = package.place if package else _chosen_place()
    version = shelf.put_on_shelf(place, arrived, actor().person_id, package)
    return to_version(version)


def _upload_page(error: str = "") -> str:
    places = queries.places_to_put()
    return render_template(
        "player/shelf_upload.html",
        places=places,
        packages=queries.own_packages([one.id for one in places]),
        chosen=request.values.get("package", ""),
        error=error,
    )


def _arrived() -> uploads.Upload | None:
    """Sent in pieces before, or whole with this form."""
    if request.form.get("upload"):
        return uploads.finished_or_404(_key(request.form["upload"]))
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    if not size:
        return None
    return shelf.received_whole(actor().person_id, file.filename, file.stream, size)


def _chosen_package() -> Package | None:
    text = request.form.get("package", "")
    return queries.package_or_404(_key(text), "package.upload") if text else None


def _chosen_place() -> Place:
    places = queries.places_to_put()
    text = request.form.get("place", "")
    found = next((one for one in places if str(one.id) == text), None) if text else next(iter(places), None)
    if found is None:
        raise NotYours
    require("package.upload", found.path)
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None


def _status(form: Any) -> int:
    return 422 if form.wrong else 200


def to_version(version: PackageVersion) -> Response:
    return redirect(url_for("player.version", version_id=version.id), 303)
