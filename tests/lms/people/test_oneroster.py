"""OneRoster 1.2: a set that we wrote is read again; sets of others bring pupils and no roles."""

from __future__ import annotations

import csv
import io
import zipfile

from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.imports import service
from lms.core.imports.kinds import Judged, kind_named
from lms.core.imports.models import ImportLine, ImportRun
from lms.core.sheets import SheetRefused
from lms.people.models import ClassMembership, Person, RoleHolding
from tests.cast import Cast, read_afresh

USERS = (
    "sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName,middleName\n"
    "u1,,,true,gani,Ғани,Әлиев,\nu2,,,true,dana,Дана,Бекқызы,Нұрланқызы\nu3,,,true,boss,Болат,Басшы,\nu4,,,true,free,Еркін,Бос,\n"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,orgSourcedId\n"
    "r1,,,u1,primary,student,o1\nr2,,,u2,primary,student,o1\nr3,,,u3,primary,districtAdministrator,o1\nr4,,,u4,primary,student,o1\n"
)
CLASSES = "sourcedId,status,dateLastModified,title,grades\nc1,,,5 Ә,5\nc2,,,Физика,7\n"
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n"
    "e1,,,c1,o1,u1,student\ne2,,,c2,o1,u2,student\ne3,,,c1,o1,u3,teacher\n"
)


def packed(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return target.getvalue()


def drafted(cast: Cast, data: bytes) -> ImportRun:
    kind = kind_named("oneroster")
    assert kind and cast.year
    with edge():
        return service.draft(kind, data, "set.zip", cast.school.id, cast.school.path)


def judged(run: ImportRun) -> dict[str, tuple[str, list[str]]]:
    rows = db.session.scalars(select(ImportLine).where(ImportLine.run_id == run.id))
    return {one.given["login"]: (one.verdict, [f["code"] for f in one.findings if f["bad"]]) for one in rows}


def test_pupils_come_with_their_classes_and_nobody_gets_a_role(cast: Cast) -> None:
    run = drafted(cast, packed(users=USERS, roles=ROLES, classes=CLASSES, enrollments=ENROLLMENTS))
    assert judged(run) == {
        "gani": ("new", []), "dana": ("new", []), "boss": ("bad", ["not_a_pupil"]), "free": ("bad", ["no_class"]),
    }  # fmt: skip
    kind = kind_named("oneroster")
    assert kind
    with edge():
        assert service.confirm(run, kind)
    names = {one.person.login: one.school_class.name for one in db.session.scalars(select(ClassMembership))}
    assert names == {"gani": "5 «Ә»", "dana": "7"}
    assert set(db.session.scalars(select(RoleHolding.role))) == {"student"}


def test_a_set_of_ours_is_read_again_as_unchanged(cast: Cast) -> None:
    cast.pupil(cast.school_class(5, "Ә"), "Ғани", "Әлиев", login="gani")
    cast.pupil(cast.school_class(7), "Дана", "Бекқызы", login="dana", patronymic="Нұрланқызы")
    cast.person("teacher")
    data = cast.signed_in("director").get(f"/people/export/{cast.school.id}/oneroster.zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.removesuffix(".csv") for name in archive.namelist()}
        manifest = dict(csv.reader(io.StringIO(archive.read("manifest.csv").decode())))
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode()))) for name in names
        }
    bulk = {key.removeprefix("file.") for key, value in manifest.items() if value == "bulk"}
    assert bulk == names - {"manifest"} and manifest["oneroster.version"] == "1.2"
    assert {one["role"] for one in tables["roles"]} == {"student", "teacher", "principal"}
    assert {one["userSourcedId"] for one in tables["enrollments"]} <= {
        one["sourcedId"] for one in tables["users"]
    }
    assert {one["courseSourcedId"] for one in tables["classes"]} <= {
        one["sourcedId"] for one in tables["courses"]
    }
    assert not any(one["status"] or one["password"] for one in tables["users"])
    run = drafted(cast, data)
    found = judged(run)
    assert found["gani"] == found["dana"] == ("unchanged", [])
    assert {one[0] for login, one in found.items() if login not in ("gani", "dana")} == {"bad"}


def test_what_is_no_set_is_refused(cast: Cast) -> None:
    kind = kind_named("oneroster")
    assert kind
    for data in (
        b"",
        b"PK\x03\x04rubbish",
        packed(users=USERS),
        packed(users="", classes="", enrollments=""),
    ):
        try:
            kind.read(data)
        except SheetRefused as error:
            assert error.code in ("not_a_list", "no_rows")
        else:
            raise AssertionError(data[:20])


def test_lines_to_be_deleted_and_formulas_do_not_come_in(cast: Cast) -> None:
    users = USERS.replace("u1,,,true,gani,Ғани", "u1,tobedeleted,,true,gani,Ғани").replace("Дана", "=cmd()")
    kind = kind_named("oneroster")
    assert kind
    rows: list[Judged] = kind.read(
        packed(users=users, roles=ROLES, classes=CLASSES, enrollments=ENROLLMENTS)
    ).rows
    assert [row.given["login"] for row in rows] == ["dana", "boss", "free"]
    assert rows[0].verdict == "bad"


def test_the_list_of_pupils_leaves_as_a_file_for_spreadsheets(cast: Cast) -> None:
    cast.pupil(cast.school_class(5), "=Ғани", "Әлиев", login="gani")
    director = cast.signed_in("director")
    text = director.get(f"/people/export/{cast.school.id}.csv").data.decode("utf-8-sig")
    assert "5 «А»;Әлиев;'=Ғани" in text
    assert director.get(f"/people/export/{cast.school.id}.xlsx").data.startswith(b"PK")
    assert cast.signed_in("teacher").get(f"/people/export/{cast.school.id}.csv").status_code == 403
    read_afresh()
    assert db.session.scalar(select(Person.login).where(Person.first_name == "=Ғани")) == "gani"
