"""Pages of observed lessons: somebody comes to look, scores by criteria, and the teacher reads it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField

from lms.core import clock
from lms.core.errors import NotYours
from lms.core.forms import Form, at_most, options, required, stripped
from lms.core.i18n import in_language
from lms.core.permissions import actor, may, needs
from lms.lessons.labels import CRITERIA, SCORES
from lms.lessons.queries import observing as queries
from lms.lessons.queries import wanted
from lms.lessons.service import observing
from lms.lessons.subjects import MODELS, SUBJECTS
from lms.lessons.views.base import blueprint


class ObservationForm(Form):
    teacher = SelectField(_l("Teacher"))
    group = SelectField(_l("Class"))
    subject = SelectField(_l("Subject"), choices=options(SUBJECTS))
    topic = StringField(_l("Topic"), filters=[stripped], validators=[required(), at_most(300)])
    on = DateField(_l("Day"), validators=[required()])
    model = SelectField(
        _l("How the subject is taught"),
        choices=options([(str(key), name) for key, name in MODELS.items()]),
        default="3",
    )


@blueprint.get("/observations")
@needs("observation.own")
def observations() -> str:
    return render_template("lessons/observations.html", listing=queries.observations(), me=actor().person_id)


@blueprint.get("/observations/summary")
@needs("observation.see")
def observation_summary() -> str:
    return render_template("lessons/observation_summary.html", summary=queries.summary())


@blueprint.route("/observations/new", methods=["GET", "POST"])
@needs("observation.make")
def new_observation() -> Any:
    schools = wanted.schools("observation.make")
    school = next((one for one in schools if str(one.place_id) == request.values.get("school")), next(iter(schools), None))  # fmt: skip
    if school is None:
        raise NotYours
    classes = {str(one.id): one for one in wanted.classes_of(school.place_id)}
    teachers = [(str(one.id), one.full_name) for one, _place in wanted.teachers_for(school.place_id)]
    form = ObservationForm.here(on=clock.today())
    form.group.choices = options({key: one.name for key, one in classes.items()})
    form.teacher.choices = options(teachers)
    if not form.ok():
        return render_template(
            "lessons/observation_new.html",
            form=form,
            school=school,
            schools=schools,
            ready=classes and teachers,
        ), 422 if form.wrong else 200
    row = observing.begin(
        school.place, actor().person_id, UUID(form.teacher.data), classes[form.group.data], on=form.on.data or date.min,
        subject=form.subject.data, topic=form.topic.data, model=int(form.model.data),
    )  # fmt: skip
    return redirect(url_for("lessons.write_observation", observation_id=row.id), 303)


@blueprint.route("/observations/<uuid:observation_id>/edit", methods=["GET", "POST"])
@needs("observation.make")
def write_observation(observation_id: UUID) -> Any:
    """Saved as often as one likes; "finish" is for good."""
    row = queries.draft_or_404(observation_id)
    if request.method == "POST":
        observing.write(row, _scores(), _remarks(), _text("advice", 3000))
        if request.form.get("finish"):
            observing.finish(row)
            flash(_("The observation is finished; the teacher can read it."), "good")
            return redirect(url_for("lessons.observation", observation_id=row.id), 303)
        flash(_("The draft is kept."), "good")
        return redirect(url_for("lessons.write_observation", observation_id=row.id), 303)
    if row.finished_at is not None:
        return redirect(url_for("lessons.observation", observation_id=row.id))
    return render_template("lessons/observation_write.html", row=row, criteria=CRITERIA, scores=SCORES)


def _scores() -> dict[str, int]:
    sent = {code: request.form.get(f"score-{code}", "") for code in CRITERIA}
    return {code: int(text) for code, text in sent.items() if text in SCORES and text}


def _remarks() -> dict[str, str]:
    sent = {code: _text(f"remark-{code}", 500) for code in CRITERIA}
    return {code: text for code, text in sent.items() if text}


def _text(name: str, most: int) -> str:
    return stripped(request.form.get(name, "").replace("\0", ""))[:most]


@blueprint.get("/observations/<uuid:observation_id>")
@needs("observation.own")
def observation(observation_id: UUID) -> str:
    row = queries.seen_or_404(observation_id)
    means = [score for score in row.scores.values() if isinstance(score, int)]
    return render_template(
        "lessons/observation.html", row=row, criteria=CRITERIA, scores=SCORES, me=actor().person_id,
        mean=round(sum(means) / len(means), 2) if means else None, school=in_language(row.school),
        writes=row.finished_at is None and may("observation.make", row.path),
    )  # fmt: skip


@blueprint.post("/observations/<uuid:observation_id>/read")
@needs("observation.own")
def read_observation(observation_id: UUID) -> Any:
    observing.read(queries.about_me_or_404(observation_id))
    return redirect(url_for("lessons.observation", observation_id=observation_id), 303)


@blueprint.post("/observations/<uuid:observation_id>/drop")
@needs("observation.make")
def drop_observation(observation_id: UUID) -> Any:
    observing.drop(queries.draft_or_404(observation_id))
    flash(_("The draft is gone."), "good")
    return redirect(url_for("lessons.observations"), 303)
