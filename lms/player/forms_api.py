"""What is asked about a program of others."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, ValidationError

from lms.core.forms import Form, at_most, required, stripped
from lms.player.forms import CheckboxesField, choices
from lms.player.labels import SCOPES

WEBHOOK = _l(
    "An address that begins with https://; the program is told there when a result changes. May stay empty."
)


class ApiClientForm(Form):
    name = StringField(_l("Name of the program"), [required(), at_most(100)], filters=[stripped])
    place = SelectField(_l("Place it may reach, with everything below"), [required()])
    scopes = CheckboxesField(_l("What it may do"), choices=choices(SCOPES))
    hook_url = StringField(_l("Webhook"), [at_most(500)], filters=[stripped], description=WEBHOOK)

    def validate_scopes(self, field: CheckboxesField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one."))


class WebhookForm(Form):
    hook_url = StringField(_l("Webhook"), [at_most(500)], filters=[stripped], description=WEBHOOK)
