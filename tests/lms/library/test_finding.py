"""The search page as its readers use it: only what they may see, whatever they type."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.core.db import db, edge
from lms.core.jobs import enqueue
from lms.demo import library_files as made
from lms.library.engine import engine
from lms.library.models import LibraryNotice, Resource, SavedSearch
from lms.library.records import Record
from lms.library.seeing import facet_of
from lms.library.service import indexing
from lms.library.service import resources as service
from tests.cast import Browser, Cast
from tests.lms.library.kept import indexed, kept, work_through
from tests.lms.library.test_search_box import NASTY

TEXT = "Сұйықтың қысымы тереңдікке байланысты. Су төмен ағады."


def found(browser: Browser, **asked: object) -> list[str]:
    page = browser.get("/library", query_string=asked)
    assert page.status_code == 200, page.text
    titles = re.findall(r'<h2 lang="[a-z]+"><a href="[^"]+">(.*?)</a></h2>', page.text, re.S)
    return [re.sub("<[^>]+>", "", one).strip() for one in titles]


def test_what_is_typed_in_russian_letters_finds_every_form_with_its_page_and_marks(cast: Cast) -> None:
    kept(cast, "Тереңдік туралы", files={"a.pdf": made.pdf("Тереңдік", TEXT)})
    work_through(cast)
    page = cast.signed_in("student").get("/library", query_string={"q": "кысымның"}).text
    assert "2-бет" in page and "<mark>қысымы</mark>" in page
    assert "«кысымның» терілгендіктен" in page


def test_readers_find_only_what_they_may_see(cast: Cast) -> None:
    for title, state, place in (
        ("Қысым ашық", "published", cast.school_elsewhere), ("Қысым жоба", "draft", cast.school),
        ("Қысым біздікі", "school", cast.school), ("Қысым олардікі", "school", cast.school_elsewhere),
        ("Қысым алынған", "withdrawn", cast.school),
    ):  # fmt: skip
        kept(cast, title, state=state, place=place)
    indexed()
    assert set(found(cast.signed_in("student"), q="қысым")) == {"Қысым ашық", "Қысым біздікі"}
    assert set(found(cast.signed_in("student"))) == {"Қысым ашық", "Қысым біздікі"}
    elsewhere = cast.signed_in("student", cast.school_elsewhere)
    assert set(found(elsewhere, q="қысым")) == {"Қысым ашық", "Қысым олардікі"}


def test_nobody_widens_their_reach_in_the_address(cast: Cast) -> None:
    kept(cast, "Қысым олардікі", state="school", place=cast.school_elsewhere)
    indexed()
    student = cast.signed_in("student")
    assert found(student, q="қысым", seen=cast.school_elsewhere.path) == []
    assert found(student, seen="all") == []


def test_facets_narrow_and_their_numbers_are_true(cast: Cast) -> None:
    kept(cast, "Қысым видео", kind="video", subject="physics", grade_from=7, grade_to=8)
    kept(cast, "Қысым тест", kind="test", subject="physics", grade_from=9, grade_to=9)
    kept(cast, "Қысым картасы", kind="map", subject="geography")
    indexed()
    teacher = cast.signed_in("teacher")
    page = teacher.get("/library?q=қысым").text
    assert re.search(r"Физика</span><span class=\"count\">2<", page)
    assert set(found(teacher, q="қысым", subject="physics")) == {"Қысым видео", "Қысым тест"}
    assert found(teacher, q="қысым", subject="physics", grade="8") == ["Қысым видео"]
    assert set(found(teacher, kind=["map", "test"])) == {"Қысым тест", "Қысым картасы"}
    assert found(teacher, q="қысым", subject="нет такого") == []


def test_the_order_can_be_chosen(cast: Cast) -> None:
    kept(cast, "Бірінші қысым")
    kept(cast, "Әуелгі қысым")
    kept(cast, "Ауа қысымы")
    indexed()
    assert found(cast.signed_in("teacher"), q="қысым", sort="title") == [
        "Ауа қысымы",
        "Әуелгі қысым",
        "Бірінші қысым",
    ]
    assert found(cast.signed_in("teacher"), sort="new") == ["Ауа қысымы", "Әуелгі қысым", "Бірінші қысым"]


@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_whatever_is_typed_nothing_breaks_and_nothing_is_found(cast: Cast, typed: str) -> None:
    kept(cast, "Мектеп кітапханасы", about_kk="Балалар кітап оқиды.")
    indexed()
    student = cast.signed_in("student")
    asked = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    began = time.process_time()
    page = student.get("/library", query_string={"q": asked})
    assert page.status_code == 200 and time.process_time() - began < 2
    assert asked.strip("\u200b \t\n") == "" or "<h2 lang" not in page.text
    assert "<script>alert(1)</script>" not in page.text
    assert student.get("/library/suggestions", query_string={"q": asked}).status_code == 200


@pytest.mark.parametrize(
    "address", ["?page=9999", "?page=-1", "?page=x", "?sort=nothing", "?grade=%00", "?q=%ff"]
)
def test_addresses_written_by_hand_are_answered(cast: Cast, address: str) -> None:
    assert cast.signed_in("student").get(f"/library{address}").status_code == 200


def test_suggestions_come_from_titles_of_what_is_shown(cast: Cast) -> None:
    kept(cast, "Фотосинтез")
    indexed()
    assert cast.signed_in("student").get("/library/suggestions?q=фот").json == ["фотосинтез"]


def test_changes_reach_the_index_through_the_worker_alone(cast: Cast) -> None:
    resource = kept(cast)
    assert engine().count() == 0 or str(resource.id) not in engine().search("қысым").ids
    work_through(cast)
    assert str(resource.id) in engine().search("қысым").ids
    assert db.session.get_one(Resource, resource.id).stale is False
    with edge():
        service.take_down(db.session.get_one(Resource, resource.id), resource.owner_id, "себеп")
    work_through(cast)
    assert str(resource.id) not in engine().search("қысым").ids


def test_what_changes_while_the_index_is_built_anew_is_in_it_soon(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name == "postgresql":
        pytest.skip(
            "there the rebuild is one transaction, and nothing can be committed inside it by the same session"
        )
    resource = kept(cast, "Қысым")
    work_through(cast)
    before = indexing.all_records

    def changed_meanwhile() -> Iterator[Record]:
        rows = list(before())
        db.session.rollback()
        with edge():
            service.describe(
                db.session.get_one(Resource, resource.id), resource.owner_id, {"title_kk": "Жылдамдық"}
            )
        yield from rows

    monkeypatch.setattr(indexing, "all_records", changed_meanwhile)
    with edge():
        enqueue("library.rebuild-index")
    work_through(cast)
    assert engine().search("жылдамдық").ids == (str(resource.id),)


def test_whoever_keeps_a_search_is_told_once_of_what_is_new(cast: Cast) -> None:
    student = cast.signed_in("student")
    answer = student.post("/library/searches", {"address": "?q=қысым&subject=physics", "name": "Қысым"})
    assert answer.status_code == 303 and "Қысым" in student.get("/library/searches").text
    kept(cast, "Сұйықтағы қысымдар", subject="physics")
    kept(cast, "Қысым, бірақ химия", subject="chemistry")
    for _ in range(2):
        work_through(cast)
        with edge():
            for one in db.session.scalars(db.select(Resource)):
                service.changed(one)
    told = db.session.scalars(db.select(LibraryNotice).where(LibraryNotice.code == "found")).all()
    assert [one.facts["title_kk"] for one in told] == ["Сұйықтағы қысымдар"]
    assert "Сұйықтағы қысымдар" in student.get("/").text
    student.post("/library/notices/read")
    assert "Сұйықтағы қысымдар" not in student.get("/").text
    saved = db.session.scalars(db.select(SavedSearch)).one()
    assert cast.signed_in("teacher").post(f"/library/searches/{saved.id}/remove").status_code == 404
    student.post(f"/library/searches/{saved.id}/remove")
    assert "Қысым" not in student.get("/library/searches").text


def test_every_state_says_who_finds_it(cast: Cast) -> None:
    assert [bool(facet_of(kept(cast, f"{n}", state=state))) for n, state in enumerate(("draft", "school", "review", "published", "withdrawn"))] == [False, True, True, True, False]  # fmt: skip


def test_a_result_page_is_light(cast: Cast) -> None:
    for number in range(20):
        kept(
            cast, f"Сұйықтағы қысым туралы {number}-сабақ", about_kk=TEXT * 3, subject="physics", grade_from=7
        )
    indexed()
    teacher = cast.signed_in("teacher")
    page = teacher.get("/library?q=қысым", headers={"Accept-Encoding": "gzip"})
    assert len(page.data) < 15 * 1024
    dist = Path(__file__).parents[3] / "lms" / "web" / "static" / "dist"
    cold = len(page.data) + sum((dist / f"site.{one}.gz").stat().st_size for one in ("css", "js"))
    assert cold < 100 * 1024
