"""From the cart onto a stick, opened from a folder with no server at all, and brought into another server."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lms.core.db import db, edge
from lms.demo import library_files as made
from lms.library.engine import engine
from lms.library.models import Resource
from lms.library.service.indexing import all_records
from lms.places.models import Place
from tests.cast import Cast
from tests.journeys.conftest import ROOT, Running, built, free_port, gunicorn, sign_in
from tests.journeys.school_day import work_through
from tests.lms.library.kept import kept

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WORDS = {
    "kk": {
        "put": "Себетке салу", "cart": "Себетте", "make": "Файл жасау", "download": "Жүктеп алу", "look": "Қарап шығу",
        "see": "Не әкелінетінін көру", "confirm": "Растап, импорттау", "new": "телефон арқылы салыстырыңыз", "undo": "Импортты кері қайтару",
        "whole": "қолтаңбасы дұрыс",
    },
    "ru": {
        "put": "Положить в корзину", "cart": "В корзине", "make": "Сделать файл", "download": "Скачать",
        "look": "Посмотреть", "see": "Посмотреть, что будет внесено", "confirm": "Подтвердить и импортировать", "new": "Сверьте номер по телефону", "undo": "Отменить импорт",
        "whole": "подпись верна",
    },
}  # fmt: skip
TEXT = "Жылуды жақсы өткізетін денелер жылуөткізгіштер деп аталады. " * 6


def published(running: Running, language: str) -> str:
    """A resource with a page of words, as after the council; its address."""
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        cast = Cast(running.app)
        teacher = cast.person("teacher", school, login=f"teacher-{language}")
        resource = kept(
            cast, f"Жылуөткізгіштік {language}", place=school, owner=teacher,
            files={"жылу.html": made.page("Жылуөткізгіштік", TEXT, "kk")},
        )  # fmt: skip
        address = f"/library/resources/{resource.id}"
    work_through(running)
    return address


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_from_the_cart_to_another_server(
    language: str, page: Page, running: Running, chromium: Browser, tmp_path: Path
) -> None:
    words, address = WORDS[language], published(running, language)
    sign_in(page, running.login("teacher", language))
    page.goto(address)
    page.get_by_role("button", name=words["put"]).click()
    page.get_by_role("link", name=words["cart"], exact=True).click()
    page.get_by_role("button", name=words["make"]).click()
    work_through(running)
    # The page follows the job by itself.
    with page.expect_download() as got:
        page.get_by_role("link", name=words["download"]).click()
    file = tmp_path / "library.zip"
    got.value.save_as(file)
    opened_from_a_folder(chromium, file, tmp_path / "stick", language)
    brought_elsewhere(chromium, file, tmp_path / "elsewhere", language)


def opened_from_a_folder(chromium: Browser, file: Path, folder: Path, language: str) -> None:
    with ZipFile(file) as archive:
        archive.extractall(folder)
    offline = chromium.new_context(offline=True)
    page = offline.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"file://{folder}/index.html#{language}")
    page.locator("#q").fill("жылуоткизгиштикти")  # an inflected word, as a Russian keyboard writes it
    page.locator("#q").press("Enter")
    expect(page.locator("ol > li h2")).to_have_text([f"Жылуөткізгіштік {language}"])
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.add_script_tag(path=AXE)
    grave = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in grave if one["impact"] in ("serious", "critical")] == []
    page.locator("ol > li h2 a").press("Enter")
    expect(page.locator(".files a")).to_have_attribute("href", "files/0/1-jilu.html")
    expect(page.locator("h1")).to_be_focused()
    assert faults == [] and (folder / "files/0/1-jilu.html").is_file()
    offline.close()


def brought_elsewhere(chromium: Browser, file: Path, data: Path, language: str) -> None:
    """Another server with other keys, which has never heard of this resource or of its maker."""
    words, port = WORDS[language], free_port()
    there, environment = built(data, port, secret_key="of another server")
    with gunicorn(port, environment, there.log):
        context = chromium.new_context(base_url=there.site)
        page = context.new_page()
        sign_in(page, there.login("director", language))
        page.goto("/library/bring")
        page.locator("#file").set_input_files(file)
        page.get_by_role("button", name=words["look"]).click()
        page.wait_for_url("**/library/carriers/*")
        work_through(there)
        page.reload()
        expect(page.get_by_text(words["whole"])).to_be_visible()
        page.get_by_role("link", name=words["see"]).click()
        expect(page.locator("tr.verdict-new")).to_have_count(1)
        expect(page.locator(".notice").first).to_contain_text(words["new"])
        page.locator("summary").get_by_text(words["confirm"]).press("Enter")
        page.get_by_role("dialog").get_by_role("button", name=words["confirm"]).click()
        expect(page.locator("summary").get_by_text(words["undo"])).to_be_visible()
        with there.app.app_context():
            title = db.session.scalars(
                select(Resource.title_kk).where(Resource.origin != "", Resource.state != "mirror")
            ).one()
            assert title == f"Жылуөткізгіштік {language}"
            with edge():
                engine().rebuild(all_records())
        page.goto("/library?q=жылуоткизгиштикти")
        expect(page.locator(".found h2")).to_contain_text([f"Жылуөткізгіштік {language}"])
        context.close()
    with there.app.app_context():
        db.engine.dispose()
