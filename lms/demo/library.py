"""Some sixty resources in both languages, with lessons, stars, kept searches, and one before each door of the council."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import select, update

from lms.core import clock, ids, storage
from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.demo import library_files as made
from lms.demo.finding import desk_of, person
from lms.demo.library_texts import TOPICS, Topic
from lms.demo.library_words import PHRASES, SPELLINGS
from lms.library.engine import engine, settle
from lms.library.models import CouncilCase, Harvest, HarvestSource, Resource, ResourceVersion
from lms.library.oai.fetching import Fetched
from lms.library.reading import read_files
from lms.library.service import (
    carts,
    council,
    dictionaries,
    harvesting,
    indexing,
    opinions,
    reading,
    resources,
    searches,
    shelves,
)
from lms.library.service.resources import Arrived
from lms.library.terms import term_rows
from lms.people.models import Person, RoleHolding
from lms.places.models import Place

AUTHORS = {"kk": "mugalim", "ru": "uchitel"}
EXPERTS = ("teacher4", "teacher7", "teacher9", "metodist")
COMMISSION = ("republic", "district", "adisker")
LEADER, METHODOLOGIST = "oblast", "adisker"


def build_library(seed: int) -> None:
    chance = Random(seed)
    with edge():
        found = [one for number, topic in enumerate(TOPICS) for one in _of_topic(topic, number)]
        _publish(found)
        _lessons(found, chance)
        _before_the_council()
        _dictionaries()
        _to_carry(found)
        _from_another_library()
        searches.keep_search(person("mugalim").id, "Физика", "қысым", {"subject": ["physics"]}, ["all"])
    with edge():
        index = engine()
        index.rebuild(indexing.all_records())
        settle(index)
        db.session.execute(update(Resource).values(stale=False))
        for one in db.session.scalars(select(Job).where(Job.kind.in_(("library.index", "library.read")))):
            one.state, one.finished_at = "done", clock.now()


def _of_topic(topic: Topic, number: int) -> Iterator[Resource]:
    """An article and slides in each language; twins of each other."""
    kinds = (
        ("article", "textbook"),
        ("guide", "map"),
        ("test", "lab"),
        ("sources", "timeline"),
        ("audio", "model"),
    )
    article, other = kinds[number % len(kinds)]
    first = _added(topic, number, "kk", article, made.pdf, "pdf")
    second = _added(topic, number, "ru", article, made.word, "docx")
    resources.join_twins(first, second)
    yield from (first, second)
    yield _added(
        topic, number, "kk", "interactive" if number % 2 else "article", made.slides, "pptx", "Көрсетілім: "
    )
    yield _more(topic, number, other)


def _added(topic: Topic, number: int, language: str, kind: str, make: object, ending: str, before: str = "") -> Resource:  # fmt: skip
    title, text = _told(topic, language)
    body = make(title, text)  # type: ignore[operator]
    more = [(f"{number}.{ending}", body)]
    if kind == "audio":
        more = [
            (f"{number}.wav", made.sound(number)),
            (f"{number}.{language}.vtt", made.subtitles(text)),
            *more,
        ]
    return _kept(topic, language, kind, more, before)


def _more(topic: Topic, number: int, kind: str) -> Resource:
    title, text = _told(topic, "ru")
    if kind == "map":
        return _kept(topic, "ru", kind, [(f"{number}.png", made.picture(number))], "Картинка: ")
    return _kept(topic, "ru", kind, [(f"{number}.html", made.page(title, text, "ru"))], "Страница: ")


def _told(topic: Topic, language: str) -> tuple[str, str]:
    return (topic.title_kk, topic.text_kk) if language == "kk" else (topic.title_ru, topic.text_ru)


def _kept(topic: Topic, language: str, kind: str, files: list[tuple[str, bytes]], before: str) -> Resource:
    owner = person(AUTHORS[language])
    title, text = _told(topic, language)
    facts = {
        f"title_{language}": before + title, f"about_{language}": text.split(". ")[0] + ".", "kind": kind,
        "language": language, "subject": topic.subject, "grade_from": topic.grades[0], "grade_to": topic.grades[1],
        "objectives": [topic.objective], "authors": [owner.full_name], "licence": "cc-by",
        "small_class": kind in ("guide", "lab"), "combined_class": kind == "guide", "accessible": kind == "audio",
    }  # fmt: skip
    arrived: list[Arrived] = [(name, storage.keep(io.BytesIO(body))) for name, body in files]
    resource = resources.add_resource(desk_of(AUTHORS[language]), owner.id, facts, arrived)
    _read(resource, files)
    return resource


def _read(resource: Resource, files: list[tuple[str, bytes]]) -> None:
    """Files of our own need no process of their own to be read in."""
    version = db.session.get_one(ResourceVersion, resource.current_id)
    with TemporaryDirectory() as folder:
        given = []
        for number, (name, body) in enumerate(files):
            path = Path(folder) / f"file{number}"
            path.write_bytes(body)
            given.append({"path": str(path), "name": name})
        found = read_files(given, folder)
        pictures = []
        for one in found["pictures"]:
            blob = storage.keep(io.BytesIO(Path(one).read_bytes()), "image/jpeg")
            pictures.append((blob.digest, blob.size))
        reading.keep_reading(version, found["parts"], pictures, found["faults"])


def _publish(found: list[Resource]) -> None:
    """Most were accepted by the council last year; some are a school's own, some still drafts."""
    for number, one in enumerate(found):
        if number % 9 == 8:
            continue
        one.published_at = clock.now() - timedelta(days=400 - 3 * number)
        one.state = "school" if number % 7 == 6 else "published"
        if one.state == "published":
            one.mark, one.mark_on = f"DEMA{number:06d}", one.published_at.date()
            one.mark_until = council.mark_end(one.mark_on)


