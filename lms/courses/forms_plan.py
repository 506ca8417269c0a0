"""The form of a lesson plan (ҚМЖ), with the stages every lesson has as a beginning."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField, validators

from lms.core.forms import Form, at_most, stripped

FACTS = {
    "objectives": _l("Learning objectives of the programme"), "aims": _l("Aims of the lesson"),
    "criteria": _l("Criteria of assessment"), "differentiation": _l("Differentiation"),
    "resources": _l("Resources"), "reflection": _l("Reflection"),
}  # fmt: skip
STAGE = {
    "stage": _l("Stage"), "minutes": _l("Minutes"), "teacher": _l("What the teacher does"),
    "pupils": _l("What the pupils do"), "assessment": _l("Descriptors and assessment"), "resources": _l("Resources"),
}  # fmt: skip
MOST_STAGES, LONGEST = 12, 2000


class PlanForm(Form):
    topic = StringField(_l("Topic of the lesson"), filters=[stripped], validators=[at_most(300)])
    school_class = StringField(_l("Class"), filters=[stripped], validators=[at_most(40)])
    on = DateField(_l("Date"), validators=[validators.Optional()])
    objectives = TextAreaField(FACTS["objectives"], validators=[at_most(LONGEST)])
    aims = TextAreaField(FACTS["aims"], validators=[at_most(LONGEST)])
    criteria = TextAreaField(FACTS["criteria"], validators=[at_most(LONGEST)])
    differentiation = TextAreaField(FACTS["differentiation"], validators=[at_most(LONGEST)])
    resources = TextAreaField(FACTS["resources"], validators=[at_most(LONGEST)])
    reflection = TextAreaField(FACTS["reflection"], validators=[at_most(LONGEST)])


def template() -> list[dict[str, str]]:
    """A lesson of 45 minutes, to be filled in."""
    stages = ((_("Beginning of the lesson"), 7), (_("Middle of the lesson"), 30), (_("End of the lesson"), 8))
    return [{**dict.fromkeys(STAGE, ""), "stage": name, "minutes": str(minutes)} for name, minutes in stages]


def stages_of(form: Any) -> list[dict[str, str]]:
    """Stages from the request; those left empty disappear."""
    read = [
        {name: form.get(f"stage-{row}-{name}", "").replace("\0", "").strip()[:LONGEST] for name in STAGE}
        for row in range(MOST_STAGES)
    ]
    return [one for one in read if any(one.values())]
