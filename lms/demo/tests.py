"""A bank in both languages with every kind of question, a paper, a class test that is open and one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.demo.finding import class_of, person, pupils_of
from lms.demo.tests_content import ABOUT, CONTEXT, PRESSURE, QUESTIONS, Texts
from lms.people.models import Person, SchoolClass
from lms.people.queries.classes import teachers_of
from lms.places.models import Place
from lms.quizzes.models import GivenAnswer, Item, ItemVersion, Paper, QuizAttempt, Sitting, Study
from lms.quizzes.questions import Content, kind_of
from lms.quizzes.questions.typed import inline, to_html
from lms.quizzes.service import bank, marking, papers, sittings, studies, taking, twin

TEACHERS = {"mugalim": ("oqushy", "kk"), "uchitel": ("uchenik", "ru")}
METHODOLOGIST = "adisker"
TITLES = {"kk": "Қысым: 7-сынып", "ru": "Давление: 7 класс"}
SELF = {"kk": "Өзіңді тексер: қысым", "ru": "Проверь себя: давление"}
OVER = {"kk": "Қысым: кіріс тесті", "ru": "Давление: входной тест"}
SEALED = {"kk": "Қысым: мөрленген нұсқа", "ru": "Давление: запечатанный вариант"}
LEAVING = {"kk": "Қысым: шығыс тесті", "ru": "Давление: выходной тест"}
ESSAY = {
    "kk": "Тауға шыққан сайын үстіміздегі ауа бағаны қысқара береді, сондықтан ауа азырақ басады. Мысалы, шың басында су 100 °C-қа жетпей қайнайды.",
    "ru": "Чем выше мы поднимаемся, тем короче столб воздуха над нами, поэтому он давит слабее. Например, на вершине вода кипит раньше 100 °C.",
}  # fmt: skip
STUDY = "Қысым: кірістен шығысқа"
BY_HAND = {"essay", "file", "audio", "drawing"}


def build_tests(seed: int) -> None:
    chance = Random(seed)
    oblast = db.session.scalars(select(Place).where(Place.level == "oblast").limit(1)).one()
    author = person(METHODOLOGIST)
    banks = {language: _bank(oblast, author, language) for language in ("kk", "ru")}
    for mine, other in zip(banks["kk"], banks["ru"], strict=True):
        bank.join_twins(mine, other)
    sat = [
        _class_tests(person(login), class_of(pupil), banks[language], language, chance)
        for login, (pupil, language) in TEACHERS.items()
    ]
    _study(oblast, author, sat)


def _study(place: Place, author: Person, sat: list[tuple[Paper, Paper]]) -> None:
    """Both languages together, from the entry test to the exit test."""
    row = Study(
        place_id=place.id, path=place.path, made_by=author.id, title=STUDY, entry=[one.id.hex for one, _other in sat],
        leaving=[other.id.hex for _one, other in sat], model="rasch",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    studies.keep(row, studies.result_of(row))


def _bank(place: Place, author: Person, language: str) -> list[Item]:
    facts: dict[str, Any] = {"language": language, "subject": "physics", "grade": 7}
    found = []
    for kind, level, objective, section, stem, why, more in QUESTIONS:
        content = _content(kind, stem, why, more, language)
        found.append(
            bank.write_item(
                place, author.id, kind, content, level=level, objective=objective, section=section[language],
                practice=kind not in BY_HAND, **facts,
            )
        )  # fmt: skip
    more_facts: dict[str, Any] = {**facts, "section": PRESSURE[language], "level": "B"}
    context = bank.write_item(place, author.id, "context", _base("context", CONTEXT, language), **more_facts)
    for kind, asked, more in ABOUT:
        bank.write_item(
            place, author.id, kind, _content(kind, asked, {"kk": "", "ru": ""}, more, language), context=context, **more_facts
        )  # fmt: skip
    return [*found, context, _map(place, author, more_facts)]


def _map(place: Place, author: Person, facts: dict[str, Any]) -> Item:
    """A picture drawn here: three vessels, of which the middle one is the deepest."""
    picture = Image.new("RGB", (600, 300), "#f4efe2")
    pen = ImageDraw.Draw(picture)
    for left, depth in ((60, 120), (250, 230), (440, 170)):
        pen.rectangle((left, 40, left + 100, 40 + depth), fill="#7fb7c4", outline="#11595f", width=4)
    out = BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    file = bank.keep_media(place, author.id, out)
    said = {"kk": ("Судың түпке түсіретін қысымы ең үлкен ыдысты белгілеңіз.", "Тереңдігі әртүрлі үш ыдыс"),
            "ru": ("Отметьте сосуд, в котором давление воды на дно наибольшее.", "Три сосуда разной глубины")}  # fmt: skip
    stem, alt = said[facts["language"]]
    content = kind_of("hot_spot").blank() | {
        "stem": to_html(stem), "media": [{"file": file.file, "type": file.media_type, "alt": alt}],
        "areas": [{"x": 41.0, "y": 13.0, "w": 18.0, "h": 78.0}], "scoring": "all",
    }  # fmt: skip
    return bank.write_item(place, author.id, "hot_spot", content, **{**facts, "practice": True})


def _base(kind: str, stem: Texts, language: str) -> Content:
    return kind_of(kind).blank() | {"stem": to_html(stem[language])}


def _content(kind: str, stem: Texts, why: Texts, more: dict[str, Any], language: str) -> Content:
    content = _base(kind, stem, language) | {"explanation": to_html(why[language])}
    for name, value in more.items():
        content |= _part(kind, name, value, language)
    return content


def _part(kind: str, name: str, value: Any, language: str) -> Content:
    """One entry of the table in a language."""
    if name == "options":
        rows = [
            {"id": f"o{place}", "text": inline(text[language])}
            for place, (text, _right) in enumerate(value, 1)
        ]
        if kind == "single":
            return {
                "options": rows,
                "right": next(f"o{place}" for place, (_text, right) in enumerate(value, 1) if right),
            }
        return {"options": [{**row, "right": right} for row, (_text, right) in zip(rows, value, strict=True)]}
    if name == "answers":
        return {"answers": value[language]}
    if name == "steps":
        return {"steps": [{"id": f"s{place}", "text": text[language]} for place, text in enumerate(value, 1)]}
    if name == "pairs":
        rows = [
            {"text": left[language], "value": f"v{n}"} for n, (left, _right) in enumerate(value, 1) if left
        ]
        values = [{"id": f"v{n}", "text": right[language]} for n, (_left, right) in enumerate(value, 1)]
        return {"points": len(rows), "rows": rows, "values": values}
    if name == "groups":
        return {"points": 2, "groups": [{"id": f"g{n}", "text": head[language]} for n, (head, _c) in enumerate(value, 1)],
                "cards": [{"text": card[language], "group": f"g{n}"} for n, (_h, cards) in enumerate(value, 1) for card in cards]}  # fmt: skip
    if name == "rubric":
        return {"rubric": [{"text": head[language], "levels": [{"points": p, "text": t[language]} for p, t in levels]} for head, levels in value]}  # fmt: skip
    if name in ("text", "table"):
        fields = {
            "text": [value[language]],
            "table_text": [value[language]],
            "ignore_case": ["1"],
            "ignore_letters": ["1"],
            "points": ["2"],
        }
        edited = kind_of(kind).edited(fields)
        return {
            key: kept for key, kept in edited.items() if key not in ("stem", "explanation", "hints", "media")
        }
    return {name: value}


def _class_tests(
    teacher: Person, row: SchoolClass, items: list[Item], language: str, chance: Random
) -> tuple[Paper, Paper]:
    """What is open, what is over, and the papers of the entry and the exit test."""
    school = db.session.get_one(Place, row.school_id)
    by_kind = {item.kind: item for item in reversed(items)}
    sat = [
        by_kind[kind]
        for kind in (
            "single",
            "several",
            "true_false",
            "short_text",
            "number",
            "matching",
            "gaps",
            "context",
            "essay",
        )
    ]
    paper = _paper(school, teacher, TITLES[language], sat, language, 40)
    paper.aids, paper.breaks = ["calculator", "periodic-table", "solubility-table"], [5]
    now = clock.now()
    opened = sittings.give(
        paper,
        school,
        teacher.id,
        [row.id],
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=14),
        second_marker_id=_second_marker(school, teacher),
    )
    twin.make_sheets(opened, 2)
    _one(opened, _classmate(row), now - timedelta(minutes=40), 0.7, chance)  # its essay waits for two people
    locked = _paper(school, teacher, SEALED[language], sat[:-1], language, 30)
    sittings.give(locked, school, teacher.id, [row.id], sealed=True, opens_at=now - timedelta(minutes=5), closes_at=now + timedelta(days=14))  # fmt: skip
    everything = _paper(school, teacher, SELF[language], items, language, 0)
    sittings.give(everything, school, teacher.id, [row.id], mode="self", attempts=0)
    early = _paper(school, teacher, OVER[language], sat[:-1], language, 20)
    over = sittings.give(early, school, teacher.id, [row.id], opens_at=now - timedelta(days=8), closes_at=now - timedelta(days=7), certificate_share=60)  # fmt: skip
    _sat_by_class(over, row, now - timedelta(days=8), chance)
    sittings.publish(over)
    late = _paper(school, teacher, LEAVING[language], sat[:5], language, 15)
    leaving = sittings.give(late, school, teacher.id, [row.id], opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1))  # fmt: skip
    _sat_by_class(leaving, row, now - timedelta(days=2), chance, 0.15)
    sittings.publish(leaving)
    return early, late


def _classmate(row: SchoolClass) -> Person:
    """Not the pupil as whom one signs in: the test is open for that one."""
    known = {pupil for pupil, _language in TEACHERS.values()}
    return next(one for one in pupils_of(row) if one.login not in known)


def _second_marker(school: Place, teacher: Person) -> UUID | None:
    return next((one.id for one in teachers_of(school.id) if one.id != teacher.id), None)


def _paper(place: Place, author: Person, title: str, items: list[Item], language: str, minutes: int) -> Paper:
    sections = [{"title": "", "items": [item.id.hex for item in items]}]
    return papers.begin_paper(
        place,
        author.id,
        sections,
        title=title,
        language=language,
        subject="physics",
        grade=7,
        minutes=minutes,
    )


def _sat_by_class(
    sitting: Sitting, row: SchoolClass, when: datetime, chance: Random, grown: float = 0.0
) -> None:
    for pupil in pupils_of(row):
        _one(
            sitting,
            pupil,
            when + timedelta(minutes=chance.randint(0, 3)),
            chance.uniform(0.3, 0.85) + grown,
            chance,
        )


def _one(sitting: Sitting, pupil: Person, when: datetime, skill: float, chance: Random) -> None:
    attempt = QuizAttempt(
        sitting_id=sitting.id, person_id=pupil.id, path=sitting.path, questions=taking.questions_for(sitting, pupil.id, 0),
        left_at=when, started_at=when, deadline=when + timedelta(minutes=sitting.minutes), last_seen_at=when,
    )  # fmt: skip
    db.session.add(attempt)
    db.session.flush()
    versions = {one["v"]: db.session.get_one(ItemVersion, UUID(one["v"])) for one in attempt.questions}
    for one in attempt.questions:
        if one["n"]:
            fields = _answer(versions[one["v"]], one["s"], chance.random() < skill, chance)
            db.session.add(GivenAnswer(attempt_id=attempt.id, number=one["n"], fields=fields, rank=one["n"]))
    db.session.flush()
    attempt.ended_at, attempt.ended_by = when + timedelta(minutes=chance.randint(9, 19)), "pupil"
    marking.mark_attempt(attempt)


def _answer(version: ItemVersion, seed: int, right: bool, chance: Random) -> dict[str, list[str]]:
    """The fields a pupil might have filled in."""
    kind, content = kind_of(version.item.kind), version.content
    shown = kind.public(content, seed)
    keys = {row["text"]: row["key"] for part in ("options", "rows", "values") for row in shown.get(part, [])}
    if kind.name in ("single", "several"):
        good = [row for row in content["options"] if row.get("right", row["id"] == content.get("right"))]
        wanted = good if right else chance.sample(content["options"], len(good))
        return {"choice": [keys[row["text"]] for row in wanted]}
    if kind.name == "true_false":
        return {"choice": ["true" if content["right"] is right else "false"]}
    if kind.name == "matching":
        values = [row["text"] for row in content["values"]]
        return {
            f"row{keys[row['text']]}": [keys[values[place] if right else chance.choice(values)]]
            for place, row in enumerate(content["rows"])
        }
    if kind.name == "gaps":
        options = dict(shown["gaps"]["1"]["options"])
        return {
            "gap1": [
                next(key for key, text in options.items() if (text == content["gaps"][0]["right"]) is right)
            ],
            "gap2": ["Па"],
        }
    if kind.name == "number":
        return {"text": [str(content["value"] if right else chance.randint(1, 99))]}
    if kind.name == "essay":
        return {"text": [ESSAY[version.item.language]]}
    return {"text": [content["answers"][0] if right else "манометр"]}
