"""Files of courses for those who may see them, and models on the content site."""

from __future__ import annotations

from uuid import UUID

from flask import Response, current_app, request, url_for
from werkzeug.exceptions import Forbidden, NotFound

from lms.core import storage
from lms.core.permissions import needs, public
from lms.core.security import allow_in_policy, for_content_site
from lms.core.settings import Settings
from lms.courses.models import CourseFile
from lms.courses.queries import files as queries
from lms.courses.views.base import blueprint

PRIVATE = "private, max-age=31536000, immutable"
DEVICES = ("camera", "microphone", "geolocation", "payment", "usb")


def address(file: CourseFile, size: str = "") -> str:
    """Of a file as its blocks show it. A model lies on the content site, and the page must allow its frame."""
    if file.family == "model":
        settings: Settings = current_app.extensions["settings"]
        allow_in_policy("frame-src", settings.content_site)
        return f"{settings.content_site}/models/{file.capability}/{file.start}"
    return url_for("courses.file", course_file_id=file.id, size=size or None)


@blueprint.get("/courses/files/<uuid:course_file_id>")
@needs("course.take")
def file(course_file_id: UUID) -> Response:
    row = queries.file_or_404(course_file_id)
    sizes = {"small": row.small, "middle": row.middle}
    smaller = sizes.get(request.args.get("size", ""))
    kind = "video/mp4" if smaller and row.family == "video" else row.media_type
    return storage.send(
        smaller or row.digest, row.name, kind,
        download=True if row.family in ("file", "model", "solid") else None, cache=PRIVATE,
    )  # fmt: skip


@blueprint.get("/models/<string:capability>/<path:name>")
@public
@for_content_site
def model_part(capability: str, name: str) -> Response:
    if request.headers.get("Service-Worker") == "script":
        raise Forbidden
    found = queries.model_part(capability, name)
    if found is None:
        raise NotFound
    response = storage.send(found.digest, name.rpartition("/")[2], found.media_type, download=False)
    response.headers["Content-Type"] = found.media_type
    response.headers.update(_headers(current_app.extensions["settings"], capability))
    return response


def _headers(settings: Settings, capability: str) -> dict[str, str]:
    """A model may run its own scripts and reach its own files, and nothing else."""
    own = f"{settings.content_site}/models/{capability}/"
    policy = [
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'", f"connect-src {own} data: blob:",
        "form-action 'none'", "frame-src 'self'", "worker-src 'none'", f"frame-ancestors {settings.site}",
    ]  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Permissions-Policy": ", ".join(f"{name}=()" for name in DEVICES),
        "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff", "Origin-Agent-Cluster": "?1",
    }  # fmt: skip
