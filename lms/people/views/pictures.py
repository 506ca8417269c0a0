"""Pictures instead of passwords for grades 0 to 4: class, own name, three pictures in order.

Only on computers registered for a school: elsewhere nobody may see the names of a class.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import audit
from lms.core.db import db
from lms.core.errors import NotAllowed, NotYours
from lms.core.permissions import needs, public
from lms.core.settings import Settings
from lms.people import devices, pictures, signing_in, tries
from lms.people.models import Person, SchoolClass, SchoolDevice
from lms.people.queries import classes as class_queries
from lms.people.queries import sign_in as queries
from lms.people.views.base import blueprint


@blueprint.get("/sign-in/pictures")
@public
def picture_classes() -> str:
    device = _device()
    classes = queries.young_classes(device.school_id) if device else []
    return render_template("people/picture_classes.html", device=device, classes=classes)


@blueprint.get("/sign-in/pictures/<uuid:class_id>")
@public
def picture_names(class_id: UUID) -> str:
    row = _class(class_id)
    return render_template("people/picture_names.html", row=row, pupils=queries.young_pupils(row))


@blueprint.get("/sign-in/pictures/<uuid:class_id>/<uuid:person_id>")
@public
def picture_choice(class_id: UUID, person_id: UUID) -> Any:
    row, person = _pupil(class_id, person_id)
    return _page(row, person, _chosen(request.args.getlist("p")), "")


@blueprint.post("/sign-in/pictures/<uuid:class_id>/<uuid:person_id>")
@public
def picture_sign_in(class_id: UUID, person_id: UUID) -> Any:
    row, person = _pupil(class_id, person_id)
    chosen = _chosen(request.form.getlist("p"))
    if len(chosen) < pictures.HOW_MANY:
        return _page(row, person, chosen, "")
    attempt = tries.begin("pictures", person, by_device=True)
    if not pictures.fit(person, chosen) or attempt.worn_out:
        tries.failed(attempt)
        return _page(row, person, [], _("These are not your pictures. Try once more or ask your teacher."))
    tries.succeeded(attempt)
    signing_in.begin_session(person, "pictures")
    return redirect(url_for("home.home"))


@blueprint.post("/classes/<uuid:class_id>/pictures")
@needs("sign_in.help")
def draw_pictures(class_id: UUID) -> Any:
    """New pictures for those who have none, or for one pupil who forgot them."""
    row = class_queries.class_or_404(class_id, "sign_in.help")
    only = request.form.get("person_id", "")
    for person in class_queries.pupils(row):
        if (only and str(person.id) == only) or (not only and not person.pictures):
            person.pictures = pictures.drawn()
            audit.record("pictures.drawn", person, path=row.school.path)
    return redirect(url_for("people.class_pictures", class_id=row.id), 303)


@blueprint.get("/classes/<uuid:class_id>/pictures")
@needs("sign_in.help")
def class_pictures(class_id: UUID) -> str:
    row = class_queries.class_or_404(class_id, "sign_in.help")
    if row.grade not in queries.PICTURE_GRADES:
        raise NotAllowed
    return render_template(
        "people/class_pictures.html", row=row, pupils=class_queries.pupils(row), pictures=pictures.PICTURES
    )


def _device() -> SchoolDevice | None:
    settings: Settings = current_app.extensions["settings"]
    return devices.school_device() if settings.picture_sign_in else None


def _class(class_id: UUID) -> SchoolClass:
    device, row = _device(), db.session.get(SchoolClass, class_id)
    if device is None or row is None or row.school_id != device.school_id:
        raise NotYours
    if row.grade not in queries.PICTURE_GRADES:
        raise NotYours
    return row


def _pupil(class_id: UUID, person_id: UUID) -> tuple[SchoolClass, Person]:
    row = _class(class_id)
    person = next((one for one in queries.young_pupils(row) if one.id == person_id), None)
    if person is None or signing_in.roles_of(person.id) != {"student"}:
        raise NotYours
    return row, person


def _chosen(given: list[str]) -> list[int]:
    numbers = [int(one) for one in given if one.isdigit() and int(one) < len(pictures.PICTURES)]
    return numbers[: pictures.HOW_MANY]


def _page(row: SchoolClass, person: Person, chosen: list[int], wrong: str) -> tuple[str, int]:
    page = render_template(
        "people/picture_choice.html",
        row=row,
        person=person,
        chosen=chosen,
        pictures=pictures.PICTURES,
        how_many=pictures.HOW_MANY,
        wrong=wrong,
    )
    return page, 422 if wrong else 200
