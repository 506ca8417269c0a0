"""Pages of studies: one test in many schools, groups compared, growth from entry to exit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import NotYours
from lms.core.permissions import actor, may, needs
from lms.quizzes.clinic_tables import figure
from lms.quizzes.clinic_texts import VERDICTS, note_sentence
from lms.quizzes.forms import StudyForm
from lms.quizzes.models import Study
from lms.quizzes.queries import bank
from lms.quizzes.queries import studies as queries
from lms.quizzes.service import studies
from lms.quizzes.study_words import MODELS, SIDES, SPLITS, WHY, bars, growth_words, unequal
from lms.quizzes.views.base import blueprint

MOST_PUPILS = 60


@blueprint.get("/studies")
@needs("study.make")
def study_list() -> str:
    return render_template("quizzes/studies.html", listing=queries.studies())


@blueprint.route("/studies/new", methods=["GET", "POST"])
@needs("study.make")
def new_study() -> Any:
    papers = queries.sat_papers()
    form = StudyForm.here()
    form.offer([(one.id.hex, one.title) for one in papers])
    if not form.ok():
        return render_template("quizzes/study_new.html", form=form, papers=papers), 422 if form.wrong else 200
    places = bank.places_to_keep_in("study.make")
    if not places:
        raise NotYours
    row = studies.begin_study(places[0], actor().person_id, **form.values())
    return redirect(url_for("quizzes.study", study_id=row.id), 303)


@blueprint.get("/studies/<uuid:study_id>")
@needs("study.make")
def study(study_id: UUID) -> str:
    row = queries.study_or_404(study_id)
    return render_template("quizzes/study.html", study=row, titles=queries.titles_of([*row.entry, *row.leaving]), **_shown(row))  # fmt: skip


@blueprint.post("/studies/<uuid:study_id>/pilot")
@needs("study.make")
def study_pilot(study_id: UUID) -> Any:
    row = queries.study_or_404(study_id)
    known = set((row.result or {}).get("schools", []))
    studies.set_pilot(row, [one for one in request.form.getlist("school") if one in known])
    flash(_("The study is computed anew."), "good")
    return redirect(url_for("quizzes.study", study_id=row.id), 303)


def _shown(row: Study) -> dict[str, Any]:
    result = row.result or {}
    clinic, grown = result.get("clinic"), result.get("growth")
    if row.state != "done" or clinic is None:
        return {"clinic": None}
    return {
        "clinic": clinic, "items": queries.item_titles(one["item"] for one in clinic["items"]), "figure": _figure,
        "notes": [note_sentence(code) for code in clinic["notes"]], "splits": SPLITS, "unequal": unequal, "verdict": VERDICTS,
        "schools": queries.place_names(result["schools"]), **_growth(grown, may("test.results", row.path)),
    }  # fmt: skip


def _growth(grown: dict[str, Any] | None, names_pupils: bool) -> dict[str, Any]:
    """An office compares groups: how single pupils have grown is for their school alone."""
    if grown is None or "why" in grown:
        return {"grown": None, "why": WHY[grown["why"]] if grown else ""}
    sides = {side: rows for side, rows in grown["sides"].items() if rows}
    places = [one["group"] for side in ("district", "school") for one in sides.get(side, [])]
    classes = queries.class_names(one["group"] for one in sides.get("class", []))
    names = {**{code: str(text) for code, text in MODELS.items()}, **queries.place_names(places), **classes}
    people = grown["pupils"] if names_pupils and len(grown["pupils"]) <= MOST_PUPILS else []
    return {
        "grown": grown, "why": "", "said": growth_words(grown["whole"]), "people": people,
        "person_names": queries.person_names(one[0] for one in people),
        "sides": [(SIDES[side], *bars(rows, names)) for side, rows in sides.items()],
    }  # fmt: skip


def _figure(value: float | None, places: int = 2) -> str:
    return "–" if value is None else figure(value, places)
