"""A study of an oblast as its job reads it from the database: 15,000 pupils of 150 schools, sixty questions at the
entry and sixty at the exit, ten of them common, half a logit of growth between the two."""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any
from uuid import UUID

import numpy as np
from flask_migrate import upgrade
from sqlalchemy import insert

from lms import create_app
from lms.core import clock, ids
from lms.core.db import db, edge
from lms.core.settings import load_settings
from lms.people.models import Person
from lms.places.models import Place
from lms.quizzes.models import GivenAnswer, Item, QuizAttempt, Study
from lms.quizzes.service import papers, sittings
from lms.quizzes.service.studies import result_of
from tests.cast import Cast
from tests.lms.quizzes.conftest import written

PUPILS, SCHOOLS, ITEMS, COMMON, GROWTH = 15_000, 150, 60, 10, 0.5
TOGETHER = 500  # pupils whose answers are one statement


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings({}, data=folder, log_level="ERROR", secret_key="bench"))
        with app.app_context():
            upgrade()
            study = _oblast(Cast(app))
            _measure(study)
            db.session.remove()
            db.engine.dispose()


def _measure(study: Study) -> None:
    for study.model in ("rasch", "2pl"):
        moments: list[float] = []
        made = result_of(study, lambda _done, moments=moments: moments.append(perf_counter()))  # type: ignore[misc]
        begun, read, analysed, ended = moments
        print(
            f"{study.model:6} {made['clinic']['pupils']:,} pupils × {ITEMS}, entry and exit: {ended - begun:.1f} s, of which"
            f" reading {read - begun:.1f} s, the clinic {analysed - read:.1f} s;"
            f" growth {made['growth']['whole']['mean']:.2f} (made: {GROWTH})"
        )
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MB")


def _oblast(cast: Cast) -> Study:
    chance = np.random.default_rng(11)
    items = [written(cast, "single") for _number in range(2 * ITEMS - COMMON)]
    hardness = chance.normal(0, 1, len(items))
    ability = chance.normal(0, 1, PUPILS)
    schools = [cast.school] + [cast.school_elsewhere] * (SCHOOLS - 1)
    people = [ids.new_id() for _number in range(PUPILS)]
    sheets = []
    with edge():
        rows = [
            {"id": one, "surname": "Ә", "first_name": f"Оқушы{number}"} for number, one in enumerate(people)
        ]
        db.session.execute(insert(Person), rows)
    for title, these, gained in (
        ("entry", range(ITEMS), 0.0), ("exit", range(ITEMS - COMMON, 2 * ITEMS - COMMON), GROWTH),
    ):  # fmt: skip
        chances = 1 / (1 + np.exp(hardness[list(these)] - ability[:, None] - gained))
        right = chance.random(chances.shape) < chances
        sheets.append(_sat(cast, title, [items[one] for one in these], schools, people, right))
    with edge():
        study = Study(
            place_id=cast.school.id, path="/", made_by=cast.person("teacher").id, title="Oblast",
            entry=[sheets[0].hex], leaving=[sheets[1].hex],
        )  # fmt: skip
        db.session.add(study)
    return study


def _sat(
    cast: Cast,
    title: str,
    items: Sequence[Item],
    schools: Sequence[Place],
    people: Sequence[UUID],
    right: Any,
) -> UUID:
    """Rows as marking leaves them, a sitting for each school."""
    with edge():
        teacher = cast.person("teacher").id
        keys = [one.id.hex for one in items]
        paper = papers.begin_paper(
            cast.school, teacher, [{"title": "", "items": keys}], title=title, minutes=40
        )
        each = PUPILS // SCHOOLS
        attempts = []
        for number, school in enumerate(schools):
            these = people[number * each : (number + 1) * each]
            given = sittings.give(paper, school, teacher, pupils=list(these[:1]))
            attempts += [_attempt(given.id, school.path, one) for one in these]
        db.session.execute(insert(QuizAttempt), attempts)
        versions = [UUID(one["v"]) for one in given.version.body["sections"][0]["units"]]
        for begun in range(0, PUPILS, TOGETHER):
            rows = list(
                _answers(attempts[begun : begun + TOGETHER], versions, right[begun : begun + TOGETHER])
            )
            db.session.execute(insert(GivenAnswer), rows)
        return paper.id


def _attempt(sitting: UUID, path: str, person: UUID) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": ids.new_id(), "sitting_id": sitting, "person_id": person, "path": path, "questions": [], "left_at": now,
        "ended_at": now, "ended_by": "pupil",
    }  # fmt: skip


def _answers(
    attempts: Sequence[dict[str, Any]], versions: Sequence[UUID], right: Any
) -> Iterator[dict[str, Any]]:
    for row, attempt in enumerate(attempts):
        for place, version in enumerate(versions):
            yield {
                "attempt_id": attempt["id"], "number": place + 1, "version_id": version,
                "points": float(right[row, place]), "most": 1.0,
            }  # fmt: skip


if __name__ == "__main__":
    main()
