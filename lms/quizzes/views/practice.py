"""Pages of practising: one question at a time, with the answer at once; mistakes come back."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, session, url_for

from lms.core.errors import NotYours
from lms.core.permissions import actor, needs
from lms.quizzes.queries import bank
from lms.quizzes.queries import practice as queries
from lms.quizzes.questions import fields_of, kind_of
from lms.quizzes.service import practice
from lms.quizzes.views.base import blueprint

SEEDS = "practice"


@blueprint.get("/practice")
@needs("test.take")
def practice_home() -> str:
    """Subjects that are open for self-study, how ready one is in each objective, and the notebook of mistakes."""
    me = actor().person_id
    return render_template(
        "quizzes/practice.html",
        themes=queries.themes(me),
        mistakes=queries.mistakes(me),
        ready=queries.readiness(me),
    )


@blueprint.get("/practice/next")
@needs("test.take")
def next_question() -> Any:
    """What is due first, then what is new."""
    item = queries.next_item(actor().person_id, request.args.get("subject", ""), request.args.get("only", ""))
    if item is None:
        return render_template("quizzes/practice_done.html")
    return redirect(url_for("quizzes.practise", item_id=item.id, **_kept()))


@blueprint.route("/practice/<uuid:item_id>", methods=["GET", "POST"])
@needs("test.take")
def practise(item_id: UUID) -> Any:
    item = queries.open_item(item_id)
    if item is None:
        raise NotYours
    version, kind = bank.current(item), kind_of(item.kind)
    seed = session.get(SEEDS) if request.method == "POST" else None
    if not isinstance(seed, int):
        seed = session[SEEDS] = secrets.randbelow(2**31)
    shown = kind.public(version.content, seed)
    more: dict[str, Any] = {"item": item, "kind": kind, "q": shown, "hints": version.content.get("hints", [])}
    if request.method == "POST":
        fields = fields_of(request.form)
        answer = kind.answer(version.content, seed, fields)
        mark = kind.mark(version.content, answer, seed)
        row = practice.answered(actor().person_id, item, mark.right)
        more |= {"mark": mark, "given": fields, "key": kind.key(version.content, seed), "row": row,
                 "explanation": version.content.get("explanation", "")}  # fmt: skip
    return render_template("quizzes/practise.html", **more)


def _kept() -> dict[str, Any]:
    """What was chosen stays chosen from question to question."""
    return {name: request.args[name] for name in ("subject", "only") if name in request.args}
