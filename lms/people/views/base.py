"""The blueprint of the room, and what is done before every page of the house: finding out who asks."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import lazy_gettext as _l

from lms.core.rooms import room
from lms.people import labels, signing_in
from lms.web.menu import SCHOOL, add_to_menu, add_to_person_menu

blueprint = room("people", "lms.people")
add_to_menu(blueprint, "person.see", "people.persons", _l("People"), 40, SCHOOL)
add_to_menu(blueprint, "class.see", "people.classes", _l("Classes"), 35, SCHOOL)
add_to_person_menu(blueprint, "account.own", "people.account", _l("My account"), 10)
add_to_person_menu(blueprint, "child.see", "people.children", _l("My children"), 20)


@blueprint.before_app_request
def load_actor() -> None:
    signing_in.load_actor()


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"labels": labels}


def safe_next() -> str:
    """Only a path of our own: anything that could lead elsewhere leads home."""
    wanted = request.form.get("next") or request.args.get("next") or "/"
    plain = (
        wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    )
    return wanted if plain else "/"


def download(data: bytes, name: str, kind: str) -> Response:
    """Never kept by a browser or a proxy: these files hold names and codes."""
    disposition = f'attachment; filename="{name}"'
    return Response(
        data, content_type=kind, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )
