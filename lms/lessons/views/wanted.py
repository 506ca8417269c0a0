"""Pages on which a timetable's wants are entered: the hours of each class, and hours a teacher would rather not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, validators

from lms.core.errors import NotYours
from lms.core.forms import Form, between, options, required, stripped
from lms.core.i18n import in_language
from lms.core.permissions import actor, may, needs
from lms.lessons.labels import DAYS
from lms.lessons.queries import wanted as queries
from lms.lessons.service import timetables, wanted
from lms.lessons.subjects import SUBJECTS
from lms.lessons.timetable.problem import Problem
from lms.lessons.views.base import blueprint
from lms.places.models import School
from lms.places.queries import school_or_404


class HoursForm(Form):
    classes = SelectMultipleField(_l("Classes"))
    subject = SelectField(_l("Subject"), choices=options(SUBJECTS))
    teacher = SelectField(_l("Teacher"))
    hours = IntegerField(_l("Hours a week"), default=1, validators=[required(), between(1, 20)])
    live = BooleanField(
        _l("Live lesson over the line"),
        description=_l(
            "Classes of one grade with the same teacher and subject then hear one lesson together."
        ),
    )

    def validate_classes(self, field: Any) -> None:
        if not field.data:
            raise validators.ValidationError(_("Choose at least one class."))


@blueprint.get("/timetables/hours")
@needs("timetable.change")
def hours_schools() -> Any:
    """The schools whose hours one may enter; whoever has just one goes straight there."""
    schools = queries.schools("timetable.change")
    if len(schools) == 1:
        return redirect(url_for("lessons.hours", school_id=schools[0].place_id))
    return render_template("lessons/hours_schools.html", schools=queries.with_sums(schools))


@blueprint.route("/timetables/hours/<uuid:school_id>", methods=["GET", "POST"])
@needs("timetable.change")
def hours(school_id: UUID) -> Any:
    school = school_or_404(school_id, "timetable.change")
    classes = {str(one.id): one for one in queries.classes_of(school.place_id)}
    teachers = queries.teachers_for(school.place_id)
    form = HoursForm.here()
    form.classes.choices = options({key: one.name for key, one in classes.items()})
    form.teacher.choices = options([(str(one.id), _teacher(one, place, school)) for one, place in teachers])
    if form.ok():
        chosen = [classes[key] for key in form.classes.data or ()]
        wanted.enter_hours(
            school.place,
            chosen,
            form.subject.data,
            UUID(form.teacher.data),
            form.hours.data or 1,
            form.live.data,
        )
        flash(_("The hours are entered."), "good")
        return redirect(url_for("lessons.hours", school_id=school.place_id), 303)
    rows = queries.hours_of(school.place_id)
    sums: dict[UUID, int] = {}
    for one in rows:
        sums[one.class_id] = sums.get(one.class_id, 0) + one.hours
    return render_template(
        "lessons/hours.html",
        school=school,
        form=form,
        rows=rows,
        sums=sums,
        teachers=teachers,
        classes=classes,
    ), 422 if form.wrong else 200


def _teacher(person: Any, place: Any, school: School) -> str:
    return (
        str(person.full_name) if place.id == school.place_id else f"{person.full_name} · {in_language(place)}"
    )


@blueprint.post("/timetables/hours/<uuid:school_id>/copy")
@needs("timetable.change")
def copy_hours(school_id: UUID) -> Any:
    school = school_or_404(school_id, "timetable.change")
    made = wanted.copy_hours(school.place, queries.classes_of(school.place_id))
    flash(ngettext("%(num)d line was taken over from last year.", "%(num)d lines were taken over from last year.", made), "good")  # fmt: skip
    return redirect(url_for("lessons.hours", school_id=school.place_id), 303)


@blueprint.post("/timetables/hours/lines/<uuid:hours_id>/drop")
@needs("timetable.change")
def drop_hours(hours_id: UUID) -> Any:
    row = queries.hours_or_404(hours_id, "timetable.change")
    wanted.drop_hours(row)
    flash(_("The line is taken out."), "good")
    return redirect(url_for("lessons.hours", school_id=row.school_id), 303)


@blueprint.post("/timetables/hours/<uuid:school_id>/find")
@needs("timetable.change")
def find_timetable(school_id: UUID) -> Any:
    """Of this school; with `network` of its whole district, for those who look after it."""
    school = school_or_404(school_id, "timetable.change")
    place = school.place
    if request.form.get("network") and place.parent is not None:
        place = place.parent if place.parent.level == "district" else place.parent.parent or place
        if not may("timetable.change", place.path):
            raise NotYours
    problem = queries.problem_of(place)
    Problem(problem)
    title = stripped(request.form.get("title", "").replace("\0", ""))[:200] or in_language(place)
    row = timetables.bring(place, title, problem, actor().person_id)
    return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)


@blueprint.route("/timetables/wishes", methods=["GET", "POST"])
@needs("timetable.wish")
def wishes() -> Any:
    """Hours a teacher would rather not: a timetable keeps them as far as it costs nobody a lesson."""
    schools = queries.schools("timetable.wish")
    chosen = request.values.get("school")
    school = next((one for one in schools if str(one.place_id) == chosen), next(iter(schools), None))
    if school is None:
        raise NotYours
    bells, row = queries.bells_of(school), queries.wish_of(actor().person_id, school.place_id)
    if request.method == "POST":
        slots = [
            [day, period] for day in range(queries.DAYS) for period in range(len(bells))
            if request.form.get(f"slot-{day}-{period}")
        ]  # fmt: skip
        note = stripped(request.form.get("note", "").replace("\0", ""))[:300]
        wanted.wish(actor().person_id, school.place, row, slots, note)
        flash(_("Your wishes are kept. The next timetable looks at them."), "good")
        return redirect(url_for("lessons.wishes", school=school.place_id), 303)
    return render_template(
        "lessons/wishes.html", school=school, schools=schools, bells=bells, days=DAYS[: queries.DAYS],
        slots={tuple(one) for one in row.slots} if row else set(), note=row.note if row else "",
    )  # fmt: skip
