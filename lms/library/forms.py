"""What is asked about a resource."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from lms.core import outbound
from lms.core.forms import Form, at_most, between, options, required, stripped
from lms.library.labels import HARVEST_FAULTS, KINDS, LANGUAGES, LICENCES, SHELF_READERS, SUBJECTS
from lms.library.models import Resource

_BETWEEN = re.compile(r"[,;\s]+")


class ShortForm(Form):
    """The least that makes a resource findable; the rest can be said later."""

    title = StringField(_l("Title"), [required(), at_most(200)], filters=[stripped])
    language = SelectField(_l("Language of the resource"), choices=options(LANGUAGES))
    kind = SelectField(_l("Kind"), choices=options(KINDS))
    subject = SelectField(_l("Subject"), choices=options({"": _l("Not one subject"), **SUBJECTS}))
    grade_from = IntegerField(_l("From grade"), [Optional(), between(0, 12)])
    grade_to = IntegerField(_l("To grade"), [Optional(), between(0, 12)])

    def facts(self) -> dict[str, Any]:
        values = self.values("title")
        values["title_ru" if values["language"] == "ru" else "title_kk"] = self.title.data
        return _grades_in_order(values)


class LinkForm(ShortForm):
    link = StringField(_l("Address"), [required(), at_most(1000)], filters=[stripped])

    def validate_link(self, field: StringField) -> None:
        check_link(field)


class AsWritten:
    """A resource with its lists as a person writes them into a field."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self.objectives = ", ".join(one.code for one in resource.objectives)
        self.authors = "\n".join(resource.authors)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._resource, name)


class ResourceForm(Form):
    title_kk = StringField(_l("Title in Kazakh"), [at_most(200)], filters=[stripped])
    title_ru = StringField(_l("Title in Russian"), [at_most(200)], filters=[stripped])
    about_kk = TextAreaField(_l("What it is about, in Kazakh"), [at_most(4000)])
    about_ru = TextAreaField(_l("What it is about, in Russian"), [at_most(4000)])
    language = SelectField(_l("Language of the resource"), choices=options(LANGUAGES))
    kind = SelectField(_l("Kind"), choices=options(KINDS))
    subject = SelectField(_l("Subject"), choices=options({"": _l("Not one subject"), **SUBJECTS}))
    grade_from = IntegerField(_l("From grade"), [Optional(), between(0, 12)])
    grade_to = IntegerField(_l("To grade"), [Optional(), between(0, 12)])
    section = StringField(_l("Section or topic"), [at_most(200)], filters=[stripped])
    objectives = StringField(
        _l("Codes of learning objectives"), [at_most(400)], filters=[stripped],
        description=_l("As in the curriculum, for instance 7.2.1.3; several are separated by commas."),
    )  # fmt: skip
    authors = TextAreaField(_l("Authors, one in each line"), [at_most(1000)])
    licence = SelectField(_l("Licence"), choices=options(LICENCES))
    link = StringField(_l("Address"), [at_most(1000)], filters=[stripped])
    offline = BooleanField(_l("Works without the internet"))
    accessible = BooleanField(_l("Made for children with special needs: subtitles, large print, keyboard"))
    small_class = BooleanField(_l("Suits a small class"))
    combined_class = BooleanField(_l("Suits a combined class"))

    @classmethod
    def of(cls, resource: Resource) -> ResourceForm:
        return cls.here(AsWritten(resource))

    def validate_title_ru(self, field: StringField) -> None:
        if not field.data and not self.title_kk.data:
            raise ValidationError(_("Give a title in at least one language."))

    def validate_link(self, field: StringField) -> None:
        check_link(field)

    def facts(self) -> dict[str, Any]:
        values = self.values()
        values["objectives"] = [one for one in _BETWEEN.split(values["objectives"] or "") if one]
        values["authors"] = lines_of(values["authors"])
        return _grades_in_order(values)


class ShelfForm(Form):
    title = StringField(_l("Name of the shelf"), [required(), at_most(120)], filters=[stripped])
    about = TextAreaField(_l("What stands on it"), [at_most(2000)])
    readers = SelectField(_l("Who sees it"), choices=options(SHELF_READERS))


class HarvestForm(Form):
    address = StringField(
        _l("Address for harvesters (OAI-PMH)"), [required(), at_most(500)], filters=[stripped],
        description=_l("The base address the other library names, for instance https://kitap.example/oai"),
    )  # fmt: skip
    set_name = StringField(
        _l("Only this set"), [at_most(200)], filters=[stripped],
        description=_l("The setSpec as the other library writes it; empty means everything."),
    )  # fmt: skip
    language = SelectField(_l("Language of records that do not say theirs"), choices=options(LANGUAGES))
    nightly = BooleanField(_l("Fetch what is new every night"))

    def validate_address(self, field: StringField) -> None:
        """Said at once, and looked at again each time it is asked."""
        address = (field.data or "").partition("#")[0]
        field.data = address
        try:
            found = outbound.checked(address)
        except outbound.NotThere as error:
            raise ValidationError(str(HARVEST_FAULTS.get(error.code, HARVEST_FAULTS["address"]))) from None
        if found.host == urlsplit(current_app.extensions["settings"].site).hostname:
            raise ValidationError(_("This is the address of this library itself."))


def check_link(field: StringField) -> None:
    parts = urlsplit(field.data or "")
    if field.data and (parts.scheme != "https" or not parts.netloc or "@" in parts.netloc):
        raise ValidationError(_("Write a whole address that begins with https://"))


def lines_of(text: str | None) -> list[str]:
    return [" ".join(one.split())[:120] for one in (text or "").splitlines() if one.strip()][:20]


def _grades_in_order(values: dict[str, Any]) -> dict[str, Any]:
    first, last = values.get("grade_from"), values.get("grade_to")
    if first is not None and last is not None and first > last:
        values["grade_from"], values["grade_to"] = last, first
    return values
