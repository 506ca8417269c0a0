"""Files of packages on the content site: cached for ever, with the headers that hold a stranger's script.

The headers are those measured in two browsers: a package can neither reach another host, nor the page around
it, nor stay behind as a service worker. No cookie is read or sent here.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from lms.core import storage
from lms.core.permissions import public
from lms.core.security import for_content_site
from lms.core.settings import Settings
from lms.player.queries.content import file_at
from lms.player.views.base import blueprint
from lms.player.views.sites import own_origin, package_here

DEVICES = ("camera", "microphone", "geolocation", "payment", "usb")
PERMISSIONS_POLICY = ", ".join(["unload=(self)", *(f"{name}=()" for name in DEVICES)])

# What a browser makes a document of: a policy matters there, and nowhere else.
PAGES = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml")


@blueprint.get("/c/<string:capability>/<path:name>")
@public
@for_content_site
def content(capability: str, name: str) -> Response:
    # Werkzeug has read the path as UTF-8 whatever it was; the bytes are still here.
    whole = request.environ["PATH_INFO"].encode("latin-1")
    at = file_at(capability, whole.split(b"/", 3)[3], package_here())
    if at is None:
        raise NotFound
    found, hosts = at
    response = storage.send(found.digest, found.path.rpartition("/")[2], found.media_type, download=False)
    # Exactly as kept: an encoding added here would beat the one a page declares itself.
    response.headers["Content-Type"] = found.media_type
    outside = hosts if found.media_type.startswith(PAGES) else []
    settings: Settings = current_app.extensions["settings"]
    response.headers.update(content_headers(settings, own_origin(), capability, outside))
    return response


def content_headers(
    settings: Settings, origin: str, capability: str, hosts: Sequence[str] = ()
) -> dict[str, str]:
    """`hosts` are those a methodologist has allowed for this package, by https only."""
    own_files = f"{origin}/c/{capability}/"
    outside = "".join(f" https://{one}" for one in hosts)
    policy = [
        f"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'{outside}",
        f"connect-src {own_files} data: blob:{outside}",
        "form-action 'self'",
        f"frame-src 'self'{outside}",
        "worker-src 'none'",
        "object-src 'self'",
        "base-uri 'self'",
        "webrtc 'block'",
        f"frame-ancestors 'self' {settings.site}",
    ]
    places = "".join(f' "https://{one}/*"' for one in hosts)
    return {
        "Connection-Allowlist": f"(response-origin{places})",
        "Content-Security-Policy": "; ".join(policy),
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Origin-Agent-Cluster": "?1",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
