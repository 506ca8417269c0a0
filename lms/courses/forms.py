"""Forms of courses: request → value, or errors that teach."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)

from lms.core import clock
from lms.core.forms import Form, at_most, between, options, required, stripped
from lms.core.i18n import in_language
from lms.courses import labels
from lms.courses.models import CourseLesson
from lms.courses.prerequisites import ring, waits_for, wanted

GRADES = [("", "–"), *((str(one), str(one)) for one in range(0, 13))]
QUARTERS = [("", "–"), *((str(one), str(one)) for one in range(1, 5))]


class CheckboxesField(SelectMultipleField):  # drawn as one box each
    option_widget = widgets.CheckboxInput()


class TitlesForm(Form):
    """At least one of the two titles."""

    title_kk = StringField(_l("Title in Kazakh"), filters=[stripped], validators=[at_most(200)])
    title_ru = StringField(_l("Title in Russian"), filters=[stripped], validators=[at_most(200)])

    def validate_title_kk(self, field: Any) -> None:
        if not (field.data or self.title_ru.data):
            raise validators.ValidationError(_("Give it a title in at least one language."))


class CourseForm(TitlesForm):
    known: dict[str, str] | None = None  # texts of the curriculum by their codes

    place = SelectField(_l("Whose course it is"))
    subject = SelectField(_l("Subject"), choices=options(labels.SUBJECTS))
    grade = SelectField(_l("Grade"), choices=options(GRADES))
    quarter = SelectField(_l("Quarter"), choices=options(QUARTERS))
    section = StringField(_l("Section of the curriculum"), filters=[stripped], validators=[at_most(200)])
    language = SelectField(_l("Written first in"), choices=options(labels.LANGUAGES))
    about_kk = TextAreaField(_l("What it is about, in Kazakh"), validators=[at_most(2000)])
    about_ru = TextAreaField(_l("What it is about, in Russian"), validators=[at_most(2000)])
    objectives = TextAreaField(
        _l("Learning objectives"), validators=[at_most(5000)],
        description=_l("One on each line: the code of the curriculum, then the text. For instance: 7.2.1.3 reads a graph."),
    )  # fmt: skip
    curriculum = CheckboxesField(_l("Objectives of the curriculum for this subject and grade"))
    licence = SelectField(_l("Licence"), choices=options(labels.LICENCES))

    def facts(self) -> dict[str, Any]:
        found = self.values("place", "objectives", "curriculum")
        for name in ("grade", "quarter"):
            found[name] = int(found[name]) if found[name] else None
        chosen = (self.curriculum.data or []) if "curriculum" in self else []
        found["objectives"] = with_curriculum(
            objectives(self.objectives.data or ""), chosen, self.known or {}
        )
        return found


def with_curriculum(
    typed: list[dict[str, str]], chosen: list[str], known: dict[str, str]
) -> list[dict[str, str]]:
    """Those that were ticked come behind those that were typed; a code alone gets the text of the curriculum."""
    typed = [{**one, "text": one["text"] or known.get(one["code"], "")} for one in typed]
    there = {one["code"] for one in typed}
    return typed + [
        {"code": code, "text": known[code][:500]} for code in chosen if code in known and code not in there
    ]


def objectives(text: str) -> list[dict[str, str]]:
    """Lines of a code and its text."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [
        {"code": parts[0][:40], "text": parts[1][:500] if len(parts) > 1 else ""}
        if any(letter.isdigit() for letter in parts[0])
        else {"code": "", "text": " ".join(parts)[:500]}
        for parts in lines[:60]
    ]


class LessonForm(TitlesForm):
    rule = SelectField(_l("The lesson is done when"))
    pass_score = IntegerField(_l("Passed from, per cent"), default=60, validators=[between(1, 100)])
    in_order = BooleanField(_l("Opens only when the lesson before is done"))
    after = CheckboxesField(
        _l("Other lessons that must be done first"),
        description=_l("Pupils read on the page of the course what a lesson waits for."),
    )
    lesson: CourseLesson

    def about(self, lesson: CourseLesson) -> None:
        self.lesson = lesson
        others = [one for one in lesson.module.course.lessons if one is not lesson]
        self.after.choices = options([(str(one.id), in_language(one, "title") or "–") for one in others])
        if not others:
            del self.after

    def validate_after(self, field: Any) -> None:
        course = self.lesson.module.course
        edges = waits_for(course)
        edges[self.lesson.id] = wanted(course.lessons, self.lesson, self.in_order.data, field.data or ())
        names = {one.id: in_language(one, "title") or "–" for one in course.lessons}
        found = [names[key] for key in ring(edges, self.lesson.id)]
        if found:
            raise validators.ValidationError(
                _("These lessons would wait for each other, and none would open: %(lessons)s. Take one of them out.",
                  lessons=" → ".join([*found, found[0]]))
            )  # fmt: skip


class GivingForm(Form):
    course = SelectField(_l("Course"), validators=[required()])
    classes = CheckboxesField(_l("Classes"))
    opens_on = DateField(_l("First day"), validators=[validators.Optional()])
    closes_on = DateField(_l("Last day"), validators=[validators.Optional()])
    note = TextAreaField(_l("A word to the pupils"), validators=[at_most(500)])

    def validate_classes(self, field: Any) -> None:
        if not field.data:
            raise validators.ValidationError(_("Choose at least one class."))


def begins(day: date | None) -> datetime | None:
    """Midnight in Kazakhstan at which the day begins."""
    return datetime.combine(day, time(), clock.KAZAKHSTAN) if day else None


def ends(day: date | None) -> datetime | None:
    """The last moment of the day."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), clock.KAZAKHSTAN) - timedelta(seconds=1)
