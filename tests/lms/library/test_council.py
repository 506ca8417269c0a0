"""The council's procedure from hand to hand, with the calendar moved."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs import enqueue
from lms.library.models import CouncilCase, LibraryNotice, Resource
from lms.library.service import council, resources
from lms.people.models import Person
from tests.cast import Browser, Cast, read_afresh
from tests.lms.library.kept import kept, work_through

FACTS: dict[str, Any] = {"subject": "physics", "grade_from": 7, "grade_to": 7, "authors": ["Айгүл Сейітқызы"]}
SCORES = dict.fromkeys(council.CRITERIA, "4")


@pytest.fixture
def calendar() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 1, 12, 6, tzinfo=UTC), tick=True) as traveller:
        yield traveller


def experts(cast: Cast) -> list[Person]:
    return [cast.person("teacher", cast.school_elsewhere, f"sarapshy{n}") for n in range(4)]


def browser_of(cast: Cast, person: Person) -> Browser:
    browser = cast.visitor()
    browser.signs_in(str(person.login))
    return browser


def before_the_council(cast: Cast, **facts: Any) -> CouncilCase:
    resource = kept(cast, state="draft", files={"a.txt": b"x"}, **{**FACTS, **facts})
    with edge():
        return council.submit(resource, resource.owner_id)


def grouped(cast: Cast) -> CouncilCase:
    case = before_the_council(cast)
    with edge():
        for person, part in zip(experts(cast), council.EXTERNAL, strict=True):
            council.appoint(case, person, part, cast.person("methodologist", cast.district, "ädister").id)
        council.start_external(case, cast.person("methodologist", cast.district, "ädister").id)
    return case


def reviewed(cast: Cast, case: CouncilCase, verdicts: str) -> None:
    words = {"a": "accept", "w": "rework", "r": "refuse"}
    with edge():
        for seat, letter in zip(case.seats, verdicts, strict=False):
            council.give_review(seat, dict.fromkeys(council.CRITERIA, 4), "себеп", words[letter])


def test_from_submission_to_a_mark_that_anybody_can_check(
    cast: Cast, calendar: time_machine.Traveller
) -> None:
    teacher = cast.signed_in("teacher")
    resource = kept(cast, "Қысым", state="draft", files={"a.txt": b"matin"}, **FACTS)
    where = teacher.post(f"/library/resources/{resource.id}/submit").location
    leader = cast.signed_in("methodologist", cast.district)
    for person, part in zip(experts(cast), council.EXTERNAL, strict=True):
        assert leader.post(f"{where}/appoint", {"login": person.login, "part": part}).status_code == 303
    leader.post(f"{where}/start")
    for person in experts(cast):
        expert = browser_of(cast, person)
        assert "Сізден пікір сұралады" in expert.get("/").text
        page = expert.get(f"/library/resources/{resource.id}").text
        assert "Айгүл" not in page.replace("Сейітқызы Айгүл", "", 2), "whose it is stays unknown"
        expert.post(f"{where}/review", {**SCORES, "words": "Жақсы", "verdict": "accept"})
    assert "Мектептердегі сынақ" in teacher.get(where).text
    voice = cast.signed_in("teacher", cast.school_elsewhere)
    voice.post(f"{where}/speak", {"words": "Сабақта сынадық", "tried": "yes", "school": "№ 5"})
    calendar.shift(timedelta(days=61))
    run_deadlines(cast)
    teacher, leader = cast.signed_in("teacher"), cast.signed_in("methodologist", cast.district)
    teacher.post(f"{where}/hand-in")
    for number in range(3):
        member = cast.person("teacher", cast.school_elsewhere, f"komissia{number}")
        leader.post(f"{where}/appoint", {"login": member.login, "part": "commission"})
        browser_of(cast, member).post(f"{where}/review", {"verdict": "accept"})
    leader.post(f"{where}/decide")
    read_afresh()
    found = db.session.get_one(Resource, resource.id)
    assert found.state == "published" and found.mark and found.marked
    assert found.mark_until and found.mark_until.year == clock.today().year + 5
    anybody = cast.visitor()
    assert "Бұл белгі жарамды" in anybody.get(f"/library/check-mark?code={found.mark.lower()}").text
    assert "Мұндай белгі жоқ" in anybody.get("/library/check-mark?code=ABCDEFGHJK").text
    calendar.shift(timedelta(days=5 * 366))
    assert "мерзімі өткен" in cast.visitor().get(f"/library/check-mark?code={found.mark}").text


def run_deadlines(cast: Cast) -> None:
    with edge():
        enqueue("library.council-deadlines")
    work_through(cast)


def test_half_and_half_goes_back_to_the_author_and_the_same_experts_look_again(cast: Cast) -> None:
    case = grouped(cast)
    reviewed(cast, case, "awwa")
    assert case.stage == "rework" and case.due_on == clock.today() + timedelta(days=40)
    teacher = cast.signed_in("teacher")
    page = teacher.get(f"/library/council/{case.id}").text
    assert "Кезек Сізде" in page and "1-сарапшы" in page and "sarapshy" not in page
    assert teacher.get(f"/library/resources/{case.resource_id}/edit").status_code == 200
    teacher.post(f"/library/council/{case.id}/hand-in")
    read_afresh()
    again = db.session.get_one(CouncilCase, case.id)
    assert (again.stage, again.round, [one.given_at for one in again.seats]) == ("external", 2, [None] * 4)


def test_two_refusals_end_it_and_the_resource_is_a_draft_again(cast: Cast) -> None:
    case = grouped(cast)
    reviewed(cast, case, "rraa")
    assert case.stage == "refused" and case.resource.state == "draft"
    assert "refused" in db.session.scalars(select(LibraryNotice.code)).all()


def test_while_it_is_judged_its_author_changes_nothing(cast: Cast) -> None:
    case = grouped(cast)
    answer = cast.signed_in("teacher").post(f"/library/resources/{case.resource_id}/files", {"keep": "no"})
    assert answer.status_code == 422
    with pytest.raises(council.Refused), edge():
        resources.describe(case.resource, case.resource.owner_id, {"title_kk": "Басқа"})


@pytest.mark.parametrize("who", ["the author", "a colleague", "somebody seated"])
def test_a_conflict_of_interest_that_can_be_seen_is_refused(cast: Cast, who: str) -> None:
    case = before_the_council(cast)
    person = {
        "the author": lambda: db.session.get_one(Person, case.resource.owner_id),
        "a colleague": lambda: cast.person("teacher", login="aripteş"),
        "somebody seated": lambda: experts(cast)[0],
    }[who]()
    leader = cast.person("administrator").id
    with edge():
        council.appoint(case, experts(cast)[0], "scientist", leader)
    with pytest.raises(council.Refused), edge():
        council.appoint(case, person, "methodologist", leader)


def test_an_expert_who_steps_back_leaves_the_seat_to_another(cast: Cast) -> None:
    case = grouped(cast)
    expert = browser_of(cast, experts(cast)[0])
    expert.post(f"/library/council/{case.id}/step-back", {"reason": "Авторды танимын"})
    assert expert.get(f"/library/council/{case.id}").status_code == 404
    read_afresh()
    fresh = db.session.get_one(CouncilCase, case.id)
    with edge():
        council.appoint(
            fresh, cast.person("teacher", cast.school_elsewhere, "zhana"), "scientist", fresh.led_by
        )  # type: ignore[arg-type]
    assert [one.part for one in fresh.seats if not one.conflict].count("scientist") == 1


def test_experts_know_nothing_of_each_other_and_outsiders_nothing_of_the_case(cast: Cast) -> None:
    case = grouped(cast)
    page = browser_of(cast, experts(cast)[0]).get(f"/library/council/{case.id}").text
    assert "sarapshy1" not in page and "Орындар" not in page
    assert (
        cast.signed_in("teacher", cast.school_elsewhere).get(f"/library/council/{case.id}").status_code == 404
    )
    assert cast.signed_in("student").get(f"/library/council/{case.id}").status_code == 403


def test_a_review_needs_all_criteria_and_a_reason_for_changes(cast: Cast) -> None:
    case = grouped(cast)
    expert, where = browser_of(cast, experts(cast)[0]), f"/library/council/{case.id}/review"
    for form in (
        {"verdict": "accept"}, {**SCORES, "verdict": "rework"}, {**SCORES, "verdict": "maybe", "words": "x"},
        {**SCORES, "accuracy": "9", "verdict": "accept"},
    ):  # fmt: skip
        expert.post(where, form)
    read_afresh()
    assert [one.given_at for one in db.session.get_one(CouncilCase, case.id).seats] == [None] * 4


def test_reminders_come_before_and_after_the_day_and_not_twice(
    cast: Cast, calendar: time_machine.Traveller
) -> None:
    case = grouped(cast)
    told: list[int] = []
    for days in (39, 1, 0, 7, 0, 4, 7):  # day 39, 40, 40, 47, 47, 51, 58 of 50
        calendar.shift(timedelta(days=days))
        run_deadlines(cast)
        codes = db.session.scalars(
            select(LibraryNotice.code).where(LibraryNotice.code.in_(("deadline", "overdue")))
        ).all()
        told.append(len(codes))
    assert told == [0, 4, 4, 8, 8, 13, 18]  # four experts; once it is late their leader too
    assert db.session.get_one(CouncilCase, case.id).stage == "external"


def test_a_trial_ends_by_itself_and_so_does_the_time_to_mend(
    cast: Cast, calendar: time_machine.Traveller
) -> None:
    case = grouped(cast)
    reviewed(cast, case, "aaaa")
    stages = []
    for days in (60, 1, 15, 1):
        calendar.shift(timedelta(days=days))
        run_deadlines(cast)
        stages.append(db.session.get_one(CouncilCase, case.id).stage)
    assert stages == ["trial", "mending", "mending", "commission"]


def test_the_minutes_are_a_pdf_with_names_only_when_it_is_over(cast: Cast) -> None:
    case = grouped(cast)
    reviewed(cast, case, "rraa")
    leader = cast.signed_in("methodologist", cast.district)
    data = leader.get(f"/library/council/{case.id}/minutes.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data.data)).pages)
    assert data.mimetype == "application/pdf" and "Сараптама кеңесінің хаттамасы" in re.sub(r"\s+", " ", text)
    open_case = cast.signed_in("teacher").get(f"/library/council/{before_open(cast).id}/minutes.pdf")
    assert open_case.status_code == 404


def before_open(cast: Cast) -> CouncilCase:
    return before_the_council(cast, title="Екінші")


def test_the_commission_is_three_at_least_and_all_vote(cast: Cast) -> None:
    case = grouped(cast)
    reviewed(cast, case, "aaaa")
    leader = cast.person("administrator").id
    with edge():
        council.end_trial(case, leader)
        council.hand_in(case, case.resource.owner_id)
        for number in range(2):
            seat = council.appoint(
                case, cast.person("methodologist", cast.school_elsewhere, f"k{number}"), "commission", leader
            )
            council.give_review(seat, {}, "", "accept")
    with pytest.raises(council.Refused), edge():
        council.decide(case, leader)


def test_nobody_leads_the_case_of_their_own_resource(cast: Cast) -> None:
    owner = cast.person("methodologist")
    resource = kept(cast, state="draft", owner=owner, files={"a.txt": b"x"}, **FACTS)
    methodologist = cast.signed_in("methodologist")
    where = methodologist.post(f"/library/resources/{resource.id}/submit").location
    methodologist.post(f"{where}/refuse", {"reason": "x"})
    read_afresh()
    assert db.session.scalars(select(CouncilCase.stage)).one() == "submitted"
    methodologist.post(f"{where}/take-back")
    read_afresh()
    assert db.session.scalars(select(CouncilCase.stage)).one() == "taken_back"


def test_an_officer_who_leads_a_case_sees_what_it_is_about(cast: Cast) -> None:
    case = before_the_council(cast)
    officer = cast.signed_in("oblast_officer", cast.oblast)
    assert officer.get(f"/library/council/{case.id}").status_code == 200
    assert officer.get(f"/library/resources/{case.resource_id}").status_code == 200
    elsewhere = kept(cast, state="draft", files={"a.txt": b"x"}, **FACTS)
    assert officer.get(f"/library/resources/{elsewhere.id}").status_code == 404, "a draft is its owner's"
