"""Verbs of studies: begin one, say which schools are in the pilot, compute it behind the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from flask_babel import gettext as _

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import Work, enqueue, job
from lms.places.models import Place
from lms.quizzes.analysis.study import Group, Sides, clinic_of, growth_of
from lms.quizzes.models import Study
from lms.quizzes.queries.study_data import Kept, Sat, classes_of, sat, schools_of

KIND = "quizzes.study"
STEPS = 4


def begin_study(
    place: Place, person_id: UUID, title: str, entry: Sequence[str], leaving: Sequence[str], model: str
) -> Study:
    if not entry:
        raise Refused(_("Choose at least one paper."))
    if set(entry) & set(leaving):
        raise Refused(_("A paper cannot be the entry and the exit test at once."))
    row = Study(
        place_id=place.id, path=place.path, made_by=person_id, title=title, entry=list(entry), leaving=list(leaving), model=model
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("study.begun", row, path=row.path, name=title)
    compute(row)
    return row


def set_pilot(study: Study, schools: Sequence[str]) -> None:
    study.pilot = sorted(set(schools))
    audit.record("study.pilot_set", study, path=study.path, rows=len(study.pilot))
    compute(study)


def compute(study: Study) -> None:
    study.state = "waiting"
    study.job_id = enqueue(KIND, {"study": study.id.hex}, path=study.path).id
    db.session.flush()


@job(KIND, failures=2)
def do_study(work: Work) -> dict[str, Any]:
    study = db.session.get(Study, UUID(work.payload["study"]))
    if study is None or study.state != "waiting":
        return {}
    made = result_of(study, lambda done: work.progress(done, STEPS))
    work.effects()
    keep(study, made)
    return {"pupils": made.get("clinic", {}).get("pupils", 0)}


def keep(study: Study, made: dict[str, Any]) -> None:
    study.result, study.state = made, "done" if "clinic" in made else "few"


def result_of(study: Study, step: Callable[[int], None] = lambda done: None) -> dict[str, Any]:
    step(0)
    entry = sat(study.entry, study.path)
    leaving = sat(study.leaving, study.path) if study.leaving else None
    step(1)
    known = schools_of(sorted({*entry.schools, *(leaving.schools if leaving else ())}))
    made: dict[str, Any] = {"schools": sorted(known)}
    if not entry.responses.present:
        return made
    made["clinic"] = clinic_of(entry.responses, study.model, _splits(entry, known))
    step(2)
    if leaving is not None and leaving.responses.present:
        sides = _sides(study, entry, leaving, known)
        made["growth"] = growth_of(entry.responses, leaving.responses, study.model, sides)
    step(3)
    return made


def _splits(entry: Sat, known: Mapping[str, Kept]) -> list[Group]:
    """Languages, village and city, and each way of teaching against the others."""
    schools = [known[one] for one in entry.schools]
    found = [
        Group("language", "ru", np.array([one == "ru" for one in entry.languages])),
        Group("city", "village", np.array([not one.city for one in schools])),
    ]
    models = sorted({one.model for one in schools})
    if len(models) > 1:
        found += [Group("model", name, np.array([one.model == name for one in schools])) for name in models]
    return [one for one in found if 0 < one.inside.sum() < len(one.inside)]


def _sides(study: Study, entry: Sat, leaving: Sat, known: Mapping[str, Kept]) -> Sides:
    at = {
        **dict(zip(leaving.responses.pupils, leaving.schools, strict=True)),
        **dict(zip(entry.responses.pupils, entry.schools, strict=True)),
    }
    by = {
        "district": {name: known[one].district for name, one in at.items()},
        "school": dict(at),
        "class": classes_of([*study.entry, *study.leaving], study.path),
        "model": {name: known[one].model for name, one in at.items()},
    }
    if study.pilot:
        by["pilot"] = {name: "pilot" if one in study.pilot else "control" for name, one in at.items()}
    return Sides(by)
