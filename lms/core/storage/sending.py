"""A stored file as an answer: whole or in byte ranges (RFC 9110 §14), kept by browsers for ever.

The address of a file never changes its bytes, so its digest is a strong validator (§8.8.3).
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound, RequestedRangeNotSatisfiable

from lms.core.db import db
from lms.core.settings import Settings
from lms.core.storage.blobs import open_blob
from lms.core.storage.chunks import pieces
from lms.core.storage.models import Blob

FOREVER = "public, max-age=31536000, immutable"
# What browsers may show; everything else people get as a download.
SHOWN = ("image/", "audio/", "video/", "text/plain", "application/pdf")
NEVER_SHOWN = ("image/svg+xml",)


def send(
    digest: str, name: str, media_type: str = "", *, download: bool | None = None, cache: str = FOREVER
) -> Response:
    """`cache` is for files that are not for everybody: pass "private, no-store" or the like."""
    blob = db.session.get(Blob, digest)
    if blob is None:
        raise NotFound
    kind = media_type or blob.media_type
    response = Response(mimetype=kind)
    response.set_etag(digest)
    response.headers["Cache-Control"] = cache
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = _disposition(name, kind, download)
    if digest in request.if_none_match:
        response.status_code = 304
        return response
    prefix = _settings().accel_prefix
    return _by_nginx(response, prefix, digest) if prefix else _by_hand(response, blob)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _disposition(name: str, kind: str, download: bool | None) -> str:
    if download is None:
        download = kind in NEVER_SHOWN or not kind.startswith(SHOWN)
    # RFC 6266 §4.3: the plain form for old programs, the starred one for Kazakh and Russian letters.
    plain = "".join(
        letter if letter.isascii() and letter.isalnum() or letter in "._-" else "_" for letter in name
    )
    return (
        f"{'attachment' if download else 'inline'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, '')}"
    )


def _by_nginx(response: Response, prefix: str, digest: str) -> Response:
    """nginx answers in our place, ranges included, and keeps the headers set here."""
    response.headers["X-Accel-Redirect"] = f"{prefix.rstrip('/')}/{digest[:2]}/{digest[2:4]}/{digest}"
    return response


def _by_hand(response: Response, blob: Blob) -> Response:
    window = _window(blob)
    start, end = window or (0, blob.size)
    if window:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{blob.size}"
    response.content_length = end - start
    if request.method != "HEAD":
        file = open_blob(blob.digest, start, end)
        response.call_on_close(file.close)
        response.response = pieces(file, end - start)
    return response


def _window(blob: Blob) -> tuple[int, int] | None:
    """The one range that was asked for; several at once are answered with the whole, which §14.2 allows."""
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not _same_file(blob.digest):
        return None
    window = wanted.range_for_length(blob.size)
    if window is None:
        raise RequestedRangeNotSatisfiable(blob.size)
    return window[0], window[1]


def _same_file(digest: str) -> bool:
    """If-Range (§13.1.5): the rest is only worth having when it belongs to the same bytes."""
    asked = request.if_range
    return (asked.etag is None and asked.date is None) or asked.etag == digest
