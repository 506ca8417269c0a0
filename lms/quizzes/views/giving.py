"""Pages of the teacher: give a test, watch it, end it, publish it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.core import clock
from lms.core.db import db
from lms.core.forms import options
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs, within
from lms.people.models import SchoolClass, SchoolYear
from lms.people.queries.classes import teachers_of
from lms.places.models import Place
from lms.quizzes.forms import SittingForm
from lms.quizzes.queries import results, taking
from lms.quizzes.queries.papers import paper_or_404
from lms.quizzes.service import sealed, sittings
from lms.quizzes.views.base import blueprint
from lms.web.cards import home_card
from lms.web.menu import add_to_menu

add_to_menu(blueprint, "test.take", "quizzes.tests", _l("Tests"), 22)
ON_THE_CARD = 5


@home_card(blueprint, "test.take", "quizzes/cards/tests.html", 6)
def card() -> dict[str, Any] | None:
    """What a pupil may sit now: two statements."""
    if "student" not in actor().roles:
        return None
    found = [one for one in taking.tests_of(actor().person_id, 30) if one.may_begin or one.going_on]
    return {"tests": found[:ON_THE_CARD]} if found else None


@blueprint.context_processor
def helpers() -> dict[str, Any]:
    return {"state_of": sittings.state_of, "now": clock.now, "code_shows": sealed.code_shows}


@blueprint.get("/given-tests")
@needs("test.give")
def given_tests() -> str:
    return render_template(
        "quizzes/given_tests.html", listing=results.sittings("test.give"), second=results.to_mark_second()
    )


@blueprint.route("/papers/<uuid:paper_id>/give", methods=["GET", "POST"])
@needs("test.give")
def give_test(paper_id: UUID) -> Any:
    paper = paper_or_404(paper_id)
    classes = _classes()
    form = SittingForm.here(title=paper.title, minutes=paper.minutes, breaks=paper.breaks)
    schools = {one.school_id for one in classes}
    form.second_marker_id.choices = options([("", "–"), *_colleagues(schools)])
    form.classes.choices = options((str(one.id), _name(one, len(schools) > 1)) for one in classes)
    if not form.ok():
        return render_template("quizzes/give_test.html", form=form, paper=paper), 422 if form.wrong else 200
    chosen = [one for one in classes if str(one.id) in (form.classes.data or ())]
    row = sittings.give(
        paper, chosen[0].school, actor().person_id, [one.id for one in chosen], **form.facts()
    )
    flash(_("The test is given."), "good")
    return redirect(url_for("quizzes.given_test", sitting_id=row.id), 303)


@blueprint.get("/given-tests/<uuid:sitting_id>/board")
@needs("test.give")
def test_board(sitting_id: UUID) -> str:
    """Who is where: renews itself while the test is open."""
    sitting = results.sitting_or_404(sitting_id, "test.give")
    return render_template("quizzes/board.html", sitting=sitting, lines=results.board(sitting),
                           fetched=results.fetched(sitting) if sitting.sealed else 0)  # fmt: skip


@blueprint.post("/given-tests/<uuid:sitting_id>/close")
@needs("test.give")
def close_test(sitting_id: UUID) -> Any:
    ended = sittings.close_now(results.sitting_or_404(sitting_id, "test.give"))
    flash(_("The test has ended. Attempts ended with it: %(number)s.", number=ended), "good")
    return redirect(url_for("quizzes.given_test", sitting_id=sitting_id), 303)


@blueprint.post("/given-tests/<uuid:sitting_id>/withdraw")
@needs("test.give")
def withdraw_test(sitting_id: UUID) -> Any:
    sittings.withdraw(results.sitting_or_404(sitting_id, "test.give"))
    flash(_("The test is withdrawn; what pupils have done stays."), "good")
    return redirect(url_for("quizzes.given_tests"), 303)


@blueprint.post("/given-tests/<uuid:sitting_id>/publish")
@needs("test.give")
def publish_test(sitting_id: UUID) -> Any:
    sitting = results.sitting_or_404(sitting_id, "test.give")
    if request.form.get("back"):
        sittings.take_back(sitting)
        flash(_("The results are hidden again."), "good")
    else:
        sittings.publish(sitting)
        flash(_("Pupils see their results from now on."), "good")
    return redirect(url_for("quizzes.given_test", sitting_id=sitting_id), 303)


@blueprint.post("/given-tests/attempts/<uuid:attempt_id>/time")
@needs("test.give")
def give_time(attempt_id: UUID) -> Any:
    attempt = results.attempt_or_404(attempt_id, "test.give")
    sittings.give_time(attempt, request.form.get("minutes", 0, type=int))
    flash(_("More time is given."), "good")
    return redirect(url_for("quizzes.test_board", sitting_id=attempt.sitting_id), 303)


@blueprint.post("/given-tests/attempts/<uuid:attempt_id>/hand-over")
@needs("test.give")
def hand_over(attempt_id: UUID) -> Any:
    """The code is shown once, on the page that follows; only its digest is kept."""
    attempt = results.attempt_or_404(attempt_id, "test.give")
    code = sittings.hand_over_code(attempt)
    return render_template(
        "quizzes/hand_over.html", attempt=attempt, code=code, minutes=sittings.HAND_OVER_MINUTES
    )


def _colleagues(schools: set[UUID]) -> list[tuple[str, str]]:
    """Who may mark a second time: other teachers of one's school."""
    if len(schools) != 1:
        return []
    return [
        (str(one.id), one.full_name)
        for one in teachers_of(next(iter(schools)))
        if one.id != actor().person_id
    ]


def _classes() -> list[SchoolClass]:
    """Classes of this school year in one's schools."""
    today = clock.today()
    return list(
        db.session.scalars(
            select(SchoolClass)
            .join(SchoolClass.school)
            .join(SchoolClass.year)
            .options(contains_eager(SchoolClass.school))
            .where(
                within(Place.path, "test.give"),
                SchoolClass.year_id
                == select(SchoolYear.id)
                .where(SchoolYear.starts_on <= today)
                .order_by(SchoolYear.starts_on.desc())
                .limit(1)
                .scalar_subquery(),
            )
            .order_by(Place.sort_kk, SchoolClass.sort_key)
            .limit(500)
        )
    )


def _name(row: SchoolClass, with_school: bool) -> str:
    return f"{row.name} · {in_language(row.school)}" if with_school else row.name
