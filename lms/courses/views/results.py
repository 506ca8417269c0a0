"""The teacher's view of a given course: who is where, for how long, what they answered."""

from __future__ import annotations

from statistics import median
from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.exceptions import NotFound

from lms.core.i18n import language
from lms.core.permissions import may, needs
from lms.courses import outline as ways
from lms.courses.blocks import answer_parts, kind_of
from lms.courses.blocks.answers import PARTED
from lms.courses.models import CourseProgress
from lms.courses.queries import taking as queries
from lms.courses.service import taking
from lms.courses.showing import content_in
from lms.courses.views.base import blueprint
from lms.people.models import Person

STUCK = 0.5  # of those who opened a lesson, fewer than this have done it


@blueprint.get("/courses/given/<uuid:given_course_id>")
@needs("results.see")
def results(given_course_id: UUID) -> str:
    given = queries.given_or_404(given_course_id, "results.see")
    pupils = queries.pupils_with_progress(given)
    taking.take_over_activities(given, [one for _person, one in pupils if one])
    lessons = ways.lessons_of(given.edition.outline)
    titles = {UUID(one["id"]): ways.title_in(one, language()) for one in lessons}
    return render_template(
        "courses/results.html", given=given, pupils=pupils, lessons=lessons, titles=titles,
        places=[_place(one, pupils) for one in lessons], newer=given.course.current_id != given.edition_id,
        moves=may("course.give", given.path), title_in=ways.title_in,
    )  # fmt: skip


def _place(lesson: Any, pupils: list[tuple[Person, CourseProgress | None]]) -> dict[str, Any]:
    """How the class fares at one lesson."""
    records = [progress.lessons.get(lesson["id"], {}) for _person, progress in pupils if progress]
    begun = [one for one in records if one.get("opened")]
    done = [one for one in begun if one.get("done")]
    times = [one.get("seconds", 0) for one in begun]
    return {
        "lesson": lesson, "begun": len(begun), "done": len(done), "seconds": median(times) if times else 0,
        "stuck": len(begun) >= 3 and len(done) < STUCK * len(begun), "asks": bool(lesson["blocks"]),
    }  # fmt: skip


@blueprint.get("/courses/given/<uuid:given_course_id>/answers/<uuid:course_lesson_id>")
@needs("results.see")
def answers(given_course_id: UUID, course_lesson_id: UUID) -> str:
    given = queries.given_or_404(given_course_id, "results.see")
    lesson = next(
        (one for one in ways.lessons_of(given.edition.outline) if one["id"] == str(course_lesson_id)), None
    )
    if lesson is None:
        raise NotFound
    blocks = queries.lesson_of(given.edition_id, course_lesson_id).blocks
    asked = [one for one in blocks if kind_of(one["kind"]).asks]
    pupils = queries.answers_of(given, course_lesson_id)
    return render_template(
        "courses/answers.html", given=given, lesson=lesson, title=ways.title_in(lesson, language()),
        blocks=[_asked(one, pupils) for one in asked],
    )  # fmt: skip


def _asked(block: Any, pupils: Any) -> dict[str, Any]:
    """One block of questions with what everybody said."""
    content, _language = content_in(block, language())
    kind = kind_of(block["kind"])
    questions = kind.questions(content) if hasattr(kind, "questions") else []
    said = [(person, all_said[block["id"]]) for person, all_said in pupils if block["id"] in all_said]
    right = [
        sum(bool(one["right"][number]) for _person, one in said if len(one.get("right", ())) > number)
        for number in range(len(questions))
    ]
    title = content.get("title") or kind.title
    return {"title": title, "questions": questions, "said": said, "right": right, "words": _words}


def _words(question: Any, reply: Any) -> str:
    """An answer in words: the options chosen, or what was typed."""
    answers = question["answers"]
    options = answers["options"]
    if answers["kind"] in PARTED:
        return answer_parts.said(answers, [str(one) for one in reply])
    if not options:
        return str(reply[0]) if reply else "—"
    chosen = [options[int(one)]["text"] for one in reply if str(one).isdecimal() and int(one) < len(options)]
    return ", ".join(chosen) or "—"
