"""Pages of the look itself: how the screen should appear."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug import Response
from wtforms import RadioField, SelectChoice  # type: ignore[attr-defined]

from lms.core.forms import Form
from lms.core.permissions import public
from lms.core.rooms import room
from lms.web.appearance import COOKIE, appearance, chosen
from lms.web.menu import add_to_person_menu

blueprint = room("web", "lms.web")
add_to_person_menu(blueprint, "home.see", "web.look", _l("Appearance"), 90)


class LookForm(Form):
    theme = RadioField(
        _l("Colours"),
        choices=[
            SelectChoice("auto", _l("As on this device")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
    )
    size = RadioField(
        _l("Size of letters"),
        choices=[
            SelectChoice("usual", _l("Usual")),
            SelectChoice("large", _l("Large")),
            SelectChoice("larger", _l("Larger still")),
        ],
    )


@blueprint.get("/appearance")
@public
def look() -> str:
    now = appearance()
    return render_template(
        "web/look.html", form=LookForm(theme=now.theme, size=now.size), saved="saved" in request.args
    )


@blueprint.post("/appearance")
@public
def change_look() -> Response:
    wanted = chosen(request.form.get("theme", ""), request.form.get("size", ""))
    response = make_response(redirect(url_for("web.look", saved=1)))
    response.set_cookie(COOKIE, wanted.text, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response
