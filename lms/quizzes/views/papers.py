"""Pages of papers: the list, one paper with its sections, exam formats, and the paper on paper."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import NotYours
from lms.core.i18n import language
from lms.core.permissions import actor, may, needs
from lms.quizzes.composing import compose
from lms.quizzes.formats import formats, points_of, sections_of
from lms.quizzes.forms import PaperForm, RuleForm
from lms.quizzes.labels import SUBJECTS
from lms.quizzes.queries import bank
from lms.quizzes.queries import papers as queries
from lms.quizzes.queries.taking import drawn
from lms.quizzes.service import papers
from lms.quizzes.views.base import blueprint


@blueprint.get("/papers")
@needs("paper.make")
def papers_list() -> str:
    return render_template("quizzes/papers.html", listing=queries.papers())


@blueprint.route("/papers/new", methods=["GET", "POST"])
@needs("paper.make")
def new_paper() -> Any:
    form = PaperForm.here(language=language())
    if not form.ok():
        return render_template("quizzes/paper_edit.html", form=form), 422 if form.wrong else 200
    paper = papers.begin_paper(_place(), actor().person_id, **form.facts())
    return redirect(url_for("quizzes.paper", paper_id=paper.id), 303)


@blueprint.get("/papers/<uuid:paper_id>")
@needs("paper.make")
def paper(paper_id: UUID) -> str:
    row = queries.paper_or_404(paper_id)
    return render_template(
        "quizzes/paper.html", paper=row, sections=queries.sections(row), rule=RuleForm(subject=row.subject, grade=str(row.grade or "")),
        may_change=may("paper.make", row.path),
    )  # fmt: skip


@blueprint.route("/papers/<uuid:paper_id>/edit", methods=["GET", "POST"])
@needs("paper.make")
def edit_paper(paper_id: UUID) -> Any:
    row = queries.paper_or_404(paper_id, changing=True)
    form = PaperForm.here(row, grade=str(row.grade or ""))
    if not form.ok():
        return render_template("quizzes/paper_edit.html", form=form, paper=row), 422 if form.wrong else 200
    papers.describe_paper(row, form.facts())
    return redirect(url_for("quizzes.paper", paper_id=row.id), 303)


@blueprint.post("/papers/<uuid:paper_id>/sections")
@needs("paper.make")
def add_section(paper_id: UUID) -> Any:
    """A section to be filled by hand, or a rule by which it is drawn."""
    row = queries.paper_or_404(paper_id, changing=True)
    if request.form.get("by") == "hand":
        papers.add_section(row, " ".join(request.form.get("title", "").split())[:120])
        return redirect(url_for("quizzes.paper", paper_id=row.id), 303)
    form = RuleForm.here()
    if not form.ok():
        page = render_template(
            "quizzes/paper.html", paper=row, sections=queries.sections(row), rule=form, may_change=True
        )
        return page, 422
    papers.add_section(row, form.title.data or "", form.rule(row.language))
    return redirect(url_for("quizzes.paper", paper_id=row.id), 303)


@blueprint.post("/papers/<uuid:paper_id>/sections/<int:place>")
@needs("paper.make")
def change_section(paper_id: UUID, place: int) -> Any:
    row = queries.paper_or_404(paper_id, changing=True)
    item = request.form.get("item", "")
    if item:
        papers.change_item(row, place, _key(item), request.form.get("deed", ""))
    else:
        papers.change_section(row, place, request.form.get("deed", ""))
    return redirect(url_for("quizzes.paper", paper_id=row.id), 303)


@blueprint.post("/papers/<uuid:paper_id>/items")
@needs("paper.make")
def add_items(paper_id: UUID) -> Any:
    row = queries.paper_or_404(paper_id, changing=True)
    wanted = [bank.item_or_404(_key(key), "item.see").id for key in request.form.getlist("item")[:60]]
    added = papers.add_items(row, request.args.get("section", 0, type=int), wanted)
    flash(_("Questions added: %(number)s.", number=added), "good")
    return redirect(url_for("quizzes.paper", paper_id=row.id), 303)


@blueprint.post("/papers/<uuid:paper_id>/put-away")
@needs("paper.make")
def put_paper_away(paper_id: UUID) -> Any:
    papers.put_away(queries.paper_or_404(paper_id, changing=True))
    flash(_("The paper is put away; what has been given stays."), "good")
    return redirect(url_for("quizzes.papers_list"), 303)


@blueprint.get("/papers/<uuid:paper_id>/print")
@needs("paper.make")
def print_paper(paper_id: UUID) -> str:
    """Variants for paper, each with its key on a sheet of its own."""
    row = queries.paper_or_404(paper_id)
    variants = min(max(request.args.get("variants", 1, type=int), 1), 4)
    body = {"sections": papers.frozen_sections(row), "shuffle": row.shuffle}
    sheets: Sequence[Any] = [
        drawn(compose(body, Random(f"{row.id}/{one}")), body) for one in range(1, variants + 1)
    ]
    return render_template("quizzes/paper_print.html", paper=row, sheets=sheets, variants=variants)


@blueprint.get("/papers/formats")
@needs("paper.make")
def paper_formats() -> str:
    return render_template(
        "quizzes/formats.html", formats=formats().values(), points_of=points_of, tongue=language()
    )


@blueprint.post("/papers/formats/<string:code>")
@needs("paper.make")
def paper_from_format(code: str) -> Any:
    found = formats().get(code)
    if found is None:
        raise NotYours
    wanted = request.form.get("language", "")
    tongue = wanted if wanted in found["languages"] else found["languages"][0]
    chosen = {part["code"]: request.form.get(part["code"], "") for part in found["parts"]}
    subjects = {part: subject for part, subject in chosen.items() if subject in SUBJECTS}
    grade = found["grades"][0] if len(found.get("grades", [])) == 1 else None
    paper = papers.begin_paper(
        _place(), actor().person_id, sections_of(found, subjects, tongue, grade), title=found["title"][tongue],
        language=tongue, minutes=found["minutes"], format=code, aids=list(found["aids"]), breaks=list(found.get("breaks", [])),
        extra_minutes=found["extra_minutes"], grade=grade, subject=next(iter(subjects.values()), ""),
    )  # fmt: skip
    return redirect(url_for("quizzes.paper", paper_id=paper.id), 303)


def _place() -> Any:
    found = bank.places_to_keep_in("paper.make")
    if not found:
        raise NotYours
    return found[0]


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None
