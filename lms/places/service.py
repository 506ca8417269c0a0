"""Verbs on places: found, describe, close; rooms and bells of a school."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.places.models import Place, Room, School

OF_THE_PLACE = ("name_kk", "name_ru", "code")


def found_place(
    level: str,
    name_kk: str,
    name_ru: str,
    parent: Place | None = None,
    code: str | None = None,
    is_city: bool = False,
) -> Place:
    key = ids.new_id()
    place = Place(
        id=key,
        level=level,
        name_kk=name_kk,
        name_ru=name_ru,
        parent_id=parent.id if parent else None,
        path=(parent.path if parent else "/") + key.hex + "/",
        code=code or None,
        is_city=is_city,
    )
    db.session.add(place)
    db.session.flush()
    return place


def found_republic() -> Place:
    """The republic with its 17 oblasts and 3 cities, once; every installation begins with them."""
    known = db.session.scalar(select(Place).where(Place.level == "republic"))
    if known:
        return known
    republic = found_place("republic", "Қазақстан Республикасы", "Республика Казахстан", code="KZ")
    table = files("lms.places").joinpath("data/regions.tsv").read_text("utf-8").splitlines()
    for row in csv.DictReader(table, delimiter="\t"):
        is_city = row["kk"].endswith("қаласы")
        found_place("oblast", row["kk"], row["ru"], republic, row["iso_3166_2"], is_city)
    return republic


def found_school(parent: Place, name_kk: str, name_ru: str, code: str | None = None, **facts: Any) -> School:
    _check_code(code, None)
    place = found_place("school", name_kk, name_ru, parent, code)
    school = School(place_id=place.id, place=place, **facts)
    db.session.add(school)
    db.session.flush()
    audit.record("school.founded", place, path=place.path, name=name_kk)
    return school


def describe_school(school: School, facts: dict[str, Any]) -> None:
    """Only what the form asks can change here; the audit keeps what was before and what is now."""
    _check_code(facts.get("code"), school.place)
    before, after = {}, {}
    for field, value in facts.items():
        row = school.place if field in OF_THE_PLACE else school
        value = value or None if field == "code" else value
        if getattr(row, field) != value:
            before[field], after[field] = getattr(row, field), value
            setattr(row, field, value)
    db.session.flush()
    if before:
        audit.record("school.described", school.place, path=school.place.path, before=before, after=after)


def close_school(school: School) -> None:
    school.place.closed_on = clock.today()
    audit.record("school.closed", school.place, path=school.place.path)


def reopen_school(school: School) -> None:
    school.place.closed_on = None
    audit.record("school.reopened", school.place, path=school.place.path)


def set_bells(school: School, shift: int, lessons: list[list[str]]) -> None:
    bells = [list(one) for one in school.bells]
    while len(bells) < shift:
        bells.append([])
    bells[shift - 1] = lessons
    school.bells = bells
    audit.record("school.bells_set", school.place, path=school.place.path, shift=shift)


def furnish_room(school: School, room: Room | None, facts: dict[str, Any]) -> Room:
    room = room or Room(school_id=school.place_id)
    for field, value in facts.items():
        setattr(room, field, value)
    db.session.add(room)
    db.session.flush()
    audit.record("room.furnished", room, path=school.place.path, name=room.name)
    return room


def remove_room(school: School, room: Room) -> None:
    audit.record("room.removed", room, path=school.place.path, name=room.name)
    db.session.delete(room)


def _check_code(code: str | None, mine: Place | None) -> None:
    other = db.session.scalar(select(Place).where(Place.code == code)) if code else None
    if other is not None and other is not mine:
        raise Refused(_("Another place already has the code %(code)s.", code=code))
