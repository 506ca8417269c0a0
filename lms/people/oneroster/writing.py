"""Writing: one school with its year, classes, people, roles and enrolments as a bulk set of CSV files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from uuid import UUID

from lms.core.sheets import csv_bytes
from lms.people.models import Person, RoleHolding, SchoolClass, SchoolYear
from lms.people.queries import classes as class_queries
from lms.people.queries import exports as queries
from lms.places.models import Place

FILES = ("academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users")
ABSENT = (
    "categories", "classResources", "courseResources", "demographics", "lineItemLearningObjectiveIds",
    "lineItems", "lineItemScoreScales", "resources", "resultLearningObjectiveIds", "results",
    "resultScoreScales", "scoreScales", "userProfiles", "userResources",
)  # fmt: skip
ROLES = {
    "student": "student",
    "teacher": "teacher",
    "methodologist": "aide",
    "deputy_director": "administrator",
    "director": "principal",
    "administrator": "systemAdministrator",
    "guardian": "guardian",
}
Row = Sequence[object]


def oneroster_zip(school: Place) -> bytes:
    """In bulk files status and dateLastModified stay empty."""
    year = class_queries.this_year()
    classes = class_queries.classes_of_school(school.id, year)
    holdings = [one for one in queries.holdings_of(school.id) if one.role in ROLES]
    memberships = queries.memberships_of(classes)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "manifest", ("propertyName", "value"), _manifest())
        _write(archive, "orgs", _head("name,type,identifier,parentSourcedId"), [_org(school)])
        _write(
            archive,
            "academicSessions",
            _head("title,type,startDate,endDate,parentSourcedId,schoolYear"),
            _years(year),
        )
        _write(
            archive,
            "courses",
            _head("schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes"),
            _courses(classes, school),
        )
        _write(
            archive,
            "classes",
            _head(
                "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods"
            ),
            (_class(one) for one in classes),
        )
        _write(archive, "users", _head(USERS), _users(holdings))
        _write(
            archive,
            "roles",
            _head("userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"),
            (_role(one) for one in holdings),
        )
        _write(archive, "enrollments", _head("classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"), (
            (one.id, "", "", one.class_id, school.id, one.person_id, "student", "", one.since, one.until or "") for one in memberships
        ))  # fmt: skip
    return target.getvalue()


USERS = (
    "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,"
    "grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns"
)


def _head(rest: str) -> tuple[str, ...]:
    return ("sourcedId", "status", "dateLastModified", *rest.split(","))


def _write(archive: zipfile.ZipFile, name: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    # The binding asks for plain UTF-8 and commas, unlike our lists for spreadsheets.
    data = csv_bytes(header, rows, separator=",").decode("utf-8-sig").encode()
    archive.writestr(f"{name}.csv", data)


def _manifest() -> list[Row]:
    return [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.2"),
        *((f"file.{name}", "bulk") for name in FILES),
        *((f"file.{name}", "absent") for name in ABSENT),
        ("source.systemName", "lms"),
        ("source.systemCode", "lms"),
    ]


def _org(school: Place) -> Row:
    return (school.id, "", "", school.name_kk, "school", school.code or "", "")


def _years(year: SchoolYear | None) -> list[Row]:
    if year is None:
        return []
    return [(year.id, "", "", year.name, "schoolYear", year.starts_on, year.ends_on, "", year.ends_on.year)]


def _courses(classes: Sequence[SchoolClass], school: Place) -> Iterable[Row]:
    """The binding wants a course for each class; a whole class's course is its grade."""
    grades = {one.grade: one for one in classes}
    return (
        (_course(one), "", "", one.year_id, str(grade), "", grade, school.id, "", "")
        for grade, one in grades.items()
    )


def _course(row: SchoolClass) -> str:
    return f"grade-{row.grade}-{row.year_id.hex[-8:]}"


def _class(row: SchoolClass) -> Row:
    return (
        row.id,
        "",
        "",
        row.name,
        row.grade,
        _course(row),
        "",
        "homeroom",
        "",
        row.school_id,
        row.year_id,
        "",
        "",
        "",
    )


def _users(holdings: Sequence[RoleHolding]) -> Iterable[Row]:
    persons: dict[UUID, Person] = {one.person_id: one.person for one in holdings}
    places = {one.person_id: one.place_id for one in holdings}
    for key, one in persons.items():
        yield (
            key, "", "", "false" if one.disabled else "true", one.login or "", "", one.first_name, one.surname,
            one.patronymic, "", "", "", "", "", "", "", "", "", "", "", "", places[key], "",
        )  # fmt: skip


def _role(one: RoleHolding) -> Row:
    return (
        one.id,
        "",
        "",
        one.person_id,
        "primary",
        ROLES[one.role],
        one.since,
        one.until or "",
        one.place_id,
        "",
    )
