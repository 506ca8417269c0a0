"""Gani's class on paper: sheets are printed, marked with a pen, photographed, read; what is doubtful goes to a person."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.people.models import ClassMembership, SchoolClass
from lms.quizzes.models import AnswerSheet, Item, ItemVersion, QuizAttempt, SheetPhoto, Sitting
from lms.quizzes.queries import twin as queries
from lms.quizzes.service import marking, sittings, twin
from lms.quizzes.sheets import layout
from tests.cast import Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import begins, given, paper_of, right_fields, written
from tests.lms.quizzes.sheets.by_hand import DOTS

pytestmark = pytest.mark.pure  # pictures take the time; the rows are those of every sitting

Statements = Callable[[], AbstractContextManager[list[str]]]
KINDS = ("single", "several", "true_false", "matching", "short_text")


@pytest.fixture
def kinds(cast: Cast) -> list[Item]:
    return [written(cast, kind) for kind in KINDS]


@pytest.fixture
def on_paper(cast: Cast, third: SchoolClass, kinds: list[Item]) -> UUID:
    """Given to a class of three, with sheets of two variants."""
    for surname in ("Бекова", "Ержанов"):
        cast.pupil(third, surname=surname)
    key = given(cast, paper_of(cast, kinds), third)
    assert teacher_of(cast).post(f"/given-tests/{key}/on-paper", {"variants": "2"}).status_code == 303
    return key


def teacher_of(cast: Cast) -> Browser:
    return cast.signed_in("teacher")


def sheets(sitting: UUID) -> list[AnswerSheet]:
    read_afresh()
    return list(queries.sheets_of(sitting))


def photograph(page: Image.Image, sheet: AnswerSheet, ink: int = 30, spoilt: int = -1) -> bytes:
    """Every answer right, in this ink; the line `spoilt` looks rubbed out."""
    pen, lines = ImageDraw.Draw(page), queries.lines_of(sheet)
    for place, options in enumerate(marked(sheet)):
        for one in layout.bubbles([line.row for line in lines]):
            if one.row == place and one.option in options:
                x, y, reach = one.x * DOTS, one.y * DOTS, layout.RADIUS * DOTS * 0.9
                pen.ellipse(
                    [x - reach, y - reach, x + reach, y + reach], fill=205 if place == spoilt else ink
                )
    target = io.BytesIO()
    page.save(target, "JPEG", quality=85)
    return target.getvalue()


def marked(sheet: AnswerSheet) -> list[list[int]]:
    found: list[list[int]] = []
    for one in sheet.questions:
        fields = right_fields(UUID(one["v"]), one["s"])
        if "row1" in fields:
            found += [[int(fields[f"row{place}"][0]) - 1] for place in range(1, len(fields) + 1)]
        elif "choice" in fields:
            found.append([int(choice) - 1 for choice in fields["choice"]])
        elif kind_of(UUID(one["v"])) == "true_false":
            found.append([0])
    return found


def kind_of(version: UUID) -> str:
    return db.session.get_one(ItemVersion, version).item.kind


def pages(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=200 / 72).to_pil().convert("L") for page in document]


def sends(browser: Browser, sitting: UUID, *files: tuple[str, bytes]) -> None:
    """And the job that reads them has been done."""
    answer = browser.post(
        f"/given-tests/{sitting}/on-paper/photos",
        {"photos": [(io.BytesIO(data), name) for name, data in files]}, content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert "job=" in answer.location
    read_afresh()
    run_now(db.session.scalars(select(Job.id).where(Job.state == "waiting")).one())


def test_a_class_on_paper_from_printing_to_points(cast: Cast, on_paper: UUID) -> None:
    teacher = teacher_of(cast)
    rows = sheets(on_paper)
    assert [one.variant for one in rows] == [1, 2, 1], "neighbours differ"
    assert rows[0].questions != rows[1].questions
    assert "2" in teacher.get(f"/given-tests/{on_paper}/on-paper/variants").text
    pdf = teacher.get(f"/given-tests/{on_paper}/on-paper/sheets.pdf?language=ru").data
    with pypdfium2.PdfDocument(pdf) as document:
        assert "Закрасьте" in document[0].get_textpage().get_text_bounded()
    images = pages(pdf)
    scan = io.BytesIO()
    both = [Image.open(io.BytesIO(photograph(images[place], rows[place]))) for place in (0, 1)]
    both[0].save(scan, "PDF", save_all=True, append_images=both[1:], resolution=200)
    doubtful = photograph(images[2], rows[2], spoilt=0)
    sends(teacher, on_paper, ("scan.pdf", scan.getvalue()), ("third.jpg", doubtful), ("cat.jpg", b"x"))
    first, second, third = sheets(on_paper)
    assert first.attempt and second.attempt and third.attempt is None
    for sheet in (first, second):
        attempt = sheet.attempt
        assert attempt is not None and attempt.ended_by == "paper" and attempt.variant == sheet.variant
        assert (attempt.points, attempt.to_mark) == (1 + 2 + 1 + 2, 1), (
            "what has no bubbles waits for a person"
        )
    page = teacher.get(f"/given-tests/{on_paper}/on-paper").text
    assert "cat.jpg" in page and "Ержанов" in page
    assert [one.state for one in db.session.scalars(select(SheetPhoto).order_by(SheetPhoto.id))] == [
        "read",
        "read",
        "refused",
    ]
    decides(teacher, on_paper, third)


def decides(teacher: Browser, sitting: UUID, sheet: AnswerSheet) -> None:
    assert sheet.doubts == [0]
    asked = teacher.get(f"/given-tests/{sitting}/on-paper/doubts").text
    assert f"/given-tests/sheets/{sheet.id}/lines/0.jpg" in asked
    picture = teacher.get(f"/given-tests/sheets/{sheet.id}/lines/0.jpg")
    assert Image.open(io.BytesIO(picture.data)).size[0] > 100
    answer = teacher.post(
        f"/given-tests/{sitting}/on-paper/doubts", {"sheet": str(sheet.id), "line": "0", "mark": str(marked(sheet)[0][0])}
    )  # fmt: skip
    assert answer.status_code == 303
    read_afresh()
    attempt = db.session.get_one(AnswerSheet, sheet.id).attempt
    assert attempt is not None and attempt.points == 6
    assert teacher.get(f"/given-tests/sheets/{sheet.id}/lines/0.jpg").status_code == 404


def test_marks_given_by_hand_stay_when_the_sheet_is_read_again(cast: Cast, on_paper: UUID) -> None:
    teacher, row = teacher_of(cast), sheets(on_paper)[0]
    image = pages(teacher.get(f"/given-tests/{on_paper}/on-paper/sheets.pdf").data)[0]
    photo = photograph(image, row)
    sends(teacher, on_paper, ("a.jpg", photo))
    attempt = sheets(on_paper)[0].attempt
    assert attempt is not None
    number = next(one["n"] for one in attempt.questions if kind_of(UUID(one["v"])) == "short_text")
    marks = f"/given-tests/attempts/{attempt.id}/marks/{number}"
    assert "1" in teacher.get(marks).text
    assert teacher.post(marks, {"points": "1"}).status_code == 303
    sends(teacher, on_paper, ("again.jpg", photo))
    read_afresh()
    again = db.session.get_one(QuizAttempt, attempt.id)
    assert (again.points, again.to_mark) == (7, 0)
    with edge():
        marking.mark_attempt(db.session.get_one(QuizAttempt, attempt.id))
    assert db.session.get_one(QuizAttempt, attempt.id).points == 7
    with edge():
        sittings.publish(db.session.get_one(Sitting, on_paper))


def test_what_a_person_decided_and_what_was_clear_stay(cast: Cast, on_paper: UUID) -> None:
    sheet = sheets(on_paper)[0]
    photo = SheetPhoto(sitting_id=on_paper, file="0" * 64, name="a.jpg", sent_by=sheet.person_id)

    def read(**lines: tuple[list[int], str]) -> dict[str, list[int]]:
        page = {
            "number": sheet.number,
            "lines": {place[1:]: {"m": m, "d": d} for place, (m, d) in lines.items()},
        }
        with db.session.no_autoflush:
            twin.keep_photo(photo, [page])
        return {place: one["m"] for place, one in sheet.seen.items()}

    assert read(_0=([1], ""), _1=([], "faint")) == {"0": [1], "1": []}
    twin.decide(sheet, 1, [2])
    assert read(_0=([], "faint"), _1=([0], "")) == {"0": [1], "1": [2]}
    assert read(_0=([3], "")) == {"0": [3], "1": [2]}, "a clear line read anew"
    assert sheet.doubts == []
    db.session.rollback()


def test_nobody_sits_twice(cast: Cast, on_paper: UUID) -> None:
    """Whoever has sat on the screen keeps that attempt; the sheet changes nothing."""
    pupil = begins(cast.signed_in("student"), on_paper)
    pupil.hands_in()
    teacher = teacher_of(cast)
    rows = sheets(on_paper)
    place = next(n for n, one in enumerate(rows) if one.person_id == pupil.row().person_id)
    image = pages(teacher.get(f"/given-tests/{on_paper}/on-paper/sheets.pdf").data)[place]
    sends(teacher, on_paper, ("a.jpg", photograph(image, rows[place])))
    assert sheets(on_paper)[place].attempt_id is None
    assert pupil.row().ended_by == "pupil" and pupil.row().points == 0


def test_a_sheet_of_another_test_is_named_as_such(
    cast: Cast, on_paper: UUID, third: SchoolClass, kinds: list[Item]
) -> None:
    teacher = teacher_of(cast)
    other = given(cast, paper_of(cast, kinds), third)
    teacher.post(f"/given-tests/{other}/on-paper", {"variants": "1"})
    image = pages(teacher.get(f"/given-tests/{other}/on-paper/sheets.pdf").data)[0]
    sends(teacher, on_paper, ("a.jpg", photograph(image, sheets(other)[0])))
    photo = db.session.scalars(select(SheetPhoto).where(SheetPhoto.sitting_id == on_paper)).one()
    assert (photo.state, photo.faults) == ("refused", [[1, "unknown-sheet"]])


def test_sheets_are_for_those_who_give_the_test(cast: Cast, on_paper: UUID) -> None:
    row = sheets(on_paper)[0]
    for browser, code in (
        (cast.signed_in("student"), 403),
        (cast.signed_in("teacher", cast.school_elsewhere), 404),
    ):
        for path in ("", "/sheets.pdf", "/variants", "/doubts"):
            assert browser.get(f"/given-tests/{on_paper}/on-paper{path}").status_code == code, path
        assert browser.get(f"/given-tests/sheets/{row.id}/lines/0.jpg").status_code == code


def test_pages_of_sheets_take_few_statements(
    cast: Cast, on_paper: UUID, third: SchoolClass, statements: Statements
) -> None:
    teacher = teacher_of(cast)
    for number in range(2):
        with statements() as sent:
            for path in ("", "/variants"):
                assert teacher.get(f"/given-tests/{on_paper}/on-paper{path}").status_code == 200
        assert len(sent) <= 16, sent
        for place in range(4):
            person = cast.person("student", login=f"late-{number}-{place}")
            with edge():
                db.session.add(ClassMembership(class_id=third.id, person_id=person.id, since=clock.today()))
        teacher.post(f"/given-tests/{on_paper}/on-paper", {"variants": "2"})
