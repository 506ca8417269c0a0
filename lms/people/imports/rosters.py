"""Rosters of a school: pupils with their classes, and staff. What a row means is decided in `judging`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import lazy_gettext as _l

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.imports.columns import Column
from lms.core.imports.kinds import ImportKind, Judged
from lms.core.imports.trace import Trace
from lms.people.imports.doing import Doer
from lms.people.imports.judging import Judge
from lms.people.imports.titles import ALSO, ROLE_TITLES
from lms.places.models import Place

SENTENCES: dict[str, Any] = {
    "no_year": _l("There is no school year yet. An administrator adds it first."),
    "class": _l("This is not a class. Write the grade and the letter."),
    "class_new": _l("There is no such class yet; it will be opened."),
    "grade": _l("The school does not teach this grade. It teaches grades %(first)s to %(last)s."),
    "iin": _l("This is not an IIN: one of the twelve digits is wrong."),
    "iin_date": _l("The date of birth differs from the one in the IIN. This happens; check it once."),
    "login": _l("Use at least three letters, digits, dots, hyphens or underscores, no spaces."),
    "login_double": _l("This username, or one that looks the same, stands in line %(line)s already."),
    "login_taken": _l("This username, or one that looks the same, belongs to somebody else."),
    "elsewhere": _l("This person belongs to another school. Ask that school to let them go first."),
    "not_a_pupil": _l("Only pupils are taken from this file. Roles of staff are given on the person's own page."),
    "not_staff": _l("A person with this name or username is here already with other roles."),
    "disabled": _l("This person is disabled. Enable them on their own page first."),
    "moves": _l("Moves to another class; until now: %(name)s."),
    "no_class": _l("This pupil is enrolled in no class of the file."),
}  # fmt: skip


def column(name: str, title: Any, **more: Any) -> Column:
    return Column(name, title, ALSO.get(name, ()), **more)


NAMES = (
    column("surname", _l("Surname"), most=60, example="Nurlan"),
    column("first_name", _l("First name"), needed=True, most=60, example="Aruzhan"),
    column("patronymic", _l("Patronymic"), most=60),
)
FACTS = (
    column("birth_date", _l("Date of birth"), example="31.12.2015"),
    column("sex", _l("Sex")),
    column("iin", _l("IIN"), secret=True),
    column("language", _l("Language of the pages"), example="kk"),
    column("login", _l("Username"), most=60, example="aruzhan.nurlan"),
)


class Roster(ImportKind):
    role: ClassVar[str]
    with_class: ClassVar[bool] = False
    most = 5_000  # no school has more pupils; carried out within seconds
    refused_columns = ROLE_TITLES
    sentences = SENTENCES

    def path_of(self, place_id: UUID) -> str:
        place = db.session.get(Place, place_id)
        if place is None or place.level != "school":
            raise NotYours
        return place.path

    def judge(self, place_id: UUID, rows: Sequence[Judged]) -> None:
        Judge(place_id, self.role, self.with_class).judge(rows)

    def carry_out(self, place_id: UUID, rows: Sequence[Judged], trace: Trace) -> None:
        Doer(Judge(place_id, self.role, self.with_class), trace).carry_out(rows)


class PupilsKind(Roster):
    name = "pupils"
    title = _l("Bring in pupils")
    advice = _l(
        "A list of pupils with their classes. Classes that are missing are opened, pupils in another class are moved."
    )
    permission = "people.import"
    columns: ClassVar[Sequence[Column]] = (
        column("class", _l("Class"), needed=True, most=20, example="5"),
        *NAMES,
        *FACTS,
    )
    role = "student"
    with_class = True


class StaffKind(Roster):
    name = "staff"
    title = _l("Bring in teachers")
    advice = _l("A list of teachers of this school. Other roles are given on a person's own page.")
    permission = "staff.import"
    columns = (
        *NAMES,
        *FACTS,
        column("email", _l("Email"), most=200),
        column("telephone", _l("Phone number"), most=40),
    )
    role = "teacher"
