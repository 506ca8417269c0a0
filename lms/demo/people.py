"""Staff, classes, pupils and guardians of the demo schools, and the table of those one can sign in as."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.demo.known import KNOWN, PASSWORD, Known
from lms.demo.names import invented
from lms.people import passwords, service
from lms.people.models import (
    ClassMembership,
    CombinedClass,
    Guardianship,
    Person,
    RoleHolding,
    SchoolClass,
    SchoolYear,
)
from lms.places.models import Place, School


class Crowd:
    """Makes people with one source of chance, so that the same seed gives the same crowd."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        # One password for everybody, hashed once: six hundred hashes would take half a minute.
        self.hash = passwords.hashed(PASSWORD)
        self.born = clock.today().year
        self.numbers: dict[str, int] = {}

    def add(
        self, role: str, place: Place, language: str, surname: str | None = None, age: int = 40
    ) -> Person:
        name = invented(self.chance, language, surname, with_patronymic=self.chance.random() < 0.9)
        self.numbers[role] = self.numbers.get(role, 0) + 1
        person = service.enrol_person(
            name.first_name,
            name.surname,
            patronymic=name.patronymic,
            sex=name.sex,
            language=language,
            login=f"{role.replace('_', '-')}{self.numbers[role]}",
            birth_date=date(self.born - age, self.chance.randint(1, 12), self.chance.randint(1, 28)),
            password_hash=self.hash,
            password_set_by_person=True,
        )
        service.give_role(person, role, place)
        return person


def build_people(schools: list[School], seed: int) -> None:
    crowd = Crowd(seed)
    year = _school_year()
    for number, school in enumerate(schools):
        _staff(crowd, school, number)
        _pupils(crowd, school, year)
    _offices(crowd, schools)
    _name_the_known(schools)


def _school_year() -> SchoolYear:
    day = clock.today()
    first = day.year if day.month >= 8 else day.year - 1
    known = db.session.scalar(select(SchoolYear).where(SchoolYear.starts_on == date(first, 9, 1)))
    year = known or SchoolYear(starts_on=date(first, 9, 1), ends_on=date(first + 1, 5, 25))
    db.session.add(year)
    db.session.flush()
    return year


def _staff(crowd: Crowd, school: School, number: int) -> None:
    language = school.languages[0]
    big = school.kind in ("hub", "ordinary")
    crowd.add("director", school.place, language)
    if big:
        crowd.add("deputy_director", school.place, school.languages[-1])
    if school.kind == "hub":
        crowd.add("methodologist", school.place, school.languages[-1] if number else language)
    for _ in range(4 if school.kind == "hub" else 2 if big else 1):
        crowd.add("teacher", school.place, language, age=crowd.chance.randint(25, 60))


def _offices(crowd: Crowd, schools: list[School]) -> None:
    oblast = _above(schools[0].place, "oblast")
    crowd.add("administrator", _above(oblast, "republic"), "kk")
    crowd.add("republic_officer", _above(oblast, "republic"), "kk")
    crowd.add("oblast_officer", oblast, "kk")
    crowd.add("district_officer", _above(schools[0].place, "district"), "ru")


def _above(place: Place, level: str) -> Place:
    while place.level != level:
        assert place.parent_id is not None
        place = db.session.get_one(Place, place.parent_id)
    return place


def _pupils(crowd: Crowd, school: School, year: SchoolYear) -> None:
    grades = list(range(school.first_grade, school.last_grade + 1))
    teachers = _teachers(school)
    classes = []
    for place, grade in enumerate(grades):
        share = (school.pupils or 0) * (place + 1) // len(grades) - (school.pupils or 0) * place // len(
            grades
        )
        classes += _classes_of_grade(crowd, school, year, grade, share, teachers)
    if school.combined_classes:
        _combine(school, year, classes)


def _classes_of_grade(
    crowd: Crowd, school: School, year: SchoolYear, grade: int, pupils: int, teachers: list[Person]
) -> list[SchoolClass]:
    languages = school.languages
    made = []
    for number, language in enumerate(languages):
        row = SchoolClass(
            school_id=school.place_id,
            year_id=year.id,
            grade=grade,
            letter="АӘБВ"[number] if len(languages) > 1 else "",
            language=language,
            shift=2 if school.shifts > 1 and grade in (2, 3, 6) else 1,
            teacher_id=teachers[(grade + number) % len(teachers)].id,
        )
        db.session.add(row)
        db.session.flush()
        for _ in range(pupils * (number + 1) // len(languages) - pupils * number // len(languages)):
            _pupil(crowd, school, row, year)
        made.append(row)
    return made


def _pupil(crowd: Crowd, school: School, school_class: SchoolClass, year: SchoolYear) -> None:
    pupil = crowd.add("student", school.place, school_class.language, age=school_class.grade + 6)
    db.session.add(ClassMembership(class_id=school_class.id, person_id=pupil.id, since=year.starts_on))
    if crowd.chance.random() < 0.05:
        pupil.special_needs = ["vision"]
        pupil.accommodations = {"extra_time": 25, "large_text": True}
    guardian = crowd.add("guardian", school.place, school_class.language, pupil.surname)
    db.session.add(Guardianship(guardian_id=guardian.id, child_id=pupil.id))


def _combine(school: School, year: SchoolYear, classes: list[SchoolClass]) -> None:
    """Grades 1 with 3 and 2 with 4 sit together, as is usual in small schools."""
    by_grade = {one.grade: one for one in classes}
    for first, second in ((1, 3), (2, 4)):
        if first in by_grade and second in by_grade:
            pair = [by_grade[first], by_grade[second]]
            db.session.add(CombinedClass(school_id=school.place_id, year_id=year.id, classes=pair))


def _teachers(school: School) -> list[Person]:
    return list(_holders("teacher", school.place_id))


def _holders(role: str, place_id: UUID | None) -> Iterator[Person]:
    statement = select(Person).join(Person.roles).where(RoleHolding.role == role).order_by(Person.id)
    yield from db.session.scalars(
        statement.where(RoleHolding.place_id == place_id) if place_id else statement
    )


def _name_the_known(schools: list[School]) -> None:
    """The first fitting person of each kind gets a login that can be remembered."""
    taken: set[UUID] = set()
    for known in KNOWN:
        place_id = schools[known.school - 1].place_id if known.school else None
        person = next(
            one for one in _holders(known.role, place_id) if one.id not in taken and _old_enough(one, known)
        )
        taken.add(person.id)
        person.login, person.language = known.login, known.language
    db.session.flush()


def _old_enough(person: Person, known: Known) -> bool:
    """The pupil everybody tries out is in grade 7, the guardian is theirs."""
    if known.role == "guardian":
        child = db.session.scalar(
            select(Person)
            .join(Guardianship, Guardianship.child_id == Person.id)
            .where(Guardianship.guardian_id == person.id)
        )
        return child is not None and child.login in {"oqushy", "uchenik"}
    if known.role != "student":
        return True
    grade = db.session.scalar(
        select(SchoolClass.grade)
        .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
        .where(ClassMembership.person_id == person.id)
    )
    return grade == 7
