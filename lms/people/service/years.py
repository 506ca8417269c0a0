"""Verbs on school years. Their dates are set each year by order of the ministry, so they are data."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import SchoolYear


def open_year(starts_on: date, ends_on: date) -> SchoolYear:
    _check(starts_on, ends_on, None)
    year = SchoolYear(starts_on=starts_on, ends_on=ends_on)
    db.session.add(year)
    db.session.flush()
    audit.record("year.opened", year, name=year.name)
    return year


def change_year(year: SchoolYear, starts_on: date, ends_on: date) -> None:
    _check(starts_on, ends_on, year)
    year.starts_on, year.ends_on = starts_on, ends_on
    audit.record("year.changed", year, name=year.name)


def _check(starts_on: date, ends_on: date, but: SchoolYear | None) -> None:
    if ends_on <= starts_on:
        raise Refused(_("A school year ends after it begins. Correct the dates."))
    overlapping = db.session.scalar(
        select(SchoolYear.id).where(
            SchoolYear.starts_on <= ends_on,
            SchoolYear.ends_on >= starts_on,
            SchoolYear.id != (but.id if but else None),
        )
    )
    if overlapping:
        raise Refused(_("Another school year lies in these dates already."))
