"""Putting resources in, and who sees them when."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.core.db import db
from lms.demo import library_files as made
from lms.library.models import LibraryNotice, Resource, ResourceFile, ResourceText, ResourceVersion
from tests.cast import Browser, Cast, read_afresh
from tests.lms.library.kept import VTT, kept, work_through

TITLE, TEXT = (
    "Сұйықтағы қысым",
    "Сұйықтың қысымы тереңдікке байланысты. Су төмен ағады. "
    + " ".join(f"Бұл {n}-мысал туралы әңгіме." for n in range(20)),
)
FACTS = {
    "title": TITLE,
    "language": "kk",
    "kind": "guide",
    "subject": "physics",
    "grade_from": "8",
    "grade_to": "7",
}


def send(browser: Browser, name: str, body: bytes, **more: str) -> UUID:
    answer = browser.post("/library/add", {**FACTS, **more, "file": (io.BytesIO(body), name)})
    assert answer.status_code == 303, answer.text
    return UUID(answer.location.rsplit("/", 1)[1])


def test_a_teacher_adds_a_file_and_its_text_is_read(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    key = send(teacher, "qysym.pdf", made.pdf(TITLE, TEXT))
    assert "Мәтін оқылып жатыр" in teacher.get(f"/library/resources/{key}").text
    work_through(cast)
    page = teacher.get(f"/library/resources/{key}").text
    assert "Жоба" in page and "7–8" in page and "library/files/" in page
    found = db.session.get_one(Resource, key)
    assert (found.state, found.grade_from, found.grade_to) == ("draft", 7, 8)
    assert db.session.scalar(select(func.count()).select_from(ResourceText)) >= 2
    pictures = db.session.scalars(select(ResourceFile).where(ResourceFile.role == "preview")).all()
    assert pictures and teacher.get(f"/library/files/{pictures[0].id}").mimetype == "image/jpeg"
    assert "Су төмен ағады" in teacher.get(f"/library/resources/{key}/text").text


def test_a_draft_is_seen_by_its_owner_and_the_schools_leaders_only(cast: Cast) -> None:
    resource = kept(cast, state="draft", files={"a.txt": b"x"})
    seen = {role for role, one in cast.everyone().items() if one.get(f"/library/resources/{resource.id}").status_code == 200}  # fmt: skip
    assert seen == {"teacher", "director", "deputy_director", "methodologist", "administrator"}
    file = db.session.scalars(select(ResourceFile)).one()
    assert cast.signed_in("student").get(f"/library/files/{file.id}").status_code == 404


def test_approval_shows_it_to_the_school_and_to_nobody_elsewhere(cast: Cast) -> None:
    resource = kept(cast, state="draft")
    cast.signed_in("teacher").post(f"/library/resources/{resource.id}/ask-approval")
    cast.person("director")
    assert cast.signed_in("director").post(f"/library/resources/{resource.id}/approve").status_code == 303
    address = f"/library/resources/{resource.id}"
    assert cast.signed_in("student").get(address).status_code == 200
    assert cast.signed_in("director", cast.school_elsewhere).get(address).status_code == 404
    assert cast.signed_in("teacher").post(f"{address}/approve").status_code == 403


def test_whoever_adds_what_is_nearly_there_is_warned(cast: Cast) -> None:
    first = kept(cast, "Алғашқы", files={"a.html": made.page(TITLE, TEXT, "kk")})
    work_through(cast)
    teacher = cast.signed_in("teacher")
    key = send(
        teacher, "b.html", made.page(TITLE, TEXT.replace("Су төмен ағады.", "Су жоғары ақпайды."), "kk")
    )
    work_through(cast)
    page = teacher.get(f"/library/resources/{key}").text
    assert f"/library/resources/{first.id}" in page and "ұқсастығы" in page


def test_of_what_they_may_not_see_they_are_told_only_that_it_is_there(cast: Cast) -> None:
    body = made.page(TITLE, TEXT, "kk")
    foreign = kept(cast, "Құпия", state="draft", place=cast.school_elsewhere, files={"a.html": body})
    work_through(cast)
    teacher = cast.signed_in("teacher")
    page = teacher.get(f"/library/resources/{send(teacher, 'b.html', body)}").text
    assert "басқа мектептің ресурсы" in page and "Құпия" not in page and str(foreign.id) not in page


def test_a_file_that_cannot_be_read_says_why(cast: Cast) -> None:
    teacher = cast.signed_in("teacher")
    key = send(teacher, "a.docx", b"PK\x03\x04")
    work_through(cast)
    assert "Файл бүлінген" in teacher.get(f"/library/resources/{key}").text


def test_files_of_unknown_kinds_are_refused(cast: Cast) -> None:
    answer = cast.signed_in("teacher").post(
        "/library/add", {**FACTS, "file": (io.BytesIO(b"MZ"), "virus.exe")}
    )
    assert (
        "қабылданбайды" in answer.text and db.session.scalar(select(func.count()).select_from(Resource)) == 0
    )


@pytest.mark.parametrize(
    "link", ["http://x.kz", "javascript:alert(1)", "https://", "https://a@b.kz", "//x.kz"]
)
def test_only_whole_secure_addresses_are_links(cast: Cast, link: str) -> None:
    answer = cast.signed_in("teacher").post("/library/add-link", {**FACTS, "link": link})
    assert answer.status_code == 422


def test_subtitles_join_the_video_and_are_sent_as_webvtt(cast: Cast) -> None:
    resource = kept(cast, state="draft", kind="video", files={"a.mp4": b"\0\0\0\x18ftypmp42"})
    teacher = cast.signed_in("teacher")
    sent = {"keep": "yes", "file": (io.BytesIO(VTT.encode()), "a.kk.vtt")}
    assert teacher.post(f"/library/resources/{resource.id}/files", sent).status_code == 303
    page = teacher.get(f"/library/resources/{resource.id}").text
    track = re.search(r'src="(/library/files/[^"]+subtitles\.vtt)"', page)
    assert "<video" in page and track and teacher.get(track[1]).mimetype == "text/vtt"
    video = db.session.scalars(select(ResourceFile).where(ResourceFile.role == "main").order_by(ResourceFile.id.desc())).first()  # fmt: skip
    part = teacher.get(f"/library/files/{video.id}", headers={"Range": "bytes=0-3"})  # type: ignore[union-attr]
    assert (part.status_code, part.data) == (206, b"\0\0\0\x18")


def test_a_new_version_leaves_the_old_files_to_those_who_look_after_it(cast: Cast) -> None:
    resource = kept(cast, state="school", files={"a.txt": b"old"})
    old = db.session.scalars(select(ResourceFile)).one()
    teacher = cast.signed_in("teacher")
    teacher.post(
        f"/library/resources/{resource.id}/files", {"keep": "no", "file": (io.BytesIO(b"new"), "b.txt")}
    )
    assert teacher.get(f"/library/files/{old.id}").data == b"old"
    assert cast.signed_in("student").get(f"/library/files/{old.id}").status_code == 404
    assert db.session.scalar(select(func.max(ResourceVersion.number))) == 2


def test_taking_down_needs_a_reason_and_leaves_a_history(cast: Cast) -> None:
    resource = kept(cast)
    methodologist = cast.signed_in("methodologist")
    address = f"/library/resources/{resource.id}"
    methodologist.post(f"{address}/take-down", {"reason": " "})
    read_afresh()
    assert db.session.get_one(Resource, resource.id).state == "published"
    methodologist.post(f"{address}/take-down", {"reason": "Автор құқығы бұзылған"})
    assert cast.signed_in("student").get(address).status_code == 404
    assert "Автор құқығы бұзылған" in cast.signed_in("teacher").get(f"{address}/history").text
    told = db.session.scalars(select(LibraryNotice.code)).all()
    assert "taken_down" in told
    methodologist.post(f"{address}/put-back")
    assert cast.signed_in("student").get(address).status_code == 200


def test_a_draft_can_be_removed_but_not_what_was_shown(cast: Cast) -> None:
    draft, shown = kept(cast, state="draft", files={"a.txt": b"a"}), kept(cast, "Екінші", state="school")
    teacher = cast.signed_in("teacher")
    for one in (draft, shown):
        teacher.post(f"/library/resources/{one.id}/remove")
    read_afresh()
    assert [one.id for one in db.session.scalars(select(Resource))] == [shown.id]


def test_twins_lead_to_each_other(cast: Cast) -> None:
    kk, ru = kept(cast), kept(cast, "", title_ru="Давление", language="ru")
    teacher = cast.signed_in("teacher")
    assert "Давление" in teacher.get(f"/library/resources/{kk.id}/twin?q=давление").text
    teacher.post(f"/library/resources/{kk.id}/twin", {"other": str(ru.id)})
    assert "Давление" in teacher.get(f"/library/resources/{kk.id}").text
    assert "Қысым" in teacher.get(f"/library/resources/{ru.id}").text


def test_stars_come_from_teachers_who_used_it_and_not_from_its_author(cast: Cast) -> None:
    author = cast.person("teacher", login="avtor")
    resource = kept(cast, owner=author)
    address, teacher = f"/library/resources/{resource.id}", cast.signed_in("teacher")
    teacher.post(f"{address}/rate", {"stars": "5"})
    read_afresh()
    assert db.session.get_one(Resource, resource.id).voices == 0
    for day in ("2026-01-12", "2026-01-12", "2026-01-13", "2999-01-01"):
        teacher.post(f"{address}/use", {"day": day})
    teacher.post(f"{address}/rate", {"stars": "5", "words": "Жақсы"})
    teacher.post(f"{address}/rate", {"stars": "4"})
    read_afresh()
    found = db.session.get_one(Resource, resource.id)
    assert (found.uses, found.stars, found.voices) == (2, 4, 1)
    own = kept(cast, "Өзімдікі")
    teacher.post(f"/library/resources/{own.id}/use", {"day": "2026-01-12"})
    teacher.post(f"/library/resources/{own.id}/rate", {"stars": "5"})
    read_afresh()
    assert (db.session.get_one(Resource, own.id).uses, db.session.get_one(Resource, own.id).voices) == (0, 0)


def test_the_page_says_in_schema_org_what_it_is_about(cast: Cast) -> None:
    resource = kept(
        cast, "</script><b>Қысым", subject="physics", grade_from=7, grade_to=7, objectives=["7.2.1.3"]
    )
    page = cast.signed_in("teacher").get(f"/library/resources/{resource.id}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "LearningResource" and told["name"] == "</script><b>Қысым"
    assert (told["educationalLevel"], told["teaches"]) == (["7"], ["7.2.1.3"])


def zip_of(list_: str, files: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("papka/list.csv", list_.encode())
        for name, body in files.items():
            archive.writestr(f"papka/{name}", body)
    out.seek(0)
    return out


LIST = """Title in Kazakh;Language;Kind;Subject;Grades;File;Address
Қысым;kk;Бейнесабақ;physics;7-8;a.txt;
Күш;Қазақ тілі;guide;Физика;7;жоқ.txt;
Сілтеме;kk;link;;;;https://example.kz
"""


def test_many_come_as_one_zip_with_a_look_first_and_can_be_taken_back(cast: Cast) -> None:
    methodologist = cast.signed_in("methodologist")
    answer = methodologist.post(
        "/library/add-many", {"file": (zip_of(LIST, {"a.txt": b"matin"}), "papka.zip")}
    )
    assert answer.status_code == 303, answer.text
    page = methodologist.get(answer.location).text
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 0
    assert "Бұл файл тізіммен бірге келген жоқ" in page
    done = methodologist.post(f"{answer.location}/confirm", follow_redirects=True)
    assert done.status_code == 200, done.text
    read_afresh()
    work_through(cast)
    rows = {one.title_kk: one for one in db.session.scalars(select(Resource))}
    assert set(rows) == {"Қысым", "Сілтеме"}
    assert (rows["Қысым"].kind, rows["Қысым"].grades, rows["Қысым"].size) == ("video", [7, 8], 5)
    methodologist.post(f"{answer.location}/undo")
    read_afresh()
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 0


def test_nobody_reaches_a_file_by_writing_its_hash_into_a_list(cast: Cast) -> None:
    kept(cast, place=cast.school_elsewhere, state="draft", files={"a.txt": b"secret"})
    digest = db.session.scalars(select(ResourceFile.digest)).one()
    list_ = f"Title in Kazakh;Language;Kind;File\nҚысым;kk;guide;a.txt|{digest}|0000\n"
    methodologist = cast.signed_in("methodologist")
    answer = methodologist.post("/library/add-many", {"file": (zip_of(list_, {}), "papka.zip")})
    assert "Бұл файл тізіммен бірге келген жоқ" in methodologist.get(answer.location).text


def test_pages_stay_within_eight_statements(
    cast: Cast, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    kk = kept(cast, files={"a.html": made.page(TITLE, TEXT, "kk")})
    ru = kept(cast, "", title_ru="Давление", language="ru", files={"a.html": made.page(TITLE, TEXT, "kk")})
    work_through(cast)
    teacher = cast.signed_in("teacher")
    teacher.post(f"/library/resources/{kk.id}/twin", {"other": str(ru.id)})
    teacher.post(f"/library/resources/{kk.id}/use", {"day": "2026-01-12"})
    for path in (
        f"/library/resources/{kk.id}", "/library?q=қысым давление", "/library", "/library/mine", "/library/ranking",
        "/library/gaps", "/library/council", "/library/notices", f"/library/resources/{kk.id}/text",
        f"/library/resources/{kk.id}/edit",
    ):  # fmt: skip
        with statements() as sent:
            assert teacher.get(path).status_code == 200
        assert len(sent) <= 8, (path, sent)


def test_strangers_files_are_read_in_a_confined_process(cast: Cast) -> None:
    resource = kept(cast, files={"a.html": made.page(TITLE, TEXT, "kk"), "b.pdf": b"%PDF-1.4 broken"})
    work_through(cast)
    assert db.session.get_one(ResourceVersion, resource.current_id).reading == "read"


def test_objectives_and_authors_stand_in_their_fields_as_they_were_written(cast: Cast) -> None:
    resource = kept(cast, title_ru="Давление", objectives=["7.2.1.3", "7.2.1.4"], authors=["Ә. Сейітов"])
    page = cast.signed_in("teacher").get(f"/library/resources/{resource.id}/edit").text
    assert 'value="7.2.1.3, 7.2.1.4"' in page and "Ә. Сейітов</textarea>" in page
    answer = cast.signed_in("teacher").post(
        f"/library/resources/{resource.id}/edit", {"title_kk": "", "title_ru": "", "objectives": "7.2.1.3"}
    )
    assert answer.status_code == 422 and 'value="7.2.1.3"' in answer.text, "what was typed stays"
