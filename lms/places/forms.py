"""What is asked about a school, its rooms and its bells."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FloatField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from lms.core.forms import Form, at_most, between, options, required, stripped
from lms.places.labels import CLASSROOM_EQUIPMENT, KINDS, LANGUAGES, TECHNOLOGIES

# Kazakhstan lies between these; a swapped latitude and longitude falls outside.
SOUTH, NORTH, WEST, EAST = 40.0, 56.0, 46.0, 88.0
BELL = re.compile(r"^(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})$")


class SchoolForm(Form):
    name_kk = StringField(_l("Name in Kazakh"), [required(), at_most(200)], filters=[stripped])
    name_ru = StringField(_l("Name in Russian"), [required(), at_most(200)], filters=[stripped])
    code = StringField(_l("Code of the school"), [at_most(40)], filters=[stripped])
    kind = SelectField(_l("Kind of school"), choices=options(KINDS))
    languages = SelectMultipleField(_l("Languages of instruction"), choices=options(LANGUAGES))
    first_grade = IntegerField(_l("First grade"), [between(0, 11)])
    last_grade = IntegerField(_l("Last grade"), [between(1, 12)])
    combined_classes = BooleanField(_l("Classes may be combined"))
    shifts = IntegerField(_l("Shifts"), [between(1, 3)])
    pupils = IntegerField(_l("Number of pupils"), [Optional(), between(0, 10_000)])
    computers = IntegerField(_l("Number of computers"), [Optional(), between(0, 10_000)])
    technology = SelectField(_l("Connection"), choices=options(TECHNOLOGIES))
    provider = StringField(_l("Provider"), [at_most(100)], filters=[stripped])
    contract_down = FloatField(_l("Contracted speed down, Mbit/s"), [Optional(), between(0, 100_000)])
    contract_up = FloatField(_l("Contracted speed up, Mbit/s"), [Optional(), between(0, 100_000)])
    latitude = FloatField(_l("Latitude"), [Optional(), between(SOUTH, NORTH)])
    longitude = FloatField(_l("Longitude"), [Optional(), between(WEST, EAST)])
    telephone = StringField(_l("Phone number"), [at_most(40)], filters=[stripped])
    address_kk = StringField(_l("Address in Kazakh"), [at_most(300)], filters=[stripped])
    address_ru = StringField(_l("Address in Russian"), [at_most(300)], filters=[stripped])

    def validate_languages(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one language of instruction."))

    def validate_last_grade(self, field: Any) -> None:
        if (
            self.first_grade.data is not None
            and field.data is not None
            and field.data < self.first_grade.data
        ):
            raise ValidationError(_("The last grade cannot be before the first one."))


class RoomForm(Form):
    name = StringField(_l("Name or number of the room"), [required(), at_most(80)], filters=[stripped])
    seats = IntegerField(_l("Seats"), [between(0, 1000)], default=0)
    computers = IntegerField(_l("Number of computers"), [between(0, 1000)], default=0)
    equipment = SelectMultipleField(_l("Equipment"), choices=options(CLASSROOM_EQUIPMENT))


class BellsForm(Form):
    """One lesson per line, as it hangs on the wall: 08:30–09:15."""

    parsed: list[list[str]]

    lessons = TextAreaField(_l("Lessons, one per line"))

    def validate_lessons(self, field: Any) -> None:
        self.parsed = parsed_bells(field.data or "")


def parsed_bells(text: str) -> list[list[str]]:
    """[["08:30", "09:15"], …]; what cannot be read is named with its line."""
    lessons: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = BELL.match(line.strip())
        if found is None or not _possible(found):
            raise ValidationError(
                _("Line %(number)s cannot be read. Write it like this: 08:30–09:15", number=number)
            )
        begin, end = f"{int(found[1]):02}:{found[2]}", f"{int(found[3]):02}:{found[4]}"
        if begin >= end or (lessons and lessons[-1][1] > begin):
            raise ValidationError(_("Line %(number)s begins before the one above has ended.", number=number))
        lessons.append([begin, end])
    return lessons


def _possible(found: re.Match[str]) -> bool:
    try:
        time(int(found[1]), int(found[2]))
        time(int(found[3]), int(found[4]))
    except ValueError:
        return False
    return True
