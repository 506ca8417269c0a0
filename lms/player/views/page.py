"""The player page on the content site, and the two files it loads: no session, nothing about anybody in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from lms.core.permissions import public
from lms.core.security import for_content_site
from lms.core.settings import Settings
from lms.player.views.base import blueprint
from lms.web import asset, static

FILES = frozenset({"player.js", "player.css", "handing.js"})
DEVICES = ("camera", "microphone", "geolocation", "payment", "usb")


@blueprint.get("/player/<any(kk, ru):chosen>/<uuid:launch_id>")
@public
@for_content_site
def page(chosen: str, launch_id: UUID) -> Response:
    """The same page for everybody: what it plays, the code in the fragment decides."""
    return _written("player/page.html", chosen)


@blueprint.get("/player/<any(kk, ru):chosen>/<uuid:launch_id>/hand-in")
@public
@for_content_site
def handing(chosen: str, launch_id: UUID) -> Response:
    """Shows nothing: it sends what lessons left behind on this computer."""
    return _written("player/handing.html", chosen)


def _written(template: str, chosen: str) -> Response:
    settings: Settings = current_app.extensions["settings"]
    with force_locale(chosen):
        answer = make_response(
            render_template(template, texts=texts() | {"site": settings.site}, chosen=chosen)
        )
    answer.headers.update(headers(settings))
    return answer


@blueprint.get("/player/files/<string:digest>/<string:name>")
@public
@for_content_site
def page_file(digest: str, name: str) -> Response:
    if name not in FILES:
        raise NotFound
    return static(digest, name)


def file_address(name: str) -> str:
    """Files of the common folder under an address of the content site."""
    return asset(name).replace("/static/", "/player/files/", 1)


def headers(settings: Settings) -> dict[str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
        f"worker-src 'none'; object-src 'none'; webrtc 'block'; base-uri 'none'; form-action 'none'; frame-ancestors {settings.site}"
    )
    return {
        "Content-Security-Policy": policy,
        "Permissions-Policy": ", ".join(["unload=(self)", *(f"{name}=()" for name in DEVICES)]),
        "Origin-Agent-Cluster": "?1",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }


def texts() -> dict[str, str]:
    """Everything the page says, in one language."""
    return {
        "school": _("Saved at school"),
        "computer": _("Saved on this computer"),
        "unsaved": _("Not saved"),
        "contents": _("Contents"),
        "previous": _("Back"),
        "continue": _("Forward"),
        "leave": _("Saving and closing"),
        "loading": _("The lesson is being opened…"),
        "choose": _("Choose a part from the contents."),
        "through": _("You have been through everything."),
        "back": _("Back to the list"),
        "over": _("You have been through everything. You can close this window."),
        "closed": _("Your work is saved. You can close this window."),
        "partDone": _("This part is finished. Choose where to go next."),
        "cannot": _("This way is not open now."),
        "takenOver": _("This lesson was opened in another window. What you did here is saved."),
        "again": _("Continuing here"),
        "signedOut": _("You are no longer signed in. What you did is kept on this computer; sign in and open the lesson again."),
        "gone": _("This address has been used already. Open the lesson again from your list."),
        "line": _("There is no connection. You can go on: your work is kept on this computer."),
        "tooLarge": _("The lesson sent more than can be stored. Tell your teacher."),
        "ownWindow": _("This lesson needs a window of its own. Open it from the page around it."),
        "rest": _("You have looked at the screen for long enough. Look into the distance for a minute and stretch."),
        "rested": _("I have rested"),
        "goOn": _("I am finishing this answer"),
        "passed": _("passed"),
        "failed": _("not passed"),
        "completed": _("completed"),
        "incomplete": _("in progress"),
        "browse": _("Preview: nothing is recorded."),
        "review": _("You are looking at a finished attempt: nothing is recorded."),
    }  # fmt: skip


@blueprint.context_processor
def addresses() -> dict[str, Any]:
    return {"player_file": file_address}
