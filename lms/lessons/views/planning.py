"""Pages of planning: the list of lessons, one lesson with its slides, plan and questions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, literal, or_, select

from lms.core import clock, storage, uploads
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.forms import options
from lms.core.i18n import in_language
from lms.core.permissions import actor, may, needs, within
from lms.core.security import takes_uploads
from lms.lessons.forms import MOST_STEPS, LessonForm, QuestionForm, script_steps
from lms.lessons.labels import STATES
from lms.lessons.models import StreamedClass, StreamedLesson, StreamedQuestion, TimetableNotice
from lms.lessons.queries import lessons as queries
from lms.lessons.queries import record, room, themes
from lms.lessons.service import planning
from lms.lessons.subjects import SUBJECTS
from lms.lessons.views.base import blueprint
from lms.people.models import ClassMembership
from lms.people.service.classes import open_on
from lms.places.models import Place
from lms.web.cards import home_card
from lms.web.menu import LESSONS, add_to_menu

add_to_menu(blueprint, "lesson.join", "lessons.lessons", _l("Live lessons"), 24, LESSONS)
DECK_BYTES = 40 * 1024 * 1024


@home_card(blueprint, "lesson.join", "lessons/cards/lessons.html", 3)
def card() -> dict[str, Any] | None:
    """Lessons that are going on now or come next, for pupils of their classes and teachers of their schools; news of the timetable."""
    mine = select(ClassMembership.class_id).where(
        ClassMembership.person_id == actor().person_id, open_on(clock.today())
    )
    heard = select(StreamedClass.lesson_id).where(
        or_(StreamedClass.class_id.in_(mine), within(StreamedClass.path, "lesson.assist"))
    )
    told = (TimetableNotice.person_id == actor().person_id, TimetableNotice.read_at.is_(None))
    changed = select(func.count()).select_from(TimetableNotice).where(*told).scalar_subquery()
    first = select(func.min(TimetableNotice.on)).where(*told).scalar_subquery()
    here = select(
        literal(1)
    ).subquery()  # one row also when there are no lessons: the card takes one statement
    rows = db.session.execute(
        select(StreamedLesson, func.count().over(), changed, first)
        .select_from(here)
        .outerjoin(
            StreamedLesson,
            and_(
                StreamedLesson.state.in_(("planned", "live")),
                or_(StreamedLesson.id.in_(heard), StreamedLesson.teacher_id == actor().person_id),
            ),
        )
        .order_by(StreamedLesson.state, StreamedLesson.starts_at)
        .limit(4)
    ).all()
    lessons = [row[0] for row in rows if row[0] is not None]
    if not lessons and not rows[0][2]:
        return None
    return {
        "lessons": lessons,
        "total": rows[0][1] if lessons else 0,
        "changed": rows[0][2],
        "first": rows[0][3],
        "subjects": SUBJECTS,
        "live": STATES["live"][0],
    }


@blueprint.get("/streaming")
@needs("lesson.join")
def lessons() -> str:
    return render_template("lessons/lessons.html", listing=queries.lessons_within_reach())


@blueprint.route("/streaming/new", methods=["GET", "POST"])
@needs("lesson.teach")
def plan() -> Any:
    """?topic=…: a lesson is drawn from a topic of a calendar-thematic plan, and will tick it when it has been held."""
    topic = themes.topic_or_404(_key(request.values["topic"])) if request.values.get("topic") else None
    schools = queries.schools_to_teach_from()
    wanted = request.values.get("school") or (str(topic.plan.school_id) if topic else "")
    school = next((one for one in schools if str(one.id) == wanted), next(iter(schools), None))
    if school is None:
        raise NotYours
    form, classes = _form(school)
    if topic is not None and request.method == "GET":
        form.title.data, form.aim.data, form.subject.data = (
            topic.title[:200],
            topic.aims[:500],
            topic.plan.subject,
        )
        form.classes.data = [str(topic.plan.class_id)]
    if not form.ok():
        return render_template(
            "lessons/plan.html", form=form, lesson=None, school=school, schools=schools, topic=topic
        ), 422 if form.wrong else 200
    chosen = [classes[key] for key in form.classes.data or ()]
    row = planning.plan_lesson(
        school, actor().person_id, chosen, **form.facts(), topic_id=topic.id if topic else None
    )
    flash(_("The lesson is planned. Now bring the slides."), "good")
    return redirect(url_for("lessons.lesson", streamed_id=row.id), 303)


@blueprint.route("/streaming/<uuid:streamed_id>/edit", methods=["GET", "POST"])
@needs("lesson.teach")
def change(streamed_id: UUID) -> Any:
    row = queries.taught_or_404(streamed_id)
    form, classes = _form(row.school, row)
    if not form.ok():
        return render_template(
            "lessons/plan.html", form=form, lesson=row, school=row.school, schools=[]
        ), 422 if form.wrong else 200
    planning.change_lesson(row, [classes[key] for key in form.classes.data or ()], **form.facts())
    flash(_("The lesson is changed."), "good")
    return redirect(url_for("lessons.lesson", streamed_id=row.id), 303)


def _form(school: Place, row: StreamedLesson | None = None) -> tuple[LessonForm, dict[str, Any]]:
    classes = {str(one.id): one for one in queries.classes_to_teach(school.id)}
    starts = row.starts_at.astimezone(clock.KAZAKHSTAN) if row else None
    form = LessonForm.here(
        row,
        day=starts.date() if starts else None,
        begins=starts.time() if starts else None,
        **({"classes": [str(one.class_id) for one in row.classes]} if row else {}),
    )
    if row and request.method == "GET":
        form.classes.data = [str(one.class_id) for one in row.classes]
    form.classes.choices = options(
        {key: f"{one.name} · {in_language(one.school)} ({one.language})" for key, one in classes.items()}
    )
    return form, classes


@blueprint.get("/streaming/<uuid:streamed_id>")
@needs("lesson.see")
def lesson(streamed_id: UUID) -> str:
    return _page(queries.lesson_or_404(streamed_id), QuestionForm())


def _page(row: StreamedLesson, form: QuestionForm) -> str:
    mine = (row.teacher_id == actor().person_id and may("lesson.teach", row.path)) or may(
        "lesson.lead", row.path
    )
    return render_template(
        "lessons/lesson.html", lesson=row, slides=room.slides(row.id), questions=room.questions(row.id), form=form,
        mine=mine, ready=record.devices_ready(row.id), most_steps=MOST_STEPS,
        assists=any(may("lesson.assist", one.path) for one in row.classes),
    )  # fmt: skip


@blueprint.post("/streaming/<uuid:streamed_id>/slides")
@needs("lesson.teach")
@takes_uploads
def bring_slides(streamed_id: UUID) -> Any:
    row = queries.taught_or_404(streamed_id)
    if request.form.get("upload"):
        arrived = uploads.finished_or_404(_key(request.form["upload"]))
        name, blob = arrived.name, uploads.take(arrived) if arrived.size <= DECK_BYTES else None
    else:
        file = request.files.get("file")
        name = file.filename or "" if file else ""
        blob = storage.keep(file.stream) if file and name else None
    if blob is None or blob.size > DECK_BYTES:
        flash(_("Choose a PDF or PPTX file of at most 40 MB."), "error")
    else:
        planning.bring_slides(row, blob, name)
        flash(_("The slides are being made. This takes about a minute."), "good")
    return redirect(url_for("lessons.lesson", streamed_id=row.id), 303)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None


@blueprint.post("/streaming/<uuid:streamed_id>/script")
@needs("lesson.assist")
def set_script(streamed_id: UUID) -> Any:
    row = queries.planned_together_or_404(streamed_id)
    planning.set_script(row, script_steps(request.form))
    flash(_("The plan of the lesson is saved."), "good")
    return redirect(url_for("lessons.lesson", streamed_id=row.id), 303)


@blueprint.post("/streaming/<uuid:streamed_id>/questions")
@needs("lesson.teach")
def add_question(streamed_id: UUID) -> Any:
    row = queries.taught_or_404(streamed_id)
    form = QuestionForm.here()
    if not form.ok():
        return _page(row, form), 422
    planning.prepare_question(row, **form.facts())
    flash(_("The question is ready."), "good")
    return redirect(url_for("lessons.lesson", streamed_id=row.id), 303)


@blueprint.post("/streaming/<uuid:streamed_id>/questions/<int:place>/drop")
@needs("lesson.teach")
def drop_question(streamed_id: UUID, place: int) -> Any:
    row = queries.taught_or_404(streamed_id)
    found = db.session.scalar(
        select(StreamedQuestion).where(StreamedQuestion.lesson_id == row.id, StreamedQuestion.number == place)
    )
    if found is None:
        raise NotYours
    planning.drop_question(row, found)
    flash(_("The question is taken out."), "good")
    return redirect(url_for("lessons.lesson", streamed_id=row.id), 303)


@blueprint.post("/streaming/<uuid:streamed_id>/cancel")
@needs("lesson.teach")
def cancel(streamed_id: UUID) -> Any:
    planning.cancel(queries.taught_or_404(streamed_id))
    flash(_("The lesson is cancelled."), "good")
    return redirect(url_for("lessons.lessons"), 303)
