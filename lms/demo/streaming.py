"""Hubs and their satellites; a lesson that is over, one that goes on now, one that is planned; all of it invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from lms.core import clock, storage
from lms.core.db import db
from lms.lessons import parts
from lms.lessons.labels import CRITERIA
from lms.lessons.models import (
    HubPairing,
    StreamedEvent,
    StreamedLesson,
    StreamedPresence,
    StreamedQuestion,
    StreamedSlide,
    ThematicPlan,
    ThematicTopic,
)
from lms.lessons.queries import room
from lms.lessons.service import network, observing, planning, themes
from lms.lessons.slides.drawing import written
from lms.lessons.themes import Topic
from lms.people.models import Person, RoleHolding, SchoolClass
from lms.places.models import Place, School

SLIDES_KK = (
    ("Қысым", ("Қатты дененің қысымы", "p = F / S", "7-сынып, физика")),
    ("Неге шана қарға батпайды?", ("Күш бірдей", "Ауданы әртүрлі", "Қысым әртүрлі")),
    ("Формула", ("p — қысым, Па", "F — күш, Н", "S — аудан, м²")),
    ("Тапсырма", ("Күш 600 Н, аудан 0,3 м²", "Қысымды табыңыз", "Дәптерде 10 минут")),
    ("Қорытынды", ("Аудан үлкен болса, қысым аз", "Үй жұмысы: 34-бет")),
)
SLIDES_RU = (
    ("Круговорот воды", ("Естествознание, 5 класс", "Испарение, облака, осадки")),
    ("Куда уходит лужа?", ("Солнце греет", "Вода становится паром")),
    ("Облако", ("Пар остывает", "Капли собираются вместе")),
    ("Задание", ("Нарисуйте круговорот", "Подпишите стрелки", "10 минут в тетради")),
)
QUESTIONS_KK: tuple[dict[str, Any], ...] = (
    {"kind": "single", "text": "Қысым неге тәуелді?", "options": ["Тек күшке", "Күшке және ауданға", "Түсіне"], "key": ["1"]},
    {"kind": "number", "text": "Күш 600 Н, аудан 0,3 м². Қысым неше паскаль?", "key": ["2000"]},
    {"kind": "multiple", "text": "Қай жағдайда қысым азаяды?",
     "options": ["Шаңғы кигенде", "Пышақты қайрағанда", "Кең дөңгелек қойғанда"], "key": ["0", "2"]},
    {"kind": "cloud", "text": "Сабақты бір сөзбен айтыңыз", "purpose": "exit"},
)  # fmt: skip
QUESTIONS_RU: tuple[dict[str, Any], ...] = (
    {"kind": "single", "text": "Что делает солнце с лужей?", "options": ["Замораживает", "Испаряет", "Красит"], "key": ["1"]},
    {"kind": "text", "text": "Как называется вода в виде газа?", "key": ["пар", "водяной пар"]},
)  # fmt: skip
# Of several parts, written as a teacher writes them: kind, text, lines.
PARTED_KK = (
    ("pairs", "Шаманы өлшем бірлігімен қосыңыз", ("Қысым -> Па", "Күш -> Н", "Аудан -> м²")),
    (
        "order",
        "Барометрмен өлшеу ретін қойыңыз",
        ("Аспапты ілеміз", "Тілше тоқтағанша күтеміз", "Көрсеткішті оқимыз"),
    ),
    (
        "gaps",
        "Биікке шыққан сайын қысым [[=азаяды|көбейеді]]. Теңіз деңгейінде ол шамамен [[760]] мм сын. бағ.",
        (),
    ),
)
PARTED_RU = (
    (
        "order",
        "Расставьте по порядку",
        ("Вода испаряется", "Пар поднимается", "Собираются облака", "Идёт дождь"),
    ),
    ("gaps", "Вода кипит при [[100]] °C и становится [[=паром|льдом]].", ()),
)
TOPICS = (
    ("Қатты дененің қысымы", 2, "Қысым", "Қысымды есептейді және оны азайту жолын түсіндіреді"),
    ("Сұйық пен газдағы қысым", 2, "Қысым", "Паскаль заңын өз сөзімен айтады"),
    ("Атмосфералық қысым", 1, "Қысым", "Ауа қысымының бар екенін тәжірибемен көрсетеді"),
    ("Манометр және барометр", 1, "Қысым", "Аспап көрсеткішін оқиды"),
    ("Архимед күші", 2, "Қысым", "Дененің жүзу шартын анықтайды"),
    ("Механикалық жұмыс", 2, "Жұмыс және қуат", "Жұмысты есептейді"),
    ("Қуат", 2, "Жұмыс және қуат", "Қуатты есептейді"),
    ("Энергияның сақталу заңы", 3, "Энергия", "Энергия түрленуін сипаттайды"),
)
WORDS = ("қызық", "түсінікті", "қысым", "формула", "пайдалы")


def build_streaming(seed: int) -> None:
    chance = Random(seed)
    hubs = db.session.scalars(select(School).where(School.kind == "hub").order_by(School.place_id)).all()
    for hub in hubs:
        _pair(hub)
    _kazakh(chance)
    _russian(chance)


def _pair(hub: School) -> None:
    """With the satellites of its own district."""
    district = hub.place.parent.parent if hub.place.parent else None
    near = db.session.scalars(
        select(School)
        .join(School.place)
        .where(School.kind == "satellite", Place.path.startswith(district.path if district else "~"))
    )
    for one in near:
        db.session.add(
            HubPairing(hub_id=hub.place_id, satellite_id=one.place_id, since=clock.today() - timedelta(60))
        )
    db.session.flush()


def _kazakh(chance: Random) -> None:
    teacher = db.session.scalars(select(Person).where(Person.login == "tirek")).one()
    hub = db.session.scalars(
        select(Place).join(School).where(School.kind == "hub").order_by(Place.id)
    ).first()
    assert hub is not None
    classes = _classes(hub, 7, "kk")
    facts: dict[str, Any] = {"subject": "physics", "language": "kk"}
    now = clock.now().replace(second=0, microsecond=0)
    over = planning.plan_lesson(
        hub, teacher.id, classes, starts_at=now - timedelta(days=2, hours=1), title="Қатты дененің қысымы",
        aim="Қысымды есептейді және оны азайту жолын түсіндіреді", **facts,
    )  # fmt: skip
    _dress(over, SLIDES_KK, QUESTIONS_KK)
    _held(over, chance, 40, ended=True)
    now_on = planning.plan_lesson(
        hub, teacher.id, classes, starts_at=now - timedelta(minutes=12), title="Сұйық пен газдағы қысым",
        aim="Паскаль заңын өз сөзімен айтады", **facts,
    )  # fmt: skip
    _dress(now_on, SLIDES_KK, QUESTIONS_KK)
    _held(now_on, chance, 12, ended=False)
    coming = planning.plan_lesson(
        hub, teacher.id, classes, starts_at=now + timedelta(days=1), title="Атмосфералық қысым",
        aim="Ауа қысымының бар екенін тәжірибемен көрсетеді", **facts,
    )  # fmt: skip
    _dress(coming, SLIDES_KK[:2], (*QUESTIONS_KK[:1], *map(_parted, PARTED_KK)))
    _held_at_school(classes[0])
    topics = _thematic(teacher, classes[0])
    over.topic_id, now_on.topic_id, coming.topic_id = topics[0].id, topics[1].id, topics[2].id
    _observed(teacher, classes[0], over)


def _thematic(teacher: Person, group: SchoolClass) -> list[ThematicTopic]:
    """The plan of physics: what the live lessons are drawn from."""
    school = db.session.get_one(Place, group.school_id)
    plan = ThematicPlan(
        class_id=group.id,
        school_id=school.id,
        path=school.path,
        subject="physics",
        teacher_id=teacher.id,
        hours=2,
    )
    db.session.add(plan)
    db.session.flush()
    themes.write(
        plan, [Topic(title, hours, section, aims) for title, hours, section, aims in TOPICS], [9, 18, 19, 29]
    )
    return list(plan.topics)


def _observed(teacher: Person, group: SchoolClass, lesson: StreamedLesson) -> None:
    """Somebody from the office of the class's school came to look."""
    observer = db.session.scalars(
        select(Person)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .where(RoleHolding.place_id == group.school_id, RoleHolding.role.in_(("director", "deputy_director")))
        .order_by(Person.id)
    ).first()
    if observer is None:
        return
    row = observing.begin(
        db.session.get_one(Place, group.school_id), observer.id, teacher.id, group,
        on=lesson.starts_at.astimezone(clock.KAZAKHSTAN).date(), subject="physics", topic=lesson.title, model=2,
    )  # fmt: skip
    scores = {code: 3 - (place % 5 == 4) - 2 * (code == "self_peer") for place, code in enumerate(CRITERIA)}
    remarks = {
        "self_peer": "Оқушылар бір-бірін бағаламады",
        "evidence": "Шығу билетін 12 оқушының 10-ы дұрыс толтырды",
    }
    observing.write(row, scores, remarks, "Топтық тапсырма берілсе, оқушылар бірін-бірі бағалай алар еді.")
    observing.finish(row)


