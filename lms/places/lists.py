"""Schools as a list: brought in from a file below a district, and taken out with the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.core import audit, ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.i18n import LANGUAGES as PAGE_LANGUAGES
from lms.core.imports.columns import Column, title_key
from lms.core.imports.kinds import ImportKind, Judged, register
from lms.core.imports.trace import Trace
from lms.places.forms import EAST, NORTH, SOUTH, WEST
from lms.places.labels import KINDS, LANGUAGES, TECHNOLOGIES
from lms.places.models import Place, School

COLUMNS = (
    Column("code", _l("Code of the school"), needed=True, most=40, example="KZ-0001"),
    Column("name_kk", _l("Name in Kazakh"), needed=True),
    Column("name_ru", _l("Name in Russian"), needed=True),
    Column("kind", _l("Kind of school"), example="small"),
    Column("languages", _l("Languages of instruction"), example="kk, ru"),
    Column("first_grade", _l("First grade"), example="1"),
    Column("last_grade", _l("Last grade"), example="11"),
    Column("shifts", _l("Shifts"), example="1"),
    Column("pupils", _l("Number of pupils"), example="86"),
    Column("computers", _l("Number of computers"), example="12"),
    Column("technology", _l("Connection"), example="satellite"),
    Column("provider", _l("Provider"), most=100),
    Column("contract_down", _l("Contracted speed down, Mbit/s"), example="8"),
    Column("contract_up", _l("Contracted speed up, Mbit/s"), example="2"),
    Column("latitude", _l("Latitude"), example="49.62"),
    Column("longitude", _l("Longitude"), example="78.90"),
    Column("telephone", _l("Phone number"), most=40),
)
WHOLE = {
    "first_grade": (0, 11),
    "last_grade": (1, 12),
    "shifts": (1, 3),
    "pupils": (0, 10_000),
    "computers": (0, 10_000),
}
FRACTIONS = {
    "contract_down": (0, 100_000), "contract_up": (0, 100_000), "latitude": (SOUTH, NORTH), "longitude": (WEST, EAST),
}  # fmt: skip
OF_THE_PLACE = ("name_kk", "name_ru")


def known_as(text: str, table: Mapping[str, Any]) -> str | None:
    """The code of a word in whatever language it was written; None when nobody knows it."""
    wanted = title_key(text)
    for code, title in table.items():
        if wanted == title_key(code) or wanted in _spellings(title):
            return code
    return None


def _spellings(title: Any) -> set[str]:
    found = set()
    for language in (*PAGE_LANGUAGES, "en"):
        with force_locale(language):
            found.add(title_key(str(title)))
    return found


class SchoolsKind(ImportKind):
    name = "schools"
    title = _l("Bring in schools")
    advice = _l("A list of schools of this district. Schools that are here already are found by their code.")
    permission = "school.import"
    columns: ClassVar[Sequence[Column]] = COLUMNS
    sentences: ClassVar[Mapping[str, Any]] = {
        "out_of_range": _l("This must be a number from %(least)s to %(most)s."),
        "elsewhere": _l("This code belongs to a place outside this district."),
    }

    def path_of(self, place_id: UUID) -> str:
        place = db.session.get(Place, place_id)
        if place is None or place.level not in ("district", "settlement"):
            raise NotYours
        return place.path

    def judge(self, place_id: UUID, rows: Sequence[Judged]) -> None:
        here = self.path_of(place_id)
        known = _known(row.given.get("code", "") for row in rows)
        seen: dict[str, int] = {}
        for row in rows:
            code = row.given.get("code", "")
            if code in seen:
                row.bad("double_row", "code", line=seen[code])
            seen.setdefault(code, row.number)
            facts = _facts(row)
            place = known.get(code)
            if place and (place.level != "school" or not place.path.startswith(here)):
                row.bad("elsewhere", "code")
            elif place and row.verdict != "bad":
                row.verdict = "changed" if _differs(place, facts) else "unchanged"

    def carry_out(self, place_id: UUID, rows: Sequence[Judged], trace: Trace) -> None:
        parent = db.session.get_one(Place, place_id)
        known = _known(row.given["code"] for row in rows)
        for row in rows:
            facts, place = _facts(row), known.get(row.given["code"])
            if place is None:
                place = _found(parent, row.given["code"], facts, trace)
                audit.record("school.founded", place, path=place.path, name=place.name_kk)
            else:
                trace.changed(place, **{name: facts[name] for name in OF_THE_PLACE})
                trace.changed(place.school, **_of_the_school(facts))
                audit.record("school.described", place, path=place.path)


def _known(codes: Iterable[str]) -> dict[str, Place]:
    wanted, found = sorted(set(codes)), {}
    for start in range(0, len(wanted), 500):
        statement = (
            select(Place).options(joinedload(Place.school)).where(Place.code.in_(wanted[start : start + 500]))
        )
        found.update({str(place.code): place for place in db.session.scalars(statement)})
    return found


def _found(parent: Place, code: str, facts: dict[str, Any], trace: Trace) -> Place:
    key = ids.new_id()
    place = trace.made(
        Place(
            id=key,
            level="school",
            code=code,
            parent_id=parent.id,
            path=f"{parent.path}{key.hex}/",
            name_kk=facts["name_kk"],
            name_ru=facts["name_ru"],
        )  # fmt: skip
    )
    db.session.flush()
    trace.made(School(place_id=key, **_of_the_school(facts)))
    found: Place = place
    return found


def _differs(place: Place, facts: dict[str, Any]) -> bool:
    names = any(getattr(place, name) != facts[name] for name in OF_THE_PLACE)
    return names or any(getattr(place.school, name) != value for name, value in _of_the_school(facts).items())


def _of_the_school(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in OF_THE_PLACE}


def _facts(row: Judged) -> dict[str, Any]:
    """What the row says; cells that are empty or not in the file say nothing, so nothing is wiped out."""
    facts: dict[str, Any] = {name: row.given.get(name, "") for name in OF_THE_PLACE}
    for name, reader in _READERS.items():
        if row.given.get(name, ""):
            facts[name] = reader(row, name, row.given[name])
    return facts


def _text(_row: Judged, _name: str, text: str) -> str:
    return text


def _number(row: Judged, name: str, text: str) -> float | int | None:
    least, most = {**WHOLE, **FRACTIONS}[name]
    try:
        value = float(text.replace(",", ".").replace("\u00a0", ""))
    except ValueError:
        value = float("nan")
    if not least <= value <= most or (name in WHOLE and value != int(value)):
        row.bad("out_of_range", name, least=least, most=most)
        return None
    return int(value) if name in WHOLE else value


def _choice(table: Mapping[str, Any]) -> Callable[[Judged, str, str], str | None]:
    def read(row: Judged, name: str, text: str) -> str | None:
        code = known_as(text, table)
        if code is None:
            row.bad("not_a_choice", name, known=", ".join(filter(None, table)))
        return code

    return read


def _languages(row: Judged, name: str, text: str) -> list[str]:
    codes = [known_as(one, LANGUAGES) for one in text.replace(";", ",").split(",") if one.strip()]
    if None in codes:
        row.bad("not_a_choice", name, known=", ".join(LANGUAGES))
    return [code for code in codes if code]


_READERS: dict[str, Callable[[Judged, str, str], Any]] = {
    "kind": _choice(KINDS),
    "languages": _languages,
    "technology": _choice({code: name for code, name in TECHNOLOGIES.items() if code}),
    **dict.fromkeys((*WHOLE, *FRACTIONS), _number),
    "provider": _text,
    "telephone": _text,
}


def as_rows(schools: Iterable[School]) -> tuple[list[str], list[list[object]]]:
    """Header and rows with the columns of the import, so that a file taken out can be brought in again."""
    header = [str(one.title) for one in COLUMNS]
    return header, [[_cell(school, one.name) for one in COLUMNS] for school in schools]


def _cell(school: School, name: str) -> object:
    if name in (*OF_THE_PLACE, "code"):
        return getattr(school.place, name) or ""
    value = getattr(school, name)
    return ", ".join(value) if name == "languages" else "" if value is None else value


register(SchoolsKind())
