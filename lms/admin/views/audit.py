"""The audit log: a list, a file of it, and the question whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.admin import chain
from lms.admin.errands import ask_once
from lms.admin.queries import audit as queries
from lms.admin.shown import Shown, in_one_line, shown
from lms.admin.views.base import blueprint
from lms.admin.words import ACTIONS
from lms.core import audit, limits
from lms.core.audit import AuditEntry
from lms.core.db import edge
from lms.core.i18n import moment
from lms.core.permissions import actor, needs, reach
from lms.core.sheets import csv_bytes, xlsx_bytes
from lms.core.text import sort_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_HOUR = 10
BATCH = 500


@blueprint.get("/audit-log")
@needs("audit.see")
def audit_log() -> str:
    found = queries.entries()
    names = queries.names_in(found.rows)
    running, verdict = chain.running_and_verdict()
    return render_template(
        "admin/audit_log.html", listing=found, entries=[shown(one, names) for one in found.rows],
        actions=_actions(), running=running, verdict=verdict, most=queries.MOST_EXPORTED,
    )  # fmt: skip


@blueprint.post("/audit-log/check")
@needs("audit.check")
def check_audit_log() -> Any:
    ask_once(chain.KIND)
    flash(_("The chain is being checked. The result will stand on this page."), "info")
    return redirect(url_for("admin.audit_log"), 303)


@blueprint.get("/audit-log/export.<any(csv, xlsx):kind>")
@needs("audit.see")
def export_audit_log(kind: str) -> Response:
    """Whoever takes the log away is in it, too."""
    limits.at_most("export", str(actor().person_id), PER_HOUR, 60)
    found = list(queries.entries_to_export(request.args))
    with edge():
        audit.record("audit.exported", path=reach("audit.see")[0], entries=len(found), format=kind)
    header, rows = _header(), _rows(found)
    if kind == "csv":
        return _download(csv_bytes(header, rows), "audit-log.csv", "text/csv; charset=utf-8")
    return _download(xlsx_bytes(_("Audit log"), header, rows), "audit-log.xlsx", XLSX)


def _actions() -> list[tuple[str, str]]:
    choices = [(code, str(words)) for code, words in ACTIONS.items()]
    return sorted(choices, key=lambda one: sort_key(one[1]))


def _header() -> list[str]:
    return [
        _("Number"), _("When"), _("Who"), _("What was done"), _("To whom or what"), _("Where"), _("Details"),
        _("Address of the computer"),
    ]  # fmt: skip


def _rows(found: list[AuditEntry]) -> Iterator[list[Any]]:
    """Names are looked up for some hundreds of entries at a time: a statement takes only so many keys."""
    for start in range(0, len(found), BATCH):
        part = found[start : start + BATCH]
        names = queries.names_in(part)
        yield from (_row(shown(one, names)) for one in part)


def _row(entry: Shown) -> list[Any]:
    details = "; ".join(in_one_line(one) for one in entry.changes)
    return [
        entry.number, moment(entry.at), entry.who, entry.action, entry.whom, entry.where, details, entry.address,
    ]  # fmt: skip


def _download(data: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=kind, headers=headers)
