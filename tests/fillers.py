"""One thing of each kind at the cast's own school, and the same at a school elsewhere: values for URL arguments."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core import clock, ids, storage
from lms.core.db import db, edge
from lms.core.imports import service as imports
from lms.core.imports.kinds import kind_named
from lms.core.imports.models import ImportRun
from lms.courses.models import BlockChange, CourseTarget, LessonPlan
from lms.courses.service import arriving, files, workshop
from lms.lessons.models import (
    HubPairing,
    LessonObservation,
    SpeedMeter,
    TaughtHours,
    ThematicPlan,
    ThematicTopic,
    Timetable,
    TimetableDay,
    TimetableSpell,
)
from lms.lessons.service import network, planning
from lms.people.models import (
    ClassMembership,
    CombinedClass,
    Guardianship,
    OidcIdentity,
    RoleHolding,
    SchoolDevice,
    SignInSession,
)
from lms.people.service import classes
from lms.places import service as places
from lms.places.models import Place, Room, School
from lms.player.models import Package, PackageVersion, Registration
from lms.player.service import api_clients, giving, launching
from lms.quizzes.models import AnswerFile, AnswerSheet, Appeal, Certificate, GivenAnswer, Study
from lms.quizzes.queries import taking as tests
from lms.quizzes.service import bank, marking, papers, sittings, taking
from tests.cast import Cast
from tests.coursed import given, picture, published, small_course
from tests.lms.library.kept import library
from tests.shelved import files_of, shelved


def fillers(cast: Cast, own: bool) -> dict[str, Any]:
    """By the name of the URL argument. A new argument needs a line here; the matrix then tests its routes."""
    school = cast.school if own else cast.school_elsewhere
    place = cast.district if own else cast.school_elsewhere.parent
    return {
        "school_id": school.id,
        "place_id": place.id if place else None,
        "room_id": _room(school.id).id,
        "shift": 1,
        "kind": "csv",
        "chosen": "kk",
        "slug": "sign-in",
        "shape": "scorm-12",
        "record_form": "dc.xml",
        "paper": "docx",
        # One's own and nobody of the cast has one: its room tests it.
        "upload_id": ids.new_id(),
        "job_id": ids.new_id(),
        **_people(cast, school),
        **_package(cast, school),
        **_import(school),
        **_played(cast, school),
        "client_id": _program(cast, school),
        **_streamed(cast, school),
        **_tested(cast, school),
        **library(cast, school),
        **_course(cast, school),
    }


def _program(cast: Cast, school: Place) -> UUID:
    with edge(), cast.app.test_request_context(base_url="http://localhost:8000"):
        return api_clients.open_for(school, "Күнделік", ["packages.read"], cast.person("teacher", school).id)[
            0
        ].id


def _course(cast: Cast, school: Place) -> dict[str, Any]:
    """A course with a lesson and a picture, published, given to the class of a pupil who has begun it."""
    teacher, pupil = cast.person("teacher", school), cast.person("student", school)
    course = small_course(teacher, school)
    lesson = course.lessons[0]
    with edge():
        key = files.attach(course, "picture", "a.png", picture(20, 20)).id
        remark = workshop.comment(lesson, teacher.id, "Тексерейік")
        plan = LessonPlan(lesson_id=lesson.id, person_id=teacher.id, topic="Қысым", stages=[], facts={})
        db.session.add(plan)
        change = db.session.scalars(select(BlockChange.id).where(BlockChange.lesson_id == lesson.id)).first()
        digest = storage.keep(BytesIO(b"# 1")).digest
        arrival = arriving.arrive(course, teacher, "a.md", digest, 3, "kk").id
    edition = published(course, teacher)
    given_course = given(edition, school, teacher, cast.school_class(3, school=school))
    with edge():
        db.session.add(CourseTarget(given_id=given_course.id, person_id=pupil.id))
    return {
        "arrival_id": arrival, "course_id": course.id, "module_id": course.modules[0].id, "course_lesson_id": lesson.id,
        "block_id": lesson.blocks[0].id, "course_file_id": key, "edition_id": edition.id,
        "given_course_id": given_course.id, "change_id": change, "remark_id": remark.id,
        "lesson_plan_id": plan.id,
    }  # fmt: skip


def _package(cast: Cast, school: Place) -> dict[str, Any]:
    """A package of the school: published, with an earlier version to compare it with."""
    teacher = cast.person("teacher", school)
    with edge():
        archive = storage.keep(BytesIO(b"PK"), "application/zip").digest
        package = Package(place_id=school.id, path=school.path, title_kk="Бөлшектер")
        db.session.add(package)
        rows = [
            PackageVersion(
                package=package, number=number, state=state, archive=archive, file_name="bolshek.zip",
                capability=ids.new_token(), uploaded_by=teacher.id, published_by=teacher.id,
                published_at=clock.now(),
            )
            for number, state in ((1, "archived"), (2, "published"))
        ]  # fmt: skip
        db.session.add_all(rows)
        db.session.flush()
        package.current_id = rows[1].id
    return {"package_id": package.id, "version_id": rows[1].id}


def _played(cast: Cast, school: Place) -> dict[str, Any]:
    """A package given to a class, and somebody's attempt at it that the teacher looks at."""
    teacher, pupil = cast.person("teacher", school), cast.person("student", school)
    version = shelved(files_of("minimal-12"), school, teacher)
    with edge():
        given = giving.give(version, school, teacher.id, [cast.school_class(3, school=school).id])
        attempt = Registration(
            person_id=pupil.id, version_id=version.id, assignment_id=given.id, path=school.path, seed=1,
            mode="review",
        )  # fmt: skip
        db.session.add(attempt)
        db.session.flush()
        launch = launching.open_launch(attempt)[0]
    return {"assignment_id": given.id, "registration_id": attempt.id, "launch_id": launch.id}


