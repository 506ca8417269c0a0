"""A whole sitting with every kind of question: each response is searched for the key, until results are published."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import SchoolClass
from lms.quizzes.models import Item, Sitting
from lms.quizzes.questions import KINDS
from lms.quizzes.service import bank
from tests.cast import Browser, Cast
from tests.lms.quizzes.conftest import begins, given, paper_of
from tests.lms.quizzes.samples import SAMPLES, options

# Letters that stand nowhere but in a key, an explanation, a hint or a name the author gave.
MARK = "Ҳ"
MARKED: dict[str, dict[str, Any]] = {
    "single": {"options": [{**one, "id": MARK + one["id"]} for one in options("1", "2", "3")], "right": f"{MARK}b"},
    "several": {"options": [{**one, "id": MARK + one["id"]} for one in options("1", "2", "3", right="ab")]},
    "true_false": {},
    "short_text": {"answers": [f"{MARK}қысым"]},
    "number": {"value": 73917391.625, "tolerance": 0.03125},
    "matching": {
        "rows": [{"text": "Күш", "value": f"{MARK}1"}, {"text": "Қуат", "value": f"{MARK}2"}],
        "values": [{"id": f"{MARK}{n}", "text": text} for n, text in enumerate(("Н", "Вт", "Дж"), 1)],
    },
    "ordering": {"steps": [{**one, "id": MARK + one["id"]} for one in options("бір", "екі", "үш")]},
    "gaps": {"gaps": [{"mode": "typed", "answers": [f"{MARK}100"]}, SAMPLES["gaps"]["gaps"][1]]},
    "classification": {
        "groups": [{"id": f"{MARK}{n}", "text": f"топ {n}"} for n in (1, 2)],
        "cards": [{"text": "Темір", "group": f"{MARK}1"}, {"text": "Күкірт", "group": f"{MARK}2"}],
    },
    "hot_spot": {"areas": [{"x": 61.3725, "y": 38.2175, "r": 7.0625}]},
    "table": {"head": ["Шама", "Өлшем"], "rows": [[{"given": "Күш"}, {"answers": [f"{MARK}Н"]}]]},
    "formula": {"expression": "31*(x+17771777)"},
    "calculated": {"expression": "a + b*79197919"},
    "essay": {"rubric": [{"text": f"{MARK}мазмұны", "levels": [{"points": 0, "text": MARK}, {"points": 2, "text": MARK}]}]},
    "file": {}, "audio": {}, "drawing": {}, "context": {},
}  # fmt: skip
SECRETS = (
    MARK, "73917391", "0.03125", "0,03125", "61.3725", "61,3725", "38.2175", "7.0625", "17771777", "79197919", "&#34;right", '"right',
    "rubric", "explanation", "tolerance",
)  # fmt: skip


def marked(kind: str) -> dict[str, Any]:
    content: dict[str, Any] = copy.deepcopy(SAMPLES[kind])
    why = {"explanation": f"<p>{MARK}</p>", "hints": [f"<p>{MARK}</p>"]}
    return {**content, **why, **MARKED[kind]}


@pytest.fixture
def heard() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def listening(cast: Cast, heard: list[tuple[str, str]]) -> Iterator[Browser]:
    """Gani's browser, of which every response is kept, with its headers."""
    browser = cast.signed_in("student")
    plain = browser.client.open

    def open_and_keep(*args: Any, **kwargs: Any) -> Any:
        answer = plain(*args, **kwargs)
        heard.append((str(args[0]) if args else str(kwargs.get("path")), f"{answer.headers}{answer.get_data(as_text=True)}"))  # fmt: skip
        return answer

    browser.client.open = open_and_keep  # type: ignore[method-assign]
    yield browser


@pytest.fixture
def everything(cast: Cast, third: SchoolClass) -> UUID:
    assert set(MARKED) == set(KINDS), "a new kind needs its marks here"
    with edge():
        teacher = cast.person("teacher").id
        items = [bank.write_item(cast.school, teacher, kind, marked(kind), language="kk") for kind in KINDS]
    return given(cast, paper_of(cast, items), third)


