"""The dictionary: a word's card, on a page of its own and on every other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import limits
from lms.core.errors import Refused
from lms.core.imports.findings import Finding
from lms.core.imports.findings import said as said_fault
from lms.core.permissions import actor, needs, reach
from lms.core.sheets import SheetRefused, read_sheet
from lms.library import labels
from lms.library.queries import words as queries
from lms.library.service import dictionaries as service
from lms.library.views.base import blueprint
from lms.web.endings import page_ending

WORDS_A_MINUTE, LETTERS_A_MINUTE, A_MINUTE = 60, 240, 1


@blueprint.get("/words")
@needs("library.see")
def words() -> str:
    typed = request.args.get("q", "")
    card = _card(typed) if typed.strip() else None
    return render_template(
        "library/words.html", card=card, typed=typed[:80], dictionaries=queries.dictionaries(), words=labels
    )


@blueprint.get("/words/card")
@needs("library.see")
def word_card() -> str:
    """Only the card: what a page asks for when somebody selects a word on it."""
    return render_template("library/word_card.html", card=_card(request.args.get("q", "")), words=labels)


@blueprint.get("/words/suggestions")
@needs("library.see")
def word_suggestions() -> Any:
    limits.at_most("library letters", str(actor().person_id), LETTERS_A_MINUTE, A_MINUTE)
    return jsonify(queries.beginning(request.args.get("q", "")))


@blueprint.post("/dictionaries")
@needs("dictionary.load")
def load_dictionary() -> Any:
    sent, form = request.files.get("file"), request.form
    if sent is None or not sent.filename:
        raise Refused(_("Choose a file."))
    try:
        sheet = read_sheet(sent.stream.read(), service.MOST_WORDS)
    except SheetRefused as refused:
        raise Refused(said_fault(Finding(refused.code, facts=refused.facts).kept())) from None
    made = service.load_dictionary(
        form.get("title", ""), form.get("kind", ""), form.get("source", ""), service.entries_of(sheet),
        actor().person_id, min(reach("dictionary.load"), key=len),
    )  # fmt: skip
    flash(_("The dictionary is loaded: %(title)s", title=made.title), "good")
    return redirect(url_for("library.words"), 303)


@blueprint.post("/dictionaries/<uuid:dictionary_id>/remove")
@needs("dictionary.load")
def remove_dictionary(dictionary_id: UUID) -> Any:
    service.remove_dictionary(queries.dictionary_or_404(dictionary_id))
    flash(_("The dictionary is removed."), "good")
    return redirect(url_for("library.words"), 303)


@page_ending(blueprint, "library.see", "library/word_here.html")
def word_here() -> dict[str, Any]:
    """On every page: the word of ?word=, so that the card is there without script too."""
    typed = request.args.get("word", "")
    shown = typed.strip() and limits.count_try(
        "library words", str(actor().person_id), WORDS_A_MINUTE, A_MINUTE
    )
    return {"card": queries.card_of(typed) if shown else None, "words": labels}


def _card(typed: str) -> queries.Card:
    limits.at_most("library words", str(actor().person_id), WORDS_A_MINUTE, A_MINUTE)
    return queries.card_of(typed)