def _streamed(cast: Cast, school: Place) -> dict[str, Any]:
    """A lesson that goes on now, the pairing it needs, and a key for measuring the line."""
    teacher, row = cast.person("teacher", school), cast.school_class(3, school=school)
    with edge():
        lesson = planning.plan_lesson(
            school, teacher.id, [row], starts_at=clock.now(), subject="physics", language="kk", title="Қысым"
        )
        planning.begin(lesson)
        found = db.session.get_one(School, school.id)
        pairing = HubPairing(hub_id=school.id, satellite_id=school.id, since=clock.today())
        db.session.add(pairing)
        network.issue_meter(found, "12", teacher.id)
        problem: dict[str, Any] = {
            "schools": [{"id": "s", "bells": [["08:30", "09:15"], ["09:20", "10:05"]]}],
            "teachers": [{"id": str(teacher.id), "school": "s"}],
            "classes": [{"id": str(row.id), "school": "s", "grade": 3}],
            "demands": [
                {
                    "id": "d",
                    "subject": "physics",
                    "classes": [str(row.id)],
                    "teacher": str(teacher.id),
                    "hours": 1,
                }
            ],
        }
        timetable = Timetable(place_id=school.id, path=school.path, title="Апта", state="solved", problem=problem,
                              lessons=[{"demand": "d", "day": 0, "period": 0}])  # fmt: skip
        db.session.add(timetable)
        db.session.flush()
        spell = TimetableSpell(
            timetable_id=timetable.id, first=clock.today(), last=clock.today(), teachers=["t"], schools=[],
            reason="Ауырды", state="proposed",
        )  # fmt: skip
        day = TimetableDay(timetable_id=timetable.id, on=clock.today(), kind="distance", reason="Боран")
        hours = TaughtHours(
            class_id=row.id, school_id=school.id, path=school.path, subject="physics", teacher_id=teacher.id, hours=2
        )  # fmt: skip
        plan = ThematicPlan(
            class_id=row.id, school_id=school.id, path=school.path, subject="physics", teacher_id=teacher.id, hours=2,
            topics=[ThematicTopic(number=1, week=1, title="Қысым")],
        )  # fmt: skip
        seen = LessonObservation(
            school_id=school.id, path=school.path, observer_id=cast.person("director", school).id, class_id=row.id,
            teacher_id=teacher.id, subject="physics", model=3, on=clock.today(), topic="Қысым", scores={"plan": 3},
            finished_at=clock.now(),
        )  # fmt: skip
        db.session.add_all([spell, day, hours, plan, seen])
    meter = db.session.scalar(select(SpeedMeter.id).where(SpeedMeter.school_id == school.id))
    return {
        "streamed_id": lesson.id, "slide_number": 1, "place": 1, "pairing_id": pairing.id, "meter_id": meter,
        "timetable_id": timetable.id, "spell_id": spell.id, "day_id": day.id, "hours_id": hours.id,
        "plan_id": plan.id, "topic_id": plan.topics[0].id, "observation_id": seen.id, "token": "nobody-knows-this-one",
    }  # fmt: skip


