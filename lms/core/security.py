"""Two sites told apart by the exact Host, the session cookie, Origin and CSRF checks, and headers."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from typing import Any

from flask import Flask, Request, current_app, g, redirect, request
from flask.sessions import NullSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, NotFound

from lms.core.db import SAFE_METHODS
from lms.core.errors import WrongSite
from lms.core.settings import Settings

csrf = CSRFProtect()
LMS, CONTENT = "lms", "content"
# Health checks are asked for by machines that know an address and no name.
ANY_HOST = frozenset({"health.healthz", "health.readyz", "health.metrics"})
ORDINARY_BODY = 16 * 1024 * 1024  # only views marked `takes_uploads` read more
NOTHING = "default-src 'none'; form-action 'none'; base-uri 'none'; sandbox"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class SessionCookie(SecureCookieSessionInterface):
    """Signed, HttpOnly, `__Host-` where the browser allows it; the content site has no session at all."""

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-session" if app.extensions["settings"].host_cookie else "session"

    def get_cookie_secure(self, app: Flask) -> bool:
        return bool(app.extensions["settings"].host_cookie)

    def open_session(self, app: Flask, request: Request) -> Any:
        if site_of_request() == CONTENT:
            return NoSession()
        if _times_sent(request, self.get_cookie_name(app)) > 1:
            # Somebody planted a second one; which of the two a browser puts first is theirs to choose.
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        if not isinstance(session, NullSession):
            super().save_session(app, session, response)


class NoSession(NullSession):
    accessed = False
    modified = False


def _times_sent(request: Request, name: str) -> int:
    header = request.headers.get("Cookie", "")
    return sum(part.split("=", 1)[0].strip(" \t") == name for part in header.split(";"))


def init_security(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=ORDINARY_BODY,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # _check_origin is stricter
    )
    app.session_interface = SessionCookie()
    app.before_request(_check_site)
    app.before_request(_allow_upload)
    app.before_request(_check_origin)
    csrf.init_app(app)
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def secret_key(settings: Settings) -> str:
    return settings.secret_key or _kept_secret(settings)


def _kept_secret(settings: Settings) -> str:
    """Made by whoever starts first; the others read it."""
    file = settings.data_folder / "secret-key"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # Written whole under a name of its own: nobody may ever read half a key, or an empty one.
        fresh = file.with_name(f"secret-key.{secrets.token_hex(8)}")
        with open(fresh, "x", opener=_private) as new:
            new.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def site_of_request() -> str | None:
    settings: Settings = current_app.extensions["settings"]
    if request.host == settings.site_host:
        return LMS
    if request.host == settings.content_host or settings.package_at(request.host):
        return CONTENT
    return None


def _check_site() -> Any:
    """Host is the key to everything here: the exact names pass, loopback spellings are led to ours."""
    if request.endpoint in ANY_HOST:
        return None
    g.site = site_of_request()
    if g.site is None:
        return _to_our_name()
    wanted = getattr(current_app.view_functions.get(request.endpoint or ""), "site", LMS)
    if request.endpoint and wanted not in (g.site, "both"):
        raise NotFound
    if g.site == CONTENT and request.headers.get("Service-Worker") == "script":
        # A worker would stand between every package and its files, for all who come later.
        raise Forbidden
    return None


def _to_our_name() -> Any:
    settings: Settings = current_app.extensions["settings"]
    name = re.sub(r":\d+$", "", request.host)
    ours = settings.site_host.partition(":")[0]
    at_home = ours == "localhost" or ours.endswith(".localhost")
    if at_home and name in LOOPBACK and request.method in SAFE_METHODS:
        return redirect(settings.site + request.full_path.rstrip("?"), 302)
    raise WrongSite


def _allow_upload() -> None:
    if getattr(current_app.view_functions.get(request.endpoint or ""), "takes_uploads", False):
        settings: Settings = current_app.extensions["settings"]
        request.max_content_length = settings.upload_limit_mb * 1024 * 1024


def _check_origin() -> None:
    """An unsafe request must say that it comes from our own pages; a missing Origin is refused too."""
    if request.method in SAFE_METHODS or not request.endpoint:
        return
    if getattr(current_app.view_functions[request.endpoint], "token_only", False):
        return
    if request.headers.get("Origin") != f"{request.scheme}://{request.host}":
        g.rollback = True
        raise Forbidden("Origin")


def for_content_site(view: Any) -> Any:
    """Marks a view that answers on the content site only."""
    view.site = CONTENT
    return view


def takes_uploads(view: Any) -> Any:
    """Marks a view that takes files. It reads until its first change, so that storing bytes blocks nobody."""
    view.takes_uploads = True
    return view


def token_only(view: Any) -> Any:
    """Marks a view for programs: a bearer token instead of cookie, CSRF token and Origin."""
    view.token_only = True
    return csrf.exempt(view)


def csp_nonce() -> str:
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def allow_in_policy(directive: str, source: str) -> None:
    """A page that needs more than the common policy says so while it is made."""
    g.setdefault("csp_extra", {}).setdefault(directive, []).append(source)


def allow_camera() -> None:
    """A page where people see and hear each other, or where a camera reads something; others never ask."""
    g.camera = True


def _policy(settings: Settings) -> str:
    extra: dict[str, list[str]] = g.get("csp_extra", {})
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", f"'nonce-{csp_nonce()}'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'", *([settings.live_site] if settings.live_site else [])],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "worker-src": ["'none'"],
    }
    for name in extra:
        rules.setdefault(name, [])  # as frame-src, which otherwise is what default-src says
    return "; ".join(f"{name} {' '.join(sources + extra.get(name, []))}" for name, sources in rules.items())


def _add_headers(response: Any) -> Any:
    settings: Settings = current_app.extensions["settings"]
    head = response.headers
    head.setdefault("X-Content-Type-Options", "nosniff")
    if g.get("site") == CONTENT:
        # An error page without a policy would be a package's way around its own: it is of the same origin.
        head.setdefault("Content-Security-Policy", NOTHING)
        head.setdefault("Referrer-Policy", "no-referrer")
        head.setdefault("Origin-Agent-Cluster", "?1")
        # What no other header holds: calls from browser to browser, and leading a window elsewhere.
        head.setdefault("Connection-Allowlist", "(response-origin)")
        head.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
    head.setdefault("Content-Security-Policy", _policy(settings))
    head.setdefault("Referrer-Policy", "same-origin")
    head.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    head.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    ours = "(self)" if g.get("camera") else "()"
    head.setdefault(
        "Permissions-Policy", f"camera={ours}, microphone={ours}, geolocation=(), payment=(), usb=()"
    )
    if response.mimetype == "text/html":
        head.setdefault("Cache-Control", "no-store, private")
    if settings.site.startswith("https://"):
        head.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
