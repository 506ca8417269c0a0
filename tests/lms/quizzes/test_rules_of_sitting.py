"""Breaks, aids, computers of the school, minutes for special needs, and questions that too many have seen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random
from uuid import UUID

import time_machine
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import SchoolClass
from lms.quizzes import aids
from lms.quizzes.composing import compose
from lms.quizzes.formats import formats
from lms.quizzes.models import Item, ItemExposure, ItemVersion, Paper, Sitting, SittingEvent
from lms.quizzes.queries import taking as queries
from lms.quizzes.service import papers, sittings, taking
from tests.cast import Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, begins, given, paper_of, written

Statements = Callable[[], AbstractContextManager[list[str]]]


def test_a_break_rests_the_clock_and_is_told(cast: Cast, third: SchoolClass, items: list[Item]) -> None:
    sitting = given(cast, paper_of(cast, items), third, breaks=[5, 3])
    with time_machine.travel(clock.now(), tick=False) as now:
        pupil = begins(cast.signed_in("student"), sitting)
        pupil.ready()
        assert 'data-break="2"' in pupil.page()
        now.shift(600)
        told = pupil._post("break", {}).get_json()
        assert (told["pause"], told["left"]) == (300, 10 * 60 + 300)
        assert pupil._post("break", {}).get_json()["pause"] == 300, "asked twice it is one"
        now.shift(301)
        told = pupil.answers(3, text="қысым")
        assert "pause" not in told and told["left"] == 10 * 60 - 1
        assert pupil._post("break", {}).get_json()["pause"] == 180
        now.shift(181)
        assert pupil._post("break", {}).status_code == 409, "both are used up"
    read_afresh()
    rests = db.session.scalars(select(SittingEvent.detail).where(SittingEvent.kind == "break"))
    assert sorted(rests) == ["3", "5"]
    assert 'data-break="' not in pupil.page().split("exam-bar")[1]


def test_a_test_without_breaks_gives_none(gani: Pupil) -> None:
    assert gani._post("break", {}).status_code == 409
    assert "data-break" not in gani.page()


def test_the_aids_of_a_format_lie_beside_its_questions(
    cast: Cast, third: SchoolClass, items: list[Item]
) -> None:
    wanted = formats()["ent-2026"]["aids"]
    assert set(wanted) == set(aids.AIDS)
    plain = begins(cast.signed_in("student"), given(cast, paper_of(cast, items), third))
    assert "exam-aid" not in plain.page()
    helped = begins(cast.signed_in("student"), given(cast, paper_of(cast, items, aids=wanted), third))
    page = helped.page()
    assert page.count('<details class="q-more exam-aid"') == 3
    assert 'data-module="calculator"' in page and "Og" in page and "CH₃COO⁻" in page


def test_the_tables_are_whole() -> None:
    shown = [cell[0] for row in (*aids.periods(), *aids.f_block()) for cell in row if cell]
    assert sorted(shown) == list(range(1, 119))
    by_symbol = {symbol: number for number, symbol, _mass in aids.ELEMENTS}
    assert (by_symbol["O"], by_symbol["Fe"], by_symbol["Au"], by_symbol["U"], by_symbol["Og"]) == (
        8,
        26,
        79,
        92,
        118,
    )
    columns = {cell[1]: place for row in aids.periods() for place, cell in enumerate(row) if cell}
    assert [columns[one] for one in ("H", "He", "B", "Cl", "Fe", "Lu", "Rn")] == [0, 17, 12, 16, 7, 2, 17]
    assert {len(letters) for letters in aids.SOLUBILITY.values()} == {len(aids.ANIONS)}
    told = {(cation, anion): one for cation, letters in aids.SOLUBILITY.items() for anion, one in zip(aids.ANIONS, letters, strict=True)}  # fmt: skip
    assert [told[pair] for pair in (("Ag⁺", "Cl⁻"), ("Ba²⁺", "SO₄²⁻"), ("Na⁺", "OH⁻"), ("Ca²⁺", "SO₄²⁻"))] == ["n", "n", "r", "m"]  # fmt: skip


def test_a_paper_of_a_format_takes_its_rules_along(cast: Cast) -> None:
    answer = cast.signed_in("teacher").post(
        "/papers/formats/ent-2026", {"language": "kk", "profile-1": "physics"}
    )
    read_afresh()
    row = db.session.get_one(Paper, UUID(answer.location.rsplit("/", 1)[1]))
    assert set(row.aids) == set(aids.AIDS) and row.extra_minutes == 40 and row.minutes == 240


def test_special_needs_without_a_share_get_the_minutes_of_the_format(
    cast: Cast, third: SchoolClass, items: list[Item]
) -> None:
    sitting = given(cast, paper_of(cast, items, extra_minutes=7), third, attempts=0)
    browser = cast.signed_in("student")
    first = begins(browser, sitting)
    assert first.row().extra_minutes == 0
    first.hands_in()
    with edge():
        cast.person("student").special_needs = ["vision"]
    second = begins(browser, sitting)
    assert second.row().extra_minutes == 7
    second.hands_in()
    with edge():
        cast.person("student").accommodations = {"extra_time": 50}
    assert begins(browser, sitting).row().extra_minutes == 10, "an own share goes before"


def test_a_test_for_computers_of_the_school_begins_on_them_alone(
    cast: Cast, third: SchoolClass, items: list[Item]
) -> None:
    sitting = given(cast, paper_of(cast, items), third, on_school_computers=True)
    browser: Browser = cast.signed_in("student")
    assert browser.post(f"/tests/{sitting}/begin").status_code == 409
    test = queries.test_or_404(sitting, cast.person("student").id)
    with edge():
        row = taking.begin(test, cast.person("student"), "x", computer_of=cast.school.id)
    assert row.sitting_id == sitting


GIVEN = {
    "title": "Қысым", "mode": "exam", "minutes": "20", "attempts": "1", "variants": "0", "certificate_share": "0",
    "second_marker_id": "",
}  # fmt: skip


def drawn_by_rule(cast: Cast, cap: int) -> Paper:
    with edge():
        rule = {
            "count": 2,
            "subject": "physics",
            "grade": 3,
            "language": "kk",
            "kinds": ["single"],
            "levels": {},
            "cap": cap,
        }
        return papers.begin_paper(
            cast.school, cast.person("teacher").id, [{"title": "", "draw": rule}], title="Қысым", minutes=20, shuffle=False
        )  # fmt: skip


def test_a_question_that_enough_have_had_is_drawn_no_more(cast: Cast, third: SchoolClass) -> None:
    items = [written(cast, "single") for _number in range(4)]
    sitting = given(cast, drawn_by_rule(cast, 1), third)
    pupils = [cast.pupil(third, surname=name) for name in ("Айдаров", "Бекова")]
    had: list[set[UUID]] = []
    for pupil in pupils:
        with edge():
            row = taking.begin(queries.test_or_404(sitting, pupil.id), pupil, "")
        versions = [UUID(one["v"]) for one in row.questions]
        had.append(set(db.session.scalars(select(ItemVersion.item_id).where(ItemVersion.id.in_(versions)))))
    assert had[0] | had[1] == {one.id for one in items} and not had[0] & had[1]
    assert len(db.session.scalars(select(ItemExposure)).all()) == 4
    # All are known to somebody now: a new sitting says so to the teacher instead of drawing them again.
    paper = drawn_by_rule(cast, 1)
    answer = cast.signed_in("teacher").post(f"/papers/{paper.id}/give", {**GIVEN, "classes": str(third.id)})
    assert answer.status_code == 409
    with edge():
        row_of = sittings.give(
            db.session.merge(drawn_by_rule(cast, 2)), cast.school, cast.person("teacher").id, [third.id]
        )
    assert isinstance(row_of, Sitting)


def test_the_author_is_told_what_happens_when_too_few_questions_are_left(
    cast: Cast, third: SchoolClass, statements: Statements
) -> None:
    for _number in range(3):
        written(cast, "single")
    teacher, paper = cast.signed_in("teacher", language="ru"), drawn_by_rule(cast, 1)
    page = teacher.get(f"/papers/{paper.id}").text
    assert "спрошены реже: 3 из 3" in page and "не хватает" not in page
    sitting = given(cast, paper, third)
    pupils = [cast.pupil(third, surname=name) for name in ("Айдаров", "Бекова", "Ержанов")]
    drawn = []
    for pupil in pupils:
        with edge():
            row = taking.begin(queries.test_or_404(sitting, pupil.id), pupil, "")
        drawn.append({one["v"] for one in row.questions})
    assert len(drawn[0] | drawn[1]) == 3, "what nobody has had yet comes first, then what one has had"
    page = teacher.get(f"/papers/{paper.id}").text
    assert "спрошены реже: 0 из 3" in page and "Вопросов для этого раздела не хватает" in page
    answer = teacher.get(f"/papers/{paper.id}/give").text
    assert "Қысым" in answer
    refused = teacher.post(f"/papers/{paper.id}/give", {**GIVEN, "classes": str(third.id)})
    assert refused.status_code == 409 and "только 0" in refused.text
    with edge():
        ruled = db.session.merge(paper)
        for _number in range(9):
            papers.add_section(ruled, "", {**ruled.sections[0]["draw"], "cap": 5})
    with statements() as asked:
        teacher.get(f"/papers/{paper.id}")
    assert len(asked) <= 8, "ten rules are no more than one"


def test_spent_questions_come_last_in_a_draw() -> None:
    units = [{"v": f"v{n}", "item": f"i{n}", "level": "B", "most": 1} for n in range(6)]
    body = {"sections": [{"title": "", "draw": {"count": 3, "levels": {}}, "units": units}], "shuffle": False}
    seen, spent = frozenset({"i0"}), {"i1": 7, "i2": 4}
    for seed in range(20):
        made = compose(body, Random(seed), seen, spent)
        assert {one["v"] for one in made} == {"v3", "v4", "v5"}
        wider = {**body, "sections": [{**body["sections"][0], "draw": {"count": 5, "levels": {}}}]}
        found = {one["v"] for one in compose(wider, Random(seed), seen, spent)}
        assert found == {"v0", "v2", "v3", "v4", "v5"}, "of the spent ones the one that fewer have had"


def test_when_all_are_spent_chance_chooses_nothing() -> None:
    units = [{"v": f"v{n}", "item": f"i{n}", "level": "B", "most": 1} for n in range(6)]
    body = {"sections": [{"title": "", "draw": {"count": 2, "levels": {}}, "units": units}], "shuffle": False}
    spent = {"i0": 9, "i1": 5, "i2": 5, "i3": 6, "i4": 5, "i5": 9}
    made = [[one["v"] for one in compose(body, Random(seed), frozenset(), spent)] for seed in range(9)]
    assert made == [["v1", "v2"]] * 9
