"""What people and programs see when something went wrong: one page, one problem document, both decided here."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from lms.core.db import SAFE_METHODS, db
from lms.core.errors import Refused, StepUp
from lms.core.permissions import SignInNeeded
from lms.core.security import CONTENT

log = structlog.get_logger()


def init_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(StepUp, _second_factor)
    app.register_error_handler(DataError, _unreadable)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _broken)


def texts(status: int) -> tuple[str, str]:
    """(heading, what to do) for a status; whole sentences, because people read them."""
    known = {
        400: (_("The request could not be understood"), _("Go back, reload the page and try again.")),
        401: (_("Please sign in"), _("Sign in and try again.")),
        403: (
            _("This is not open to you"),
            _("If you need it for your work, ask your school's administrator."),
        ),
        404: (_("Page not found"), _("Check the address or start from the home page.")),
        405: (_("This cannot be done that way"), _("Go back and use the buttons of the page.")),
        409: (_("Somebody was faster"), _("Reload the page to see what changed, then try again.")),
        413: (_("The file is too large"), _("Choose a smaller file or split it.")),
        421: (_("This address is not served here"), _("Check the address in the browser's address bar.")),
        429: (_("Too many tries"), _("Wait a few minutes and try again.")),
        503: (_("The system is busy"), _("Wait a minute and try again. What was saved is safe.")),
    }
    broken = (
        _("Something broke on our side"),
        _("It has been written down. What was saved is safe; try again."),
    )
    return known.get(status, broken)


def answer(status: int, heading: str = "", advice: str = "") -> Any:
    """The error as a page, or as application/problem+json for programs."""
    g.rollback = True
    title, what_to_do = texts(status)
    heading, advice = heading or title, advice or what_to_do
    if _wants_json():
        body = jsonify(
            type="about:blank", status=status, title=heading, detail=advice, request=g.get("request_id")
        )
        body.mimetype = "application/problem+json"
        return body, status
    if g.get("site") == CONTENT:
        return f"{status}", status, {"Content-Type": "text/plain; charset=utf-8"}
    return render_template("error.html", status=status, heading=heading, advice=advice), status


def _wants_json() -> bool:
    if request.path.startswith("/api/") or request.is_json:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


# What an error says to programs besides its status: the way that is allowed, the length, when to come back.
KEPT_HEADERS = frozenset({"Allow", "Content-Range", "Retry-After"})


def _http(error: HTTPException) -> Any:
    if error.code is not None and error.code < 400:
        return error
    response = make_response(answer(error.code or 500))
    response.headers.extend((name, value) for name, value in error.get_headers() if name in KEPT_HEADERS)
    return response


def _unreadable(error: DataError) -> Any:
    """A value no column can hold: a NUL in a text, a number larger than any number here."""
    log.warning("unreadable value", path=request.path, error=repr(error.orig))
    return answer(400)


def _database(error: OperationalError) -> Any:
    """Locked for longer than anyone should wait, out of reach, or out of space: none of it is kept."""
    log.error("database", path=request.path, error=repr(error.orig))
    response = make_response(answer(503))
    response.headers["Retry-After"] = "5"
    return response


def _csrf(_error: CSRFError) -> Any:
    advice = _("The page had been open for too long. Reload it and send the form again; nothing was changed.")
    return answer(400, _("The form has expired"), advice)


def _refused(error: Refused) -> Any:
    return answer(409, error.message)


def _sign_in(_error: SignInNeeded) -> Any:
    if _wants_json():
        return answer(401)
    back = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
    return redirect(url_for("people.sign_in") + (f"?next={quote(back)}" if back else ""))


def _second_factor(_error: StepUp) -> Any:
    return answer(401) if _wants_json() else redirect(url_for("people.second_factor"))


def _broken(error: Exception) -> Any:
    """The last net: the row of changes is dropped, the cause goes to the log, never to the page."""
    db.session.rollback()
    log.exception("request failed", path=request.path, error=repr(error))
    return answer(500)