def _russian(chance: Random) -> None:
    """The other hub teaches in Russian."""
    hub = db.session.scalars(
        select(Place).join(School).where(School.kind == "hub").order_by(Place.id.desc())
    ).first()
    assert hub is not None
    teacher = next(iter(_teachers(hub)))
    row = planning.plan_lesson(
        hub, teacher.id, _classes(hub, 7, "ru"), starts_at=clock.now() + timedelta(hours=3),
        subject="science", language="ru", title="Круговорот воды", aim="Объясняет, откуда берётся дождь",
    )  # fmt: skip
    _dress(row, SLIDES_RU, (*QUESTIONS_RU, *map(_parted, PARTED_RU)))


def _parted(question: tuple[str, str, Sequence[str]]) -> dict[str, Any]:
    kind, text, lines = question
    shown, options, key = parts.written(kind, text, lines)
    return {"kind": kind, "text": shown, "options": options, "key": key}


def _held_at_school(group: SchoolClass) -> None:
    """A computer of the satellite holds its live lessons on the school's own network."""
    school = db.session.get_one(School, group.school_id)
    director = db.session.scalars(
        select(Person.id).where(Person.roles.any(role="director", place_id=school.place_id)).limit(1)
    ).first()
    if director is not None:
        network.issue_meter(school, "Физика кабинеті", director, lessons=True)


