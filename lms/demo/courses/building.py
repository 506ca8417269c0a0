"""Writes, publishes and gives the two courses, and lets half of a class begin."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from lms.core import clock, storage
from lms.core.db import db
from lms.courses.activities import activity_kind
from lms.courses.importing import Found, markdown
from lms.courses.models import Course, CourseArrival, CourseLesson, GivenCourse
from lms.courses.outline import lessons_of
from lms.courses.service import arriving, blocks, courses, files, giving, publishing, taking
from lms.courses.service.taking import Happened
from lms.demo.courses import drawing, history, physics, solid
from lms.demo.finding import class_of, person, pupils_of
from lms.library.models import Resource
from lms.people.models import Person, RoleHolding, SchoolClass
from lms.places.models import Place
from lms.player.models import Package

FILES = {
    "@graph": ("picture", "graph.png", drawing.graph), "@start": ("picture", "start.png", lambda: drawing.track(False)),
    "@end": ("picture", "end.png", lambda: drawing.track(True)), "@model": ("model", "cart.zip", drawing.cart_model),
    "@cart": ("solid", "cart.glb", solid.cart), "@cart-still": ("picture", "cart.png", solid.cart_still),
    "@beat": ("audio", "beat.wav", drawing.metronome), "@sheet": ("file", "measurements.csv", drawing.measurements),
    "@map": ("picture", "map.png", drawing.map_of_kurgans), "@deer": ("picture", "deer.png", drawing.golden_deer),
}  # fmt: skip
DOCUMENT = """# Атмосфералық қысым

Ауаның салмағы бар, сондықтан ол Жер бетіне қысым түсіреді: $p_0 = 101\\,325$ Па.

| Биіктік, м | Қысым, кПа |
|---|---|
| 0 | 101 |
| 3000 | 70 |

$$ p = \\rho g h $$

# Торричелли тәжірибесі

1. Түтікті сынаппен толтырыңыз.
2. Аузын жауып, төңкеріңіз.