def test_no_response_of_a_sitting_holds_the_key(
    cast: Cast, listening: Browser, everything: UUID, heard: list[tuple[str, str]]
) -> None:
    for path in ("/", "/tests", f"/tests/{everything}"):
        listening.get(path)
    pupil = begins(listening, everything)
    pupil.ready()
    rows = [one for one in pupil.row().questions if one["n"]]
    assert len(rows) == len(KINDS) - 1
    for one in rows:
        pupil.answers(
            one["n"], text="сынақ", choice="1", row1="1", step1="1", gap1="1", cell1="1", x="1", y="1"
        )
    way = f"/tests/taking/{pupil.attempt}"
    sent = {"file": (io.BytesIO(b"x"), "a.jpg")}
    listening.post(f"{way}/file", sent, content_type="multipart/form-data")
    assert "exam-question" in pupil.page()
    listening.post(f"{way}/fields", {"q1.choice": "2"})
    pupil.sends(pupil.entry(499, {"text": ["басқа"]}))
    other = cast.signed_in("student")
    heard.append(("elsewhere", other.get(way).text))
    pupil.hands_in()
    for path in (
        f"/tests/results/{pupil.attempt}",
        "/tests",
        f"/tests/{everything}",
        "/",
        "/practice",
        "/practice/next",
    ):
        listening.get(path)
    listening.post(f"/tests/results/{pupil.attempt}/appeals", {"number": "1", "text": "?"})
    for row in db.session.scalars(select(Item)).all():
        for path in ("/bank/{}", "/bank/{}/edit", "/practice/{}", f"/given-tests/{everything}/items/{{}}"):
            listening.get(path.format(row.id))
    for path in ("", "/board", "/marking", "/clinic", "/results.csv", "/results.xlsx"):
        listening.get(f"/given-tests/{everything}{path}")
    listening.get("/bank/take-out/file")
    found = [(path, secret) for path, text in heard for secret in SECRETS if secret in text]
    assert len(heard) > 100 and found == []
    # The net would catch something: once results are published the key is there.
    with edge():
        row = db.session.get_one(Sitting, everything)
        row.published_at = clock.now()
    assert MARK in listening.get(f"/tests/results/{pupil.attempt}").text


def test_an_answer_given_says_nothing_about_its_worth(cast: Cast, third: SchoolClass) -> None:
    """Right and wrong answers are acknowledged with the same words, but for the time that is left."""
    with edge():
        item = bank.write_item(
            cast.school, cast.person("teacher").id, "short_text", SAMPLES["short_text"], language="kk"
        )
    pupil = begins(cast.signed_in("student"), given(cast, paper_of(cast, [item]), third))
    right, wrong = pupil.answers(1, text="қысым"), pupil.answers(1, text="басқа")
    assert {**right, "left": 0, "beacon": "", "seqs": []} == {**wrong, "left": 0, "beacon": "", "seqs": []}
    assert set(right) == {"state", "seqs", "left", "beacon"}


def test_foreign_things_are_refused_by_name(cast: Cast, third: SchoolClass, everything: UUID) -> None:
    """Another pupil's attempt, another school's results, a question of another paper, keys nobody has."""
    mine = begins(cast.signed_in("student"), everything)
    neighbour = cast.pupil(third, surname="Бекова")
    with edge():
        neighbour.password_hash = cast.person("student").password_hash
        neighbour.login = "bekova"
    other = Browser(cast.app)
    assert other.signs_in("bekova").status_code in (302, 303)
    for path in ("taking/{}", "results/{}"):
        assert other.get("/tests/" + path.format(mine.attempt)).status_code == 404
        assert other.get("/tests/" + path.format(uuid4())).status_code == 404
    for path in ("taking/{}/ready", "taking/{}/answers", "taking/{}/fields", "taking/{}/file", "taking/{}/hand-in",
                 "taking/{}/here", "results/{}/appeals"):  # fmt: skip
        body = json.dumps({"epoch": 1, "entries": []}) if path.endswith("answers") else None
        token = {"X-CSRFToken": other.csrf_token()} if body else {}
        sent = (
            {"json": json.loads(body), "headers": {**token, "Origin": "http://localhost:8000"}}
            if body
            else {}
        )
        answer = (
            other.client.post("/tests/" + path.format(mine.attempt), base_url="http://localhost:8000", **sent)
            if body
            else other.post("/tests/" + path.format(mine.attempt))
        )
        assert answer.status_code == 404, path
    stranger = cast.signed_in("teacher", cast.school_elsewhere)
    with edge():
        foreign = bank.write_item(
            cast.school, cast.person("teacher").id, "single", SAMPLES["single"], language="kk"
        ).id
    assert cast.signed_in("teacher").get(f"/given-tests/{everything}/items/{foreign}").status_code == 404
    assert cast.signed_in("teacher").post(f"/given-tests/{everything}/items/{foreign}/key", {"reason": "x"}).status_code == 404  # fmt: skip
    assert cast.signed_in("teacher").get(f"/given-tests/attempts/{mine.attempt}/marks/499").status_code == 404
    for path in ("", "/board", "/marking", "/clinic", "/results.csv", "/results.xlsx"):
        assert stranger.get(f"/given-tests/{everything}{path}").status_code == 404, path
        assert other.get(f"/given-tests/{everything}{path}").status_code == 403, path