def _teachers(school: Place) -> Sequence[Person]:
    return db.session.scalars(
        select(Person).where(Person.roles.any(role="teacher", place_id=school.id)).order_by(Person.id)
    ).all()


def _classes(hub: Place, grade: int, language: str) -> list[SchoolClass]:
    paired = select(HubPairing.satellite_id).where(HubPairing.hub_id == hub.id)
    found = db.session.scalars(
        select(SchoolClass).where(
            SchoolClass.school_id.in_(paired), SchoolClass.grade == grade, SchoolClass.language == language
        )
    )
    return list(found)


def _dress(row: StreamedLesson, slides: Sequence[Any], questions: Sequence[dict[str, Any]]) -> None:
    for number, (title, lines) in enumerate(slides, 1):
        target = io.BytesIO()
        page = written(title, lines)
        page.save(target, "WEBP", quality=60, method=0)
        target.seek(0)
        blob = storage.keep(target, "image/webp")
        db.session.add(StreamedSlide(
            lesson_id=row.id, number=number, digest=blob.digest, size=blob.size, width=page.width, height=page.height,
            text=". ".join((title, *lines)),
        ))  # fmt: skip
    row.deck_state, row.deck_name = "ready", "qysym.pdf" if row.language == "kk" else "voda.pdf"
    for facts in questions:
        planning.prepare_question(row, **facts)
    db.session.flush()