![Тәжірибе](https://example.org/torricelli.png)
"""
REVIEWER = "adisker"
CLASSES = {"mugalim": "oqushy", "uchitel": "uchenik"}


def build_courses(seed: int) -> None:
    chance = Random(seed)
    oblast = db.session.scalars(select(Place).where(Place.level == "oblast").limit(1)).one()
    author, reviewer = person("tirek"), person(REVIEWER)
    editions = []
    for one in (physics, history):
        course = _written(oblast, author, one)
        if one is physics:
            _with_activities(course)
            course.lessons[3].after = [
                str(course.lessons[1].id)
            ]  # the check needs the formula, not only the experiment
        editions.append(publishing.publish(course, reviewer))
    for login, pupil in CLASSES.items():
        row = class_of(pupil)
        for edition in editions:
            given = giving.give(
                edition, row.school, person(login).id, [row.id], closes_at=clock.now() + timedelta(days=30)
            )
            _taken(given, row, chance)
    _draft(author)


def _written(place: Place, author: Person, told: Any) -> Course:
    course = courses.make_course(place, author, dict(told.FACTS))
    for module_kk, module_ru, lessons in told.MODULES:
        module = courses.add_module(course, module_kk, module_ru)
        for title_kk, title_ru, facts, written in lessons:
            lesson = courses.add_lesson(module, title_kk, title_ru, **facts)
            _blocks(course, lesson, author, written)
    return course


def _with_activities(course: Course) -> None:
    """The last steps lie on the shelf and in the library."""
    package = db.session.scalar(_of_physics(Package).where(Package.current_id.is_not(None)))
    resource = db.session.scalar(_of_physics(Resource).where(Resource.state == "published"))
    steps = (
        ("package", "Пакеттегі тапсырма", "Задание в пакете", package),
        ("resource", "Кітапханадан оқимыз", "Читаем в библиотеке", resource),
    )
    for code, title_kk, title_ru, found in steps:
        kind = activity_kind(code)
        if kind and found:
            courses.add_lesson(
                course.modules[-1],
                title_kk,
                title_ru,
                rule=kind.rules[0],
                activity=code,
                activity_key=found.id,
            )


def _of_physics(model: Any) -> Select[Any]:
    return select(model).where(model.subject == "physics").order_by(model.id).limit(1)


def _blocks(course: Course, lesson: CourseLesson, author: Person, written: Any) -> None:
    keys: dict[str, str] = {}
    for kind, kk, ru in written:
        block = blocks.add_block(lesson, kind, author, "kk", _filled(course, kk, keys))
        if ru is not None:
            blocks.save_block(block, blocks.Save("ru", _filled(course, ru, keys), 0), author)
            blocks.up_to_date(block, "kk")


def _filled(course: Course, content: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    """Names that begin with @ become keys of files."""
    found = dict(content)
    for name, value in content.items():
        if isinstance(value, str) and value in FILES:
            if value not in keys:
                family, file, make = FILES[value]
                keys[value] = str(files.attach(course, family, file, make()).id)
            found[name] = keys[value]
    return found


def _draft(author: Person) -> None:
    """A course that is being written: one language, a twin that lags behind, something missing."""
    home = db.session.scalars(select(RoleHolding).where(RoleHolding.person_id == author.id).limit(1)).one()
    place = db.session.get_one(Place, home.place_id)
    course = courses.make_course(
        place, author,
        {"title_kk": "Қысым", "title_ru": "Давление", "subject": "physics", "grade": 7, "quarter": 3, "language": "kk"},
    )  # fmt: skip
    lesson = courses.add_lesson(
        courses.add_module(course, "Қатты денелер", "Твёрдые тела"), "Қысым деген не?", "Что такое давление?"
    )
    text = blocks.add_block(lesson, "text", author, "kk", {"html": "<p>Қысым – күштің ауданға қатынасы.</p>"})
    blocks.save_block(
        text, blocks.Save("ru", {"html": "<p>Давление – отношение силы к площади.</p>"}, 0), author
    )
    blocks.add_block(
        lesson,
        "formula",
        author,
        "kk",
        {"latex": "p = \\frac{F}{S}", "about": "Қысым күшті ауданға бөлгенге тең"},
    )
    blocks.add_block(lesson, "picture", author, "kk", {})
    _arrived(course, author)


def _arrived(course: Course, author: Person) -> None:
    """A text that was read and waits for the author's word."""
    document = storage.keep(BytesIO(DOCUMENT.encode()), "text/markdown")
    row = CourseArrival(
        course=course, person_id=author.id, name="atmosfera.md", language="kk", digest=document.digest
    )
    db.session.add(row)
    with NamedTemporaryFile() as file:
        Path(file.name).write_text(DOCUMENT, encoding="utf-8")
        arriving.look_at(row, Found(**markdown.read(file.name)))


def _taken(given: GivenCourse, row: SchoolClass, chance: Random) -> None:
    """About half of the class has begun; the pupil one can sign in as has not."""
    for pupil in pupils_of(row):
        if pupil.login not in CLASSES.values() and chance.random() < 0.6:
            _one(given, pupil, chance)


def _one(given: GivenCourse, pupil: Person, chance: Random) -> None:
    lessons = lessons_of(given.edition.outline)
    for lesson in lessons[: chance.randint(1, len(lessons))]:
        if lesson["activity"]:
            continue
        key = UUID(lesson["id"])
        told = [Happened("opened", key), Happened("time", key, None, {"seconds": chance.randint(60, 120)})]
        told += [
            Happened("time", key, None, {"seconds": chance.randint(20, 120)})
            for _step in range(chance.randint(0, 4))
        ]
        told += [Happened("seen", key, UUID(block)) for block in lesson["blocks"]]
        right = chance.choice((0.5, 0.75, 1.0, 1.0))
        told += [
            Happened("answered", key, UUID(block), {"given": [], "right": [], "share": right})
            for block in lesson["scored"]
        ]
        taking.record(given, pupil.id, told)
