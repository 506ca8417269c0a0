"""Taking a course: my courses, a course home, one lesson, answers, notes, search."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import jsonify, make_response, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from lms.core import clock
from lms.core.errors import NotYours, Refused
from lms.core.i18n import LANGUAGES, language
from lms.core.permissions import actor, needs
from lms.courses import outline as ways
from lms.courses import showing
from lms.courses.activities import activity_kind
from lms.courses.blocks import kind_of
from lms.courses.labels import waits_words
from lms.courses.queries import taking as queries
from lms.courses.queries.writing import files_by_key
from lms.courses.service import taking as verbs
from lms.courses.texts import NOT_OPEN
from lms.courses.views.base import blueprint, me, wants_json
from lms.courses.views.files import address
from lms.web.cards import home_card

COOKIE = "lesson_language"
MOST_EVENTS = 200
FETCHED_AHEAD = "private, max-age=300"


@home_card(blueprint, "course.take", "courses/cards/courses.html", 6)
def card() -> dict[str, Any] | None:
    if "student" not in actor().roles:
        return None
    taken = [one for one in queries.given_to(actor().person_id, 10) if one.open]
    undone = [one for one in taken if one.progress is None or one.progress.finished_at is None]
    return {"courses": undone[:4]} if undone else None


@blueprint.get("/learning")
@needs("course.take")
def learning() -> str:
    taken = queries.given_to(actor().person_id)
    return render_template("courses/learning.html", taken=taken, lessons_of=ways.lessons_of)


@blueprint.get("/learning/<uuid:given_course_id>")
@needs("course.take")
def course_home(given_course_id: UUID) -> str:
    taken = queries.taken_or_404(given_course_id)
    if taken.progress:
        verbs.take_over_activities(taken.given, [taken.progress])
    stops = _way(taken)
    found = request.args.get("q", "")
    return render_template(
        "courses/course_home.html", taken=taken, stops=stops, next_stop=ways.next_stop(stops),
        chosen=_language(taken.outline), title_in=ways.title_in,
        notes=queries.notes(taken.given.id, actor().person_id),
        found=set(queries.found_in(taken.given.edition_id, found)) if found else None, looked_for=found,
    )  # fmt: skip


@blueprint.get("/learning/<uuid:given_course_id>/<uuid:course_lesson_id>")
@needs("course.take")
def take_lesson(given_course_id: UUID, course_lesson_id: UUID) -> Any:
    taken, stop, stops = _stop(given_course_id, course_lesson_id)
    chosen = _language(taken.outline)
    if stop.lesson["activity"]:
        return _activity_page(taken, stop, stops, chosen)
    blocks = queries.lesson_of(taken.given.edition_id, course_lesson_id).blocks
    shown = _shown(taken, stop, blocks, chosen)
    note = queries.notes(taken.given.id, actor().person_id).get(str(course_lesson_id))
    page = render_template(
        "courses/take_lesson.html", taken=taken, stop=stop, stops=stops, blocks=blocks, shown=shown, note=note,
        markup=showing.markup, chosen=chosen, title_in=ways.title_in, record=taken.records.get(str(course_lesson_id), {}),
        following=_after(stops, stop),
    )  # fmt: skip
    response = make_response(page)
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        response.headers["Cache-Control"] = FETCHED_AHEAD
    if request.args.get("in") in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def _stop(given_id: UUID, lesson_id: UUID) -> tuple[queries.Taken, ways.Stop, list[ways.Stop]]:
    taken = queries.taken_or_404(given_id)
    stops = _way(taken)
    found = next((one for one in stops if one.key == lesson_id), None)
    if found is None:
        raise NotYours
    if not taken.preview and not (found.open and taken.open):
        waits = taken.open and waits_words(found.waits, _language(taken.outline)) if found.waits else ""
        raise Refused(waits or str(NOT_OPEN))
    return taken, found, stops


def _way(taken: queries.Taken, records: Any = None) -> list[ways.Stop]:
    known = taken.records if records is None else records
    return ways.way(taken.outline, known, taken.given.dates, clock.now())


def _shown(taken: queries.Taken, stop: ways.Stop, blocks: list[Any], chosen: str) -> showing.Shown:
    keys = {
        UUID(key)
        for one in blocks
        for language in LANGUAGES
        if one.get(language)
        for key in kind_of(one["kind"]).files(one[language])
    }
    record = taken.records.get(str(stop.key), {})
    talks = any(one["kind"] == "discussion" and one["id"] in record.get("answers", {}) for one in blocks)
    return showing.Shown(
        files_by_key(keys), address, chosen, answers=record.get("answers", {}),
        replies=queries.replies(taken.given.id, stop.key) if talks else {},
        lesson_at=lambda key: url_for("courses.take_lesson", given_course_id=taken.given.id, course_lesson_id=key)
        if any(one["id"] == key for one in ways.lessons_of(taken.outline)) else "",
        answer_to=None if taken.preview else lambda block: url_for(
            "courses.answer", given_course_id=taken.given.id, course_lesson_id=stop.key, block_id=block
        ),
    )  # fmt: skip


def _activity_page(taken: queries.Taken, stop: ways.Stop, stops: list[ways.Stop], chosen: str) -> str:
    """What the step is, when it counts as done, and the way into it."""
    if taken.progress:
        verbs.take_over_activities(taken.given, [taken.progress])
        stops = _way(taken)
        stop = stops[stop.number - 1]
    kind = activity_kind(stop.lesson["activity"])
    return render_template(
        "courses/take_activity.html", taken=taken, stop=stop, stops=stops, chosen=chosen, title_in=ways.title_in,
        following=_after(stops, stop), look=kind.look(UUID(stop.lesson["activity_key"])) if kind and taken.preview else "",
    )  # fmt: skip


@blueprint.post("/learning/<uuid:given_course_id>/<uuid:course_lesson_id>/begin")
@needs("course.take")
def begin_activity(given_course_id: UUID, course_lesson_id: UUID) -> Response:
    """Into the package, the test, the resource; that it was opened is on record."""
    taken, stop, _stops = _stop(given_course_id, course_lesson_id)
    kind = activity_kind(stop.lesson["activity"])
    key = taken.given.activities.get(str(stop.key))
    if kind is None or key is None or taken.preview:
        raise NotYours
    opened = verbs.Happened("opened", stop.key, None, None, _language(taken.outline))
    verbs.record(taken.given, actor().person_id, [opened])
    return redirect(kind.opens(UUID(key), me()), 303)


@blueprint.post("/learning/<uuid:given_course_id>/<uuid:course_lesson_id>/done")
@needs("course.take")
def lesson_done(given_course_id: UUID, course_lesson_id: UUID) -> Response:
    """The button at the end of the page: read, and on to the next lesson."""
    taken, stop, stops = _stop(given_course_id, course_lesson_id)
    if not taken.preview:
        progress = verbs.read_whole(taken.given, actor().person_id, stop.lesson, _language(taken.outline))
        stops = _way(taken, progress.lessons)
    following = _after(stops, stop)
    if following is None or not (following.open or taken.preview):
        return redirect(url_for("courses.course_home", given_course_id=given_course_id), 303)
    return redirect(
        url_for("courses.take_lesson", given_course_id=given_course_id, course_lesson_id=following.key), 303
    )


def _after(stops: list[ways.Stop], stop: ways.Stop) -> ways.Stop | None:
    return next((one for one in stops if one.number == stop.number + 1), None)


@blueprint.post("/learning/<uuid:given_course_id>/<uuid:course_lesson_id>/answer/<uuid:block_id>")
@needs("course.take")
def answer(given_course_id: UUID, course_lesson_id: UUID, block_id: UUID) -> Any:
    taken, stop, _stops = _stop(given_course_id, course_lesson_id)
    blocks = queries.lesson_of(taken.given.edition_id, course_lesson_id).blocks
    block = next((one for one in blocks if one["id"] == str(block_id)), None)
    if block is None or taken.preview or not kind_of(block["kind"]).asks:
        raise NotYours
    chosen = _language(taken.outline)
    value = verbs.answer(taken.given, actor().person_id, stop.key, block, request.form, chosen)
    if wants_json():
        shown = _shown(queries.taken_or_404(given_course_id), stop, [block], chosen)
        shown.answers = {**shown.answers, str(block_id): value}
        return jsonify(html=showing.markup(block, shown))
    where = url_for("courses.take_lesson", given_course_id=given_course_id, course_lesson_id=course_lesson_id)
    return redirect(f"{where}#block-{block_id}", 303)


@blueprint.post("/learning/<uuid:given_course_id>/events")
@needs("course.take")
def events(given_course_id: UUID) -> FlaskResponse:
    """What a page has noticed, perhaps while the line was lost. What comes twice counts once."""
    taken = queries.taken_or_404(given_course_id)
    sent = request.get_json(silent=True)
    if not isinstance(sent, list) or len(sent) > MOST_EVENTS:
        raise BadRequest
    known = {lesson["id"]: set(lesson["blocks"]) for lesson in ways.lessons_of(taken.outline)}
    happened = [one for one in map(_happened, sent) if one and _fits(one, known)]
    if happened and not taken.preview and taken.open:
        verbs.record(taken.given, actor().person_id, happened)
    return jsonify(kept=[one.get("mark") for one in sent if isinstance(one, dict)])


def _happened(sent: Any) -> verbs.Happened | None:
    """Only what a browser may say of itself: answers come by their forms."""
    if not isinstance(sent, dict) or sent.get("kind") not in verbs.FROM_BROWSERS:
        return None
    try:
        block = UUID(str(sent["block"])) if sent.get("block") else None
        seconds = {"seconds": int(sent.get("seconds") or 0)}
        mark = str(sent["mark"])[:70]
        return verbs.Happened(
            sent["kind"], UUID(str(sent["lesson"])), block, seconds, str(sent.get("in", "")), mark
        )
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _fits(one: verbs.Happened, known: dict[str, set[str]]) -> bool:
    blocks = known.get(str(one.lesson))
    return blocks is not None and (one.kind != "seen" or str(one.block) in blocks)


@blueprint.post("/learning/<uuid:given_course_id>/<uuid:course_lesson_id>/note")
@needs("course.take")
def keep_note(given_course_id: UUID, course_lesson_id: UUID) -> Response:
    taken, stop, _stops = _stop(given_course_id, course_lesson_id)
    text = request.form.get("text", "").replace("\0", "").strip()[:4000]
    if not taken.preview:
        verbs.note(taken.given, actor().person_id, stop.key, text, request.form.get("bookmark") == "yes")
    where = url_for("courses.take_lesson", given_course_id=given_course_id, course_lesson_id=course_lesson_id)
    return redirect(f"{where}#my-note", 303)


def _language(outline: Any) -> str:
    """The pupil's choice for lessons, else the language of the interface, else what there is."""
    there = outline["languages"] or [outline["language"]]
    wishes = (request.args.get("in"), request.cookies.get(COOKIE), language(), outline["language"], there[0])
    return str(next(one for one in wishes if one in there))
