"""Gani sits a test: the clock is the school's, nothing acknowledged is lost, nothing of the key leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import SchoolClass
from lms.quizzes.composing import balanced
from lms.quizzes.models import AnswerEntry, GivenAnswer, Item, Sitting, SittingEvent
from lms.quizzes.queries import taking as queries
from lms.quizzes.service import bank, saving, sittings, taking
from tests.cast import Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, begins, given, paper_of, written
from tests.lms.quizzes.samples import SAMPLES

Statements = Callable[[], AbstractContextManager[list[str]]]


def stands(attempt: UUID) -> dict[int, Any]:
    read_afresh()
    rows = db.session.scalars(select(GivenAnswer).where(GivenAnswer.attempt_id == attempt))
    return {row.number: row.fields for row in rows}


def test_a_test_is_begun_answered_handed_in_and_marked(cast: Cast, gani: Pupil) -> None:
    for number in range(1, 6):
        told = gani.answers(number, **gani.right(number))
        assert told["state"] == "open" and told["seqs"] == [gani.seq]
    assert gani.hands_in().status_code == 303
    row = gani.row()
    assert (row.points, row.most, row.to_mark, row.ended_by) == (1 + 2 + 1 + 2, 9, 1, "pupil")
    assert "/tests/results/" in gani.browser.get(f"/tests/taking/{gani.attempt}").location


def test_what_was_filled_in_stands_there_when_the_page_comes_again(gani: Pupil) -> None:
    gani.answers(3, text="қысым ФФ")
    assert 'value="қысым ФФ"' in gani.page()


def test_a_repeated_message_changes_nothing_and_an_older_one_neither(gani: Pupil) -> None:
    first, second = gani.entry(3, {"text": ["бір"]}), gani.entry(3, {"text": ["екі"]})
    assert (
        gani.sends(second).status_code
        == gani.sends(first).status_code
        == gani.sends(second, first).status_code
        == 200
    )
    assert stands(gani.attempt) == {3: {"text": ["екі"]}}
    assert db.session.scalar(select(func.count()).select_from(AnswerEntry)) == 2
    assert gani.sends({**first, "fields": {"text": ["басқа"]}}).status_code == 200
    assert stands(gani.attempt) == {3: {"text": ["екі"]}}, "a number once used says what it said"


@pytest.mark.parametrize(
    "body",
    [
        {"entries": "x"}, {"entries": [{"seq": 0, "number": 1, "fields": {}, "since": 0}]},
        {"entries": [{"seq": 1, "number": 1, "fields": {"a": "b"}, "since": 0}]},
        {"entries": [{"seq": 1, "number": 1, "fields": {"a": ["\0"]}, "since": 0}]},
        {"entries": [{"seq": 1, "number": 1, "fields": {"a": ["x" * 70_000]}, "since": 0}]},
        {"entries": [{"seq": True, "number": 1, "fields": {}, "since": 0}]}, {"away": -1}, {"epoch": "1"},
        {"entries": [{"seq": 1, "number": 1, "fields": {}, "since": -5}]}, {"entries": [None]},
    ],
)  # fmt: skip
def test_a_malformed_message_is_refused_whole(gani: Pupil, body: dict[str, Any]) -> None:
    good = gani.entry(1, {"choice": ["1"]})
    sent = (
        {"entries": [good, *body["entries"]]}
        if isinstance(body.get("entries"), list)
        else {"entries": [good], **body}
    )
    assert gani._post("answers", {"epoch": 1, **sent}).status_code == 400
    assert stands(gani.attempt) == {}


def test_nobody_answers_for_another(cast: Cast, gani: Pupil, sitting: UUID) -> None:
    stranger = Pupil(cast.signed_in("student", cast.school_elsewhere), gani.attempt)
    teacher = Pupil(cast.signed_in("teacher"), gani.attempt)
    for other in (stranger, teacher):
        assert other.sends(other.entry(1, {"choice": ["1"]})).status_code == 404
        assert other.browser.get(f"/tests/taking/{gani.attempt}").status_code == 404
        assert other.browser.get(f"/tests/results/{gani.attempt}").status_code == 404
        assert other.hands_in().status_code == 404
        assert other.browser.post(f"/tests/{sitting}/begin").status_code == 404
    assert stands(gani.attempt) == {}
    elsewhere = cast.signed_in("teacher", cast.school_elsewhere)
    for path in (
        f"/given-tests/{sitting}",
        f"/given-tests/{sitting}/board",
        f"/given-tests/attempts/{gani.attempt}",
    ):
        assert elsewhere.get(path).status_code == 404


def test_a_question_number_of_another_paper_changes_no_points(gani: Pupil) -> None:
    gani.answers(499, text="қысым")
    gani.hands_in()
    assert (gani.row().points, gani.row().most) == (0, 9)


SECRETS = ("KEYWORD", '"right"', "explanation", "қысым күші", "&#34;right", "сауатты")


def test_no_answer_of_a_sitting_holds_the_key(cast: Cast, sitting: UUID) -> None:
    """Every response from the list to the page after handing in, and a grep over each."""
    browser, heard = cast.signed_in("student"), []
    plain = browser.client.open

    def listening(*args: Any, **kwargs: Any) -> Any:
        answer = plain(*args, **kwargs)
        heard.append((str(args[0]) if args else kwargs.get("path", ""), answer.get_data(as_text=True)))
        return answer

    browser.client.open = listening  # type: ignore[method-assign]
    browser.get("/"), browser.get("/tests"), browser.get(f"/tests/{sitting}")
    pupil = begins(browser, sitting)
    pupil.ready()
    for number in range(1, 6):
        pupil.answers(number, text="сынақ", choice="1")
    pupil.page()
    browser.post(f"/tests/taking/{pupil.attempt}/fields", {"q1.choice": "2"})
    pupil.hands_in()
    browser.get(f"/tests/results/{pupil.attempt}")
    browser.get("/tests")
    for row in db.session.scalars(select(Item)):
        browser.get(f"/bank/{row.id}")
        browser.get(f"/practice/{row.id}")
    assert len(heard) > 15
    assert [(path, secret) for path, text in heard for secret in SECRETS if secret in text] == []


def test_the_clock_starts_when_the_page_has_come_but_waits_only_so_long(cast: Cast, sitting: UUID) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        pupil = begins(cast.signed_in("student"), sitting)
        now.shift(30)
        assert pupil.ready()["left"] == 20 * 60
        now.shift(600)
        assert pupil.ready()["left"] == 10 * 60, "said once more it changes nothing"


def test_saying_late_that_the_page_has_come_wins_no_time(cast: Cast, sitting: UUID) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        pupil = begins(cast.signed_in("student"), sitting)
        now.shift(600)
        assert pupil.ready()["left"] == 20 * 60 - 600 + 90


def test_more_time_for_whoever_needs_it(cast: Cast, sitting: UUID) -> None:
    with edge():
        cast.person("student").accommodations = {"extra_time": 25}
    pupil = begins(cast.signed_in("student"), sitting)
    assert 24 * 60 < pupil.ready()["left"] <= 25 * 60


def test_what_was_written_in_time_counts_though_it_comes_late(cast: Cast, gani: Pupil, sitting: UUID) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        beacon = gani.ready()["beacon"]
        right = gani.right(1)
        now.shift(3 * 3600)
        with edge():
            assert sittings.end_overdue(db.session.get_one(Sitting, sitting)) == 1
        told = gani.sends(gani.entry(1, right, since=10 * 60_000, beacon=beacon)).get_json()
        assert told["state"] == "ended" and told["seqs"] == [1]
        assert gani.row().points == 1
        gani.sends(gani.entry(2, gani.right(2), since=40 * 60_000, beacon=beacon))
        assert gani.row().points == 1, "written after the deadline"
        assert 2 not in {k for k, v in stands(gani.attempt).items() if v}
        gani.sends(gani.entry(2, gani.right(2), since=0, beacon="forged"))
        gani.sends(gani.entry(2, gani.right(2), since=0, beacon=saving.beacon(UUID(int=7))))
        assert gani.row().points == 1, "without a beacon of its own it was written now"
    kinds = set(db.session.scalars(select(SittingEvent.kind)))
    assert "late" in kinds
    assert db.session.scalar(select(func.count()).select_from(AnswerEntry)) == 4, (
        "all of it is in the journal"
    )


def test_after_handing_in_nothing_counts(gani: Pupil) -> None:
    gani.hands_in()
    told = gani.sends(gani.entry(1, gani.right(1))).get_json()
    assert told["state"] == "ended" and gani.row().points == 0


def test_another_computer_goes_on_with_the_teacher_s_code(cast: Cast, gani: Pupil) -> None:
    gani.answers(3, text="қысым")
    other = cast.signed_in("student")
    assert "q3.text" not in other.get(f"/tests/taking/{gani.attempt}").text
    assert other.post(f"/tests/taking/{gani.attempt}/here", {"code": "AAAAAA"}).status_code == 409
    page = cast.signed_in("teacher").post(f"/given-tests/attempts/{gani.attempt}/hand-over").text
    code = page.split('q-code codes">')[1].split("<")[0]
    assert other.post(f"/tests/taking/{gani.attempt}/here", {"code": code.lower()}).status_code == 303
    moved = Pupil(other, gani.attempt, epoch=2)
    assert 'value="қысым"' in moved.page()
    moved.answers(3, text="қысым күші")
    late = gani.sends(gani.entry(1, gani.right(1)), gani.entry(3, {"text": ["ескі"]})).get_json()
    assert late["state"] == "superseded" and len(late["seqs"]) == 2
    assert stands(gani.attempt)[3] == {"text": ["қысым күші"]}, "the newer computer's answer stands"
    assert stands(gani.attempt)[1] == gani.right(1), "nothing that only the old one had is lost"
    assert other.post(f"/tests/taking/{gani.attempt}/here", {"code": code}).status_code == 409, (
        "the code works once"
    )


def test_the_code_of_the_room_is_asked_for(cast: Cast, third: SchoolClass, items: list[Item]) -> None:
    key = given(cast, paper_of(cast, items), third, with_code=True)
    browser = cast.signed_in("student")
    assert browser.post(f"/tests/{key}/begin", {"code": "XXXX"}).status_code == 409
    begins(browser, key, code=db.session.get_one(Sitting, key).code.lower())


def test_dates_and_the_number_of_attempts_hold(
    cast: Cast, gani: Pupil, third: SchoolClass, items: list[Item], sitting: UUID
) -> None:
    gani.hands_in()
    assert gani.browser.post(f"/tests/{sitting}/begin").status_code == 409
    later = given(cast, paper_of(cast, items), third, opens_at=clock.now() + timedelta(hours=1))
    assert gani.browser.post(f"/tests/{later}/begin").status_code == 409
    over = given(cast, paper_of(cast, items), third, closes_at=clock.now() - timedelta(hours=1))
    assert gani.browser.post(f"/tests/{over}/begin").status_code == 409


def test_it_works_without_javascript(gani: Pupil) -> None:
    fields = {f"q3.{name}": values[0] for name, values in gani.right(3).items()}
    assert (
        gani.browser.post(f"/tests/taking/{gani.attempt}/fields", {**fields, "q1.choice": ""}).status_code
        == 303
    )
    assert stands(gani.attempt) == {3: {"text": ["Қысым"]}}
    again = gani.browser.post(f"/tests/taking/{gani.attempt}/fields", {"q3.text": "Басқа", "hand_in": "yes"})
    assert "/results/" in again.location and stands(gani.attempt)[3] == {"text": ["Басқа"]}


def test_variants_differ_between_neighbours_and_keep_contexts_together(
    cast: Cast, third: SchoolClass
) -> None:
    context = written(cast, "context")
    with edge():
        for kind in ("single", "number", "short_text"):
            bank.write_item(
                cast.school, cast.person("teacher").id, kind, SAMPLES[kind], context=context, language="kk"
            )
    others = [written(cast, "single") for _number in range(6)]
    pupils = [cast.pupil(third, surname=name) for name in ("Айдаров", "Бекова", "Ержанов")]
    key = given(cast, paper_of(cast, [context, *others], shuffle=True), third, variants=2)
    seen = []
    for pupil in pupils:
        with edge():
            row = taking.begin(queries.test_or_404(key, pupil.id), pupil, "")
        place = next(place for place, one in enumerate(row.questions) if one["n"] == 0)
        inside = row.questions[place + 1 : place + 4]
        assert {one.get("c") for one in inside} == {row.questions[place]["v"]}
        seen.append((row.variant, [one["v"] for one in row.questions]))
    assert seen[0] != seen[1] != seen[2] and {seen[0][0], seen[1][0]} == {1, 2}


def test_saving_takes_a_handful_of_statements(gani: Pupil, statements: Statements) -> None:
    gani.browser.csrf_token()
    entries = [gani.entry(number, {"text": ["сынақ"]}) for number in range(1, 6)]
    token = gani.browser.csrf_token
    value = token()
    gani.browser.csrf_token = lambda: value  # type: ignore[method-assign]
    with statements() as sent:
        assert gani.sends(*entries).status_code == 200
    assert len(sent) <= 6, sent


def test_pages_of_a_test_take_few_statements(
    cast: Cast, gani: Pupil, sitting: UUID, statements: Statements
) -> None:
    teacher = cast.signed_in("teacher")
    for browser, path in (
        (gani.browser, f"/tests/taking/{gani.attempt}"), (gani.browser, "/tests"), (teacher, f"/given-tests/{sitting}"),
        (teacher, f"/given-tests/{sitting}/board"), (teacher, "/given-tests"), (teacher, f"/given-tests/attempts/{gani.attempt}"),
    ):  # fmt: skip
        with statements() as sent:
            assert browser.get(path).status_code == 200
        assert len(sent) <= 9, (path, len(sent), sent)


def events_of(attempt: UUID) -> list[tuple[str, str]]:
    read_afresh()
    rows = db.session.scalars(
        select(SittingEvent).where(SittingEvent.attempt_id == attempt).order_by(SittingEvent.id)
    )
    return [(row.kind, row.detail) for row in rows]


def test_what_a_teacher_may_want_to_ask_about_is_told_and_never_punished(cast: Cast, gani: Pupil) -> None:
    """Left the page, pasted much, another computer looks on, the first one still writes: told, and all of it counts."""
    gani.sends(gani.entry(3, gani.right(3)), away=2, pasted=900)
    other = cast.signed_in("student")
    for _time in range(2):
        other.get(f"/tests/taking/{gani.attempt}")
    with edge():
        code = sittings.hand_over_code(gani.row())
    other.post(f"/tests/taking/{gani.attempt}/here", {"code": code})
    gani.sends(gani.entry(1, gani.right(1)))
    told = [("away", "2"), ("paste", "900"), ("elsewhere", ""), ("device", ""), ("parallel", "1")]
    assert events_of(gani.attempt) == told
    assert gani.row().away == 2
    moved = Pupil(other, gani.attempt, epoch=2)
    moved.hands_in()
    assert gani.row().points == 2
    page = cast.signed_in("teacher").get(f"/given-tests/attempts/{gani.attempt}").text
    assert "900" in page


def test_parallel_variants_are_equally_difficult_though_no_rule_says_so(cast: Cast) -> None:
    units = [{"v": f"v{n}", "item": f"i{n}", "level": "AABBBC"[n % 6], "most": 1} for n in range(24)]
    body = {
        "sections": [{"title": "", "draw": {"count": 9, "levels": None}, "units": units}],
        "shuffle": True,
    }
    level = {one["v"]: one["level"] for one in units}
    for seed in ("a", "b", "c"):
        made = balanced(body, 2, seed)
        mixes = [sorted(level[one["v"]] for one in variant) for variant in made]
        assert mixes[0] == mixes[1] and len(mixes[0]) == 9
        assert not {one["v"] for one in made[0]} & {one["v"] for one in made[1]}, (
            "nothing twice while the pool lasts"
        )
