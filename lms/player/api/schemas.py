"""What programs send and get, field by field."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

COMPLETION = ("completed", "incomplete", "not attempted", "unknown")
SUCCESS = ("passed", "failed", "unknown")


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": text, **more}}


def plain(text: str) -> None:
    """Zero bytes and halves of letters fit into no database."""
    if not text.isprintable():
        raise ma.ValidationError("Not plain text.")


class NewRegistration(ma.Schema):
    package = fields.UUID(required=True, **said("a package that has a published version"))
    login = fields.String(
        required=True,
        validate=[validate.Length(1, 200), plain],
        **said("the learner's username; they belong to the place"),
    )


class RegistrationAnswer(ma.Schema):
    id = fields.UUID()
    package = fields.UUID()
    version = fields.Integer(**said("number of the version the attempt began with"))
    learner = fields.UUID()
    number = fields.Integer(**said("of the attempt"))
    given_by_teacher = fields.Boolean(**said("made by a teacher for a class, not by a program"))
    completion = fields.String(validate=validate.OneOf(COMPLETION))
    success = fields.String(validate=validate.OneOf(SUCCESS))
    score = fields.Float(allow_none=True, **said("from 0 to 1; a package may go below"))
    seconds = fields.Float(**said("in front of it, as the package reported"))
    place = fields.String(**said("identifier of the activity on the screen"))
    created_at = fields.AwareDateTime()
    last_seen_at = fields.AwareDateTime()
    finished_at = fields.AwareDateTime(allow_none=True)


class WhichRegistrations(ma.Schema):
    package = fields.UUID()
    login = fields.String(validate=[validate.Length(1, 200), plain])
    since = fields.AwareDateTime(**said("only those that were seen at or after this moment"))
    after = fields.UUID(**said("`next` of the last page"))


class RegistrationPage(ma.Schema):
    registrations = fields.List(fields.Nested(RegistrationAnswer))
    next = fields.UUID(allow_none=True, **said("give it as `after`; null on the last page"))


class NewLink(ma.Schema):
    language = fields.String(load_default="kk", validate=validate.OneOf(("kk", "ru")))


class LinkAnswer(ma.Schema):
    url = fields.URL(**said("opens the lesson once, without signing in"))
    expires_at = fields.AwareDateTime()


class PackageAnswer(ma.Schema):
    id = fields.UUID()
    title_kk = fields.String()
    title_ru = fields.String()
    subject = fields.String()
    grade = fields.Integer(allow_none=True)
    language = fields.String()
    version = fields.Integer(**said("number of the published version"))


class PackagePage(ma.Schema):
    packages = fields.List(fields.Nested(PackageAnswer))
    next = fields.UUID(allow_none=True, **said("give it as `after`; null on the last page"))


class After(ma.Schema):
    after = fields.UUID(**said("`next` of the last page"))


class Upload(ma.Schema):
    name = fields.String(load_default="package.zip", validate=[validate.Length(1, 200), plain])
    package = fields.UUID(**said("make it a new version of this package"))


class VersionAnswer(ma.Schema):
    id = fields.UUID()
    package = fields.UUID()
    number = fields.Integer()
    state = fields.String(
        validate=validate.OneOf(("inspecting", "refused", "ready", "published", "archived")),
        **said("`ready`: a methodologist may publish it"),
    )
    findings = fields.List(fields.Dict(), **said("what the inspection found: code, level, where"))
