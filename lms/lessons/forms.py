"""Forms of planning a streaming lesson."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    validators,
)

from lms.core import clock
from lms.core.forms import Form, at_most, between, required, stripped
from lms.core.forms import options as choices
from lms.core.i18n import LANGUAGES
from lms.lessons import labels
from lms.lessons.judging import cleaned
from lms.lessons.parts import PARTED, Unwritten, written
from lms.lessons.subjects import SUBJECTS

MOST_STEPS = 12


class LessonForm(Form):
    title = StringField(_l("Topic"), filters=[stripped], validators=[required(), at_most(200)])
    aim = TextAreaField(_l("What pupils will be able to do afterwards"), validators=[at_most(500)])
    subject = SelectField(_l("Subject"), choices=choices(SUBJECTS))
    language = SelectField(_l("Language of the lesson"), choices=choices(LANGUAGES))
    day = DateField(_l("Day"), validators=[required()])
    begins = TimeField(_l("Begins at"), validators=[required()])
    minutes = IntegerField(_l("Minutes"), default=40, validators=[required(), between(5, 120)])
    provider = SelectField(_l("Voice and video"), choices=choices(labels.PROVIDERS))
    link = StringField(_l("Link for voice and video"), validators=[at_most(500)],
                       description=_l("It begins with https:// and is opened on the classroom's screen only."))  # fmt: skip
    classes = SelectMultipleField(
        _l("Classes"), description=_l("Of this school and of its satellite schools.")
    )

    def validate_classes(self, field: Any) -> None:
        if not field.data:
            raise validators.ValidationError(_("Choose at least one class."))

    def validate_link(self, field: Any) -> None:
        if self.provider.data == "link" and not re.fullmatch(r"https://[^\s/]+\S*", field.data or ""):
            raise validators.ValidationError(_("Enter an address that begins with https://"))

    def facts(self) -> dict[str, Any]:
        starts = datetime.combine(self.day.data or date.min, self.begins.data or time(), clock.KAZAKHSTAN)
        return {**self.values("classes", "day", "begins"), "starts_at": starts}


class QuestionForm(Form):
    kind = SelectField(_l("Kind of question"), choices=choices(labels.QUESTION_KINDS))
    text = TextAreaField(_l("Question"), filters=[stripped], validators=[required(), at_most(300)])
    options = TextAreaField(_l("Answers to choose from"), validators=[at_most(1000)],
                            description=_l("One on a line; begin right ones with a *. Pairs as “metre -> length”, steps in the right order. Gaps stand in the text of the question: “at [[100]] °C”, “[[=gas|ice]]” to choose from."))  # fmt: skip
    key = StringField(_l("Right answer"), validators=[at_most(200)],
                      description=_l("For a number or a text; several are divided by a semicolon."))  # fmt: skip
    seconds = IntegerField(_l("Seconds to answer"), default=0, validators=[validators.Optional(), between(0, 3600)],
                           description=_l("0 means until the teacher closes it."))  # fmt: skip
    purpose = SelectField(
        _l("When"), choices=choices({"": _l("During the lesson"), "exit": _l("At the end: exit ticket")})
    )

    def lines(self) -> list[str]:
        return [
            stripped(one)[:120] for one in (self.options.data or "").splitlines() if stripped(one).strip("* ")
        ]

    def validate_options(self, field: Any) -> None:
        if self.kind.data in ("single", "multiple"):
            lines = self.lines()
            if not 2 <= len(lines) <= 8:
                raise validators.ValidationError(_("Write from two to eight answers, one on a line."))
            if self.kind.data == "single" and sum(one.startswith("*") for one in lines) > 1:
                raise validators.ValidationError(_("Only one answer may be right here."))
        elif self.kind.data in PARTED:
            self._written()

    def _written(self) -> tuple[str, list[str], list[str]]:
        try:
            return written(self.kind.data, self.text.data or "", self.lines())
        except Unwritten as error:
            raise validators.ValidationError(labels.UNWRITTEN[error.code]) from error

    def validate_key(self, field: Any) -> None:
        if self.kind.data == "number" and any(cleaned("number", one) is None for one in self._keys()):
            raise validators.ValidationError(_("Enter a number, for instance 2.5"))

    def _keys(self) -> list[str]:
        return [one for one in (stripped(part) for part in (self.key.data or "").split(";")) if one]

    def facts(self) -> dict[str, Any]:
        when = {"kind": self.kind.data, "seconds": self.seconds.data or 0, "purpose": self.purpose.data}
        if self.kind.data in PARTED:
            text, options, key = self._written()
            return {**when, "text": text, "options": options, "key": key}
        choosing = self.kind.data in ("single", "multiple")
        lines = self.lines() if choosing else []
        right = [str(place) for place, one in enumerate(lines) if one.startswith("*")]
        return {
            **when, "text": self.text.data, "options": [one.lstrip("* ") for one in lines],
            "key": right if choosing else [] if self.kind.data == "cloud" else self._keys(),
        }  # fmt: skip


def script_steps(sent: Any) -> list[dict[str, Any]]:
    """Rows of the plan: minutes-1, who-1, what-1, slide-1 …; a row without words or minutes falls away."""
    steps = []
    for number in range(1, MOST_STEPS + 1):
        what = stripped(sent.get(f"what-{number}", "").replace("\0", ""))[:300]
        minutes = sent.get(f"minutes-{number}", type=int) or 0
        slide = sent.get(f"slide-{number}", type=int) or 0
        who = sent.get(f"who-{number}", "")
        if what and 0 < minutes <= 120:
            steps.append({
                "minutes": minutes, "who": who if who in labels.WHO else "hub", "what": what,
                "slide": slide if 0 <= slide <= 200 else 0,
            })  # fmt: skip
    return steps
