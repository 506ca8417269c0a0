"""What every answer to a program shares: its token, its scope, its pace, and the description of it all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import marshmallow as ma
from flask import Flask, abort, current_app, g, request
from flask_smorest import Api, Blueprint

from lms.core import limits
from lms.core.permissions import public
from lms.core.security import token_only
from lms.core.settings import Settings
from lms.player.models import ApiClient
from lms.player.service import api_clients

View = TypeVar("View", bound=Callable[..., Any])
PER_MINUTE = 120
ABOUT = """Programs of a school or an oblast make attempts on packages, lead a learner into one, ask how it went, and \
are told when something changes.

Every request carries `Authorization: Bearer TOKEN`. An administrator opens the access of a program, chooses what it \
may do (its scopes) and for which place; what lies outside that place answers 404. At most 120 requests a minute.

**Webhook.** When completion, success or score of an attempt changes, a program that gave an address gets a POST with \
`{"event": "registration.changed", "id", "at", "registration", "completion", "success", "score", "seconds", \
"finished_at"}` and a header `X-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY` with the secret it was \
given. Anything but 2xx is tried again, later and later; the `id` of a repetition is the same. The address has to be \
https and public."""


class Problem(ma.Schema):
    """RFC 9457"""

    type = ma.fields.String()
    status = ma.fields.Integer()
    title = ma.fields.String()
    detail = ma.fields.String()
    request = ma.fields.String(allow_none=True)


class Described(Api):
    """flask-smorest for the description and the checking of arguments; errors are the house's own."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        pass


blueprint = Blueprint("api", "lms.player.api", url_prefix="/api/v1", description="Attempts and packages")


def add_api(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    app.config.update(API_TITLE="LMS", API_VERSION="v1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=None)
    described = Described(
        app,
        spec_kwargs={
            "info": {"description": ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "servers": [{"url": settings.site}],
            "security": [{"token": []}],
        },
    )
    described.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    described.register_blueprint(blueprint)
    app.extensions["described"] = described


def for_programs(scope: str) -> Callable[[View], View]:
    """Guards an answer to a program: a token of its own, with this scope."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.api_client = _asking(scope)
            g.acting_for = g.api_client.made_by
            try:
                return view(*args, **kwargs)
            except RecursionError:  # of the reader of JSON: nobody means a hundred thousand brackets
                abort(400)

        return token_only(public(guarded))

    return guard


def client() -> ApiClient:
    found: ApiClient = g.api_client
    return found


def _asking(scope: str) -> ApiClient:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if not limits.count_try("api", request.remote_addr or "", PER_MINUTE * 5, 1):
        abort(429)
    found = api_clients.of_token(token) if kind == "Bearer" and token else None
    if found is None:
        abort(401)
    if not limits.count_try("api", found.id.hex, PER_MINUTE, 1):
        abort(429)
    if scope not in found.scopes:
        abort(403)
    return found


def described() -> dict[str, Any]:
    found: dict[str, Any] = current_app.extensions["described"].spec.to_dict()
    return found
