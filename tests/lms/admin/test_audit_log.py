"""The audit log: who did what, said in people's words, and only about the reader's own places."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine

from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.places import service as places
from lms.places.models import School
from tests.cast import Cast

LOG = "/admin/audit-log"


def described(cast: Cast, **facts: object) -> None:
    with edge():
        places.describe_school(db.session.get_one(School, cast.school.id), facts)


def test_an_administrator_reads_what_was_before_and_what_is_now(cast: Cast) -> None:
    described(cast, pupils=12)
    described(cast, pupils=31)
    page = cast.signed_in("administrator", language="ru").get(LOG).text
    assert "Изменены данные школы" in page
    assert "Тарбагатайская средняя школа" in page
    assert "<del>12</del> → <ins>31</ins>" in page
    assert "Number of pupils" not in page


def test_the_newest_entry_stands_first(cast: Cast) -> None:
    described(cast, pupils=12)
    with edge():
        places.close_school(db.session.get_one(School, cast.school.id))
    page = cast.signed_in("administrator").get(LOG).text.split("<tbody>")[1]
    assert page.index("Мектеп жабылды") < page.index("Мектеп деректері өзгертілді")


def test_reading_a_childs_profile_is_in_the_log(cast: Cast) -> None:
    child = cast.person("student")
    teacher = cast.person("teacher")
    with edge():
        audit.record("profile.read", child, path=cast.school.path, actor_id=teacher.id)
    page = cast.signed_in("director").get(LOG + "?action=profile.read").text
    assert "Профиль қаралды" in page.split("<tbody>")[1]
    assert page.split("<tbody>")[1].count(child.full_name) == 2, "who read, and whose profile"


def test_what_happened_elsewhere_is_nobody_elses_business(cast: Cast) -> None:
    with edge():
        places.close_school(db.session.get_one(School, cast.school_elsewhere.id))
    for role in ("director", "administrator"):
        page = cast.signed_in(role).get(LOG).text
        assert "Мектеп қосылды" in page.split("<tbody>")[1]
        assert "Бейнеу" not in page.split("<tbody>")[1]


def test_what_belongs_to_no_place_is_seen_from_the_top_only(cast: Cast) -> None:
    assert cast.year
    top = cast.signed_in("administrator", cast.republic).get(LOG + "?action=year.opened").text
    below = cast.signed_in("administrator").get(LOG + "?action=year.opened").text
    assert "Оқу жылы ашылды" in top.split("<tbody>")[1]
    assert "<tbody>" not in below


def test_a_teacher_has_no_business_there(cast: Cast) -> None:
    assert cast.signed_in("teacher").get(LOG).status_code == 403


@pytest.mark.parametrize(
    "wanted, found",
    [
        ("?person=СЕЙИТКЫЗЫ", True), ("?person=Ахметов", False), ("?place=тарбагатай", True),
        ("?place=Абай", True), ("?place=Бейнеу", False), ("?action=role.given", True), ("?action=class.closed", False),
        ("?from=2026-11-20&to=2026-11-20", True), ("?from=2026-11-21", False), ("?to=2026-11-19", False),
        ("?from=yesterday&to=9999-99-99", True), ("?person=%25", False),
    ],
)  # fmt: skip
def test_the_log_is_narrowed_by(wanted: str, found: bool, cast: Cast) -> None:
    director, _school = cast.signed_in("director"), cast.school_elsewhere
    # Just after midnight in Kazakhstan, while it is still the day before in Greenwich.
    with time_machine.travel(datetime(2026, 11, 19, 19, 30, tzinfo=UTC), tick=False):
        cast.person("methodologist")
    with edge():
        db.session.query(AuditEntry).filter(AuditEntry.action != "role.given").delete()
        other = AuditEntry.at != datetime(2026, 11, 19, 19, 30, tzinfo=UTC)
        db.session.query(AuditEntry).filter(other).delete()
    page = director.get(LOG + wanted).text
    assert ("Рөл берілді" in page.partition("<tbody>")[2]) == found, wanted


def test_a_page_of_the_log_takes_at_most_eight_statements(cast: Cast, statements: object) -> None:
    with edge():
        for number in range(70):
            audit.record("class.opened", path=cast.school.path, name=f"{number} А")
    browser = cast.signed_in("administrator")
    with statements() as sent:  # type: ignore[operator]
        answer = browser.get(LOG + "?place=Тарбағатай&person=&sort=at&page=2")
    assert answer.status_code == 200
    assert len(sent) <= 8, sent


def test_a_list_of_many_entries_has_pages(cast: Cast) -> None:
    with edge():
        for number in range(120):
            audit.record("class.opened", path=cast.school.path, name=f"{number} А")
    page = cast.signed_in("director").get(LOG + "?action=class.opened&page=3").text
    rows = page.split("<tbody>")[1]
    assert rows.count("<tr>") == 20
    assert "\n          0 А" in rows and "19 А" in rows and "20 А" not in rows


def test_the_list_leaves_as_a_file_with_its_filters_and_that_is_on_record(cast: Cast) -> None:
    described(cast, provider="=HYPERLINK(1)")
    director = cast.signed_in("director", language="ru")
    answer = director.get(LOG + "/export.csv?action=school.described")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert rows[0][3] == "Что сделано"
    assert [row[3] for row in rows[1:]] == ["Изменены данные школы"]
    assert "Провайдер: — → =HYPERLINK(1)" in rows[1][6]
    assert "Журнал аудита экспортирован" in director.get(LOG).text.split("<tbody>")[1]


def test_the_file_for_spreadsheets_opens(cast: Cast) -> None:
    answer = cast.signed_in("director").get(LOG + "/export.xlsx")
    assert answer.status_code == 200
    assert answer.get_data()[:2] == b"PK"


def test_files_are_not_taken_without_end(cast: Cast) -> None:
    director = cast.signed_in("director")
    codes = [director.get(LOG + "/export.csv").status_code for _time in range(11)]
    assert codes == [200] * 10 + [429]


def test_a_director_sees_who_signed_in_at_the_school_and_who_could_not(cast: Cast) -> None:
    cast.signed_in("teacher")
    elsewhere = cast.signed_in("teacher", cast.school_elsewhere)
    assert elsewhere.get("/").status_code == 200
    cast.visitor().signs_in(str(cast.person("teacher").login), "wrong")
    shown = cast.signed_in("director").get(LOG + "/export.csv").text
    assert shown.count("Жүйеге кірді") == 2  # the teacher and the director, nobody from elsewhere
    assert shown.count("Кіруге рұқсат берілмеді") == 1
