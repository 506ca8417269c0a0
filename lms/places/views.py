"""Pages of places: the tree, the schools, one school with its rooms and bells."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms.core import limits
from lms.core.errors import NotYours
from lms.core.i18n import in_language
from lms.core.permissions import actor, may, needs
from lms.core.rooms import room
from lms.core.sheets import csv_bytes, download, xlsx_bytes
from lms.places import labels, lists, queries, service
from lms.places.forms import BellsForm, RoomForm, SchoolForm
from lms.places.models import Place, School
from lms.web.menu import SCHOOL, add_to_menu

blueprint = room("places", "lms.places", "/places")
add_to_menu(blueprint, "school.see", "places.schools", _l("Schools"), 30, SCHOOL)


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"labels": labels}


@blueprint.app_template_filter("place_link")
def place_link(place: Place) -> tuple[str, str]:
    """A step of the breadcrumbs; places above one's reach are named without a link."""
    url = url_for("places.place", place_id=place.id) if may("school.see", place.path) else ""
    return in_language(place), url


@blueprint.app_template_filter("language_name")
def language_name(code: str) -> str:
    return str(labels.LANGUAGES.get(code, code))


@blueprint.app_template_filter("equipment_name")
def equipment_name(code: str) -> str:
    return str(labels.CLASSROOM_EQUIPMENT.get(code, code))


@blueprint.get("/")
@needs("school.see")
def top() -> Response:
    """Where the asker's reach begins."""
    place = next(iter(queries.tops("school.see")), None)
    if place is None:
        raise NotYours
    return redirect(
        url_for("places.school", school_id=place.id)
        if place.level == "school"
        else url_for("places.place", place_id=place.id)
    )


@blueprint.get("/<uuid:place_id>")
@needs("school.see")
def place(place_id: UUID) -> Any:
    here = queries.place_or_404(place_id, "school.see")
    if here.level == "school":
        return redirect(url_for("places.school", school_id=here.id))
    return render_template(
        "places/place.html", place=here, above=queries.ancestors(here)[:-1], below=queries.below(here)
    )


@blueprint.get("/schools")
@needs("school.see")
def schools() -> str:
    return render_template(
        "places/schools.html",
        schools=queries.schools_within_reach(),
        districts=queries.districts("school.see"),
    )


@blueprint.get("/schools/export.<any(csv, xlsx):form>")
@needs("school.see")
def export_schools(form: str) -> Response:
    """With the columns of the import. Ten an hour: a list of all schools of an oblast is not small."""
    limits.at_most("export", str(actor().person_id), 10, 60)
    header, rows = lists.as_rows(queries.schools_for_export())
    if form == "csv":
        return download(csv_bytes(header, rows), "schools.csv")
    return download(xlsx_bytes(_("Schools"), header, rows), "schools.xlsx")


@blueprint.get("/schools/<uuid:school_id>")
@needs("school.see")
def school(school_id: UUID) -> str:
    found = queries.school_or_404(school_id, "school.see")
    above = queries.ancestors(found.place)[:-1]
    return render_template(
        "places/school.html", school=found, place=found.place, above=above, rooms=queries.rooms(found)
    )


@blueprint.route("/schools/<uuid:school_id>/edit", methods=["GET", "POST"])
@needs("school.change")
def edit_school(school_id: UUID) -> Any:
    found = queries.school_or_404(school_id, "school.change")
    form = SchoolForm.here(**_facts(found))
    if not form.ok():
        return render_template(
            "places/edit_school.html", form=form, school=found, place=found.place
        ), _status(form)
    service.describe_school(found, form.values())
    flash(_("The school's data is saved."), "good")
    return _to_school(found)


@blueprint.route("/<uuid:place_id>/new-school", methods=["GET", "POST"])
@needs("school.found")
def new_school(place_id: UUID) -> Any:
    parent = queries.place_or_404(place_id, "school.found")
    form = SchoolForm.here(first_grade=1, last_grade=11, shifts=1, languages=["kk"])
    if not form.ok():
        return render_template("places/edit_school.html", form=form, school=None, place=parent), _status(form)
    facts = form.values("name_kk", "name_ru", "code")
    found = service.found_school(
        parent, form.data["name_kk"], form.data["name_ru"], form.data["code"], **facts
    )
    flash(_("The school is added."), "good")
    return _to_school(found)


@blueprint.route("/schools/<uuid:school_id>/close", methods=["GET", "POST"])
@needs("school.found")
def close_school(school_id: UUID) -> Any:
    found = queries.school_or_404(school_id, "school.found")
    if request.method == "GET":
        return render_template("places/close_school.html", school=found, place=found.place)
    service.close_school(found)
    flash(_("The school is closed. Its data stays and it can be opened again from its page."), "good")
    return _to_school(found)


@blueprint.post("/schools/<uuid:school_id>/reopen")
@needs("school.found")
def reopen_school(school_id: UUID) -> Response:
    found = queries.school_or_404(school_id, "school.found")
    service.reopen_school(found)
    flash(_("The school is open again."), "good")
    return _to_school(found)


@blueprint.route("/schools/<uuid:school_id>/bells/<int:shift>", methods=["GET", "POST"])
@needs("school.change")
def bells(school_id: UUID, shift: int) -> Any:
    found = queries.school_or_404(school_id, "school.change")
    if not 1 <= shift <= found.shifts:
        raise NotYours
    lessons = found.bells[shift - 1] if len(found.bells) >= shift else []
    form = BellsForm.here(lessons="\n".join(f"{begin}–{end}" for begin, end in lessons))
    if not form.ok():
        return render_template(
            "places/bells.html", form=form, school=found, place=found.place, shift=shift
        ), _status(form)
    service.set_bells(found, shift, form.parsed)
    flash(_("The bell schedule is saved."), "good")
    return _to_school(found)


@blueprint.route("/schools/<uuid:school_id>/new-room", methods=["GET", "POST"])
@needs("school.change")
def new_room(school_id: UUID) -> Any:
    found = queries.school_or_404(school_id, "school.change")
    form = RoomForm.here()
    if not form.ok():
        return render_template("places/edit_room.html", form=form, place=found.place, room=None), _status(
            form
        )
    service.furnish_room(found, None, form.values())
    flash(_("The room is saved."), "good")
    return _to_school(found)


@blueprint.route("/rooms/<uuid:room_id>/edit", methods=["GET", "POST"])
@needs("school.change")
def edit_room(room_id: UUID) -> Any:
    found, owner = queries.room_or_404(room_id, "school.change")
    form = RoomForm.here(found)
    if not form.ok():
        return render_template("places/edit_room.html", form=form, place=owner.place, room=found), _status(
            form
        )
    service.furnish_room(owner, found, form.values())
    flash(_("The room is saved."), "good")
    return _to_school(owner)


@blueprint.post("/rooms/<uuid:room_id>/remove")
@needs("school.change")
def remove_room(room_id: UUID) -> Response:
    found, owner = queries.room_or_404(room_id, "school.change")
    service.remove_room(owner, found)
    flash(_("The room is removed."), "good")
    return _to_school(owner)


def _facts(school: School) -> dict[str, Any]:
    """The row of the school and of its place as one set of values for the form."""
    names = [name for name in SchoolForm.here()._fields if name not in service.OF_THE_PLACE]
    return {name: getattr(school, name) for name in names} | {
        name: getattr(school.place, name) for name in service.OF_THE_PLACE
    }


def _status(form: Any) -> int:
    return 422 if form.wrong else 200


def _to_school(school: School) -> Response:
    return redirect(url_for("places.school", school_id=school.place_id), 303)
