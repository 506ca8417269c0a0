"""Carrying out a roster: new people with their role and class, changes, moves; all of it traced for undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lms.core import clock, ids
from lms.core.db import db
from lms.core.imports.kinds import Judged
from lms.core.imports.trace import Trace
from lms.core.text import in_latin, lookalike_key
from lms.people import iin
from lms.people.imports.cells import as_class
from lms.people.imports.judging import Judge, facts_of
from lms.people.models import ClassMembership, Person, RoleHolding, SchoolClass


class Doer:
    def __init__(self, judge: Judge, trace: Trace) -> None:
        self.judge, self.trace = judge, trace
        self.today = clock.today()
        self.taken: set[str] = set()

    def carry_out(self, rows: Sequence[Judged]) -> None:
        """In the order of the tables, so that undo can go backwards: classes, people, roles, memberships."""
        self.judge.read(rows)
        self.taken = set(db.session.scalars(select(Person.login_key).where(Person.login_key.is_not(None))))
        if self.judge.with_class:
            self._open_classes(rows)
        persons = [(row, self.judge.known(row) or self._enrol(row)) for row in rows]
        new = [person for row, person in persons if row.verdict == "new"]
        for person in new:
            self.trace.made(
                RoleHolding(
                    id=ids.new_id(),
                    person_id=person.id,
                    role=self.judge.role,
                    place_id=self.judge.place.id,
                    since=self.today,
                )  # fmt: skip
            )
        for row, person in persons:
            if row.verdict == "changed":
                self.trace.changed(person, **self.judge.differences(row, person))
            if self.judge.with_class:
                self._place(row, person)

    def _open_classes(self, rows: Sequence[Judged]) -> None:
        for name in dict.fromkeys(as_class(row.given["class"]) for row in rows):
            if name and name not in self.judge.classes and self.judge.year:
                self.judge.classes[name] = self.trace.made(
                    SchoolClass(
                        id=ids.new_id(),
                        school_id=self.judge.place.id,
                        year_id=self.judge.year.id,
                        grade=name[0],
                        letter=name[1],
                        language=(self.judge.school.languages or ["kk"])[0],
                    )  # fmt: skip
                )
        db.session.flush()

    def _enrol(self, row: Judged) -> Person:
        facts: dict[str, Any] = {"surname": "", **facts_of(row)}
        number = facts.pop("iin", None)
        if number:
            facts.update(iin_sealed=iin.sealed(number), iin_digest=iin.digest(number))
        facts["login"] = facts.get("login") or self._free_login(row)
        self.taken.add(lookalike_key(facts["login"]))
        person: Person = self.trace.made(Person(id=ids.new_id(), **facts))
        return person

    def _free_login(self, row: Judged) -> str:
        """aruzhan.nurlan, aruzhan.nurlan2: letters that every keyboard has."""
        parts = (in_latin(row.given.get(name, ""))[:20] for name in ("first_name", "surname"))
        base = ".".join(filter(None, parts)) or self.judge.role
        base, number = (base if len(base) >= 3 else f"{base}.{self.judge.role}"), 1
        login = base
        while lookalike_key(login) in self.taken:
            number += 1
            login = f"{base}{number}"
        return login

    def _place(self, row: Judged, person: Person) -> None:
        name = as_class(row.given["class"])
        target, now = self.judge.classes[name] if name else None, self.judge.memberships.get(person.id)
        if target is None or (now and now.class_id == target.id):
            return
        if now and now.since >= self.today:
            self.trace.changed(now, class_id=target.id)
            return
        if now:
            self.trace.changed(now, until=self.today - timedelta(days=1), reason="transfer")
        self.trace.made(ClassMembership(class_id=target.id, person_id=person.id, since=self.today))
