"""What is asked about questions, papers and sittings."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import Optional, ValidationError

from lms.core import clock
from lms.core.forms import Form, at_most, between, options, required, stripped
from lms.quizzes import labels
from lms.quizzes.aids import AIDS
from lms.quizzes.clinic_texts import MODELS
from lms.quizzes.questions import KINDS

NONE = [("", "–")]
GRADES = [(str(grade), str(grade)) for grade in range(1, 13)]


class CheckboxesField(SelectMultipleField):  # drawn as one box each
    option_widget = widgets.CheckboxInput()


class BreaksField(StringField):
    """Minutes of each break as people write them: 5 + 5."""

    def process_data(self, value: Any) -> None:
        super().process_data(" + ".join(map(str, value)) if isinstance(value, list) else value)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        found = breaks_of(self.data)
        if len(found) > MOST_BREAKS or any(not 1 <= one <= LONGEST_BREAK for one in found):
            raise ValidationError(_("At most six breaks of 1 to 30 minutes each."))


def _grade(value: str | None) -> int | None:
    return int(value) if value else None


BREAKS_HINT = _l("For instance 5 + 5: two breaks of five minutes, during which the clock rests.")
MOST_BREAKS, LONGEST_BREAK = 6, 30


def breaks_of(text: str | None) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", text or "")]


class ItemForm(Form):
    """Where a question belongs; the question itself is read by its kind."""

    subject = SelectField(_l("Subject"), choices=options([*NONE, *labels.SUBJECTS.items()]))
    grade = SelectField(_l("Grade"), choices=options([*NONE, *GRADES]))
    language = SelectField(_l("Language"), choices=options(labels.LANGUAGES))
    level = SelectField(_l("Level"), choices=options(labels.LEVELS), default="B")
    section = StringField(_l("Section"), [at_most(100)], filters=[stripped])
    objective = StringField(_l("Code of the learning objective"), [at_most(40)], filters=[stripped],
                            description=_l("For instance 7.2.1.3."))  # fmt: skip
    practice = BooleanField(_l("Open for self-study"),
                            description=_l("Pupils meet it when they practise, so it is worth nothing in an exam."))  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {**self.values("grade"), "grade": _grade(self.grade.data)}


class BringingForm(Form):
    """What holds for questions of which the file does not say it."""

    text = TextAreaField(_l("Or type the questions here"),
                         description=_l("A question, its options A) B) C) below it, then “ANSWER: B”. An empty line parts questions."))  # fmt: skip
    subject = SelectField(_l("Subject"), choices=options([*NONE, *labels.SUBJECTS.items()]))
    grade = SelectField(_l("Grade"), choices=options([*NONE, *GRADES]))
    language = SelectField(_l("Language"), choices=options(labels.LANGUAGES))
    level = SelectField(_l("Level"), choices=options(labels.LEVELS), default="B")

    def facts(self) -> dict[str, Any]:
        return {
            **self.values("grade", "text"),
            "grade": _grade(self.grade.data),
            "section": "",
            "objective": "",
        }


class PaperForm(Form):
    title = StringField(_l("Title"), [required(), at_most(200)], filters=[stripped])
    subject = SelectField(_l("Subject"), choices=options([*NONE, *labels.SUBJECTS.items()]))
    grade = SelectField(_l("Grade"), choices=options([*NONE, *GRADES]))
    language = SelectField(_l("Language"), choices=options(labels.LANGUAGES))
    minutes = IntegerField(_l("Minutes"), [between(0, 600)], default=40,
                           description=_l("0 means as long as one likes."))  # fmt: skip
    shuffle = BooleanField(_l("Shuffle the questions"), default=True,
                           description=_l("Questions about one context stay together."))  # fmt: skip
    aids = CheckboxesField(_l("Lies beside the questions"), choices=options(AIDS))
    breaks = BreaksField(_l("Breaks, minutes"), [at_most(40)], filters=[stripped], description=BREAKS_HINT)
    extra_minutes = IntegerField(_l("More minutes for special needs"), [between(0, 240)], default=0,
                                 description=_l("For pupils with special needs who have no share of their own."))  # fmt: skip
    note = TextAreaField(_l("A word to the pupils"), [at_most(1000)])

    def facts(self) -> dict[str, Any]:
        return {
            **self.values("grade", "breaks"),
            "grade": _grade(self.grade.data),
            "breaks": breaks_of(self.breaks.data),
        }


class RuleForm(Form):
    """Questions drawn from the bank."""

    title = StringField(_l("Name of the section"), [at_most(120)], filters=[stripped])
    count = IntegerField(_l("How many questions"), [between(1, 120)], default=5)
    subject = SelectField(_l("Subject"), choices=options([*NONE, *labels.SUBJECTS.items()]))
    grade = SelectField(_l("Grade"), choices=options([*NONE, *GRADES]))
    section = StringField(_l("Section"), [at_most(100)], filters=[stripped])
    objective = StringField(_l("Code of the learning objective"), [at_most(40)], filters=[stripped])
    kinds = SelectField(_l("Kind"), choices=options([("", _l("All")), *((name, kind.title) for name, kind in KINDS.items())]))  # fmt: skip
    cap = IntegerField(_l("Asked at most so many times"), [Optional(), between(0, 100_000)],
                       description=_l("A question that so many pupils have had is drawn no more. Empty: no limit."))  # fmt: skip
    a = IntegerField(_l("Of level A"), [Optional(), between(0, 120)])
    b = IntegerField(_l("Of level B"), [Optional(), between(0, 120)])
    c = IntegerField(_l("Of level C"), [Optional(), between(0, 120)])

    def validate_count(self, field: Any) -> None:
        wanted = [self.a.data, self.b.data, self.c.data]
        if any(wanted) and sum(one or 0 for one in wanted) != field.data:
            raise ValidationError(_("The numbers of the levels do not add up to this."))

    def rule(self, language: str) -> dict[str, Any]:
        levels = {"A": self.a.data, "B": self.b.data, "C": self.c.data}
        return {
            "count": self.count.data, "subject": self.subject.data, "grade": _grade(self.grade.data),
            "section": self.section.data, "objective": self.objective.data, "language": language,
            "kinds": [self.kinds.data] if self.kinds.data else [],
            "levels": {level: number for level, number in levels.items() if number}, "cap": self.cap.data or 0,
        }  # fmt: skip


class SittingForm(Form):
    title = StringField(_l("Title"), [required(), at_most(200)], filters=[stripped])
    classes = SelectMultipleField(_l("Classes"))
    mode = SelectField(_l("What it is"), choices=options(labels.MODES))
    minutes = IntegerField(_l("Minutes"), [between(0, 600)], description=_l("0 means as long as one likes."))
    opens_at = DateTimeLocalField(_l("Opens"), [Optional()], format="%Y-%m-%dT%H:%M")
    closes_at = DateTimeLocalField(_l("Closes"), [Optional()], format="%Y-%m-%dT%H:%M")
    attempts = IntegerField(_l("Attempts allowed"), [between(0, 20)], default=1,
                            description=_l("0 means as many as one likes."))  # fmt: skip
    variants = IntegerField(_l("Number of variants"), [between(0, 8)], default=0,
                            description=_l("0 gives everybody their own order."))  # fmt: skip
    with_code = BooleanField(_l("Ask for a code said in the room"))
    sealed = BooleanField(_l("Sealed paper"),
                          description=_l("Pupils' computers fetch it locked, days before. It opens with a code that you read here a quarter of an hour before the beginning."))  # fmt: skip
    on_school_computers = BooleanField(_l("Only on registered computers of the school"))
    breaks = BreaksField(_l("Breaks, minutes"), [at_most(40)], filters=[stripped], description=BREAKS_HINT)
    second_marker_id = SelectField(_l("Second marker"), choices=options(NONE),
                                   description=_l("Marks long answers once more without seeing your marks; where you differ, you settle it."))  # fmt: skip
    certificate_share = IntegerField(_l("Certificate from how many percent"), [between(0, 100)], default=0,
                                     description=_l("0 means that no certificates are given."))  # fmt: skip
    show_key = BooleanField(_l("Show right answers with the results"), default=True)
    note = TextAreaField(_l("A word to the pupils"), [at_most(1000)])

    def validate_classes(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one class."))

    def validate_sealed(self, field: Any) -> None:
        if field.data and not self.opens_at.data:
            raise ValidationError(_("A sealed paper needs the time at which it opens."))

    def facts(self) -> dict[str, Any]:
        second = self.second_marker_id.data
        own = {
            "breaks": breaks_of(self.breaks.data), "second_marker_id": UUID(second) if second else None,
            "opens_at": here(self.opens_at.data), "closes_at": here(self.closes_at.data),
        }  # fmt: skip
        return {**self.values("classes"), **own}

    def validate_closes_at(self, field: Any) -> None:
        if self.opens_at.data and field.data and field.data <= self.opens_at.data:
            raise ValidationError(_("It would close before it opens."))


class StudyForm(Form):
    """One test in many schools, and with a second one how much pupils have grown."""

    title = StringField(_l("Title"), [required(), at_most(200)], filters=[stripped])
    entry = SelectMultipleField(_l("The test, or the entry test"))
    leaving = SelectMultipleField(
        _l("The exit test"), description=_l("Leave it empty when there is only one test.")
    )
    model = SelectField(_l("Model"), choices=options(MODELS))

    def offer(self, papers: list[tuple[str, str]]) -> None:
        self.entry.choices = self.leaving.choices = options(papers)

    def validate_entry(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one paper."))

    def validate_leaving(self, field: Any) -> None:
        if set(field.data or ()) & set(self.entry.data or ()):
            raise ValidationError(_("A paper cannot be the entry and the exit test at once."))


def here(moment: datetime | None) -> datetime | None:
    """A moment as people type it: the time of Kazakhstan."""
    return moment.replace(tzinfo=clock.KAZAKHSTAN) if moment else None