def _tested(cast: Cast, school: Place) -> dict[str, Any]:
    """A question, a paper of it, given to the class of the pupil, who sits it and appeals."""
    teacher, pupil = cast.person("teacher", school), cast.person("student", school)
    content = {
        "stem": "<p>2 + 2</p>", "points": 1, "explanation": "", "hints": [], "media": [],
        "options": [{"id": "a", "text": "4"}, {"id": "b", "text": "5"}], "right": "a", "shuffle": True,
    }  # fmt: skip
    with edge():
        item = bank.write_item(school, teacher.id, "single", content, language="kk", practice=True)
        paper = papers.begin_paper(
            school, teacher.id, [{"title": "", "items": [item.id.hex]}], title="Тест", minutes=20
        )
        given = sittings.give(paper, school, teacher.id, pupils=[pupil.id], attempts=0)
        attempt = taking.begin(tests.test_or_404(given.id, pupil.id), pupil, "")
        taking.start_clock(attempt)
        file = storage.keep(BytesIO(b"answer"), "text/plain").digest
        db.session.add(AnswerFile(attempt_id=attempt.id, file=file))
        db.session.add(GivenAnswer(attempt_id=attempt.id, number=1, fields={"file": [file]}))
        db.session.flush()
        marking.end(attempt, "pupil")
        plea = Appeal(attempt_id=attempt.id, number=1, text="4?")
        parent = cast.person("guardian", school)
        certificate = Certificate(attempt_id=attempt.id, code=ids.readable_code(12))
        sheet = AnswerSheet(
            sitting_id=given.id, person_id=pupil.id, path=given.path, number=given.id.int % 2**39, variant=1,
            questions=attempt.questions, seen={"0": {"m": [], "d": "faint", "p": "/9j/2Q=="}},
        )  # fmt: skip
        study = Study(
            place_id=school.id,
            path=school.path,
            made_by=teacher.id,
            title="Зерттеу",
            entry=[paper.id.hex],
            job_id=ids.new_id(),
        )
        family = Guardianship(guardian_id=parent.id, child_id=pupil.id)
        db.session.add_all([plea, certificate, family, sheet, study])
    return {
        "study_id": study.id, "sheet_id": sheet.id, "line_number": 0, "item_id": item.id, "paper_id": paper.id, "sitting_id": given.id, "attempt_id": attempt.id, "number": 1,
        "child_id": pupil.id, "certificate_code": certificate.code, "appeal_id": plea.id, "place": 0, "code": "sor", "kind_of_question": "single", "digest": "0" * 64, "tongue": "gift",
    }  # fmt: skip


def _people(cast: Cast, school: Place) -> dict[str, Any]:
    row = cast.school_class(3, school=school)
    pupil = cast.pupil(row)
    guardian = cast.person("guardian", school)
    held = db.session.scalar(select(RoleHolding.id).where(RoleHolding.person_id == pupil.id))
    placed = db.session.scalar(select(ClassMembership.id).where(ClassMembership.person_id == pupil.id))
    with edge():
        combined = _combined(cast, school)
        made = (
            Guardianship(guardian_id=guardian.id, child_id=pupil.id),
            SchoolDevice(school_id=school.id, name="12", device_digest=""),
            OidcIdentity(person_id=pupil.id, issuer="https://id.example", subject=pupil.id.hex),
            SignInSession(
                person_id=pupil.id, token_digest=pupil.id.hex, means="card", expires_at=pupil.created_at
            ),
        )
        db.session.add_all(made)
    guardianship, device, identity, session = made
    return {
        "person_id": pupil.id, "class_id": row.id, "holding_id": held, "membership_id": placed,
        "year_id": cast.year.id, "combined_id": combined.id, "guardianship_id": guardianship.id,
        "device_id": device.id, "identity_id": identity.id, "session_id": session.id,
    }  # fmt: skip


def _combined(cast: Cast, school: Place) -> CombinedClass:
    together = [cast.school_class(grade, school=school) for grade in (3, 4)]
    return classes.combine(school, cast.year, together)


def _import(school: Place) -> dict[str, Any]:
    kind = kind_named("pupils")
    assert kind is not None
    with edge():
        run: ImportRun = imports.draft(
            kind, "Class;First name\n3А;Дана\n".encode(), "list.csv", school.id, school.path
        )
    return {"run_id": run.id, "at_id": school.id, "kind_name": "pupils", "form": "csv"}


def _room(school_id: Any) -> Room:
    with edge():
        return places.furnish_room(db.session.get_one(School, school_id), None, {"name": "12"})
