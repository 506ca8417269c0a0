"""Pages of guardians: the published results of their child; and what is new on the home page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import lazy_gettext as _l

from lms.core import audit
from lms.core.permissions import actor, needs
from lms.quizzes.queries import family as queries
from lms.quizzes.queries import results
from lms.quizzes.service import news
from lms.quizzes.views.base import blueprint
from lms.web.cards import home_card
from lms.web.menu import add_to_children


@home_card(blueprint, "child.see", "quizzes/cards/news.html", 5)
def new_results() -> dict[str, Any] | None:
    """What was published or has changed and was not looked at yet: one statement."""
    found = queries.news_for(actor().person_id)
    return {"news": found, "me": actor().person_id} if found else None


add_to_children(blueprint, "quizzes.childs_tests", _l("Results of tests"))


@blueprint.get("/children/<uuid:child_id>/tests")
@needs("child.see")
def childs_tests(child_id: UUID) -> str:
    child = queries.child_or_404(actor().person_id, child_id)
    return render_template("quizzes/childs_tests.html", child=child, attempts=queries.results_of(child.id))


@blueprint.get("/children/results/<uuid:attempt_id>")
@needs("child.see")
def childs_result(attempt_id: UUID) -> str:
    attempt = queries.childs_attempt_or_404(actor().person_id, attempt_id)
    if attempt.ended_at is None or attempt.sitting.published_at is None:
        return render_template(
            "quizzes/childs_tests.html", child=attempt.person, attempts=[], early=attempt.sitting.title
        )
    news.seen(actor().person_id, attempt.id)
    audit.record("attempt.seen", attempt, path=attempt.path)
    return render_template(
        "quizzes/result.html", **results.review(attempt), mine=True, guardian=True,
        certificate=queries.certificate_of(attempt),
    )  # fmt: skip
