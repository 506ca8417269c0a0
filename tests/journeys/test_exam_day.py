"""A teacher writes twelve kinds of questions and gives them to a class of thirty; ten of the forty minutes there is no
line, two browsers are killed and one pupil changes the computer. Nothing acknowledged is lost, and the time is right.

In the short form three of six pupils sit before real browsers and the others are spoken for by clients that do what the
script of the page does; in the long form all thirty sit before real pages. Minutes pass by moving the clocks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import select

from lms.core.db import db
from lms.quizzes.models import AnswerEntry, KeyChange, QuizAttempt, Sitting
from lms.quizzes.queries.bank import versions_by_id
from lms.quizzes.service import marking
from tests.cast import PASSWORD, read_afresh
from tests.exam_page import ExamPage
from tests.journeys.exam_day import FIELDS, Desk, ExamDay, Seat, exam_day, person_of
from tests.journeys.people_browser import PeopleBrowser
from tests.lms.quizzes.conftest import right_fields
from tests.signed_in import cookies_of

QUESTIONS, MINUTES = 12, 40
NEAR = 15  # seconds between looking at two clocks, on a machine that does other things
# Fields of each editor and what is typed into them: (name, which of them, value); True ticks a box with this value.
WRITTEN: dict[str, list[tuple[str, int, str | bool]]] = {
    "single": [("option", 0, "Ньютон"), ("option", 1, "Джоуль"), ("option", 2, "Ватт"), ("right", 1, True)],
    "several": [("option", 0, "2"), ("option", 1, "3"), ("option", 2, "4"), ("option", 3, "9"), ("right", 0, True),
                ("right", 1, True)],
    "true_false": [("right", 0, True)],
    "short_text": [("answers", 0, "қысым\nқысым күші")],
    "number": [("value", 0, "9,8"), ("tolerance", 0, "0,1"), ("units", 0, "м/с² = 1")],
    "matching": [("left", 0, "Күш"), ("right", 0, "Н"), ("left", 1, "Қуат"), ("right", 1, "Вт"), ("right", 2, "Па")],
    "ordering": [("steps", 0, "бір\nекі\nүш")],
    "gaps": [("text", 0, "Су [[100|жүз]] °C-та қайнап, [[=буға|мұзға]] айналады.")],
    "classification": [("group", 0, "Металл"), ("cards", 0, "Темір\nМыс"), ("group", 1, "Бейметалл"), ("cards", 1, "Күкірт")],
    "table": [("table_text", 0, "Шама | Бірлік\nКүш | [[Н]]\nҚуат | [[Вт]]")],
    "formula": [("expression", 0, "2*(x+1)"), ("variables", 0, "x = -5 … 5")],
    "calculated": [("parameters", 0, "a = 2 … 9 / 1\nb = 1 … 5 / 1"), ("expression", 0, "a + b")],
}  # fmt: skip
STEMS = {"calculated": "{a} + {b} нешеге тең?"}


@pytest.fixture
def day(tmp_path: Path) -> Iterator[ExamDay]:
    with exam_day(tmp_path) as found:
        yield found


@pytest.fixture
def two_computers(playwright: Playwright, tmp_path: Path) -> Iterator[list[PeopleBrowser]]:
    found = [PeopleBrowser(playwright, tmp_path / f"profile-{number}") for number in range(2)]
    yield found
    for one in found:
        one.is_closed()


def test_a_class_sits_an_exam_on_a_bad_day(
    day: ExamDay, chromium: Browser, two_computers: list[PeopleBrowser]
) -> None:
    an_exam_on_a_bad_day(day, chromium, two_computers, pupils=6, real=3)


@pytest.mark.soak
def test_a_class_of_thirty_real_pages_sits_an_exam_on_a_bad_day(
    day: ExamDay, chromium: Browser, two_computers: list[PeopleBrowser]
) -> None:
    an_exam_on_a_bad_day(day, chromium, two_computers, pupils=30, real=30)


def an_exam_on_a_bad_day(
    day: ExamDay, chromium: Browser, computers: list[PeopleBrowser], pupils: int, real: int
) -> None:
    teacher = chromium.new_page(base_url=day.running.site, locale="kk-KZ")
    teacher.set_default_timeout(20_000)
    people = day.pupils(pupils)
    sign_in(teacher, day.running.login("teacher"))
    for kind in WRITTEN:
        writes_a_question(teacher, kind)
    sitting = gives_the_paper(teacher)
    seats, desks = takes_places(day, chromium, computers, people, real, sitting)
    everybody(seats, desks, day, sitting, range(1, 5))
    day.minutes_pass(8)
    without_a_line(day, seats, desks, computers, sitting)
    moved = to_another_computer(day, chromium, teacher, seats[2], sitting)
    seats = [*seats[:2], moved, *seats[3:]]
    everybody(seats, desks, day, sitting, range(9, QUESTIONS + 1))
    nothing_is_lost(day, seats, desks, people, sitting)
    hand_in(day, seats, desks)
    publish(day, teacher, sitting, pupils)
    change_a_key(day, teacher, seats[0], sitting, pupils)
    for desk in desks:
        desk.page.closes()
    teacher.close()


def sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/")


def writes_a_question(page: Page, kind: str) -> None:
    page.goto(f"/bank/new/{kind}")
    page.locator("#stem").fill(STEMS.get(kind, f"Сұрақ: {kind}?"))
    for name, place, value in WRITTEN[kind]:
        field = page.locator(f'main [name="{name}"]').nth(place)
        field.check() if value is True else field.fill(str(value))
    page.locator("#subject").select_option("physics")
    page.locator("#grade").select_option("8")
    page.locator("main form button.primary").click()
    page.wait_for_url(lambda url: "/bank/new/" not in url)


def gives_the_paper(page: Page) -> UUID:
    page.goto("/papers/new")
    page.locator("#title").fill("Бақылау жұмысы")
    page.locator("#subject").select_option("physics")
    page.locator("#grade").select_option("8")
    page.locator("#minutes").fill(str(MINUTES))
    page.locator("#shuffle").uncheck()
    page.locator("main form button.primary").click()
    page.wait_for_url(lambda url: "/papers/new" not in url)
    page.locator("main a[href*='/bank?paper=']").click()
    boxes = page.locator("main [name=item]")
    assert boxes.count() == QUESTIONS
    for place in range(QUESTIONS):
        boxes.nth(place).check()
    page.locator("main form button.primary").last.click()
    page.locator("main a[href$='/give']").click()
    page.locator("main").get_by_label("8 «Б»").check()
    page.locator("main form button.primary").click()
    page.wait_for_url("**/given-tests/*")
    return UUID(page.url.rsplit("/", 1)[1])


def takes_places(
    day: ExamDay, chromium: Browser, computers: list[PeopleBrowser], pupils: list[tuple[UUID, str]], real: int, sitting: UUID
) -> tuple[list[Seat], list[Desk]]:  # fmt: skip
    """The first two sit at computers that will be killed, the others in contexts of one browser."""
    seats, desks = [], []
    for number, (person, login) in enumerate(pupils):
        if number < real:
            context = computers[number].context if number < 2 else chromium.new_context(locale="kk-KZ")
            seat = Seat(day, context, login)
            if number < 2:  # a computer on which one has signed in before: its name is on the disk
                seat.signs_in()
                seat.leaves()
                computers[number].is_quit()
                seat.context = computers[number].starts()
            seat.sits_down(sitting)
            seats.append(seat)
        else:
            with day.running.app.app_context():
                cookies = cookies_of(day.running.app, person)
            desk = Desk(person, login, ExamPage(day.port, cookies, day.now))
            desk.page.begins(sitting)
            desks.append(desk)
    return seats, desks


def everybody(seats: list[Seat], desks: list[Desk], day: ExamDay, sitting: UUID, numbers: range) -> None:
    """Answers these questions, and all of it is at the school."""
    write(seats, desks, day, sitting, numbers)
    for desk in desks:
        assert desk.page.sends() and not desk.page.waiting
    for seat in seats:
        seat.at_school()


def write(seats: list[Seat], desks: list[Desk], day: ExamDay, sitting: UUID, numbers: range) -> None:
    with day.running.app.app_context():
        for turn, desk in enumerate(desks):
            attempt = day.attempt(sitting, desk.person)
            for one in attempt.questions:
                if one["n"] in numbers:
                    wrong = {"choice": [str(1 + turn % 3)], "text": [f"{turn}"]}
                    desk.writes(one["n"], wrong if turn % 2 else right_fields(UUID(one["v"]), one["s"]))
    for turn, seat in enumerate(seats):
        for number in numbers:
            seat.writes(number, turn)


def without_a_line(
    day: ExamDay, seats: list[Seat], desks: list[Desk], computers: list[PeopleBrowser], sitting: UUID
) -> None:
    """Ten minutes of writing into the journals of the computers; two of them are killed."""
    day.line.cut()
    write(seats, desks, day, sitting, range(5, 9))
    for desk in desks:
        assert not desk.page.sends() and desk.page.waiting
    for seat in seats:
        seat.waits_for("here")
    computers[0].is_killed()  # with answers that nobody but its disk knows
    seats[0].leaves()
    day.minutes_pass(10)
    for seat in seats[1:]:
        assert_time(day, seat, sitting)  # the clock of the page goes on without a line
    day.line.mend()
    for desk in desks:
        assert desk.page.sends() and not desk.page.waiting
        assert desk.page.left == pytest.approx(day.seconds_left(sitting, desk.login), abs=NEAR)
    for seat in seats[1:]:
        seat.here.evaluate("window.dispatchEvent(new Event('online'))")
        seat.at_school()
    computers[1].is_killed()
    seats[1].leaves()
    for seat, computer in zip(seats[:2], computers, strict=True):
        seat.context = computer.starts()
        seat.comes_back(sitting)
        seat.at_school()
        assert_time(day, seat, sitting)
        for number, fields in seat.written.items():
            assert seat.here.evaluate(FIELDS, number) == fields, "what was typed stands there again"


def assert_time(day: ExamDay, seat: Seat, sitting: UUID) -> None:
    assert seat.seconds_left() == pytest.approx(day.seconds_left(sitting, seat.login), abs=NEAR)


def to_another_computer(day: ExamDay, chromium: Browser, teacher: Page, seat: Seat, sitting: UUID) -> Seat:
    teacher.goto(f"/given-tests/{sitting}/board")
    row = teacher.locator("tbody tr").filter(has_text="Оқушы02")
    row.locator("summary").click()
    row.locator("form[action$='/hand-over'] button").click()
    code = teacher.locator(".q-code").text_content() or ""
    other = Seat(day, chromium.new_context(locale="kk-KZ"), seat.login, written=dict(seat.written))
    other.signs_in()
    other.here.goto(f"{day.running.site}/tests/{sitting}")
    other.here.locator("main a.btn.primary").click()
    other.here.locator("#code").fill(code)
    other.here.locator("main form button.primary").click()
    expect(other.here.locator(".exam")).to_be_visible()
    other.at_school()
    assert_time(day, other, sitting)
    seat.leaves()
    return other


def nothing_is_lost(
    day: ExamDay, seats: list[Seat], desks: list[Desk], pupils: list[tuple[UUID, str]], sitting: UUID
) -> None:
    people = {login: person for person, login in pupils}
    with day.running.app.app_context():
        for seat in seats:
            stands = day.stands(day.attempt(sitting, people[seat.login]).id)
            assert stands == seat.written and len(stands) == QUESTIONS, seat.login
        for desk in desks:
            stands = day.stands(day.attempt(sitting, desk.person).id)
            assert stands == desk.page.acknowledged == desk.written
        late = db.session.scalars(select(AnswerEntry).where(~AnswerEntry.counts)).all()
        assert late == []


def hand_in(day: ExamDay, seats: list[Seat], desks: list[Desk]) -> None:
    """All but the last pupil; the clock ends the last one's attempt."""
    for seat in seats[: len(seats) - (not desks)]:
        seat.here.locator(".exam-end summary").click()
        seat.here.locator(".exam-end button.primary").last.click()
        seat.here.wait_for_url("**/tests/results/*")
    for desk in desks[:-1]:
        assert desk.page.hands_in() == "ended"