def _held(row: StreamedLesson, chance: Random, minutes: int, ended: bool) -> None:
    """A lesson that has been going on for so many minutes, with all its traces."""
    row.began_at = row.starts_at
    row.state = "ended" if ended else "live"
    until = row.began_at + timedelta(minutes=minutes)
    row.ended_at = until if ended else None
    asked = room.questions(row.id)[: None if ended else 1]
    row.now = {"slide": 5 if ended else 2, "asked": [one.id.hex for one in asked],
               "question": "" if ended else asked[0].id.hex}  # fmt: skip
    number = 0
    for group in room.roster(row.id):
        _event(row, f"ready.{group.school.id.hex[-8:]}", "ready", 1, row.began_at - timedelta(hours=14), school_id=group.school.id,
               data={"n": 5})  # fmt: skip
        for minute in range(0, minutes, 5):
            number += 1
            _event(row, "demo", "link", number, row.began_at + timedelta(minutes=minute), school_id=group.school.id,
                   data={"r": chance.randint(520, 900), "x": int(chance.random() < 0.1)})  # fmt: skip
        for place, pupil in enumerate(group.pupils):
            if chance.random() < 0.12:
                continue
            came = row.began_at + timedelta(minutes=chance.choice((0, 0, 0, 1, 4)))
            left = until if ended else clock.now() + timedelta(minutes=20)
            db.session.add(StreamedPresence(
                lesson_id=row.id, person_id=pupil.id, class_id=pupil.class_id, school_id=pupil.school_id,
                since=came, until=left,
            ))  # fmt: skip
            number = _pupil(row, pupil, asked, chance, number, place)
    if ended:
        for minute, kind in ((20, "away"), (30, "back")):
            number += 1
            _event(row, "demo", kind, number, row.began_at + timedelta(minutes=minute), data={"m": 10})
    db.session.flush()


def _pupil(
    row: StreamedLesson,
    pupil: Any,
    asked: Sequence[StreamedQuestion],
    chance: Random,
    number: int,
    place: int,
) -> int:
    about = {"person_id": pupil.id, "class_id": pupil.class_id, "school_id": pupil.school_id}
    assert row.began_at is not None
    for order, question in enumerate(asked):
        if chance.random() < 0.85:
            number += 1
            at = row.began_at + timedelta(minutes=8 + 6 * order, seconds=chance.randint(5, 70))
            _event(row, "demo", "answer", number, min(at, clock.now()), question_id=question.id,
                   data={"a": _answer(question, chance)}, **about)  # fmt: skip
    if place % 3 == 0:
        number += 1
        at = row.began_at + timedelta(minutes=11, seconds=chance.randint(0, 50))
        _event(row, "demo", "hand", number, min(at, clock.now()), **about)
        if place == 0 and row.state == "ended":
            number += 1
            _event(row, "demo", "call", number, at + timedelta(minutes=1), **about)
    return number


def _answer(question: StreamedQuestion, chance: Random) -> list[str]:
    if question.kind == "cloud":
        return [chance.choice(WORDS)]
    if chance.random() < 0.7:
        return question.key
    return [str(chance.randrange(len(question.options)))] if question.options else ["180"]


def _event(row: StreamedLesson, device: str, kind: str, number: int, at: Any, **more: Any) -> None:
    db.session.add(StreamedEvent(
        lesson_id=row.id, key=f"{row.id.hex}.demo.{device}.{kind}.{number}", kind=kind, happened_at=at,
        **{"data": {}, **more},
    ))  # fmt: skip