def _to_carry(found: list[Resource]) -> None:
    """A shelf for everybody, one for colleagues, and a cart that only has to be made into a file."""
    shown = [one for one in found if one.state == "published"]
    for login, title, readers, some in (
        ("mugalim", "Физика: бақылау алдында", "all", [one for one in shown if one.subject == "physics"]),
        ("uchitel", "Уроки на неделю", "school", shown[3:8]),
    ):
        keeper = person(login)
        shelf = shelves.put_up(keeper.id, desk_of(login).path, title, readers=readers)
        for one in some:
            shelves.put_on(shelf, one)
    carts.put_in(person("mugalim").id, [one.id for one in shown[:6]])


def _from_another_library() -> None:
    """One that was named and fetched, with three drafts that wait for approval."""
    place = desk_of(METHODOLOGIST)
    source = HarvestSource(
        id=ids.new_id(), place_id=place.id, path=place.path, person_id=person(METHODOLOGIST).id, language="kk",
        address="https://kitap.example/oai", name="Облыстық кітапхана", since="2026-09-01T18:00:00Z",
    )  # fmt: skip
    row = Harvest(
        id=ids.new_id(), source=source, person_id=source.person_id, state="done", finished_at=clock.now()
    )
    db.session.add_all([source, row])
    db.session.flush()
    harvesting.keep_page(
        row,
        [
            Fetched(f"oai:kitap.example:{number}", False, _record(number, one))
            for number, one in enumerate(TOPICS[:3])
        ],
        source.name,
    )


def _record(number: int, topic: Topic) -> list[tuple[str, str, str]]:
    return [
        ("title", f"Облыс кітапханасы: {topic.title_kk}", "kk"), ("description", topic.text_kk.split(". ")[0] + ".", "kk"),
        ("subject", topic.subject, ""), ("rights", "https://creativecommons.org/licenses/by/4.0/", ""),
        ("identifier", f"https://kitap.example/{number}", ""),
    ]  # fmt: skip


def _lessons(found: list[Resource], chance: Random) -> None:
    teachers = db.session.execute(
        select(Person, Place)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .join(Place, Place.id == RoleHolding.place_id)
        .where(RoleHolding.role == "teacher")
        .order_by(Person.login)
        .limit(14)
    ).all()
    words = (
        "Балаларға ұнады.",
        "Очень помогло на уроке.",
        "",
        "Шағын сыныпқа ыңғайлы.",
        "Дети поняли с первого раза.",
    )
    for one in found:
        for teacher, place in chance.sample(list(teachers), chance.randint(0, 4)):
            if one.state == "published" and teacher.id != one.owner_id:
                opinions.note_use(
                    one, teacher.id, place.path, clock.today() - timedelta(days=chance.randint(1, 90))
                )
                opinions.rate(one, teacher.id, chance.choice((3, 4, 4, 5, 5)), chance.choice(words))


def _before_the_council() -> None:
    """One resource in each stage."""
    steps = ("submitted", "external", "rework", "trial", "mending", "commission", "approved", "refused")
    for number, stage in enumerate(steps):
        topic = TOPICS[number]
        body = made.page(topic.title_kk, topic.text_kk, "kk")
        resource = _kept(topic, "kk", "guide", [(f"{stage}.html", body)], "Кеңеске: ")
        _lead_to(council.submit(resource, resource.owner_id), stage)


def _lead_to(case: CouncilCase, stage: str) -> None:
    leader = person(LEADER).id
    if stage == "submitted":
        return
    for login, part in zip(EXPERTS, council.EXTERNAL, strict=True):
        council.appoint(case, person(login), part, leader)
    council.start_external(case, leader)
    if stage == "external":
        return
    verdicts = {
        "rework": ["rework", "accept", "accept", "rework"],
        "refused": ["refuse", "refuse", "accept", "rework"],
    }
    for seat, verdict in zip(case.seats, verdicts.get(stage, ["accept"] * 4), strict=True):
        scores = dict.fromkeys(council.CRITERIA, 4 if verdict == "accept" else 2)
        words = "Мазмұны дұрыс, мысалдар көбірек керек." if verdict != "accept" else "Жақсы дайындалған."
        council.give_review(seat, scores, words, verdict)
    if case.stage == "trial":
        council.speak(case, person("tirek").id, "Екі сыныпта сынап көрдік, балалар белсенді болды.", True, "")
    if stage in ("rework", "trial", "refused"):
        return
    council.end_trial(case, leader)
    if stage == "mending":
        return
    council.hand_in(case, case.resource.owner_id)
    for login in COMMISSION:
        seat = council.appoint(case, person(login), "commission", leader)
        if stage == "approved":
            council.give_review(seat, {}, "", "accept")
    if stage == "approved":
        council.decide(case, leader)


def _dictionaries() -> None:
    by = person("adisker").id
    own = "Өріс"
    terms = (dictionaries.Entry(kk, "kk", ru, "", subject) for subject, kk, ru in term_rows())
    dictionaries.load_dictionary("Мектеп терминдері · Школьные термины", "terms", own, terms, by)
    dictionaries.load_dictionary("Тұрақты тіркестер · Устойчивые выражения", "phrases", own, PHRASES, by)
    dictionaries.load_dictionary("Емле · Правописание", "spelling", own, SPELLINGS, by)
