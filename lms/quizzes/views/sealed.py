"""A sealed paper: fetched locked, days before; opened with the code when the test is open."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

from flask import jsonify, render_template, render_template_string, request

from lms.core.db import db
from lms.core.errors import NotYours, Refused
from lms.core.permissions import actor, needs
from lms.people import devices
from lms.people.models import Person
from lms.quizzes.exchange.files import ADDRESS
from lms.quizzes.queries import taking as queries
from lms.quizzes.queries.exchange import loader
from lms.quizzes.service import saving, sealed, taking
from lms.quizzes.views.base import blueprint
from lms.quizzes.views.taking import device_here

SHEET = '{% from "quizzes/_sheet.html" import sheet with context %}{{ sheet(questions) }}'


@blueprint.get("/tests/<uuid:sitting_id>/sealed")
@needs("test.take")
def sealed_paper(sitting_id: UUID) -> Any:
    """Locked: the browser keeps it until the day. Pictures and sounds are inside."""
    test = _sealed_test(sitting_id)
    row = taking.sealed_for(test.sitting, actor().person_id)
    questions = queries.drawn(row.questions, test.sitting.version.body)
    markup = render_template_string(SHEET, questions=questions)
    answer = jsonify(sealed.parcel(test.sitting, row, _with_files(markup)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/tests/<uuid:sitting_id>/open")
@needs("test.take")
def open_sealed(sitting_id: UUID) -> Any:
    """The part of the key that was kept here: only now, and only for the right code. The clock starts with it."""
    test = _sealed_test(sitting_id)
    if test.going_on:
        raise NotYours
    me = db.session.get_one(Person, actor().person_id)
    computer = devices.school_device()
    try:
        row = taking.begin(
            test, me, device_here(), request.form.get("code", ""), computer_of=computer.school_id if computer else None
        )  # fmt: skip
    except Refused as refused:
        return {"wrong": str(refused.message)}
    taking.leave_server(row)
    taking.start_clock(row)
    paper = taking.sealed_for(test.sitting, me.id)
    shell = render_template(
        "quizzes/_exam.html", attempt=row, sitting=test.sitting, questions=None, beacon=saving.beacon(row.id)
    )
    answer = jsonify(
        {"paper": paper.id.hex, "part": sealed.part_of(test.sitting).hex(), "shell": shell, "take": f"/tests/taking/{row.id}"}
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sealed_test(sitting_id: UUID) -> queries.Test:
    test = queries.test_or_404(sitting_id, actor().person_id)
    if not test.sitting.sealed:
        raise NotYours
    return test


def _with_files(markup: str) -> str:
    """Addresses of pictures and sounds replaced by themselves: later there may be no line to fetch them by."""
    load, pieces = loader(), markup.split(f'src="{ADDRESS}')
    found = [pieces[0]]
    for piece in pieces[1:]:
        digest, rest = piece[:64], piece[64:]
        file = load(digest)
        source = f"data:{file[1]};base64,{b64encode(file[0]).decode()}" if file else ADDRESS + digest
        found.append(f'src="{source}{rest}')
    return "".join(found)
