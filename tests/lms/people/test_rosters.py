"""Rosters from files: judged row by row, confirmed, undone; hostile ones refused or cleaned up by name."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.core.imports.kinds import kind_named
from lms.core.imports.models import ImportLine, ImportRun
from lms.core.sheets import SheetRefused, csv_bytes, xlsx_bytes
from lms.people import iin
from lms.people.models import ClassMembership, Person, RoleHolding, SchoolClass
from tests.cast import Browser, Cast, read_afresh

Statements = Callable[[], Any]
HEADER = ["Сынып", "Тегі", "Аты", "Туған күні", "ЖСН", "Логин"]
GANI = ["5 А", "Әлиев", "Ғани", "12.12.2014", "", ""]
DANA = ["5Ә", "Бекқызы", "Дана", "01.02.2015", "061211600012", "dana.b"]


def uploads(browser: Browser, cast: Cast, data: bytes, kind: str = "pupils", name: str = "list.csv") -> Any:
    file = FileStorage(io.BytesIO(data), name)
    return browser.post(f"/imports/new/{kind}/{cast.school.id}", {"file": file})


def drafted(browser: Browser, cast: Cast, data: bytes, kind: str = "pupils") -> ImportRun:
    answer = uploads(browser, cast, data, kind)
    assert answer.status_code == 303, answer.text
    read_afresh()
    run = db.session.scalar(select(ImportRun).order_by(ImportRun.id.desc()).limit(1))
    assert run
    return run


def lines(run: ImportRun) -> dict[int, tuple[str, list[str]]]:
    rows = db.session.scalars(select(ImportLine).where(ImportLine.run_id == run.id))
    return {one.number: (one.verdict, [finding["code"] for finding in one.findings]) for one in rows}


def confirms(browser: Browser, run: ImportRun) -> int:
    status = browser.post(f"/imports/{run.id}/confirm").status_code
    read_afresh()
    return status


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def office(cast: Cast) -> Browser:
    assert cast.year
    return cast.signed_in("director")


def test_nothing_changes_until_confirmed_and_all_of_it_can_be_undone(cast: Cast, office: Browser) -> None:
    before = count(Person)
    run = drafted(office, cast, csv_bytes(HEADER, [GANI, DANA]))
    assert (run.count("new"), count(Person), count(SchoolClass)) == (2, before, 0)
    assert "Ғани" in office.get(f"/imports/{run.id}").text
    assert confirms(office, run) == 303
    dana = db.session.scalar(select(Person).where(Person.login == "dana.b"))
    assert dana and iin.opened(dana.iin_sealed) == "061211600012"
    assert count(Person) == before + 2
    assert db.session.scalars(select(SchoolClass.letter).order_by(SchoolClass.sort_key)).all() == ["А", "Ә"]
    assert {"import.confirmed"} <= set(db.session.scalars(select(AuditEntry.action)))
    assert office.post(f"/imports/{run.id}/undo").status_code == 303
    read_afresh()
    assert (count(Person), count(SchoolClass), count(ClassMembership)) == (before, 0, 0)
    assert office.post(f"/imports/{run.id}/undo").status_code == 409


def test_the_same_file_again_changes_nothing(cast: Cast, office: Browser) -> None:
    data = csv_bytes(HEADER, [GANI, DANA])
    confirms(office, drafted(office, cast, data))
    run = drafted(office, cast, data)
    assert run.counts == {"unchanged": 2}
    assert "/confirm" not in office.get(f"/imports/{run.id}").text


def test_a_change_and_a_move_are_named_and_undone(cast: Cast, office: Browser) -> None:
    confirms(office, drafted(office, cast, csv_bytes(HEADER, [GANI, DANA])))
    moved = ["6 А", *DANA[1:3], "02.02.2015", *DANA[4:]]
    run = drafted(office, cast, csv_bytes(HEADER, [moved]))
    assert lines(run)[2] == ("changed", ["iin_date", "class_new", "moves"])
    confirms(office, run)
    dana = db.session.scalar(select(Person).where(Person.login == "dana.b"))
    assert dana and str(dana.birth_date) == "2015-02-02"
    office.post(f"/imports/{run.id}/undo")
    read_afresh()
    dana = db.session.scalar(select(Person).where(Person.login == "dana.b"))
    assert dana and str(dana.birth_date) == "2015-02-01"
    place = db.session.scalar(select(ClassMembership).where(ClassMembership.person_id == dana.id))
    assert place and place.school_class.name == "5 «Ә»"


def test_what_somebody_has_touched_is_not_undone(cast: Cast, office: Browser) -> None:
    run = drafted(office, cast, csv_bytes(HEADER, [GANI, DANA]))
    confirms(office, run)
    with edge():
        person = db.session.scalar(select(Person).where(Person.login == "dana.b"))
        assert person
        person.telephone = "+77010000000"
    assert office.post(f"/imports/{run.id}/undo").status_code == 409
    read_afresh()
    assert db.session.scalar(select(Person).where(Person.login == "dana.b"))


def test_a_preview_that_the_world_has_overtaken_is_shown_anew(cast: Cast, office: Browser) -> None:
    run = drafted(office, cast, csv_bytes(HEADER, [DANA]))
    cast.pupil(cast.school_class(1), "Басқа", "Біреу", login="dana.b")
    assert confirms(office, run) == 303
    again = db.session.get_one(ImportRun, run.id)
    assert (again.state, again.counts) == ("draft", {"bad": 1})


def test_bad_rows_are_named_and_the_others_come_in(cast: Cast, office: Browser) -> None:
    rows = [
        ["5 А", "Әлиев", "=HYPERLINK(1)", "12.12.2014", "", ""],
        ["5 А", "Әлиев", "Ғани", "31.02.2014", "", ""],
        ["бес", "Әлиев", "Ғани", "", "", ""],
        ["5 А", "Әлиев", "", "", "", ""],
        ["5 А", "Әлиев", "Ғани", "", "061211600013", ""],
        ["15 А", "Әлиев", "Ғани", "", "", ""],
        ["5 А", "?лиев", "Ғани", "", "", ""],
        GANI,
    ]
    run = drafted(office, cast, csv_bytes(HEADER, rows).replace(b"'=", b"="))
    found = lines(run)
    expected = ["formula", "not_a_date", "class", "needed", "iin", "grade", "lost_letters"]
    assert [found[number][1][0] for number in range(2, 9)] == expected
    assert {found[number][0] for number in range(2, 9)} == {"bad"}
    page = office.get(f"/imports/{run.id}?verdict=bad").text
    assert "31.02.2014" in page and "31.12.2015" in page
    assert "061211600013" not in page
    sheet = office.get(f"/imports/{run.id}/bad-rows.csv").data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in sheet
    before = count(Person)
    confirms(office, run)
    assert count(Person) == before + 1


@pytest.mark.parametrize(
    ("first", "second"), [("dana", "DANA"), ("dana", "dаnа"), ("gani.1", "Gani.1"), ("марат", "mapaт")]
)
def test_usernames_that_differ_by_case_or_alphabet_are_one(
    first: str, second: str, cast: Cast, office: Browser
) -> None:
    run = drafted(office, cast, csv_bytes(HEADER, [[*GANI[:5], first], [*DANA[:4], "", second]]))
    assert lines(run)[3] == ("bad", ["login_double", "class_new"]) or "login_double" in lines(run)[3][1]


def test_a_username_of_somebody_else_is_not_taken_over(cast: Cast, office: Browser) -> None:
    director = cast.person("director")
    run = drafted(office, cast, csv_bytes(HEADER, [[*GANI[:5], str(director.login).upper()]]))
    assert "login_taken" in lines(run)[2][1]


@pytest.mark.parametrize("title", ["role", "Рөлі", "Роль", "is_admin", "Permissions"])
def test_a_role_column_is_refused_as_a_whole(title: str, cast: Cast, office: Browser) -> None:
    answer = uploads(office, cast, csv_bytes([*HEADER, title], [[*GANI, "administrator"]]))
    assert answer.status_code == 422 and title in answer.text
    assert count(ImportRun) == 0


def test_hostile_files_are_refused_with_a_sentence(cast: Cast, office: Browser) -> None:
    unclosed = 'Сынып;Аты\n5 А;"Ғани\n5 А;Дана\n'.encode()
    for data, words in (
        (unclosed, "Жол нөмірі: 2"),
        (b"", "жол жоқ"),
        (b"PK\x03\x04x", "XLSX"),
        ("Аты\nДана\n".encode(), "Сынып"),
    ):
        answer = uploads(office, cast, data)
        assert answer.status_code == 422 and words in answer.text, words
    assert count(ImportRun) == 0


def test_two_hundred_thousand_rows_are_refused_at_once() -> None:
    many = csv_bytes(HEADER, [GANI]) + "5 А;Әлиев;Ғани;;;\n".encode() * 200_000
    kind = kind_named("pupils")
    assert kind
    began = time.process_time()
    with pytest.raises(SheetRefused, match="too_many_rows"):
        kind.read(many)
    assert time.process_time() - began < 3


def test_windows_files_with_semicolons_and_marked_files_come_in(cast: Cast, office: Browser) -> None:
    text = "Класс;Фамилия;Имя\n5 А;Щербаков;Ёжик\n"
    for data in (text.encode("cp1251"), text.encode("utf-8-sig"), text.encode("utf-16")):
        run = drafted(office, cast, data)
        assert run.count("new") == 1
    note = office.get(f"/imports/{drafted(office, cast, text.encode('cp1251')).id}").text
    assert "Windows" in note


def test_xlsx_comes_in_and_the_example_can_be_uploaded_itself(cast: Cast, office: Browser) -> None:
    run = drafted(office, cast, xlsx_bytes("x", HEADER, [GANI, DANA]))
    assert run.count("new") == 2
    for form in ("csv", "xlsx"):
        example = office.get(f"/imports/example/pupils.{form}").data
        assert drafted(office, cast, example).count("new") == 1


def test_children_of_other_schools_and_staff_stay_where_they_are(cast: Cast, office: Browser) -> None:
    cast.pupil(cast.school_class(5, school=cast.school_elsewhere), "Дана", "Бекқызы", login="dana.b")
    teacher = cast.person("teacher", login="ustaz")
    rows = [[*DANA[:4], "", "dana.b"], ["5 А", teacher.surname, teacher.first_name, "", "", "ustaz"]]
    run = drafted(office, cast, csv_bytes(HEADER, rows))
    assert "elsewhere" in lines(run)[2][1]
    assert "not_a_pupil" in lines(run)[3][1]


def test_staff_get_the_role_of_a_teacher_and_no_other(cast: Cast, office: Browser) -> None:
    data = csv_bytes(["Тегі", "Аты", "Email"], [["Бекқызы", "Дана", "dana@example.kz"]])
    confirms(office, drafted(office, cast, data, "staff"))
    dana = db.session.scalar(select(Person).where(Person.first_name == "Дана"))
    assert dana and dana.login == "dana.bekqyzy"
    assert db.session.scalars(select(RoleHolding.role).where(RoleHolding.person_id == dana.id)).all() == [
        "teacher"
    ]
    deputy = cast.signed_in("deputy_director")
    assert uploads(deputy, cast, data, "staff").status_code == 404


def test_an_iin_is_sealed_in_the_draft_and_gone_after_it(cast: Cast, office: Browser) -> None:
    run = drafted(office, cast, csv_bytes(HEADER, [DANA]))
    row = db.session.scalar(select(ImportLine))
    assert row and row.given["iin"] and "061211600012" not in str(row.given)
    confirms(office, run)
    row = db.session.scalar(select(ImportLine))
    assert row and row.given["iin"] == ""
    assert "061211600012" not in str(db.session.get_one(ImportRun, run.id).made)


def test_imports_elsewhere_do_not_exist_and_drafts_can_be_thrown_away(cast: Cast, office: Browser) -> None:
    run = drafted(office, cast, csv_bytes(HEADER, [GANI]))
    stranger = cast.signed_in("director", cast.school_elsewhere)
    for path in ("", "/bad-rows.csv"):
        assert stranger.get(f"/imports/{run.id}{path}").status_code == 404
    assert stranger.post(f"/imports/{run.id}/confirm").status_code == 404
    assert "list.csv" not in stranger.get("/imports").text
    assert "list.csv" in office.get("/imports").text
    assert office.post(f"/imports/{run.id}/throw-away").status_code == 303
    assert office.get(f"/imports/{run.id}").status_code == 404


def test_twenty_files_an_hour_are_enough(cast: Cast, office: Browser) -> None:
    answers = [uploads(office, cast, b"").status_code for _number in range(21)]
    assert answers == [422] * 20 + [429]


def test_seven_hundred_pupils_come_in_quickly_and_in_few_statements(
    cast: Cast, office: Browser, statements: Statements
) -> None:
    rows = [[f"{1 + n % 11} А", f"Әлиев{n}", "Ғани", "12.12.2014", "", ""] for n in range(700)]
    data = csv_bytes(HEADER, rows)
    began = time.process_time()
    run = drafted(office, cast, data)
    confirms(office, run)
    assert time.process_time() - began < 30
    assert db.session.scalar(select(func.count()).where(ClassMembership.until.is_(None))) == 700
    with statements() as sent:
        assert office.get(f"/imports/{run.id}").status_code == 200
    assert len(sent) <= 8
    began = time.process_time()
    assert office.post(f"/imports/{run.id}/undo").status_code == 303
    assert time.process_time() - began < 30
    read_afresh()
    assert count(ClassMembership) == 0
