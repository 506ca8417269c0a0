"""The curriculum comes in as a list, and its objectives are offered to whoever describes a course."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from lms.core.db import db
from lms.courses.models import Course, CurriculumObjective
from tests.cast import Browser, Cast, read_afresh
from tests.coursed import course_of

LIST = (
    "subject,grade,code,text_kk,text_ru\n"
    "физика,7,7.2.1.3,графикті оқу,читать график\n"
    "physics,7,7.2.1.4,жылдамдықты табу,\n"
    "physics,8,8.3.1.1,жылу мөлшері,количество теплоты\n"
)


@pytest.fixture
def office(cast: Cast) -> Browser:
    return cast.signed_in("administrator")


def bring(cast: Cast, office: Browser, text: str) -> Any:
    file = {"file": (BytesIO(text.encode()), "objectives.csv")}
    answer = office.post(
        f"/imports/new/objectives/{cast.district.id}", file, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[2]


def apply(office: Browser, run: str) -> None:
    assert office.post(f"/imports/{run}/confirm").status_code in (302, 303)


def form_of(page: str, course: Course) -> dict[str, Any]:
    return {
        "place": str(course.place_id), "title_kk": "Қысым", "title_ru": "", "subject": "physics", "grade": "7", "quarter": "",
        "section": "", "language": "kk", "about_kk": "", "about_ru": "", "licence": "school",
    }  # fmt: skip


def test_the_list_is_judged_first_and_comes_in_once(cast: Cast, office: Browser) -> None:
    run = bring(cast, office, LIST)
    assert db.session.query(CurriculumObjective).count() == 0
    apply(office, run)
    read_afresh()
    rows = db.session.query(CurriculumObjective).order_by(CurriculumObjective.code).all()
    assert [(one.subject, one.grade, one.code) for one in rows] == [
        ("physics", 7, "7.2.1.3"), ("physics", 7, "7.2.1.4"), ("physics", 8, "8.3.1.1"),
    ]  # fmt: skip
    apply(office, bring(cast, office, LIST.replace("читать график", "чтение графика")))
    read_afresh()
    rows = db.session.query(CurriculumObjective).order_by(CurriculumObjective.code).all()
    assert len(rows) == 3 and rows[0].text_ru == "чтение графика"


@pytest.mark.parametrize(
    "row, fault",
    [
        ("алхимия,7,1.1,мәтін,", "Мұндай пән жоқ"), ("physics,жеті,1.1,мәтін,", "0-ден 12-ге"),
        ("physics,7,1.1,,", "кемінде бір тілде"), ("physics,7,7.2.1.3,тағы,", "екі рет"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_says_why(cast: Cast, office: Browser, row: str, fault: str) -> None:
    run = bring(cast, office, LIST + row + "\n")
    assert fault in office.get(f"/imports/{run}").text


def test_who_describes_a_course_is_offered_its_objectives(cast: Cast, office: Browser) -> None:
    apply(office, bring(cast, office, LIST))
    course = course_of(cast.person("teacher"), cast.school)
    browser = cast.signed_in("teacher")
    page = browser.get(f"/courses/{course.id}/edit").text
    assert "7.2.1.3 графикті оқу" in page and "8.3.1.1" not in page
    form = form_of(page, course) | {"objectives": "7.2.1.4\n9.9 өзім", "curriculum": ["7.2.1.3", "7.2.1.4"]}
    assert browser.post(f"/courses/{course.id}/edit", form).status_code == 303
    read_afresh()
    assert db.session.get_one(Course, course.id).objectives == [
        {"code": "7.2.1.4", "text": "жылдамдықты табу"},
        {"code": "9.9", "text": "өзім"},
        {"code": "7.2.1.3", "text": "графикті оқу"},
    ]


def test_only_who_looks_after_it_brings_the_curriculum(cast: Cast) -> None:
    assert cast.signed_in("teacher").get(f"/imports/new/objectives/{cast.school.id}").status_code in (
        403,
        404,
    )