def publish(day: ExamDay, teacher: Page, sitting: UUID, pupils: int) -> None:
    day.minutes_pass(MINUTES)
    teacher.goto(f"/given-tests/{sitting}")
    form = teacher.locator("form[action$='/publish']")  # it moves into a dialog once it is asked for
    teacher.locator("details.confirm").filter(has=form).locator("summary").click()
    with teacher.expect_navigation():
        form.locator("button.primary").click()
    with day.running.app.app_context():
        read_afresh()
        rows = db.session.scalars(select(QuizAttempt).where(QuizAttempt.sitting_id == sitting)).all()
        assert db.session.get_one(Sitting, sitting).published_at is not None
        assert len(rows) == pupils and all(row.points is not None and row.to_mark == 0 for row in rows)
        assert sorted(row.ended_by for row in rows) == ["clock"] + ["pupil"] * (pupils - 1)


def change_a_key(day: ExamDay, teacher: Page, seat: Seat, sitting: UUID, pupils: int) -> None:
    """A pupil appeals; the teacher corrects the question and marks it again, for exactly those who had it."""
    pupil = seat.here
    pupil.reload()
    with day.running.app.app_context():
        row = day.attempt(sitting, person_of(seat.login).id)
        number, item = question_of_kind(row, "single")
        before = {one.id: one.points for one in attempts(sitting)}
    plea = pupil.locator(f"#question-{number}")
    plea.locator("summary").click()
    plea.locator("textarea").fill("Күштің бірлігі – ньютон.")
    with pupil.expect_navigation():
        plea.locator("button").click()
    teacher.goto(f"/bank/{item}/edit")
    teacher.locator('main [name="right"]').nth(0).check()
    teacher.locator("main form button.primary").click()
    teacher.wait_for_url(f"**/bank/{item}")
    teacher.goto(f"/given-tests/{sitting}/items/{item}")
    teacher.locator("#how-newest").check()
    teacher.locator("#reason").fill("Кілт қате болған.")
    teacher.locator("main form button.primary").click()
    teacher.wait_for_url(f"**/given-tests/{sitting}")
    teacher.locator("main textarea").fill("Дұрыс айтасыз.")
    with teacher.expect_navigation():
        teacher.locator("main button[value=granted]").click()
    with day.running.app.app_context():
        read_afresh()
        change = db.session.scalars(select(KeyChange).where(KeyChange.sitting_id == sitting)).one()
        assert len(change.touched) == pupils
        after = {one.id: one.points for one in attempts(sitting)}
        moved = {key for key in before if before[key] != after[key]}
        assert moved, "Newton is right now and Joule is not"
        for key in moved:
            assert abs((after[key] or 0) - (before[key] or 0)) == 1
            marking.mark_attempt(db.session.get_one(QuizAttempt, key))
            assert db.session.get_one(QuizAttempt, key).points == after[key]
        db.session.rollback()
    pupil.reload()
    expect(pupil.locator(f"#question-{number}")).to_contain_text("Дұрыс айтасыз.")


def attempts(sitting: UUID) -> list[QuizAttempt]:
    return list(db.session.scalars(select(QuizAttempt).where(QuizAttempt.sitting_id == sitting)))


def question_of_kind(row: QuizAttempt, kind: str) -> tuple[int, UUID]:
    known = versions_by_id(UUID(one["v"]) for one in row.questions)
    found = next(one for one in row.questions if known[UUID(one["v"])].item.kind == kind)
    return found["n"], known[UUID(found["v"])].item_id
