"""Pages of the bank: the list, one question, its editor, its pictures and sounds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import storage
from lms.core.db import db
from lms.core.errors import NotYours, Refused
from lms.core.permissions import actor, may, needs
from lms.core.security import takes_uploads
from lms.places.models import Place
from lms.quizzes.forms import ItemForm
from lms.quizzes.models import Item
from lms.quizzes.queries import bank as queries
from lms.quizzes.queries.papers import usable_papers
from lms.quizzes.questions import KINDS, Content, fields_of, kind_of
from lms.quizzes.service import bank
from lms.quizzes.views.base import blueprint

TRIED = 1  # the seed with which an author tries a question


@blueprint.get("/bank")
@needs("item.see")
def items() -> str:
    """With ?paper= the list is where one picks questions for it."""
    picking = request.args.get("paper", "")
    paper = next((one for one in usable_papers() if str(one.id) == picking), None) if picking else None
    return render_template("quizzes/items.html", listing=queries.items(), paper=paper)


@blueprint.get("/bank/kinds")
@needs("item.change")
def item_kinds() -> str:
    return render_template("quizzes/item_kinds.html")


@blueprint.route("/bank/new/<string:kind_of_question>", methods=["GET", "POST"])
@needs("item.change")
@takes_uploads
def new_item(kind_of_question: str) -> Any:
    if kind_of_question not in KINDS:
        raise NotYours
    context = _context()
    place = context and _place_of(context) or _place()
    given = _kept(context) if context else {"language": "kk"}
    form, kind = ItemForm.here(**given), kind_of(kind_of_question)
    content, problems = _read(kind_of_question, place, kind.blank(), form)
    if problems is None:
        item = bank.write_item(place, actor().person_id, kind.name, content, context=context, **form.facts())
        flash(_("The question is kept."), "good")
        return redirect(url_for("quizzes.item", item_id=item.id), 303)
    return _editor(kind.name, content, problems, form, context=context)


@blueprint.route("/bank/<uuid:item_id>/edit", methods=["GET", "POST"])
@needs("item.change")
@takes_uploads
def edit_item(item_id: UUID) -> Any:
    item = queries.item_or_404(item_id, "item.change")
    form = ItemForm.here(item, grade=str(item.grade or ""))
    place = _place_of(item)
    content, problems = _read(item.kind, place, queries.current(item).content, form)
    if problems is None:
        bank.correct_item(
            item, actor().person_id, content, request.form.get("note", "")[:300], **form.facts()
        )
        flash(_("The question is kept."), "good")
        return redirect(url_for("quizzes.item", item_id=item.id), 303)
    return _editor(item.kind, content, problems, form, item=item)


@blueprint.route("/bank/<uuid:item_id>", methods=["GET", "POST"])
@needs("item.see")
def item(item_id: UUID) -> str:
    """Everything about one question, and a try at it: answered here, it is marked here and kept nowhere."""
    row = queries.item_or_404(item_id, "item.see")
    versions = queries.versions(row)
    wanted = request.args.get("version", versions[0].number, type=int)
    version = next((one for one in versions if one.number == wanted), versions[0])
    kind, tried = kind_of(row.kind), {}
    if request.method == "POST":
        fields = fields_of(request.form)
        answer = kind.answer(version.content, TRIED, fields)
        tried = {"mark": kind.mark(version.content, answer, TRIED), "given": fields,
                 "said": kind.said(version.content, answer, TRIED)}  # fmt: skip
    return render_template(
        "quizzes/item.html", item=row, versions=versions, version=version, kind=kind,
        shown=kind.public(version.content, TRIED), key=kind.key(version.content, TRIED), tried=tried,
        about=queries.about(row) if row.kind == "context" else [], may_change=may("item.change", row.path),
    )  # fmt: skip


@blueprint.post("/bank/<uuid:item_id>/put-away")
@needs("item.change")
def put_item_away(item_id: UUID) -> Any:
    item = queries.item_or_404(item_id, "item.change")
    (bank.bring_back if item.archived_at else bank.put_away)(item)
    return redirect(url_for("quizzes.item", item_id=item_id), 303)


@blueprint.post("/bank/<uuid:item_id>/twin")
@needs("item.change")
def twin_item(item_id: UUID) -> Any:
    """A copy in the other language, to be translated."""
    item = queries.item_or_404(item_id, "item.change")
    if item.twin_id is None:
        facts = {
            name: getattr(item, name)
            for name in ("subject", "grade", "section", "objective", "level", "practice")
        }
        other = bank.write_item(
            _place_of(item), actor().person_id, item.kind, queries.current(item).content,
            language="ru" if item.language == "kk" else "kk", **facts,
        )  # fmt: skip
        bank.join_twins(item, other)
        flash(_("A copy for the other language is made. Translate it."), "good")
        return redirect(url_for("quizzes.edit_item", item_id=other.id), 303)
    return redirect(url_for("quizzes.item", item_id=item.twin_id), 303)


@blueprint.get("/quizzes/media/<string:digest>")
@needs("test.take")
def media(digest: str) -> Response:
    """Whoever knows the name has seen the question: the name is the hash of the bytes."""
    known = queries.known_file(digest)
    if known is None:
        raise NotYours
    return storage.send(known.file, "picture", known.media_type, download=False, cache="private, max-age=31536000, immutable")  # fmt: skip


def _read(kind: str, place: Place, before: Content, form: ItemForm) -> tuple[Content, list[Any] | None]:
    """(content, what is wrong with it); None when it may be kept."""
    if request.method == "GET":
        return before, []
    fields = fields_of(request.form)
    problems: list[Any] = []
    for file in request.files.getlist("media"):
        if file.filename:
            try:
                kept = bank.keep_media(place, actor().person_id, file.stream)
            except Refused as refused:
                problems.append(refused.message)
                continue
            for name, value in (
                ("file", kept.file),
                ("type", kept.media_type),
                ("alt", request.form.get("new_alt", "")),
            ):
                fields.setdefault(f"media_{name}", []).append(value[:300])
    content = kind_of(kind).edited(fields)
    problems += kind_of(kind).check(content)
    return content, None if form.ok() and not problems else problems


def _editor(kind: str, content: Content, problems: list[Any], form: ItemForm, **more: Any) -> Any:
    page = render_template(
        "quizzes/item_edit.html", kind=kind_of(kind), content=kind_of(kind).typed(content), problems=problems, form=form, **more
    )  # fmt: skip
    return page, 422 if problems or form.wrong else 200


def _context() -> Item | None:
    text = request.args.get("about", "")
    try:
        return queries.item_or_404(UUID(text), "item.change") if text else None
    except ValueError:
        raise NotYours from None


def _kept(context: Item) -> dict[str, Any]:
    names = ("subject", "language", "level", "section", "objective", "practice")
    return {**{name: getattr(context, name) for name in names}, "grade": str(context.grade or "")}


def _place_of(item: Item) -> Place:
    return db.session.get_one(Place, item.place_id)


def _place() -> Place:
    """Where a new question is kept: one's own school, or the office one works in."""
    found = queries.places_to_keep_in("item.change")
    if not found:
        raise NotYours
    return found[0]
