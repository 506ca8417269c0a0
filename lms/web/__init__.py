"""The shared look: base page, components, styles and behaviours."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms.core.permissions import may, public
from lms.core.settings import Settings
from lms.web.appearance import appearance
from lms.web.compress import pack
from lms.web.endings import endings_of_the_reader
from lms.web.help import help_address
from lms.web.menu import current_way, person_menu_items, ways
from lms.web.views import blueprint

__all__ = ["asset", "blueprint", "csrf_field", "init_web"]

DIST = Path(__file__).parent / "static" / "dist"
FOREVER = 365 * 86400


def init_web(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset, csrf_field=csrf_field, may=may, settings=settings,
        appearance=appearance,
        help_address=help_address, page_endings=endings_of_the_reader,
        current_way=current_way, menu_ways=ways, person_menu_items=person_menu_items,
    )  # fmt: skip
    app.after_request(pack)
    app.add_url_rule("/static/<digest>/<path:name>", "static", public(static))


def csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def asset(name: str) -> str:
    """The address of a built file; it changes with the bytes, so browsers may keep it for ever."""
    return url_for("static", digest=_digest(name), name=name)


@cache
def _digest(name: str) -> str:
    file = DIST / name
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"


def static(digest: str, name: str) -> Response:
    """Sends the ready-made .gz when the browser takes it: nothing is compressed while people wait."""
    packed = f"{name}.gz"
    if "gzip" in request.headers.get("Accept-Encoding", "") and (DIST / packed).is_file():
        response = send_from_directory(DIST, packed, max_age=FOREVER, mimetype=_kind(name))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = send_from_directory(DIST, name, max_age=FOREVER)
    response.headers["Vary"] = "Accept-Encoding"
    response.cache_control.immutable = digest == _digest(name)
    return response


def _kind(name: str) -> str:
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "json": "application/json"}
    return kinds.get(name.rsplit(".", 1)[-1], "application/octet-stream")
