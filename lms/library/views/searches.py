"""Searches one keeps, and what one is told."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.core.i18n import day, language
from lms.core.permissions import actor, needs
from lms.library.labels import FACETS, NOTICES
from lms.library.models import LibraryNotice, SavedSearch
from lms.library.queries import readers as queries
from lms.library.seeing import shown_to_reader
from lms.library.service import notices as telling
from lms.library.service import searches as service
from lms.library.views.base import blueprint


@blueprint.get("/searches")
@needs("library.see")
def searches() -> str:
    return render_template("library/searches.html", searches=queries.kept_searches(), address=_address)


@blueprint.post("/searches")
@needs("library.see")
def keep_search() -> Response:
    wanted = parse_qs(request.form.get("address", "")[:2000].lstrip("?"))
    typed = wanted.get("q", [""])[0]
    chosen = {name: values[:20] for name, values in wanted.items() if name in FACETS}
    name = request.form.get("name", "").strip() or typed or _("Everything new")
    service.keep_search(actor().person_id, name, typed, chosen, shown_to_reader())
    flash(_("The search is kept. You will be told of what is new."), "good")
    return redirect(url_for("library.searches"), 303)


@blueprint.post("/searches/<uuid:saved_id>/remove")
@needs("library.see")
def forget_search(saved_id: UUID) -> Response:
    service.forget_search(queries.search_or_404(saved_id))
    flash(_("The search is removed."), "good")
    return redirect(url_for("library.searches"), 303)


@blueprint.get("/notices")
@needs("library.see")
def notices() -> str:
    return render_template("library/notices.html", notices=queries.notices(), said=said, address=address_of)


@blueprint.post("/notices/read")
@needs("library.see")
def read_notices() -> Response:
    telling.read_all(actor().person_id)
    return redirect(url_for("library.notices"), 303)


def said(row: LibraryNotice) -> str:
    """The sentence of a notice in the reader's language."""
    facts: dict[str, Any] = {"name": "", "day": "", **row.facts}
    own, other = ("title_kk", "title_ru") if language() == "kk" else ("title_ru", "title_kk")
    facts["title"] = facts.get(own) or facts.get(other) or ""
    facts["day"] = day_of(str(facts["day"]))
    return str(NOTICES[row.code]) % facts


def day_of(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def address_of(row: LibraryNotice) -> str:
    if row.case_id:
        return url_for("library.case", case_id=row.case_id)
    return url_for("library.resource", resource_id=row.resource_id) if row.resource_id else ""


def _address(row: SavedSearch) -> str:
    return url_for("library.search") + "?" + urlencode({"q": row.typed, **row.chosen}, doseq=True)
