"""What is asked about persons, roles, classes and years."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.core.forms import Form, at_most, between, options, required, stripped
from lms.core.text import cyrillic_letter
from lms.people.iin import as_iin, birth_date
from lms.people.labels import ACCOMMODATIONS, LANGUAGES, LEAVING, NEEDS, RELATIONS, SEXES

LOGIN = Regexp(
    r"^[\w.@-]{3,60}$",
    message=_l("Use at least three letters, digits, dots, hyphens or underscores, no spaces."),
)
LETTER = Regexp(
    r"^[^\W\d_]{0,3}$", message=_l("A class letter is one letter, or none when there is one class.")
)


class Boxes(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def day_field(label: Any, *rules: Any) -> DateField:
    return DateField(label, list(rules) or [Optional()])


class NameForm(Form):
    surname = StringField(_l("Surname"), [at_most(60)], filters=[stripped])
    first_name = StringField(_l("First name"), [required(), at_most(60)], filters=[stripped])
    patronymic = StringField(_l("Patronymic"), [at_most(60)], filters=[stripped])


class PersonForm(NameForm):
    language = SelectField(_l("Language of the pages"), choices=options(LANGUAGES))
    sex = SelectField(_l("Sex"), choices=options(SEXES))
    birth_date = day_field(_l("Date of birth"))
    login = StringField(_l("Username"), [Optional(), LOGIN], filters=[stripped])
    email = StringField(_l("Email"), [at_most(200)], filters=[stripped])
    telephone = StringField(_l("Phone number"), [at_most(40)], filters=[stripped])
    iin = StringField(
        _l("IIN"),
        [Optional()],
        filters=[stripped],
        description=_l("Twelve digits. It is kept encrypted; leave it empty to keep what is there."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    special_needs = Boxes(_l("Special needs"), choices=options(NEEDS))
    accommodations = Boxes(_l("What helps in lessons and tests"), choices=options(ACCOMMODATIONS))
    extra_time = IntegerField(
        _l("Extra time in tests, percent"),
        [Optional(), between(0, 200)],
        default=0,
        render_kw={"class": "short"},
    )

    def validate_iin(self, field: Any) -> None:
        if field.data and as_iin(field.data) is None:
            raise ValidationError(_("This is not an IIN: one of the twelve digits is wrong."))

    @property
    def number(self) -> str:
        return as_iin(self.iin.data or "") or ""

    def odd_birth_date(self) -> bool:
        """Only worth a remark: the date in the number is not binding since 2013."""
        inside = birth_date(self.number) if self.number else None
        return bool(inside and self.birth_date.data and inside != self.birth_date.data)

    def facts(self) -> dict[str, Any]:
        """Only what is described here: the request may hold more, and that is not looked at."""
        helps: dict[str, Any] = dict.fromkeys(self.accommodations.data or [], True)
        if self.extra_time.data:
            helps["extra_time"] = self.extra_time.data
        names = ("surname", "first_name", "patronymic", "language", "sex", "birth_date", "email", "telephone",
                 "special_needs")  # fmt: skip
        return {**{name: self.data[name] for name in names}, "accommodations": helps}


class EnrolForm(PersonForm):
    role = SelectField(_l("Role"))
    class_id = SelectField(_l("Class"), description=_l("For pupils only."))


class RoleForm(Form):
    role = SelectField(_l("Role"))
    place_id = SelectField(_l("Where"))
    since = day_field(_l("From"), required())
    until = day_field(_l("Until"))


class ClassForm(Form):
    grade = IntegerField(_l("Grade"), [between(0, 12)], render_kw={"class": "short"})
    letter = StringField(
        _l("Letter"), [LETTER], filters=[stripped, cyrillic_letter], render_kw={"class": "short"}
    )
    language = SelectField(_l("Language of instruction"), choices=options(LANGUAGES))
    shift = IntegerField(_l("Shift"), [between(1, 3)], default=1, render_kw={"class": "short"})
    teacher_id = SelectField(_l("Class teacher"))


class JoinForm(Form):
    person_id = SelectField(_l("Pupil"))
    since = day_field(_l("From"), required())


class MoveForm(Form):
    class_id = SelectField(_l("New class"))
    on = day_field(_l("From"), required())


class LeaveForm(Form):
    on = day_field(_l("First day without lessons here"), required())
    reason = SelectField(_l("Reason"), choices=options((key, LEAVING[key]) for key in ("left", "graduated")))
    end_role = BooleanField(_l("They leave the school, too"), default=True)


class YearForm(Form):
    starts_on = day_field(_l("Begins on"), required())
    ends_on = day_field(_l("Ends on"), required())


class CombineForm(Form):
    classes = Boxes(_l("Classes that sit together"))


class RelationForm(Form):
    relation = SelectField(_l("Relation"), choices=options(RELATIONS))
