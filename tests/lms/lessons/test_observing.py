"""Observed lessons: a draft is its observer's alone, a finished one is for good and reaches the teacher."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.lessons.models import LessonObservation
from tests.cast import Browser, Cast, read_afresh


def begun(cast: Cast, observer: Browser, **more: Any) -> LessonObservation:
    sent = {"teacher": str(cast.person("teacher").id), "group": str(cast.school_class(7).id), "subject": "physics",
            "topic": "Қысым", "on": clock.today().isoformat(), "model": "2", **more}  # fmt: skip
    answer = observer.post("/observations/new", sent)
    assert answer.status_code == 303, answer.text
    read_afresh()
    return db.session.scalars(select(LessonObservation).order_by(LessonObservation.id.desc())).all()[0]


def test_from_a_draft_to_the_teacher(cast: Cast) -> None:
    deputy, teacher = cast.signed_in("deputy_director"), cast.signed_in("teacher", language="ru")
    row = begun(cast, deputy)
    path = f"/observations/{row.id}"
    assert teacher.get(path).status_code == 404
    assert cast.signed_in("director").get(path).status_code == 404  # not even the head reads a draft
    sent = {
        "score-plan": "3",
        "score-aims": "1",
        "score-media_length": "",
        "remark-aims": "Өлшенбейді",
        "advice": "Жақсы",
    }
    assert deputy.post(f"{path}/edit", sent).status_code == 303
    assert "Өлшенбейді" in deputy.get(f"{path}/edit").text
    assert deputy.post(f"{path}/edit", {**sent, "finish": "yes"}).status_code == 303
    page = teacher.get(path).text
    assert "Өлшенбейді" in page and "2 из 3" in page
    assert "ещё не прочитано" in teacher.get("/observations").text
    assert teacher.post(f"{path}/read").status_code == 303
    read_afresh()
    kept = db.session.get_one(LessonObservation, row.id)
    assert kept.scores == {"plan": 3, "aims": 1} and kept.seen_at is not None
    assert cast.signed_in("director").get(path).status_code == 200


def test_what_is_finished_stays(cast: Cast) -> None:
    deputy = cast.signed_in("deputy_director")
    row = begun(cast, deputy)
    path = f"/observations/{row.id}"
    assert deputy.post(f"{path}/edit", {"finish": "yes"}).status_code == 409  # nothing scored
    deputy.post(f"{path}/edit", {"score-plan": "2", "finish": "yes"})
    assert deputy.post(f"{path}/edit", {"score-plan": "3"}).status_code == 409
    assert deputy.post(f"{path}/drop").status_code == 409
    assert cast.signed_in("director").post(f"{path}/edit", {"score-plan": "0"}).status_code == 404
    assert cast.signed_in("deputy_director").get(f"{path}/edit").status_code == 302


def test_nobody_elsewhere_reads_it(cast: Cast) -> None:
    deputy = cast.signed_in("deputy_director")
    row = begun(cast, deputy)
    deputy.post(f"/observations/{row.id}/edit", {"score-plan": "2", "finish": "yes"})
    for role in ("director", "teacher"):
        assert cast.signed_in(role, cast.school_elsewhere).get(f"/observations/{row.id}").status_code == 404
    assert (
        cast.signed_in("teacher", cast.school_elsewhere).post(f"/observations/{row.id}/read").status_code
        == 404
    )


def test_what_cannot_be_begun(cast: Cast) -> None:
    director = cast.signed_in("director")
    group, day = str(cast.school_class(7).id), (clock.today() + timedelta(1)).isoformat()
    sent = {"teacher": str(cast.person("teacher").id), "group": group, "subject": "physics", "topic": "Қысым",
            "on": clock.today().isoformat(), "model": "2"}  # fmt: skip
    assert director.post("/observations/new", {**sent, "on": day}).status_code == 409
    assert director.post("/observations/new", {**sent, "topic": ""}).status_code == 422
    assert (
        director.post("/observations/new", {**sent, "teacher": str(cast.person("director").id)}).status_code
        == 422
    )
    assert cast.signed_in("teacher").post("/observations/new", sent).status_code == 403


def test_taken_together_the_weak_places_show(cast: Cast, statements: Any) -> None:
    deputy = cast.signed_in("deputy_director", language="ru")
    for aims, model in (("1", "2"), ("0", "3")):
        row = begun(cast, deputy, model=model)
        deputy.post(f"/observations/{row.id}/edit", {"score-plan": "3", "score-aims": aims, "finish": "yes"})
    begun(cast, deputy)  # a draft does not count
    with statements() as sent:
        page = deputy.get("/observations/summary").text
    assert len(sent) <= 8 and "0,5" in page and "Модель 2" in page and "Модель 3" in page
    with statements() as sent:
        deputy.get("/observations")
    assert len(sent) <= 8
    assert (
        "0,5" not in cast.signed_in("director", cast.school_elsewhere, "ru").get("/observations/summary").text
    )
