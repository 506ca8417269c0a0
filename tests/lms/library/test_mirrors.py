"""Courses and packages are found by the words inside them, by those who may open them, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.jobs import enqueue
from lms.courses.service import courses
from lms.library.models import Resource, ResourceText
from lms.player.models import Package
from lms.player.service import versions
from tests.cast import Browser, Cast
from tests.coursed import course_of, lesson_of, published, write
from tests.lms.library.kept import kept, work_through
from tests.lms.library.on_the_way import now
from tests.shelved import shelved

PAGES = {
    "imsmanifest.xml": b"<manifest/>",
    "index.html": "<h1>Тізбек</h1><p>Кедергі өткізгіштің ұзындығына байланысты.</p>".encode(),
    "b.html": b"<p>x</p>",
}


def a_course(cast: Cast) -> Any:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school, "Тоқ күші")
    write(
        lesson_of(course, "Ток"), teacher, "text", {"html": "<p>Амперметр тізбекке тізбектей қосылады.</p>"}
    )
    published(course, cast.person("methodologist"))
    work_through(cast)
    return course


def found(who: Browser, typed: str) -> str:
    page = who.get(f"/library?q={typed}")
    assert page.status_code == 200
    return str(page.text.split("<main")[1])


def test_a_published_course_is_found_by_a_word_of_its_lesson(cast: Cast) -> None:
    course = a_course(cast)
    page = found(cast.signed_in("director"), "амперметрдің")
    assert f'href="/courses/{course.id}"' in page and "<mark>Амперметр</mark>" in page and "1-сабақ" in page
    for role in ("teacher", "district_officer"):  # of the school, and of a place above it
        assert f"/courses/{course.id}" in found(cast.signed_in(role), "амперметр")


def test_only_those_who_may_open_it_find_it(cast: Cast) -> None:
    course = a_course(cast)
    for who in (
        cast.signed_in("student"),
        cast.signed_in("guardian"),
        cast.signed_in("teacher", cast.school_elsewhere),
    ):
        page = found(who, "амперметр")
        assert str(course.id) not in page and "Тоқ күші" not in page


def test_it_is_no_resource(cast: Cast) -> None:
    """Nothing can be done with its row: it has no page, stands in no list and goes into no cart."""
    a_course(cast)
    key = now(select(Resource.id)).one()
    teacher = cast.signed_in("teacher")
    assert teacher.get(f"/library/resources/{key}").status_code == 404
    assert teacher.post(f"/library/resources/{key}/cart").status_code == 404
    assert "Тоқ күші" not in teacher.get("/library/mine").text
    assert (
        "Тоқ күші"
        not in cast.visitor()
        .client.get("/library/oai?verb=ListRecords&metadataPrefix=oai_dc", base_url="http://localhost:8000")
        .text
    )


def test_a_new_edition_replaces_the_words_and_an_archived_course_goes(cast: Cast) -> None:
    course = a_course(cast)
    teacher, director = cast.person("teacher"), cast.signed_in("director")
    write(course.lessons[0], teacher, "text", {"html": "<p>Вольтметр параллель қосылады.</p>"})
    published(course, cast.person("methodologist"))
    work_through(cast)
    assert str(course.id) in found(director, "вольтметрді") and len(now(select(Resource)).all()) == 1
    with edge():
        courses.archive(db.session.get_one(type(course), course.id))
    work_through(cast)
    assert str(course.id) not in found(director, "вольтметр") and now(select(Resource)).all() == []


def test_a_package_is_found_by_its_pages(cast: Cast) -> None:
    version = shelved(PAGES, cast.school, cast.person("teacher"), "Тізбек пакеті")
    with edge():
        enqueue("library.mirror-all")
    work_through(cast)
    director = cast.signed_in("director")
    page = found(director, "өткізгіштер")
    assert f"/packages/{version.package_id}" in page and "<mark>өткізгіштің</mark>" in page
    assert director.get(now(select(Resource.link)).one()).status_code == 200
    assert "Тізбек пакеті" not in found(cast.signed_in("student"), "өткізгіштер")
    with edge():
        versions.archive(db.session.get_one(Package, version.package_id).versions[0])
    work_through(cast)
    assert "Тізбек пакеті" not in found(director, "өткізгіштер") and now(select(ResourceText)).all() == []


def test_the_night_mends_what_was_missed(cast: Cast) -> None:
    """A row whose course is gone is dropped; nothing is read anew that has not changed."""
    course = a_course(cast)
    before = now(select(Resource.current_id)).one()
    with edge():
        enqueue("library.mirror-all")
    work_through(cast)
    assert now(select(Resource.current_id)).one() == before
    with edge():
        db.session.get_one(type(course), course.id).current_id = None
        enqueue("library.mirror-all")
    work_through(cast)
    assert now(select(Resource)).all() == []


@pytest.mark.parametrize("origin", ["course:x", "package:00000000-0000-0000-0000-000000000000"])
def test_a_resource_that_only_looks_like_one_is_left_alone(cast: Cast, origin: str) -> None:
    row = kept(cast, "Менікі", kind="course")
    with edge():
        db.session.get_one(Resource, row.id).origin = origin
        enqueue("library.mirror-all")
    work_through(cast)
    assert now(select(Resource.state)).all() == ["published"]
