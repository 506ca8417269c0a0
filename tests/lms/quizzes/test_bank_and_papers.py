"""A teacher writes questions, puts a paper together, draws from the bank, starts from an exam format; a pupil practises."""

from __future__ import annotations

import io
from random import Random
from typing import Any
from uuid import UUID

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.quizzes.composing import balanced, compose
from lms.quizzes.formats import formats, points_of, sections_of
from lms.quizzes.models import Item, ItemVersion, Paper, PaperVersion, Practice
from lms.quizzes.questions import KINDS
from lms.quizzes.service import bank, papers
from tests.cast import Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import paper_of, written
from tests.lms.quizzes.samples import SAMPLES

FACTS = {"language": "kk", "level": "B", "subject": "physics", "grade": "7", "section": "", "objective": ""}
SINGLE = {
    "stem": "Күш бірлігі?", "option": ["Ньютон", "Джоуль", ""], "option_id": ["", "", ""], "right": "0", "points": "1",
    "shuffle": "yes", **FACTS,
}  # fmt: skip
# What the editor of each kind is filled in with.
FILLED: dict[str, dict[str, Any]] = {
    "single": SINGLE,
    "several": {
        **SINGLE,
        "option": ["1", "2", "3"],
        "right": ["0", "2"],
        "scoring": "mistakes",
        "table": ["2", "1"],
    },
    "true_false": {"stem": "Ия?", "right": "true"},
    "short_text": {"stem": "Кім?", "answers": "Абай\nАбай Құнанбайұлы"},
    "number": {
        "stem": "Неше?",
        "value": "9,8",
        "tolerance": "0,1",
        "units": "м/с² = 1",
        "in_percent": "units",
    },
    "matching": {"stem": "Жұп", "left": ["a", "b", ""], "right": ["1", "2", "3"], "scoring": "each"},
    "ordering": {"stem": "Ретте", "steps": "бір\nекі\nүш", "scoring": "all"},
    "gaps": {"stem": "Толтыр", "text": "Су [[100]] °C-та [[=қайнайды|қатады]].", "scoring": "each"},
    "classification": {"stem": "Бөл", "group": ["A", "B"], "cards": ["x\ny", "z"], "scoring": "each"},
    "table": {"stem": "Кесте", "table_text": "a | b\n1 | [[2]]", "scoring": "each"},
    "formula": {"stem": "Өрнек", "expression": "2x+1", "variables": "x = -5 … 5"},
    "calculated": {
        "stem": "{a} + 1 = ?",
        "parameters": "a = 2 … 9 / 1",
        "expression": "a+1",
        "tolerance": "0",
    },
    "essay": {"stem": "Жаз", "criterion": ["Мазмұны"], "levels": ["0 = жоқ\n2 = толық"]},
    "file": {"stem": "Жібер", "types": ["pictures"]},
    "audio": {"stem": "Айт"},
    "drawing": {"stem": "Сал"},
    "context": {"stem": "Мәтін"},
}


