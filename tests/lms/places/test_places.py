"""Schools are described, given rooms and bells, closed and opened again, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

from lms.core.db import db
from lms.core.sheets import read_sheet
from lms.places import lists
from lms.places.models import Place, Room, School
from tests.cast import Browser, Cast

FACTS: dict[str, Any] = {
    "name_kk": "Тарбағатай мектебі", "name_ru": "Тарбагатайская школа", "code": "T-1", "kind": "small",
    "languages": ["kk", "ru"], "first_grade": "1", "last_grade": "9", "shifts": "2", "pupils": "86",
    "technology": "satellite", "contract_down": "8", "provider": "Дала Байланыс",
}  # fmt: skip
HEADER = "Код школы;Название на казахском;Название на русском;Вид школы;Языки обучения;Количество учеников\n"


def edit(browser: Browser, school: Place, **change: Any) -> Any:
    return browser.post(f"/places/schools/{school.id}/edit", {**FACTS, **change})


def fresh(school: Place) -> School:
    db.session.rollback()  # leaves the snapshot that the test has read so far
    db.session.expire_all()
    return db.session.get_one(School, school.id)


def coded(code: str) -> Place | None:
    db.session.rollback()  # leaves the snapshot that the test has read so far
    db.session.expire_all()
    return db.session.query(Place).filter_by(code=code).one_or_none()


def test_a_director_describes_her_school(cast: Cast) -> None:
    assert edit(cast.signed_in("director"), cast.school).status_code == 303
    row = fresh(cast.school)
    assert (row.place.name_kk, row.kind, row.languages) == ("Тарбағатай мектебі", "small", ["kk", "ru"])
    assert row.contract_down == 8.0


def test_what_cannot_be_is_said_and_changes_nothing(cast: Cast) -> None:
    director = cast.signed_in("director", language="ru")
    answer = edit(director, cast.school, last_grade="0", first_grade="5", languages=[])
    assert answer.status_code == 422
    assert "Выберите хотя бы один язык обучения" in answer.text
    assert fresh(cast.school).place.name_kk == "Тарбағатай орта мектебі"


def test_two_schools_never_share_a_code(cast: Cast) -> None:
    edit(cast.signed_in("director"), cast.school)
    other = cast.school_elsewhere
    assert edit(cast.signed_in("director", other), other).status_code == 409
    assert fresh(other).place.code is None


def test_bells_are_read_as_they_hang_on_the_wall(cast: Cast) -> None:
    browser, path = cast.signed_in("director"), f"/places/schools/{cast.school.id}/bells/1"
    assert browser.post(path, {"lessons": "8:30-9:15\n09.20 – 10.05\n"}).status_code == 303
    assert fresh(cast.school).bells == [[["08:30", "09:15"], ["09:20", "10:05"]]]
    assert browser.post(path, {"lessons": "09:00–09:45\n09:30–10:15"}).status_code == 422
    assert browser.post(path, {"lessons": "25:00–26:00"}).status_code == 422
    assert len(fresh(cast.school).bells[0]) == 2


def test_a_room_is_added_changed_and_removed(cast: Cast) -> None:
    browser = cast.signed_in("director")
    new = f"/places/schools/{cast.school.id}/new-room"
    browser.post(new, {"name": "12", "seats": "24", "computers": "0"})
    room = db.session.query(Room).one()
    change = {"name": "12a", "seats": "20", "computers": "1", "equipment": ["camera"]}
    browser.post(f"/places/rooms/{room.id}/edit", change)
    db.session.rollback()  # leaves the snapshot that the test has read so far
    db.session.expire_all()
    assert (room.name, room.seats, room.equipment) == ("12a", 20, ["camera"])
    browser.post(f"/places/rooms/{room.id}/remove")
    db.session.rollback()
    assert db.session.query(Room).count() == 0


def test_a_closed_school_leaves_the_list_and_can_come_back(cast: Cast) -> None:
    browser, shown = cast.signed_in("administrator"), cast.school.name_kk
    assert shown in browser.get("/places/schools").text
    browser.post(f"/places/schools/{cast.school.id}/close")
    assert shown not in browser.get("/places/schools").text
    browser.post(f"/places/schools/{cast.school.id}/reopen")
    assert shown in browser.get("/places/schools").text


def test_the_list_is_searched_with_russian_letters_and_filtered(cast: Cast) -> None:
    browser, shown = cast.signed_in("administrator"), cast.school.name_kk
    assert shown in browser.get("/places/schools?q=тарбагатай").text
    assert shown not in browser.get("/places/schools?kind=hub").text
    assert shown in browser.get(f"/places/schools?within={cast.district.id}").text
    assert shown not in browser.get("/places/schools?within=nowhere").text


def test_a_long_list_costs_no_more_statements(
    cast: Cast, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    browser = cast.signed_in("administrator")
    for _ in range(60):
        cast._school("Мектеп", "Школа", cast.district)
    for path in ("/places/schools", f"/places/{cast.district.id}"):
        with statements() as sent:
            assert browser.get(path).status_code == 200
        assert len(sent) <= 8, sent


def bring(cast: Cast, text: str) -> tuple[Browser, Any]:
    browser = cast.signed_in("administrator", language="ru")
    file = (BytesIO((HEADER + text).encode("utf-8-sig")), "schools.csv")
    return browser, browser.post(f"/imports/new/schools/{cast.district.id}", {"file": file})


def test_a_list_changes_nothing_until_it_is_confirmed_and_can_be_undone(cast: Cast) -> None:
    row = "S-1;Аққұм мектебі;Аккумская школа;Малокомплектная школа;казахский, ru;42\n"
    browser, answer = bring(cast, row)
    assert answer.status_code == 303
    assert coded("S-1") is None
    browser.post(f"{answer.location}/confirm")
    found = coded("S-1")
    assert found and found.school and found.school.pupils == 42
    assert (found.school.kind, found.school.languages) == ("small", ["kk", "ru"])
    browser.post(f"{answer.location}/undo")
    assert coded("S-1") is None


def test_every_bad_row_is_named_in_the_readers_language(cast: Cast) -> None:
    browser, answer = bring(cast, "S-1;А;Б;дворец;kk;много\nS-1;А;Б;;;\n")
    page = browser.get(answer.location).text
    assert "Это должно быть число от 0 до 10000" in page
    browser.post(f"{answer.location}/confirm")
    assert coded("S-1") is None


def test_a_school_of_another_district_is_not_changed_from_here(cast: Cast) -> None:
    other = cast.school_elsewhere
    edit(cast.signed_in("director", other), other, code="S-9")
    browser, answer = bring(cast, "S-9;А;Б;;;\n")
    assert "вне" in browser.get(answer.location).text or "за пределами" in browser.get(answer.location).text
    browser.post(f"{answer.location}/confirm")
    found = coded("S-9")
    assert found and found.name_kk == "Тарбағатай мектебі"


def test_what_is_taken_out_can_be_brought_in_again(cast: Cast) -> None:
    edit(cast.signed_in("director"), cast.school)
    browser = cast.signed_in("administrator", language="ru")
    for form in ("csv", "xlsx"):
        data = browser.get(f"/places/schools/export.{form}").data
        assert read_sheet(data).lines[0].cells[0] == "T-1"
        assert [row.verdict for row in lists.SchoolsKind().read(data).rows] == ["new"]
