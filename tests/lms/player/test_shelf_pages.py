"""The shelf as a methodologist and a teacher use it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from lms.core import clock, ids
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.core.storage import Blob, sweep
from lms.player.models import (
    Assignment,
    CommitEntry,
    Launch,
    Package,
    PackageFile,
    PackageVersion,
    Registration,
)
from lms.player.service import previews
from tests.cast import Browser, Cast
from tests.lms.player.conftest import Player
from tests.lms.player.shelving import changed, laid_out, shelved, work_through, zipped

Statements = Callable[[], AbstractContextManager[list[str]]]


def page_of(version: PackageVersion) -> str:
    return f"/shelf/versions/{version.id}"


def uploads_whole(browser: Browser, data: bytes, **more: str) -> UUID:
    answer = browser.post("/shelf/upload", {"file": (BytesIO(data), "сабақ.zip"), **more})
    assert answer.status_code == 303, answer.text
    return UUID(answer.location.rpartition("/")[2])


def test_from_upload_to_repair_to_publication(cast: Cast) -> None:
    teacher, methodologist = cast.signed_in("teacher"), cast.signed_in("methodologist", language="ru")
    broken = uploads_whole(teacher, zipped("broken/default-organization-wrong"))
    assert "Пакет тексеріліп жатыр" in teacher.get(f"/shelf/versions/{broken}").text
    work_through(cast)
    page = methodologist.get(f"/shelf/versions/{broken}").text
    assert "Указанного главного курса нет; взят первый." in page
    assert "Ученики ничего не заметят" in page and "Можно исправить здесь" in page
    mended = methodologist.post(f"/shelf/versions/{broken}/repair").location
    work_through(cast)
    page = methodologist.get(mended).text
    assert "Главный курс указан." in page and "Указанного главного курса нет" not in page
    assert teacher.post(f"{mended}/publish").status_code == 403
    assert methodologist.post(f"{mended}/publish").status_code == 303
    version = db.session.get_one(PackageVersion, UUID(mended.rpartition("/")[2]), populate_existing=True)
    assert (version.state, version.number, version.package.current_id) == ("published", 2, version.id)
    assert version.published_by == cast.person("methodologist").id
    done = set(db.session.scalars(select(AuditEntry.action)))
    assert {"package.uploaded", "package.inspected", "package.repaired", "package.published"} <= done


def test_a_published_version_is_frozen(cast: Cast) -> None:
    version = shelved(cast, zipped("minimal-12"))
    methodologist = cast.signed_in("methodologist")
    assert methodologist.post(f"{page_of(version)}/publish").status_code == 303
    assert methodologist.post(f"{page_of(version)}/publish").status_code == 409
    fresh = uploads_whole(methodologist, zipped("minimal-12"), package=str(version.package_id))
    work_through(cast)
    second = db.session.get_one(PackageVersion, fresh)
    assert (second.number, second.state, version.state) == (2, "ready", "published")


def test_the_report_of_a_refused_package_says_what_to_do(cast: Cast) -> None:
    version = shelved(cast, b"no zip")
    page = cast.signed_in("teacher").get(page_of(version)).text
    assert "Файл .zip мұрағаты емес." in page and "Қабылданбады" in page
    assert cast.signed_in("methodologist").post(f"{page_of(version)}/publish").status_code == 409
    assert cast.signed_in("teacher").post(f"{page_of(version)}/repair").status_code == 409


def test_two_versions_are_compared_by_file_and_by_activity(cast: Cast) -> None:
    first = shelved(cast, zipped("minimal-12"))
    other = changed(zipped("minimal-12"), "page.html", lambda body: body + b"<!-- -->")
    newer = changed(other, "imsmanifest.xml", lambda body: body.replace(b"</title>", b" 2</title>"))
    second = shelved(cast, newer, package=first.package)
    page = cast.signed_in("teacher").get(f"{page_of(second)}/compare").text
    assert "page.html" in page and "imsmanifest.xml" in page and "sco.js" not in page
    assert first.contents[0]["title"] + " 2" in page


def test_one_file_is_replaced(cast: Cast) -> None:
    version, teacher = shelved(cast, zipped("minimal-12")), cast.signed_in("teacher")
    answer = teacher.post(
        f"{page_of(version)}/replace", {"path": "page.html", "file": (BytesIO(b"<p>2</p>"), "x.html")}
    )
    work_through(cast)
    fresh = db.session.get_one(PackageVersion, UUID(answer.location.rpartition("/")[2]))
    assert (fresh.number, fresh.state) == (2, "ready")
    assert db.session.get_one(PackageFile, (fresh.id, "page.html")).size == 8
    assert (
        teacher.post(
            f"{page_of(version)}/replace", {"path": "../x", "file": (BytesIO(b"1"), "x")}
        ).status_code
        == 422
    )


def test_the_original_is_the_very_file(cast: Cast) -> None:
    version = shelved(cast, zipped("minimal-12"))
    answer = cast.signed_in("teacher").get(f"{page_of(version)}/original", buffered=True)
    assert answer.data == zipped("minimal-12")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_preview_is_an_attempt_that_counts_for_nobody(cast: Cast) -> None:
    version, teacher = shelved(cast, zipped("minimal-12")), cast.signed_in("teacher")
    answer = teacher.post(f"{page_of(version)}/preview")
    assert answer.status_code == 303 and teacher.get(answer.location).status_code == 200
    assert db.session.scalars(select(Registration.mode)).all() == ["browse"]
    assert teacher.post(f"{page_of(version)}/remove").status_code == 303


def test_of_previews_nothing_stays(cast: Cast) -> None:
    version, teacher = shelved(cast, zipped("minimal-12")), cast.signed_in("teacher")
    for _ in range(3):
        key = teacher.post(f"{page_of(version)}/preview").location.rpartition("/")[2]
        db.session.rollback()
        assert db.session.scalars(select(Registration.id)).all() == [UUID(key)]
    played = Player(cast.app, UUID(key))
    played.enters()
    played.moves("continue")
    with edge():
        assert previews.sweep() == 0, "somebody is still looking"
    with time_machine.travel(clock.now() + timedelta(minutes=11)), edge():
        assert previews.sweep() == 1
    db.session.rollback()
    for rows in (Registration, Launch, CommitEntry):
        assert db.session.scalars(select(rows)).all() == []


def test_somebody_is_asked_whether_it_is_a_new_version(cast: Cast) -> None:
    first, second = shelved(cast, zipped("minimal-12")), shelved(cast, zipped("minimal-12"))
    teacher = cast.signed_in("teacher")
    assert first.package_id != second.package_id, "silently nothing is joined"
    assert "/join" in teacher.get(page_of(second)).text
    assert cast.signed_in("student").post(f"{page_of(second)}/join").status_code in (403, 404)
    assert teacher.post(f"{page_of(second)}/join").status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert (second.package_id, second.number) == (first.package_id, 2)
    assert db.session.scalars(select(Package.id)).all() == [first.package_id]
    assert "/join" not in teacher.get(page_of(second)).text
    assert teacher.post(f"{page_of(second)}/join").status_code == 409


def test_another_identifier_or_another_place_asks_nothing(cast: Cast) -> None:
    shelved(cast, zipped("minimal-12"))
    other = shelved(cast, zipped("fractions-12"))
    assert "/join" not in cast.signed_in("teacher").get(page_of(other)).text


def test_what_pupils_need_is_archived_but_not_removed(cast: Cast) -> None:
    version = laid_out(cast, {"page.html": b"<p>1</p>"})
    pupil, teacher, methodologist = (
        cast.person("student"),
        cast.person("teacher"),
        cast.signed_in("methodologist"),
    )
    with edge():
        version.state, version.published_at = "published", clock.now()
        version.published_by, version.package.current_id = teacher.id, version.id
        db.session.add(
            Assignment(
                package_id=version.package_id, version_id=version.id, school_id=cast.school.id,
                path=cast.school.path, given_by=teacher.id,
            )
        )  # fmt: skip
        db.session.add(Registration(person_id=pupil.id, version_id=version.id, path=cast.school.path, seed=1))
    assert methodologist.post(f"{page_of(version)}/remove").status_code == 409
    assert methodologist.post(f"{page_of(version)}/archive").status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert version.state == "archived" and version.package.current_id is None and version.package.archived_at
    assert methodologist.post(f"{page_of(version)}/bring-back").status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert version.package.current_id == version.id and version.package.archived_at is None


def test_what_nobody_needs_goes_with_its_files(cast: Cast) -> None:
    version = laid_out(cast, {"page.html": b"<p>1</p>"})
    with edge():
        db.session.add(
            Registration(
                person_id=cast.person("teacher").id,
                version_id=version.id,
                path=cast.school.path,
                seed=1,
                mode="browse",
            )
        )
    assert cast.signed_in("teacher").post(f"{page_of(version)}/remove").location.endswith("/shelf")
    assert db.session.scalar(select(func.count()).select_from(Package)) == 0
    sweep()
    assert db.session.scalars(select(Blob.unneeded_since)).all() != [None]


def test_what_was_published_is_not_for_a_teacher_to_remove(cast: Cast) -> None:
    version = laid_out(cast, {"page.html": b"<p>1</p>"})
    cast.signed_in("methodologist").post(f"{page_of(version)}/publish")
    assert cast.signed_in("teacher").post(f"{page_of(version)}/remove").status_code == 404


def test_what_a_district_publishes_its_schools_see_but_not_its_drafts(cast: Cast) -> None:
    version = laid_out(cast, {"page.html": b"<p>1</p>"})
    teacher = cast.signed_in("teacher")
    with edge():
        version.package.place_id, version.package.path = cast.district.id, cast.district.path
    assert "Бөлшектер" not in teacher.get("/shelf").text
    assert teacher.get(page_of(version)).status_code == 404
    cast.signed_in("methodologist", cast.district).post(f"{page_of(version)}/publish")
    assert "Бөлшектер" in teacher.get("/shelf").text
    assert teacher.get(page_of(version)).status_code == 200
    assert teacher.post(f"{page_of(version)}/repair").status_code == 404
    assert cast.signed_in("teacher", cast.school_elsewhere).get(page_of(version)).status_code == 404


def test_the_description_is_for_people_to_write(cast: Cast) -> None:
    version, teacher = laid_out(cast, {"page.html": b"1"}), cast.signed_in("teacher")
    at = f"/shelf/packages/{version.package_id}"
    sent = {"title_kk": "Қысым", "title_ru": "Давление", "grade": "7", "language": "kk", "subject": "Физика"}
    assert teacher.post(f"{at}/edit", sent).status_code == 303
    assert "Қысым" in teacher.get(at).text and "Қысым" in teacher.get("/shelf?q=кысым&grade=7").text
    assert "Қысым" not in teacher.get("/shelf?grade=8").text
    assert teacher.post(f"{at}/edit", {**sent, "grade": "70"}).status_code == 422


@pytest.mark.parametrize("sent", [{}, {"upload": "x"}, {"upload": str(UUID(int=5))}])
def test_an_upload_that_is_none_is_told_so(sent: dict[str, str], cast: Cast) -> None:
    assert cast.signed_in("teacher").post("/shelf/upload", sent).status_code in (404, 422)


def test_thirty_packages_take_as_many_statements_as_one(cast: Cast, statements: Statements) -> None:
    def one(number: int) -> None:
        with edge():
            package = Package(place_id=cast.school.id, path=cast.school.path, title_kk=f"Сабақ {number}")
            db.session.add(
                PackageVersion(
                    package=package, number=1, state="ready", capability=ids.new_token(),
                    uploaded_by=cast.person("teacher").id,
                )
            )  # fmt: skip

    one(0)
    teacher = cast.signed_in("teacher")
    with statements() as for_one:
        teacher.get("/shelf")
    for number in range(30):
        one(number)
    with statements() as for_many:
        assert "Сабақ 29" in teacher.get("/shelf").text
    assert len(for_one) == len(for_many) <= 8


def test_a_version_takes_few_statements(cast: Cast, statements: Statements) -> None:
    version, teacher = laid_out(cast, {f"{n}.html": b"1" for n in range(20)}), cast.signed_in("teacher")
    with statements() as sent:
        teacher.get(page_of(version))
    assert len(sent) <= 8
