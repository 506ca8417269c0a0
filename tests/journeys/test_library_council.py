"""A teacher's guide on its way: the warning, the council's five people, the trial, the mark, and how it is found."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.jobs import Job, enqueue
from lms.core.jobs.running import run_now
from lms.demo import library_files as made
from lms.library.models import CouncilCase, Resource
from lms.library.service import council
from lms.people.models import Person
from lms.places.models import Place
from tests.cast import Cast
from tests.journeys.conftest import Running, sign_in
from tests.lms.library.kept import kept

WORDS = {
    "kk": {
        "title": "Сұйық қысымының сабағы", "topic": "Сұйықтың қысымы тереңдікке байланысты. Су төмен ағады. ",
        "example": "Бұл {}-мысал туралы әңгіме.", "alike": "Бұл кітапханада бар ресурсқа ұқсайды", "typed": "кысымынын",
        "asked": "Сізден пікір сұралады", "turn": "Кезек Сізде", "mark": "Кеңес белгісі", "valid": "Бұл белгі жарамды",
        "minutes": "Сараптама кеңесінің хаттамасы",
    },
    "ru": {
        "title": "Урок о давлении жидкости", "topic": "Давление жидкости зависит от глубины. Вода течёт вниз. ",
        "example": "Это рассказ о примере {}.", "alike": "Это похоже на то, что уже есть", "typed": "давлениями",
        "asked": "Вас просят дать отзыв", "turn": "Ваша очередь", "mark": "Знак совета", "valid": "Этот знак действителен",
        "minutes": "Протокол экспертного совета",
    },
}  # fmt: skip
LONG = timedelta(days=61)


class Stage:
    """Behind the curtain: people by their part, jobs done at once, the calendar moved on."""

    def __init__(self, running: Running, chromium: Browser, language: str) -> None:
        self.running, self.chromium, self.language = running, chromium, language
        self.open: list[Page] = []

    def person(self, role: str, part: str, where: str = "elsewhere") -> str:
        with self.running.app.app_context():
            cast = Cast(self.running.app)
            school = db.session.get_one(Place, self.running.school)
            place = {"here": school, "elsewhere": cast.school_elsewhere, "district": db.session.get_one(Place, self.running.district)}[where]  # fmt: skip
            found = cast.person(role, place, login=f"{part}-{self.language}")
            with edge():
                found.language = self.language
            return str(found.login)

    def page_of(self, login: str) -> Page:
        context = self.chromium.new_context(base_url=self.running.site, locale="kk-KZ")
        context.set_default_timeout(20_000)
        page = context.new_page()
        sign_in(page, login)
        self.open.append(page)
        return page

    def leave(self) -> None:
        for page in self.open:
            page.context.close()
        self.open.clear()

    def jobs(self, *more: str, later: timedelta = timedelta()) -> None:
        with time_machine.travel(datetime.now(UTC) + later, tick=True), self.running.app.app_context():
            with edge():
                for kind in more:
                    enqueue(kind)
            for _ in range(2):
                for key in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
                    run_now(key)

    def others_review(self, verdicts: str) -> None:
        """Those whose page is not opened here; the rules of the verb are the same."""
        with self.running.app.app_context(), edge():
            case = db.session.scalars(select(CouncilCase).order_by(CouncilCase.id.desc())).first()
            assert case
            free = [one for one in case.seats if not one.given_at]
            for seat, letter in zip(free, verdicts, strict=True):
                scores = {} if seat.part == "commission" else dict.fromkeys(council.CRITERIA, 4)
                council.give_review(
                    seat, scores, "Мысал керек. Нужны примеры.", {"a": "accept", "w": "rework"}[letter]
                )


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_from_upload_to_a_mark_and_found_by_an_inflected_word(
    language: str, running: Running, chromium: Browser, tmp_path: Path
) -> None:
    words, stage = WORDS[language], Stage(running, chromium, language)
    try:
        _story(words, stage, tmp_path)
    finally:
        stage.leave()


def _story(words: dict[str, str], stage: Stage, tmp_path: Path) -> None:
    text = words["topic"] + " ".join(words["example"].format(number) for number in range(20))
    with stage.running.app.app_context():
        cast = Cast(stage.running.app)
        other = cast.person("teacher", cast.school, login=f"birinshi-{stage.language}")
        kept(
            cast,
            words["title"],
            owner=other,
            place=cast.school,
            files={"a.html": made.page("", text, stage.language)},
        )
    file = tmp_path / "sabaq.html"
    file.write_bytes(made.page(words["title"], text, stage.language))
    author = stage.page_of(stage.person("teacher", "avtor", "here"))
    resource = _added(author, stage, words, file)
    where = _submitted(author, resource)
    leader = stage.page_of(stage.person("methodologist", "hatshy", "district"))
    experts = {
        part: stage.person("teacher", f"sarapshy-{part.replace('_', '-')}") for part in council.EXTERNAL
    }
    _appointed(leader, where, experts)
    expert = stage.page_of(experts["scientist"])
    expect(expert.locator("main")).to_contain_text(words["asked"])
    _reviewed(expert, where, "rework", "avtor")
    stage.others_review("waa")
    author.goto(where)
    expect(author.locator("main")).to_contain_text(words["turn"])
    author.locator("form[action$='/hand-in'] button").click()
    _reviewed(expert, where, "accept", "avtor")
    stage.others_review("aaa")
    _spoken(expert, leader, where)
    stage.jobs("library.council-deadlines", later=LONG)
    author.goto("/")
    author.goto(where)
    author.locator("form[action$='/hand-in'] button").click()
    members = [stage.person("teacher", f"komissia{number}") for number in range(3)]
    _appointed(
        leader, where, {f"commission {number}": one for number, one in enumerate(members)}, start=False
    )
    stage.others_review("aaa")
    leader.goto(where)
    leader.locator("form[action$='/decide'] button").click()
    expect(leader.locator(".badge.good, .badge-good").first).to_be_visible()
    minutes = leader.request.get(f"{where}/minutes.pdf").body()
    told = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(minutes)).pages)
    assert words["minutes"] in re.sub(r"\s+", " ", told) and words["title"] in re.sub(r"\s+", " ", told)
    stage.jobs("library.index")
    _found(stage, words, resource)


def _added(author: Page, stage: Stage, words: dict[str, str], file: Path) -> UUID:
    author.goto("/library/add")
    author.locator("#file").set_input_files(file)
    author.locator("#title").fill(words["title"])
    author.locator("#language").select_option(stage.language)
    author.locator("#subject").select_option("physics")
    author.locator("#grade_from").fill("7")
    author.locator("main form.form button.primary").click()
    author.wait_for_url("**/library/resources/*")
    stage.jobs()
    author.reload()
    expect(author.locator(".notice-warning")).to_contain_text(words["alike"])
    return UUID(author.url.rsplit("/", 1)[1])


def _submitted(author: Page, resource: UUID) -> str:
    author.goto(f"/library/resources/{resource}/edit")
    author.locator("#authors").fill("Айгүл Серікқызы")
    author.locator("main form.form button.primary").click()
    author.wait_for_url(f"**/library/resources/{resource}")
    author.locator("details:has(form[action$='/submit']) summary").click()
    author.locator("form[action$='/submit'] button:not([type=button])").click()
    author.wait_for_url("**/library/council/*")
    return re.sub(r"^https?://[^/]+", "", author.url)


def _appointed(leader: Page, where: str, people: dict[str, str], start: bool = True) -> None:
    leader.goto(where)
    for part, login in people.items():
        leader.locator("#login").fill(login)
        leader.locator("#part").select_option(part.partition(" ")[0])
        leader.locator("form[action$='/appoint'] button").click()
        expect(leader.locator("#login")).to_have_value("")
    if start:
        leader.locator("form[action$='/start'] button").click()
        expect(leader.locator("form[action$='/start']")).to_have_count(0)


def _reviewed(expert: Page, where: str, verdict: str, hidden: str) -> None:
    expert.goto(where)
    assert "Серікқызы" not in expert.locator("main").inner_text() and hidden not in expert.content()
    for criterion in council.CRITERIA:
        expert.locator(f"#{criterion}-4").check()
    expert.locator("#words").fill("Мысал керек. Нужны примеры.")
    expert.locator(f"#verdict-{verdict}").check()
    expert.locator("form[action$='/review'] button.primary").click()
    expert.wait_for_url("**/library/council")


def _spoken(expert: Page, leader: Page, where: str) -> None:
    """Whoever works in schools may try it and speak while the trial goes on."""
    leader.goto(where)
    leader.locator("#voice").fill("Екі сыныпта сынадық. Попробовали в двух классах.")
    leader.locator("#tried").check()
    leader.locator("form[action$='/speak'] button").click()
    expect(leader.locator("main")).to_contain_text("Попробовали в двух классах.")


def _found(stage: Stage, words: dict[str, str], resource: UUID) -> None:
    pupil = stage.page_of(stage.person("student", "oqushy"))
    pupil.goto(f"/library?q={words['typed']}")
    found = pupil.locator(f"ol.found li:has(a[href$='{resource}'])")
    expect(found).to_contain_text(words["mark"])
    expect(found.locator("mark").first).to_be_visible()
    with stage.running.app.app_context():
        code = db.session.get_one(Resource, resource).mark
        assert db.session.scalars(
            select(Person.login).where(Person.login == f"oqushy-{stage.language}")
        ).one()
    pupil.goto(f"/library/check-mark?code={code}")
    expect(pupil.locator("main")).to_contain_text(words["valid"])
