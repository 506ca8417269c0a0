"""The curriculum as a list: a learning objective in each row, by its code."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from lms.core import ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.imports.columns import Column, codes_of, title_key
from lms.core.imports.kinds import ImportKind, Judged, register
from lms.core.imports.trace import Trace
from lms.courses.models import CurriculumObjective
from lms.places.models import Place
from lms.places.subjects import SUBJECTS

GRADES = range(0, 13)


class ObjectiveList(ImportKind):
    name = "objectives"
    title = _l("Learning objectives of the curriculum")
    advice = _l(
        "Each row is an objective with its code. They are offered to the authors of courses at this place and below."
    )
    permission = "objective.bring"
    columns = (
        Column("subject", _l("Subject"), needed=True, example="physics"),
        Column("grade", _l("Grade"), example="7"),
        Column("code", _l("Code of the objective"), ("code",), needed=True, most=40, example="7.2.1.3"),
        Column("text_kk", _l("The objective in Kazakh"), most=500),
        Column("text_ru", _l("The objective in Russian"), ("text",), most=500),
    )
    sentences = {
        "no_text": _l("Write the objective in at least one language."),
        "not_a_subject": _l("There is no such subject. Write its name or its code."),
        "not_a_grade": _l("A grade is a number from 0 to 12."),
        "twice": _l("This code of the subject stands in the list twice."),
    }

    def path_of(self, place_id: UUID) -> str:
        place = db.session.get(Place, place_id)
        if place is None:
            raise NotYours
        return place.path

    def judge(self, place_id: UUID, rows: Sequence[Judged]) -> None:
        codes, known, met = codes_of(SUBJECTS), _known(place_id), set()
        for row in rows:
            row.verdict = "new"
            self._look_at(row, codes)
            key = _key(row, codes)
            if key in met:
                row.bad("twice", "code")
            met.add(key)
            if row.verdict == "new" and key in known:
                row.verdict = "unchanged" if _same(known[key], row) else "changed"

    def _look_at(self, row: Judged, codes: dict[str, str]) -> None:
        grade = row.given.get("grade", "")
        if title_key(row.given.get("subject", "")) not in codes:
            row.bad("not_a_subject", "subject")
        if grade and not (grade.isdecimal() and int(grade) in GRADES):
            row.bad("not_a_grade", "grade")
        if not (row.given.get("text_kk") or row.given.get("text_ru")):
            row.bad("no_text", "text_kk")

    def carry_out(self, place_id: UUID, rows: Sequence[Judged], trace: Trace) -> None:
        place, codes, known = db.session.get_one(Place, place_id), codes_of(SUBJECTS), _known(place_id)
        for row in rows:
            key = _key(row, codes)
            if key in known:
                trace.changed(known[key], **_facts(row))
            else:
                fresh = CurriculumObjective(
                    id=ids.new_id(),
                    place_id=place.id,
                    path=place.path,
                    subject=key[0],
                    code=key[1],
                    **_facts(row),
                )
                known[key] = trace.made(fresh)
        db.session.flush()


def _known(place_id: UUID) -> dict[tuple[str, str], CurriculumObjective]:
    rows = db.session.scalars(select(CurriculumObjective).where(CurriculumObjective.place_id == place_id))
    return {(one.subject, one.code): one for one in rows}


def _key(row: Judged, codes: dict[str, str]) -> tuple[str, str]:
    return codes.get(title_key(row.given.get("subject", "")), ""), row.given.get("code", "")


def _facts(row: Judged) -> dict[str, object]:
    grade = row.given.get("grade", "")
    return {
        "grade": int(grade) if grade else None,
        "text_kk": row.given.get("text_kk", ""), "text_ru": row.given.get("text_ru", ""),
    }  # fmt: skip


def _same(known: CurriculumObjective, row: Judged) -> bool:
    return all(getattr(known, name) == value for name, value in _facts(row).items())


register(ObjectiveList())
