"""A paper of several kinds given to Gani's class, and his browser inside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import ClassMembership, Person, SchoolClass
from lms.places.models import Place
from lms.quizzes.models import Item, Paper, QuizAttempt, Sitting
from lms.quizzes.questions import kind_of
from lms.quizzes.service import bank, papers, sittings
from tests.cast import SITE, Browser, Cast, read_afresh
from tests.lms.quizzes.samples import SAMPLES

KINDS = ("single", "several", "short_text", "matching", "essay")


def written(cast: Cast, kind: str, place: Place | None = None, **facts: Any) -> Item:
    place = place or cast.school
    author = cast.person("teacher", place)
    with edge():
        return bank.write_item(
            place,
            author.id,
            kind,
            SAMPLES[kind],
            **{"language": "kk", "subject": "physics", "grade": 3, **facts},
        )


def paper_of(cast: Cast, items: list[Item], place: Place | None = None, **facts: Any) -> Paper:
    place = place or cast.school
    with edge():
        keys = [one.id.hex for one in items]
        return papers.begin_paper(
            place, cast.person("teacher", place).id, [{"title": "", "items": keys}],
            **{"title": "Қысым", "minutes": 20, "shuffle": False, **facts},
        )  # fmt: skip


def given(cast: Cast, paper: Paper, row: SchoolClass, **facts: Any) -> UUID:
    school = db.session.get_one(Place, row.school_id)
    with edge():
        return sittings.give(
            db.session.merge(paper), school, cast.person("teacher", school).id, [row.id], **facts
        ).id


@pytest.fixture
def third(cast: Cast) -> SchoolClass:
    """Grade 3, in which the cast's pupil sits."""
    row = cast.school_class(3)
    with edge():
        db.session.add(
            ClassMembership(class_id=row.id, person_id=cast.person("student").id, since=clock.today())
        )
    return row


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    return [written(cast, kind) for kind in KINDS]


@pytest.fixture
def sitting(cast: Cast, third: SchoolClass, items: list[Item]) -> UUID:
    return given(cast, paper_of(cast, items), third)


@dataclass
class Pupil:
    """A page of a test, as its script speaks with the school."""

    browser: Browser
    attempt: UUID
    seq: int = 0
    epoch: int = 1

    def page(self) -> str:
        return self.browser.get(f"/tests/taking/{self.attempt}").text

    def ready(self) -> dict[str, Any]:
        return self._post("ready", {}).get_json()

    def entry(
        self, number: int, fields: dict[str, list[str]], since: int = 0, beacon: str = ""
    ) -> dict[str, Any]:
        self.seq += 1
        return {"seq": self.seq, "number": number, "fields": fields, "beacon": beacon, "since": since}

    def sends(self, *entries: dict[str, Any], **more: Any) -> TestResponse:
        return self._post("answers", {"epoch": self.epoch, "entries": list(entries), **more})

    def answers(self, number: int, **fields: str | list[str]) -> dict[str, Any]:
        lists = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
        answer = self.sends(self.entry(number, lists))
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def hands_in(self) -> TestResponse:
        return self.browser.post(f"/tests/taking/{self.attempt}/hand-in")

    def _post(self, way: str, body: Any) -> TestResponse:
        return self.browser.client.post(
            f"/tests/taking/{self.attempt}/{way}", data=json.dumps(body), base_url=SITE, content_type="application/json",
            headers={"Origin": SITE, "X-CSRFToken": self.browser.csrf_token()},
        )  # fmt: skip

    def row(self) -> QuizAttempt:
        read_afresh()
        return db.session.get_one(QuizAttempt, self.attempt)

    def right(self, number: int) -> dict[str, list[str]]:
        """The fields of a right answer, as this attempt sees the question."""
        one = next(q for q in self.row().questions if q["n"] == number)
        return right_fields(UUID(one["v"]), one["s"])


def right_fields(version_id: UUID, seed: int) -> dict[str, list[str]]:
    from_db = bank.db.session.get_one(bank.ItemVersion, version_id)
    kind, content = kind_of(from_db.item.kind), from_db.content
    shown = kind.public(content, seed)
    key_of = {
        row["text"]: row["key"]
        for part in ("options", "values", "rows")
        for row in shown.get(part, [])
        if isinstance(row, dict)
    }
    if kind.name == "single":
        return {
            "choice": [key_of[row["text"]] for row in content["options"] if row["id"] == content["right"]]
        }
    if kind.name == "several":
        return {"choice": [key_of[row["text"]] for row in content["options"] if row["right"]]}
    if kind.name == "matching":
        names = {row["id"]: row["text"] for row in content["values"]}
        return {f"row{key_of[row['text']]}": [key_of[names[row["value"]]]] for row in content["rows"]}
    return {
        "text": [content["answers"][0] if "answers" in content else "Менің ойымша, қысым ауданға байланысты."]
    }


def begins(browser: Browser, sitting: UUID, **fields: str) -> Pupil:
    answer = browser.post(f"/tests/{sitting}/begin", fields)
    assert answer.status_code == 303, answer.text
    pupil = Pupil(browser, UUID(answer.location.rsplit("/", 1)[1]))
    pupil.page()
    return pupil


@pytest.fixture
def gani(cast: Cast, sitting: UUID) -> Pupil:
    pupil = begins(cast.signed_in("student"), sitting)
    pupil.ready()
    return pupil


__all__ = ["Pupil", "Person", "Sitting", "begins", "given", "paper_of", "right_fields", "written"]
