"""Planning: classes of paired schools only, slides of known weight, questions, the plan, catching up."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs import run_confined
from lms.core.jobs.confined import ConfinedError
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.lessons.models import StreamedClass, StreamedLesson, StreamedSlide
from lms.lessons.queries import room
from lms.lessons.service import planning
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room


def pdf(pages: int = 3) -> bytes:
    target = io.BytesIO()
    page = Canvas(target, pagesize=(800, 600))
    for number in range(pages):
        page.drawString(100, 300, f"Page {number + 1}: pressure")
        page.showPage()
    page.save()
    return target.getvalue()


def pptx(lines: tuple[str, ...] = ("Күш", "Аудан")) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Қысым"
    slide.placeholders[1].text = "\n".join(lines)
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")
    picture.seek(0)
    deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_picture(picture, 0, 0)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def form(here: Room, **more: object) -> dict[str, object]:
    return {
        "title": "Қысым", "aim": "", "subject": "physics", "language": "kk", "day": "2026-12-01", "begins": "09:20",
        "minutes": "40", "provider": "", "link": "", "classes": [str(one.id) for one in here.classes], **more,
    }  # fmt: skip


def test_a_lesson_is_planned_for_classes_of_several_schools(room_of_two: Room) -> None:
    here = room_of_two
    answer = here.teacher.post("/streaming/new", form(here))
    assert answer.status_code == 303
    read_afresh()
    row = db.session.scalars(select(StreamedLesson).order_by(StreamedLesson.id.desc())).first()
    assert row and len(row.classes) == 2 and sum(step["minutes"] for step in row.script) == 40
    assert row.starts_at.astimezone(clock.KAZAKHSTAN).hour == 9
    assert here.teacher.get("/streaming").text.count("Қысым") >= 2


def test_a_school_that_is_not_paired_cannot_be_chosen(room_of_two: Room) -> None:
    foreign = room_of_two.cast.school_class(7, school=room_of_two.cast.school_elsewhere)
    answer = room_of_two.teacher.post("/streaming/new", form(room_of_two, classes=[str(foreign.id)]))
    assert answer.status_code == 422
    assert db.session.scalar(select(StreamedClass).where(StreamedClass.class_id == foreign.id)) is None


@pytest.mark.parametrize(
    "more", [{"minutes": "500"}, {"classes": []}, {"provider": "link", "link": "javascript:alert(1)"}]
)
def test_a_plan_that_cannot_be(room_of_two: Room, more: dict[str, object]) -> None:
    assert room_of_two.teacher.post("/streaming/new", form(room_of_two, **more)).status_code == 422


def test_a_lesson_that_has_begun_keeps_its_plan(room_of_two: Room) -> None:
    here = room_of_two
    assert here.teacher.post(f"/streaming/{here.lesson_id}/edit", form(here)).status_code == 409
    assert here.teacher.post(f"/streaming/{here.lesson_id}/cancel").status_code == 409


def planned(here: Room) -> StreamedLesson:
    with edge():
        return planning.plan_lesson(
            here.hub, here.cast.person("teacher").id, here.classes, starts_at=clock.now() + timedelta(days=1),
            subject="physics", language="kk", title="Күш",
        )  # fmt: skip


def test_questions_and_the_plan_are_written_on_the_page(room_of_two: Room) -> None:
    here, row = room_of_two, planned(room_of_two)
    path = f"/streaming/{row.id}"
    good = {"kind": "single", "text": "Қайсысы?", "options": "*F/S\nF·S", "seconds": "60", "purpose": "exit"}
    assert here.teacher.post(f"{path}/questions", good).status_code == 303
    assert here.teacher.post(f"{path}/questions", {**good, "options": "*бір\n*екі"}).status_code == 422
    assert (
        here.teacher.post(f"{path}/questions", {"kind": "number", "text": "?", "key": "көп"}).status_code
        == 422
    )
    read_afresh()
    kept = room.questions(row.id)[0]
    assert (kept.options, kept.key, kept.seconds, kept.purpose) == (["F/S", "F·S"], ["0"], 60, "exit")
    steps = {"minutes-1": "15", "who-1": "hub", "what-1": "Түсіндіру", "slide-1": "2", "what-2": "минутсыз"}
    assert here.teacher.post(f"{path}/script", steps).status_code == 303
    read_afresh()
    assert db.session.get_one(StreamedLesson, row.id).script == [
        {"minutes": 15, "who": "hub", "what": "Түсіндіру", "slide": 2}
    ]
    assert here.teacher.post(f"{path}/questions/1/drop").status_code == 303
    assert here.teacher.post(f"{path}/questions/9/drop").status_code == 404


def test_the_plan_is_written_by_both_sides_and_by_nobody_else(room_of_two: Room) -> None:
    here, row = room_of_two, planned(room_of_two)
    path = f"/streaming/{row.id}"
    near = here.cast.signed_in("teacher", here.schools[0])
    assert "minutes-1" in near.get(path).text
    steps = {"minutes-1": "10", "who-1": "satellite", "what-1": "Тәжірибе"}
    assert near.post(f"{path}/script", steps).status_code == 303
    elsewhere = here.signed_in(here.pupils["aru"])
    assert elsewhere.post(f"{path}/script", {**steps, "what-1": "Ойын"}).status_code in (403, 404)
    with edge():
        planning.begin(db.session.get_one(StreamedLesson, row.id))
    assert near.post(f"{path}/script", {**steps, "what-1": "Кеш"}, follow_redirects=True).status_code in (
        200,
        409,
        422,
    )
    read_afresh()
    assert [one["what"] for one in db.session.get_one(StreamedLesson, row.id).script] == ["Тәжірибе"]


def brought(here: Room, row: StreamedLesson, data: bytes, name: str) -> StreamedLesson:
    answer = here.teacher.post(f"/streaming/{row.id}/slides", {"file": (io.BytesIO(data), name)},
                               content_type="multipart/form-data")  # fmt: skip
    assert answer.status_code == 303
    read_afresh()
    job = db.session.scalars(
        select(Job).where(Job.kind == "lessons.make-slides").order_by(Job.id.desc())
    ).first()
    assert job is not None
    run_now(job.id)
    read_afresh()
    return db.session.get_one(StreamedLesson, row.id)


def test_a_pdf_becomes_pages_that_pupils_may_see(room_of_two: Room) -> None:
    here, row = room_of_two, planned(room_of_two)
    assert brought(here, row, pdf(), "qysym.pdf").deck_state == "ready"
    slides = room.slides(row.id)
    assert [one.number for one in slides] == [1, 2, 3]
    assert all(one.size < 90_000 and one.width <= 1280 for one in slides)
    assert "pressure" in slides[1].text
    pupil = here.signed_in(here.pupils["aru"])
    answer = pupil.get(f"/streaming/{row.id}/slides/2.webp")
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert "private" in answer.headers["Cache-Control"]
    assert pupil.get(f"/streaming/{row.id}/slides/9.webp").status_code == 404


def test_a_file_that_is_none_is_refused_with_a_sentence(room_of_two: Room) -> None:
    row = brought(room_of_two, planned(room_of_two), b"GIF89a not slides", "slides.pdf")
    assert row.deck_state == "unreadable"
    assert db.session.scalar(select(StreamedSlide).where(StreamedSlide.lesson_id == row.id)) is None
    assert "Файлды оқу мүмкін емес" in room_of_two.teacher.get(f"/streaming/{row.id}").text


def made(tmp_path: Path, data: bytes) -> list[dict[str, object]]:
    (tmp_path / "deck").write_bytes(data)
    found: list[dict[str, object]] = run_confined(
        "lms.lessons.slides.pages:make",
        {"path": str(tmp_path / "deck"), "folder": str(tmp_path)},
        memory_mb=1024,
    )
    return found


@pytest.mark.pure
def test_texts_and_pictures_of_a_pptx_are_drawn(tmp_path: Path) -> None:
    found = made(tmp_path, pptx())
    assert [one["text"] for one in found] == ["Қысым Күш Аудан", ""]
    with Image.open(str(found[0]["file"])) as page:
        assert page.size == (1280, 960) and len(page.getcolors(1_000_000) or []) > 1
    with Image.open(str(found[1]["file"])) as page:
        red = page.convert("RGB").getpixel((10, 10))
    assert isinstance(red, tuple) and red[0] > 200 and red[1] < 60


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/zero.bin", b"\0" * (210 * 1024 * 1024))
    return target.getvalue()


@pytest.mark.pure
@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "unreadable"),
        (b"%PDF-1.7 broken", "unreadable"),
        (b"PK\x03\x04 cut off", "unreadable"),
        ("many", "too-many"),
        ("bomb", "too-heavy"),
    ],
)
def test_hostile_files(tmp_path: Path, data: bytes | str, code: str) -> None:
    given = {"many": lambda: pdf(61), "bomb": bomb}[data]() if isinstance(data, str) else data
    with pytest.raises(ConfinedError) as caught:
        made(tmp_path, given)
    assert caught.value.code == code


def ended(here: Room) -> None:
    with edge():
        lesson = here.lesson
        lesson.now = {**lesson.now, "asked": [room.questions(lesson.id)[0].id.hex]}
        planning.end(lesson)


def test_whoever_was_ill_catches_up_and_it_is_written_down(room_of_two: Room) -> None:
    here = room_of_two
    dana = here.signed_in(here.pupils["dana"])
    assert "p = ?" not in dana.get(f"/streaming/{here.lesson_id}/later").text
    ended(here)
    path = f"/streaming/{here.lesson_id}/later"
    assert "p = ?" in dana.get(path).text
    assert dana.post(path, {}).status_code == 303  # an answer is missing
    assert "кейін қатысты" not in here.teacher.get(f"/streaming/{here.lesson_id}/report").text
    answer = dana.post(path, {"answer-1": "0"})
    assert "Сабаққа кейін қатысқан" in answer.text
    dana.post(path, {"answer-1": "1"})
    report = here.teacher.get(f"/streaming/{here.lesson_id}/report").text
    assert "1/1" in report


def test_the_pack_needs_no_line(room_of_two: Room) -> None:
    here = room_of_two
    dana = here.signed_in(here.pupils["dana"])
    assert dana.get(f"/streaming/{here.lesson_id}/pack.zip").status_code == 404
    ended(here)
    answer = dana.get(f"/streaming/{here.lesson_id}/pack.zip")
    assert answer.status_code == 200 and len(answer.data) < 15 * 1024 * 1024
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        page = archive.read("index.html").decode()
    assert "p = ?" in page and "http" not in page.replace("http-equiv", "")
    key = page.split('data-key="')[1].split('"')[0].replace("&#34;", '"')
    assert json.loads(key) == ["0"]
