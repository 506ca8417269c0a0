"""What each row of a roster means: somebody new, a change, nothing new, or a fault. A handful of statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lms.core.db import db
from lms.core.imports.columns import as_date
from lms.core.imports.kinds import Judged
from lms.core.sheets import SheetRefused
from lms.core.text import lookalike_key, search_key
from lms.people import iin
from lms.people.imports.cells import as_class, as_language, as_sex
from lms.people.models import ClassMembership, Person, RoleHolding, SchoolClass
from lms.people.queries import classes as class_queries
from lms.people.queries import persons as person_queries
from lms.places.models import Place, School

LOGIN = re.compile(r"[\w.@-]{3,60}")
PLAIN = ("surname", "first_name", "patronymic", "email", "telephone")
NAME_PARTS = ("surname", "first_name", "patronymic")
CHUNK = 500


class Judge:
    """Everything the rows are compared with, read once."""

    def __init__(self, place_id: UUID, role: str, with_class: bool) -> None:
        self.role, self.with_class = role, with_class
        self.place = db.session.get_one(Place, place_id)
        self.school = db.session.get_one(School, place_id)
        year = class_queries.this_year()
        if year is None and with_class:
            raise SheetRefused("no_year")
        self.year = year
        found = class_queries.classes_of_school(place_id, year)
        self.classes = {(one.grade, one.letter): one for one in found}
        self.by_login: dict[str, Person] = {}
        self.by_iin: dict[str, Person] = {}
        self.by_name: dict[tuple[str, date | None], Person] = {}
        self.memberships: dict[UUID, ClassMembership] = {}
        self.logins: dict[str, int] = {}
        self.seen: dict[Any, int] = {}

    def judge(self, rows: Sequence[Judged]) -> None:
        self.read(rows)
        for row in rows:
            self._check_cells(row)
            if row.verdict != "bad":
                self._check_doubles(row)
            if row.verdict != "bad":
                self._compare(row)

    def read(self, rows: Sequence[Judged]) -> None:
        """The people these rows may be about: by username, by IIN, and everybody who is here already."""
        logins = [lookalike_key(row.given["login"]) for row in rows if row.given.get("login")]
        digests = [iin.digest(number) for row in rows if (number := iin.as_iin(row.given.get("iin", "")))]
        for start in range(0, len(logins), CHUNK):
            self._keep(Person.login_key.in_(logins[start : start + CHUNK]))
        for start in range(0, len(digests), CHUNK):
            self._keep(Person.iin_digest.in_(digests[start : start + CHUNK]))
        here = select(RoleHolding.person_id).where(
            RoleHolding.place_id == self.place.id, person_queries.live_on_record()
        )
        for person in self._keep(Person.id.in_(here)):
            self.by_name[(_name_key(person), person.birth_date)] = person
        if self.with_class and self.year:
            self._read_memberships()

    def _keep(self, condition: Any) -> list[Person]:
        persons = list(
            db.session.scalars(
                select(Person)
                .where(condition)
                .options(selectinload(Person.roles).joinedload(RoleHolding.place))
            )
        )
        self.by_login.update({one.login_key: one for one in persons if one.login_key})
        self.by_iin.update({one.iin_digest: one for one in persons if one.iin_digest})
        return persons

    def _read_memberships(self) -> None:
        rows = db.session.scalars(
            select(ClassMembership)
            .join(ClassMembership.school_class)
            .where(
                SchoolClass.school_id == self.place.id,
                SchoolClass.year_id == (self.year.id if self.year else None),
                ClassMembership.until.is_(None),
            )
            .options(joinedload(ClassMembership.school_class))
        )
        self.memberships = {row.person_id: row for row in rows}

    def _check_cells(self, row: Judged) -> None:
        given = row.given
        if given.get("birth_date") and as_date(given["birth_date"]) is None:
            row.bad("not_a_date", "birth_date")
        if given.get("sex") and as_sex(given["sex"]) is None:
            row.bad("not_a_choice", "sex", known="m, f")
        if given.get("language") and as_language(given["language"]) is None:
            row.bad("not_a_choice", "language", known="kk, ru")
        if given.get("login") and not LOGIN.fullmatch(given["login"]):
            row.bad("login", "login")
        if given.get("iin"):
            self._check_iin(row)
        if self.with_class:
            self._check_class(row)

    def _check_iin(self, row: Judged) -> None:
        number = iin.as_iin(row.given["iin"])
        born = as_date(row.given.get("birth_date", ""))
        if number is None:
            row.bad("iin", "iin")
        elif born and iin.birth_date(number) != born:
            row.note("iin_date", "birth_date")

    def _check_class(self, row: Judged) -> None:
        named = as_class(row.given.get("class", ""))
        if named is None:
            row.bad("class", "class")
        elif not self.school.first_grade <= named[0] <= self.school.last_grade:
            row.bad("grade", "class", first=self.school.first_grade, last=self.school.last_grade)
        elif named not in self.classes:
            row.note("class_new", "class")

    def _check_doubles(self, row: Judged) -> None:
        login = lookalike_key(row.given.get("login", ""))
        number = iin.as_iin(row.given.get("iin", ""))
        name = search_key(" ".join(row.given.get(one, "") for one in NAME_PARTS))
        same = (name, as_date(row.given.get("birth_date", "")), row.given.get("class"), login)
        for key, code in (
            (("login", login), "login_double"),
            (("iin", number), "double_row"),
            (same, "double_row"),
        ):
            if key[1] in ("", None) and key is not same:
                continue
            if key in self.seen:
                row.bad(code, "login" if code == "login_double" else "first_name", line=self.seen[key])
                return
            self.seen[key] = row.number

    def known(self, row: Judged) -> Person | None:
        """Whom the row is about: the IIN decides, then the username, then name and birth date in this school."""
        number = iin.as_iin(row.given.get("iin", ""))
        found = self.by_iin.get(iin.digest(number)) if number else None
        login = lookalike_key(row.given.get("login", ""))
        name = search_key(" ".join(filter(None, (row.given.get(one, "") for one in NAME_PARTS))))
        born = as_date(row.given.get("birth_date", ""))
        return found or (self.by_login.get(login) if login else None) or self.by_name.get((name, born))

    def _compare(self, row: Judged) -> None:
        person = self.known(row)
        owner = self.by_login.get(lookalike_key(row.given["login"])) if row.given.get("login") else None
        if owner and (owner is not person or not _same_name(owner, row)):
            row.bad("login_taken", "login")
        elif person is None:
            row.verdict = "new"
        else:
            self._compare_with(row, person)

    def _compare_with(self, row: Judged, person: Person) -> None:
        live = person_queries.live(person.roles)
        if person.disabled:
            row.bad("disabled", "first_name")
        elif any(one.place_id != self.place.id for one in live) or not live:
            row.bad("elsewhere", "first_name")
        elif {one.role for one in live} != {self.role}:
            row.bad("not_a_pupil" if self.role == "student" else "not_staff", "first_name")
        else:
            moved = self.with_class and self._moves(row, person)
            row.verdict = "changed" if moved or self.differences(row, person) else "unchanged"

    def _moves(self, row: Judged, person: Person) -> bool:
        now = self.memberships.get(person.id)
        if now and (now.school_class.grade, now.school_class.letter) == as_class(row.given["class"]):
            return False
        row.note("moves", "class", name=now.school_class.name if now else "–")
        return True

    def differences(self, row: Judged, person: Person) -> dict[str, Any]:
        """Only what the file states: an empty cell changes nothing."""
        facts = facts_of(row)
        number = facts.pop("iin", None)
        changes = {name: value for name, value in facts.items() if getattr(person, name) != value}
        if number and iin.digest(number) != person.iin_digest:
            changes.update(iin_sealed=iin.sealed(number), iin_digest=iin.digest(number))
        return changes


def facts_of(row: Judged) -> dict[str, Any]:
    given = row.given
    facts: dict[str, Any] = {name: given[name] for name in PLAIN if given.get(name)}
    readers: dict[str, Any] = {
        "birth_date": as_date,
        "sex": as_sex,
        "language": as_language,
        "iin": iin.as_iin,
    }
    facts.update({name: read(given[name]) for name, read in readers.items() if given.get(name)})
    if given.get("login"):
        facts["login"] = given["login"]
    return facts


def _name_key(person: Person) -> str:
    return person.search_key


def _same_name(person: Person, row: Judged) -> bool:
    """Somebody's surname may change; when nothing of the name fits, it is somebody else."""
    words = set(search_key(" ".join(row.given.get(one, "") for one in NAME_PARTS)).split())
    return bool(words & set(person.search_key.split()))
