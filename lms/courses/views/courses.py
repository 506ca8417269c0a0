"""The list of courses, one course with its modules and lessons, and arranging them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import LazyString, force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug import Response

from lms.core.errors import Refused
from lms.core.forms import options
from lms.core.i18n import in_language
from lms.core.permissions import may, needs
from lms.courses import labels
from lms.courses.activities import activity_kind, activity_kinds
from lms.courses.exporting import SHAPES
from lms.courses.forms import CourseForm, TitlesForm
from lms.courses.models import Course, CourseLesson
from lms.courses.queries import taking
from lms.courses.queries import writing as queries
from lms.courses.service import courses as verbs
from lms.courses.service import publishing
from lms.courses.views.base import blueprint, key_or_404, me


@blueprint.get("/courses")
@needs("course.see")
def courses() -> str:
    curricula = queries.places_to_write_at("objective.bring") if may("objective.bring") else ()
    return render_template("courses/courses.html", courses=queries.courses(), curricula=curricula)


@blueprint.route("/courses/new", methods=["GET", "POST"])
@needs("course.write")
def new_course() -> Any:
    places = queries.places_to_write_at()
    form = CourseForm.here()
    form.place.choices = options([(str(one.id), in_language(one)) for one in places])
    del form.curriculum
    if not form.ok():
        page = render_template("courses/edit_course.html", form=form, course=None)
        return page, 422 if form.wrong else 200
    place = next(one for one in places if str(one.id) == form.place.data)
    course = verbs.make_course(place, me(), form.facts())
    module = verbs.add_module(course, *_in_both(_l("Module 1")))
    lesson = verbs.add_lesson(module, *_in_both(_l("Lesson 1")))
    flash(_("The course has been made. Its first lesson is open: choose a block."), "success")
    return redirect(url_for("courses.lesson", course_lesson_id=lesson.id), 303)


def _in_both(text: LazyString) -> tuple[str, str]:
    with force_locale("kk"):
        kk = str(text)
    with force_locale("ru"):
        return kk, str(text)


@blueprint.get("/courses/<uuid:course_id>")
@needs("course.see")
def course(course_id: UUID) -> str:
    row = queries.course_or_404(course_id)
    lacks = publishing.lacks(row)
    editions = taking.editions(row)
    return render_template(
        "courses/course.html",
        course=row,
        lacks=lacks,
        untranslated={one: publishing.untranslated(row, one) for one in publishing.languages_of(row)},
        editions=editions,
        plans=queries.plans([one.id for one in row.lessons]),
        changes=may("course.write", row.path),
        publishes=may("course.publish", row.path),
        form=TitlesForm(prefix="new-"),
        activities=activity_kinds(),
        looks={one.id: _look(one) for one in row.lessons if one.activity},
        shapes=SHAPES,
        firsts=_firsts(row),
        stays=labels.stays(editions[0].outline) if editions else (),
    )


def _firsts(row: Course) -> dict[UUID, str]:
    """By lesson, the names of those it was told to wait for."""
    names = {str(one.id): in_language(one, "title") or "–" for one in row.lessons}
    return {one.id: ", ".join(names[key] for key in one.after if key in names) for one in row.lessons}


def _look(lesson: CourseLesson) -> str:
    kind = activity_kind(lesson.activity)
    return kind.look(lesson.activity_key) if kind and lesson.activity_key else ""


@blueprint.route("/courses/<uuid:course_id>/edit", methods=["GET", "POST"])
@needs("course.write")
def edit_course(course_id: UUID) -> Any:
    row = queries.course_or_404(course_id, "course.write")
    form = CourseForm.here(row, place=str(row.place_id))
    form.place.choices = options([(str(row.place_id), in_language(row.place))])
    form.known = {
        one.code: in_language(one, "text") for one in queries.curriculum(row.path, row.subject, row.grade)
    }
    form.curriculum.choices = options([(code, f"{code} {text}") for code, text in form.known.items()])
    if not form.known:
        del form.curriculum
    if request.method == "GET":
        _show(form, row)
    if not form.ok():
        page = render_template("courses/edit_course.html", form=form, course=row)
        return page, 422 if form.wrong else 200
    verbs.describe(row, form.facts())
    flash(_("The changes have been saved."), "success")
    return redirect(url_for("courses.course", course_id=row.id), 303)


def _show(form: CourseForm, row: Course) -> None:
    """What stands in the row otherwise than in the form."""
    lines = (f"{one['code']} {one['text']}".strip() for one in row.objectives)
    form.objectives.data = "\n".join(lines)
    form.grade.data = "" if row.grade is None else str(row.grade)
    form.quarter.data = "" if row.quarter is None else str(row.quarter)


@blueprint.post("/courses/<uuid:course_id>/copy")
@needs("course.write")
def copy_course(course_id: UUID) -> Response:
    row = queries.course_or_404(course_id)
    place = next(iter(queries.places_to_write_at()), None)
    if place is None:
        raise Refused(_("There is no place where you may write a course."))
    publishing.blocks_of(row)
    copy = verbs.copy_course(row, place, me())
    flash(_("This is your copy. The authors of the original stay named."), "success")
    return redirect(url_for("courses.course", course_id=copy.id), 303)


@blueprint.post("/courses/<uuid:course_id>/archive")
@needs("course.write")
def archive_course(course_id: UUID) -> Response:
    verbs.archive(queries.course_or_404(course_id, "course.write"))
    flash(_("The course has left the list. Classes that were given it keep it."), "success")
    return redirect(url_for("courses.courses"), 303)


@blueprint.post("/courses/<uuid:course_id>/modules")
@needs("course.write")
def add_module(course_id: UUID) -> Response:
    row = queries.course_or_404(course_id, "course.write")
    form = TitlesForm(request.form, prefix="new-")
    if not form.validate():
        raise Refused(_("Give it a title in at least one language."))
    module = verbs.add_module(row, form.title_kk.data or "", form.title_ru.data or "")
    return _back(row.id, f"module-{module.id}")


@blueprint.post("/courses/modules/<uuid:module_id>/lessons")
@needs("course.write")
def add_lesson(module_id: UUID) -> Response:
    module = queries.module_or_404(module_id)
    form = TitlesForm(request.form, prefix="new-")
    if not form.validate():
        raise Refused(_("Give it a title in at least one language."))
    lesson = verbs.add_lesson(module, form.title_kk.data or "", form.title_ru.data or "")
    return redirect(url_for("courses.lesson", course_lesson_id=lesson.id), 303)


@blueprint.route("/courses/modules/<uuid:module_id>/activity", methods=["GET", "POST"])
@needs("course.write")
def add_activity(module_id: UUID) -> Any:
    """A package, a test, a resource: whatever other rooms offer for a course."""
    module = queries.module_or_404(module_id)
    chosen = request.values.get("what", "")
    if request.method == "GET":
        offers = [(kind, kind.choices(module.course.path)) for kind in activity_kinds()]
        return render_template(
            "courses/add_activity.html", module=module, course=module.course, offers=offers
        )
    code, _slash, key = chosen.partition("/")
    kind = activity_kind(code)
    titles = {str(one): title for one, title in kind.choices(module.course.path)} if kind else {}
    if kind is None or key not in titles:
        raise Refused(_("Choose one of the activities."))
    verbs.add_lesson(
        module,
        titles[key][:200],
        titles[key][:200],
        rule=kind.rules[0],
        activity=code,
        activity_key=key_or_404(key),
    )
    return _back(module.course_id, f"module-{module.id}")


@blueprint.post("/courses/modules/<uuid:module_id>")
@needs("course.write")
def change_module(module_id: UUID) -> Response:
    """Name, move up or down, remove: one form with several buttons."""
    module = queries.module_or_404(module_id)
    course_id, deed = module.course_id, request.form.get("deed", "")
    if deed in ("up", "down"):
        verbs.move_module(module, -1 if deed == "up" else 1)
    elif deed == "remove":
        verbs.remove_module(module)
        return _back(course_id, "contents")
    else:
        form = TitlesForm(request.form)
        if not form.validate():
            raise Refused(_("Give it a title in at least one language."))
        verbs.name_module(module, form.title_kk.data or "", form.title_ru.data or "")
    return _back(course_id, f"module-{module_id}")


def _back(course_id: UUID, anchor: str) -> Response:
    return redirect(url_for("courses.course", course_id=course_id, _anchor=anchor), 303)