def picture(kind: str = "PNG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, kind)
    out.seek(0)
    return out


def only_item() -> Item:
    read_afresh()
    return db.session.scalars(select(Item)).one()


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_a_teacher_writes_a_question_of_each_kind_and_tries_it(kind: str, cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    assert teacher.get(f"/bank/new/{kind}").status_code == 200
    answer = teacher.post(f"/bank/new/{kind}", {**FACTS, **FILLED[kind]})
    assert answer.status_code == 303, answer.text
    item = only_item()
    assert item.kind == kind and item.title and item.grade == 7
    assert teacher.get(f"/bank/{item.id}").status_code == 200
    assert teacher.post(f"/bank/{item.id}", {"text": "Абай", "choice": "1"}).status_code == 200
    assert teacher.get(f"/bank/{item.id}/edit").status_code == 200


def test_every_kind_has_a_filled_in_editor_here_but_the_one_with_a_picture() -> None:
    assert set(FILLED) == set(KINDS) - {"hot_spot"}


def test_a_question_that_is_not_whole_comes_back_with_words(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    answer = teacher.post("/bank/new/single", {**SINGLE, "right": "2", "stem": "Күш <b>бірлігі</b>?"})
    assert answer.status_code == 422
    assert "Дұрыс нұсқаны белгілеңіз." in answer.text and "Күш &lt;b&gt;бірлігі&lt;/b&gt;?" in answer.text
    assert teacher.get("/bank/new/nothing").status_code == 404


def test_a_picture_comes_with_a_question_and_a_program_does_not(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    data = {"stem": "Қай жер?", "areas": "50 50 10", "scoring": "all", "new_alt": "Карта", **FACTS}
    bad = {**data, "media": (io.BytesIO(b"<svg onload=alert(1)>"), "a.png")}
    assert teacher.post("/bank/new/hot_spot", bad, content_type="multipart/form-data").status_code == 422
    good = {**data, "media": (picture(), "a.png")}
    assert teacher.post("/bank/new/hot_spot", good, content_type="multipart/form-data").status_code == 303
    content = db.session.get_one(ItemVersion, only_item().current_id).content
    assert content["media"][0]["alt"] == "Карта"
    shown = cast.signed_in("student").get(f"/quizzes/media/{content['media'][0]['file']}")
    assert shown.status_code == 200 and shown.mimetype == "image/png"


def test_a_correction_is_a_new_version_and_a_frozen_paper_keeps_the_old(cast: Cast) -> None:
    item = written(cast, "single")
    paper = paper_of(cast, [item])
    teacher_id = cast.person("teacher").id
    with edge():
        first = papers.freeze(db.session.get_one(Paper, paper.id), teacher_id).body
        bank.correct_item(db.session.get_one(Item, item.id), teacher_id, {**SAMPLES["single"], "right": "b"})
        bank.correct_item(
            db.session.get_one(Item, item.id), teacher_id, {**SAMPLES["single"], "right": "b"}, level="C"
        )
    read_afresh()
    assert [row.number for row in db.session.scalars(select(ItemVersion).order_by(ItemVersion.number))] == [
        1,
        2,
    ]
    with edge():
        again = papers.freeze(db.session.get_one(Paper, paper.id), teacher_id)
        assert again.number == 2 and again.body != first
        assert papers.freeze(db.session.get_one(Paper, paper.id), teacher_id).id == again.id, (
            "nothing changed"
        )
    assert db.session.scalars(select(PaperVersion).where(PaperVersion.number == 1)).one().body == first


def test_twins_are_the_same_question_in_the_other_language(cast: Cast) -> None:
    item, teacher = written(cast, "single"), cast.signed_in("teacher")
    answer = teacher.post(f"/bank/{item.id}/twin")
    assert answer.status_code == 303
    read_afresh()
    twins = db.session.scalars(select(Item).order_by(Item.id)).all()
    assert [one.language for one in twins] == ["kk", "ru"]
    assert (twins[0].twin_id, twins[1].twin_id) == (twins[1].id, twins[0].id)


def test_a_school_sees_its_own_bank_and_that_of_places_above(cast: Cast) -> None:
    own, elsewhere = (
        written(cast, "single", section="Біздікі"),
        written(cast, "single", cast.school_elsewhere),
    )
    author = cast.person("methodologist")
    with edge():
        above = bank.write_item(
            cast.oblast, author.id, "single", SAMPLES["single"], language="kk", section="Облыс"
        )
    teacher = cast.signed_in("teacher")
    page = teacher.get("/bank").text
    assert str(own.id) in page and str(above.id) in page and str(elsewhere.id) not in page
    assert teacher.get(f"/bank/{above.id}").status_code == 200
    assert teacher.get(f"/bank/{above.id}/edit").status_code == 404, "what lies above is used, not changed"
    assert teacher.get(f"/bank/{elsewhere.id}").status_code == 404
    assert str(own.id) in teacher.get("/bank?q=біздікі&kind=single").text
    assert str(own.id) not in teacher.get("/bank?level=A").text


def test_questions_of_another_school_do_not_come_into_a_paper(cast: Cast) -> None:
    paper, foreign = paper_of(cast, [written(cast, "single")]), written(cast, "single", cast.school_elsewhere)
    teacher = cast.signed_in("teacher")
    assert teacher.post(f"/papers/{paper.id}/items", {"item": str(foreign.id)}).status_code == 404
    assert teacher.post(f"/papers/{paper.id}/items", {"item": "x"}).status_code == 404


def test_a_paper_is_put_together_by_hand_and_by_rule(cast: Cast) -> None:
    teacher: Browser = cast.signed_in("teacher")
    items = [written(cast, "single", level=level) for level in "AABBC"]
    made = teacher.post(
        "/papers/new",
        {"title": "Қысым", "minutes": "20", "language": "kk", "subject": "physics", "grade": "7"},
    )
    way = made.location
    assert (
        teacher.post(f"{way}/items?section=0", {"item": [str(items[0].id), str(items[1].id)]}).status_code
        == 303
    )
    rule = {
        "title": "Қордан",
        "count": "3",
        "subject": "physics",
        "grade": "",
        "kinds": "",
        "a": "1",
        "b": "1",
        "c": "2",
    }
    assert teacher.post(f"{way}/sections", rule).status_code == 422, "the levels do not add up"
    assert teacher.post(f"{way}/sections", {**rule, "c": "1"}).status_code == 303
    assert teacher.post(f"{way}/sections/0", {"item": str(items[1].id), "deed": "up"}).status_code == 303
    page = teacher.get(way).text
    assert "Қордан" in page and page.index(str(items[1].id)) < page.index(str(items[0].id))
    assert teacher.get(f"{way}/print?variants=2").status_code == 200
    assert teacher.get(f"{way}/give").status_code == 200
    assert teacher.post(f"{way}/sections/1", {"deed": "remove"}).status_code == 303
    assert teacher.post(f"{way}/sections/0", {"item": str(items[1].id), "deed": "remove"}).status_code == 303
    read_afresh()
    assert db.session.scalars(select(Paper)).one().sections == [{"title": "", "items": [items[0].id.hex]}]


def unit(number: int, level: str = "B", **more: Any) -> dict[str, Any]:
    return {"v": f"v{number}", "item": f"i{number}", "level": level, "most": 1, **more}


def test_drawing_keeps_to_the_levels_and_prefers_what_is_new() -> None:
    units = [unit(n, "ABC"[n % 3]) for n in range(30)]
    body = {
        "sections": [{"title": "", "draw": {"count": 6, "levels": {"A": 3, "B": 2, "C": 1}}, "units": units}],
        "shuffle": True,
    }
    level = {one["v"]: one["level"] for one in units}
    for seed in range(20):
        made = compose(body, Random(seed), frozenset(f"i{n}" for n in range(12)))
        assert sorted(level[one["v"]] for one in made) == list("AAABBC")
        assert all(int(one["v"][1:]) >= 12 for one in made), "what was seen before comes last"
        assert [one["n"] for one in made] == [1, 2, 3, 4, 5, 6]


def test_variants_have_little_in_common_and_the_same_levels() -> None:
    units = [unit(n, "AB"[n % 2]) for n in range(16)]
    body = {
        "sections": [{"title": "", "draw": {"count": 4, "levels": {"A": 2, "B": 2}}, "units": units}],
        "shuffle": True,
    }
    found = balanced(body, 4, "seed")
    assert len({one["v"] for variant in found for one in variant}) == 16, "four variants of four, none shared"
    assert found == balanced(body, 4, "seed")


def test_shipped_formats_say_what_is_known_of_them() -> None:
    ent = formats()["ent-2026"]
    tasks = sum(task["count"] * task.get("questions", 1) for part in ent["parts"] for task in part["tasks"])
    assert (tasks, sum(points_of(part) for part in ent["parts"]), ent["minutes"], ent["extra_minutes"]) == (
        120,
        140,
        240,
        40,
    )
    assert [part["threshold"] for part in ent["parts"]] == [5, 3, 3, 5, 5]
    assert sum(task["count"] for part in formats()["modo-4"]["parts"] for task in part["tasks"]) == 30
    assert {f"rural-monitoring-{grade}-{when}" for grade in (6, 8, 10) for when in ("entry", "exit")} <= set(
        formats()
    )
    assert all(
        set(task["kinds"]) <= set(KINDS)
        for one in formats().values()
        for part in one["parts"]
        for task in part["tasks"]
    )
    assert len(sections_of(ent, {"profile-1": "physics", "profile-2": "mathematics"}, "kk", None)) == 11


def test_a_paper_begins_from_a_format(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    answer = teacher.post("/papers/formats/sor", {"language": "ru", "subject": "physics"})
    assert answer.status_code == 303
    row = db.session.get_one(Paper, UUID(answer.location.rsplit("/", 1)[1]))
    assert (row.minutes, row.language, row.format, len(row.sections)) == (20, "ru", "sor", 2)
    assert teacher.get(answer.location).status_code == 200
    assert teacher.post("/papers/formats/none").status_code == 404


def test_practice_brings_mistakes_back_and_lets_the_known_wait(cast: Cast) -> None:
    item, hidden = written(cast, "true_false", practice=True), written(cast, "single")
    pupil = cast.signed_in("student")
    assert pupil.get(f"/practice/{hidden.id}").status_code == 404
    with time_machine.travel(clock.now(), tick=False) as now:
        assert pupil.get("/practice/next?subject=physics").location.startswith(f"/practice/{item.id}")
        pupil.get(f"/practice/{item.id}")
        wrong = pupil.post(f"/practice/{item.id}", {"choice": "false"}).text
        assert "KEYWORD" in wrong, "why comes with the answer"
        assert str(item.id) in pupil.get("/practice").text
        pupil.post(f"/practice/{item.id}", {"choice": "true"})
        assert pupil.get("/practice/next").status_code == 200, "nothing is due today"
        now.shift(86_400)
        assert pupil.get("/practice/next").location
    read_afresh()
    row = db.session.scalars(select(Practice)).one()
    assert (row.right, row.wrong, row.box) == (1, 1, 1)
