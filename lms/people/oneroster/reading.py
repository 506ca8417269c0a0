"""Reading: users who are pupils, with the class they are enrolled in. Lines marked "tobedeleted" are passed over."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from lms.core.sheets import Sheet, SheetRefused, read_sheet

MOST_MEMBERS = 60
MOST_UNPACKED = 64 * 1024 * 1024
NEEDED = ("users.csv", "classes.csv", "enrollments.csv")
GONE = "tobedeleted"


@dataclass(frozen=True)
class User:
    line: int
    facts: dict[str, str]
    roles: frozenset[str]
    class_title: str

    def given(self) -> dict[str, str]:
        return {
            "class": self.class_title,
            "surname": self.facts.get("familyname", ""),
            "first_name": self.facts.get("givenname", ""),
            "patronymic": self.facts.get("middlename", ""),
            "birth_date": self.facts.get("birthdate", ""),
            "login": self.facts.get("username", ""),
        }


@dataclass(frozen=True)
class Roster:
    users: list[User]


def read_oneroster(data: bytes, most: int) -> Roster:
    tables = _tables(data, most)
    classes = {row["sourcedid"]: _class_name(row) for _line, row in tables["classes.csv"]}
    classes_of = {
        row["usersourcedid"]: classes.get(row.get("classsourcedid", ""), "")
        for _line, row in tables["enrollments.csv"]
        if row.get("role", "student") == "student"
    }
    roles = _roles(tables)
    users = [
        User(line, row, roles.get(row["sourcedid"], frozenset()), classes_of.get(row["sourcedid"], ""))
        for line, row in tables["users.csv"]
    ]
    return Roster(users)


def _roles(tables: dict[str, list[tuple[int, dict[str, str]]]]) -> dict[str, frozenset[str]]:
    """1.2 keeps roles in a file of their own, 1.1 in a column of users; both count against a row."""
    found: dict[str, set[str]] = {}
    for _line, row in tables.get("roles.csv", []):
        found.setdefault(row.get("usersourcedid", ""), set()).add(row.get("role", "").lower())
    for _line, row in tables["users.csv"]:
        for role in filter(None, re.split(r"[,;\s]+", row.get("role", "").lower())):
            found.setdefault(row["sourcedid"], set()).add(role)
    return {key: frozenset(roles) for key, roles in found.items()}


def _class_name(row: dict[str, str]) -> str:
    """The title when it reads like a class, else the first grade of the list."""
    title = row.get("title", "")
    return (
        title
        if re.match(r"\s*\d{1,2}\b|\s*\d{1,2}\D", title)
        else row.get("grades", "").split(",")[0].strip()
    )


def _tables(data: bytes, most: int) -> dict[str, list[tuple[int, dict[str, str]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {one.filename.rsplit("/", 1)[-1].lower(): one for one in archive.infolist()}
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members.values()) > MOST_UNPACKED:
                raise SheetRefused("too_large_inside")
            if not all(name in members for name in NEEDED):
                raise SheetRefused("not_a_list")
            wanted = [*NEEDED, *(["roles.csv"] if "roles.csv" in members else [])]
            return {name: _rows(read_sheet(archive.read(members[name]), most * 3)) for name in wanted}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, KeyError):
        raise SheetRefused("not_a_list") from None


def _rows(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    names = [re.sub(r"[^a-z0-9]", "", one.lower()) for one in sheet.header]
    rows = [(line.number, dict(zip(names, line.cells, strict=True))) for line in sheet.lines]
    return [(line, row) for line, row in rows if row.get("status", "").lower() != GONE]
