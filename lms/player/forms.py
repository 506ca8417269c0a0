"""Forms of giving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    validators,
    widgets,
)

from lms.core import clock
from lms.core.forms import Form, at_most, between, required
from lms.player import labels


class CheckboxesField(SelectMultipleField):  # drawn as one box each
    option_widget = widgets.CheckboxInput()


def choices(words: Mapping[str, Any]) -> list[Any]:
    return [SelectChoice(code, text) for code, text in words.items()]


class GivingForm(Form):
    package = SelectField(_l("Package"), validators=[required()])
    classes = CheckboxesField(_l("Classes"))
    pupils = CheckboxesField(_l("Pupils"))
    opens_on = DateField(_l("First day"), validators=[validators.Optional()])
    closes_on = DateField(_l("Last day"), validators=[validators.Optional()])
    attempts = IntegerField(_l("Attempts allowed"), default=0, validators=[between(0, 99)],
                            description=_l("0 means as many as one likes."))  # fmt: skip
    counting = SelectField(_l("Which attempt counts"), choices=choices(labels.COUNTING))
    credit = BooleanField(_l("Counts towards the mark"), default=True)
    note = TextAreaField(_l("A word to the pupils"), validators=[at_most(500)])

    def validate_classes(self, field: Any) -> None:
        if not (field.data or self.pupils.data):
            raise validators.ValidationError(_("Choose at least one class or pupil."))


def begins(day: date | None) -> datetime | None:
    """Midnight in Kazakhstan at which the day begins."""
    return datetime.combine(day, time(), clock.KAZAKHSTAN) if day else None


def ends(day: date | None) -> datetime | None:
    """The last moment of the day."""
    return (
        datetime.combine(day + timedelta(days=1), time(), clock.KAZAKHSTAN) - timedelta(seconds=1)
        if day
        else None
    )
