"""Pages of sitting a test: the pupil's list, the door, the paper, its answers, and what came of it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import storage
from lms.core.db import db, reads_first
from lms.core.errors import NotYours, Refused
from lms.core.permissions import actor, may, needs
from lms.core.security import allow_in_policy, takes_uploads
from lms.people import devices
from lms.people.models import Person
from lms.quizzes.models import Appeal, QuizAttempt
from lms.quizzes.queries import family, results
from lms.quizzes.queries import taking as queries
from lms.quizzes.questions import fields_of, for_prefix
from lms.quizzes.questions.file import ENDINGS
from lms.quizzes.service import appeals, marking, messages, news, saving, taking, together
from lms.quizzes.views.base import blueprint

MOST_BYTES = 2 * 1024 * 1024
MOST_FILE = 10 * 1024 * 1024
TAKEN = tuple(ending for endings in ENDINGS.values() for ending in endings)


@blueprint.get("/tests")
@needs("test.take")
def tests() -> Any:
    if may("test.give") and "student" not in actor().roles:
        return redirect(url_for("quizzes.given_tests"))
    if may("study.make") and not may("paper.make") and "student" not in actor().roles:
        return redirect(url_for("quizzes.study_list"))  # an office: it sits no test and gives none
    return render_template("quizzes/tests.html", tests=queries.tests_of(actor().person_id))


@blueprint.get("/tests/<uuid:sitting_id>")
@needs("test.take")
def test(sitting_id: UUID) -> str:
    found = queries.test_or_404(sitting_id, actor().person_id)
    if found.sitting.sealed:
        for source in ("'self'", "data:"):  # sounds that came inside the sealed paper
            allow_in_policy("media-src", source)
    return render_template("quizzes/test.html", test=found)


@blueprint.post("/tests/<uuid:sitting_id>/begin")
@needs("test.take")
def begin_test(sitting_id: UUID) -> Any:
    found = queries.test_or_404(sitting_id, actor().person_id)
    me = db.session.get_one(Person, actor().person_id)
    row = taking.begin(found, me, device_here(), request.form.get("code", ""), computer_of=_computer_of())
    return redirect(url_for("quizzes.take", attempt_id=row.id), 303)


@blueprint.get("/tests/taking/<uuid:attempt_id>")
@needs("test.take")
def take(attempt_id: UUID) -> Any:
    """The whole paper at once: from here on the line may break."""
    attempt = _own(attempt_id)
    if attempt.ended_at is not None:
        return redirect(url_for("quizzes.test_result", attempt_id=attempt.id))
    if attempt.device != device_here():
        taking.seen_elsewhere(attempt)
        return render_template("quizzes/elsewhere.html", attempt=attempt)
    answers = queries.answers_of(attempt)
    questions = queries.drawn(attempt.questions, attempt.sitting.version.body, answers)
    taking.leave_server(
        attempt
    )  # the last to be read: what is changed here is written when the page is whole
    return render_template(
        "quizzes/take.html", attempt=attempt, sitting=attempt.sitting, questions=questions,
        beacon=saving.beacon(attempt.id), answers=answers,
    )  # fmt: skip


@blueprint.post("/tests/taking/<uuid:attempt_id>/ready")
@needs("test.take")
def ready(attempt_id: UUID) -> Any:
    """The page has come whole: now the clock starts."""
    attempt = _own(attempt_id)
    taking.start_clock(attempt)
    return _told(saving.save(attempt.id, actor().person_id, attempt.epoch, []))


@blueprint.post("/tests/taking/<uuid:attempt_id>/break")
@needs("test.take")
def take_break(attempt_id: UUID) -> Any:
    attempt = _own(attempt_id)
    taking.take_break(attempt)
    db.session.flush()
    return _told(saving.save(attempt.id, actor().person_id, attempt.epoch, []))


@blueprint.post("/tests/taking/<uuid:attempt_id>/answers")
@needs("test.take")
@reads_first
def answers(attempt_id: UUID) -> Any:
    """Numbered entries; said twice, they count once. Never loads the paper, so that it is cheap."""
    try:
        epoch, entries, away, pasted = messages.checked(_body())
    except messages.Malformed:
        g.rollback = True
        return {"state": "malformed"}, 400
    message = (attempt_id, actor().person_id, epoch, entries, away, pasted)
    saved = together.receive(*message) or saving.save(*message)
    if saved is None:
        raise NotYours
    if saved.state == "ended" and entries:
        _mark_late(attempt_id)
    return _told(saved)


@blueprint.post("/tests/taking/<uuid:attempt_id>/fields")
@needs("test.take")
def answer_fields(attempt_id: UUID) -> Any:
    """The same without JavaScript: the form as a whole."""
    attempt = _own(attempt_id)
    if attempt.device != device_here():
        return redirect(url_for("quizzes.take", attempt_id=attempt.id), 303)
    sent, known = fields_of(request.form), queries.answers_of(attempt)
    entries = []
    for one in attempt.questions:
        fields = for_prefix(sent, f"q{one['n']}.")
        before = known[one["n"]].fields if one["n"] in known else {}
        if one["n"] and fields != before and (before or any(any(values) for values in fields.values())):
            entries.append({"number": one["n"], "fields": fields, "since": 0, "seq": messages.RANK - 1})
    _keep_form(attempt, entries)
    if "hand_in" in request.form:
        return hand_in(attempt_id)
    flash(_("Your answers are kept."), "good")
    return redirect(url_for("quizzes.take", attempt_id=attempt.id), 303)


@blueprint.post("/tests/taking/<uuid:attempt_id>/file")
@needs("test.take")
@takes_uploads
def answer_file(attempt_id: UUID) -> Any:
    """A file as an answer: kept here, named in the answer by its hash."""
    attempt = _own(attempt_id)
    file = request.files.get("file")
    if file is None or not (file.filename or "").lower().endswith(TAKEN):
        raise Refused(_("Files of this kind are not taken."))
    if (request.content_length or 0) > MOST_FILE:
        raise Refused(_("The file is too large: at most 10 MB."))
    digest = storage.keep(file.stream, "application/octet-stream").digest
    saving.keep_file(attempt.id, digest)
    return {"file": digest, "name": (file.filename or "")[:200]}


@blueprint.post("/tests/taking/<uuid:attempt_id>/hand-in")
@needs("test.take")
def hand_in(attempt_id: UUID) -> Any:
    attempt = _own(attempt_id)
    if attempt.ended_at is None and attempt.device == device_here():
        marking.hand_in(attempt)
    if request.accept_mimetypes.best == "application/json":
        return {"state": "ended"}
    return redirect(url_for("quizzes.test_result", attempt_id=attempt.id), 303)


@blueprint.post("/tests/taking/<uuid:attempt_id>/here")
@needs("test.take")
def go_on_here(attempt_id: UUID) -> Any:
    """Another computer takes over, with the code the teacher gave."""
    attempt = _own(attempt_id)
    if attempt.sitting.mode == "self":
        taking.take_over(attempt, device_here())
    else:
        taking.go_on_here(attempt, device_here(), request.form.get("code", ""))
    return redirect(url_for("quizzes.take", attempt_id=attempt.id), 303)


@blueprint.get("/tests/results/<uuid:attempt_id>")
@needs("test.take")
def test_result(attempt_id: UUID) -> str:
    """For the pupil: nothing but “handed in” before results are published."""
    attempt = _own(attempt_id)
    if actor().limited or not queries.sees_results(attempt, attempt.sitting):
        return render_template("quizzes/handed_in.html", attempt=attempt)
    news.seen(actor().person_id, attempt.id)
    return render_template(
        "quizzes/result.html",
        **results.review(attempt),
        mine=True,
        certificate=family.certificate_of(attempt),
    )


@blueprint.post("/tests/results/<uuid:attempt_id>/appeals")
@needs("test.take")
def appeal(attempt_id: UUID) -> Any:
    attempt = _own(attempt_id)
    made: Appeal = appeals.appeal(
        attempt, request.form.get("number", 0, type=int), " ".join(request.form.get("text", "").split())
    )
    flash(_("Your appeal about question %(number)s is with the teacher.", number=made.number), "good")
    return redirect(url_for("quizzes.test_result", attempt_id=attempt.id), 303)


def _own(attempt_id: UUID) -> QuizAttempt:
    return queries.own_attempt_or_404(attempt_id, actor().person_id)


def device_here() -> str:
    """The browser of one computer: whoever signs in at it anew, after a power cut say, goes on without a code."""
    return devices.named()


def _computer_of() -> UUID | None:
    """The school at which this computer is registered."""
    device = devices.school_device()
    return device.school_id if device else None


def _body() -> Any:
    if (request.content_length or 0) > MOST_BYTES:
        raise messages.Malformed
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise messages.Malformed from None


def _keep_form(attempt: QuizAttempt, entries: list[dict[str, Any]]) -> None:
    """Forms have no numbers of their own: they take the next ones after the journal's."""
    if not entries:
        return
    first = results.next_seq(attempt)
    numbered = [{**entry, "seq": first + place} for place, entry in enumerate(entries)]
    saving.save(attempt.id, actor().person_id, attempt.epoch, numbered)


def _mark_late(attempt_id: UUID) -> None:
    attempt = db.session.get_one(QuizAttempt, attempt_id, populate_existing=True)
    if attempt.ended_by == "clock":
        marking.mark_attempt(attempt)


def _told(saved: saving.Saved | None) -> Any:
    if saved is None:
        raise NotYours
    resting = {"pause": saved.pause} if saved.pause else {}
    answer = jsonify(
        {"state": saved.state, "seqs": saved.seqs, "left": saved.left, "beacon": saved.beacon, **resting}
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
