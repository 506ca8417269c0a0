"""What is asked about a package."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from lms.core.forms import Form, at_most, between, options, required, stripped
from lms.player.labels_shelf import LANGUAGES

# Names only, as a browser's policy writes them: a star may stand for what is before a dot.
HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
MOST_HOSTS = 20


class HostsForm(Form):
    hosts = TextAreaField(
        _l("Outside hosts"),
        [at_most(2000)],
        description=_l(
            "One on each line, as www.youtube.com. The pages of the package may load from there and send to it, by https."
        ),
    )

    def validate_hosts(self, field: TextAreaField) -> None:
        wrong = [one for one in self.names() if not HOST.fullmatch(one)]
        if wrong:
            raise ValidationError(_("This is no name of a host: %(name)s", name=wrong[0]))
        if len(self.names()) > MOST_HOSTS:
            raise ValidationError(_("At most %(most)s hosts.", most=MOST_HOSTS))

    def names(self) -> list[str]:
        return list(dict.fromkeys((self.hosts.data or "").lower().split()))


class PackageForm(Form):
    title_kk = StringField(_l("Title in Kazakh"), [required(), at_most(200)], filters=[stripped])
    title_ru = StringField(_l("Title in Russian"), [at_most(200)], filters=[stripped])
    subject = StringField(_l("Subject"), [at_most(40)], filters=[stripped])
    grade = IntegerField(_l("Grade"), [Optional(), between(0, 12)])
    language = SelectField(_l("Language of the package"), choices=options(LANGUAGES))
    description = TextAreaField(_l("What it is about"), [at_most(4000)])
