"""Pages of bringing in lists: choose a file, look, confirm, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import limits
from lms.core.errors import NotYours
from lms.core.imports import queries, service
from lms.core.imports.findings import Finding, said
from lms.core.imports.kinds import ImportKind, kind_named
from lms.core.permissions import actor, needs, require
from lms.core.rooms import room
from lms.core.sheets import SheetRefused, csv_bytes, xlsx_bytes
from lms.core.sheets.reading import MOST_BYTES

blueprint = room("imports", __name__, "/imports")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_HOUR = 20


@blueprint.get("")
@needs("import.bring")
def runs() -> str:
    return render_template("imports/runs.html", runs=queries.runs_within_reach(), kind_named=kind_named)


@blueprint.get("/new/<string:kind_name>/<uuid:at_id>")
@needs("import.bring")
def new(kind_name: str, at_id: UUID) -> str:
    kind, _path = _kind_here(kind_name, at_id)
    return render_template("imports/new.html", kind=kind, refused="")


@blueprint.post("/new/<string:kind_name>/<uuid:at_id>")
@needs("import.bring")
def bring(kind_name: str, at_id: UUID) -> Any:
    kind, path = _kind_here(kind_name, at_id)
    limits.at_most("import", str(actor().person_id), PER_HOUR, 60)
    name, data = _sent()
    try:
        run = service.draft(kind, data, name, at_id, path, (actor().person_id, actor().name))
    except SheetRefused as error:
        refused = said(Finding(error.code, facts=error.facts).kept(), kind.sentences)
        return render_template("imports/new.html", kind=kind, refused=refused), 422
    return redirect(url_for("imports.run", run_id=run.id), 303)


@blueprint.get("/example/<string:kind_name>.<any(csv, xlsx):form>")
@needs("import.bring")
def example(kind_name: str, form: str) -> Response:
    kind = kind_named(kind_name)
    if kind is None:
        raise NotYours
    header = [str(one.title) for one in kind.columns]
    rows = [[one.example for one in kind.columns]]
    if form == "csv":
        return _download(csv_bytes(header, rows), f"{kind.name}.csv", CSV)
    return _download(xlsx_bytes(str(kind.title), header, rows), f"{kind.name}.xlsx", XLSX)


@blueprint.get("/<uuid:run_id>")
@needs("import.bring")
def run(run_id: UUID) -> str:
    found, kind = queries.run_or_404(run_id)
    verdict = request.args.get("verdict", "")
    lines = queries.lines_of(found, verdict)
    columns = [
        one for one in kind.columns if not one.secret and any(one.name in row.given for row in lines.rows)
    ]
    return render_template("imports/run.html", run=found, kind=kind, lines=lines, columns=columns, said=said)


@blueprint.post("/<uuid:run_id>/confirm")
@needs("import.bring")
def confirm(run_id: UUID) -> Any:
    found, kind = queries.run_or_404(run_id)
    if service.confirm(found, kind):
        flash(_("The list has been brought in."), "success")
    else:
        flash(
            _("Something has changed since this preview was made. Look at it again, then confirm."), "warning"
        )
    return redirect(url_for("imports.run", run_id=run_id), 303)


@blueprint.post("/<uuid:run_id>/undo")
@needs("import.bring")
def undo(run_id: UUID) -> Any:
    found, _kind = queries.run_or_404(run_id)
    service.undo(found)
    flash(_("The import has been undone."), "success")
    return redirect(url_for("imports.run", run_id=run_id), 303)


@blueprint.post("/<uuid:run_id>/throw-away")
@needs("import.bring")
def throw_away(run_id: UUID) -> Any:
    found, kind = queries.run_or_404(run_id)
    again = url_for("imports.new", kind_name=kind.name, at_id=found.place_id)
    service.throw_away(found)
    flash(_("The file has been discarded. Nothing was changed."), "success")
    return redirect(again, 303)


@blueprint.get("/<uuid:run_id>/bad-rows.csv")
@needs("import.bring")
def bad_rows(run_id: UUID) -> Response:
    """The rows to correct, each with what is wrong: fix them there and upload that file."""
    found, kind = queries.run_or_404(run_id)
    columns = [one for one in kind.columns if not one.secret]
    header = [_("Line"), *(str(one.title) for one in columns), _("What to correct")]
    rows = (
        [line.number, *(line.given.get(one.name, "") for one in columns), _faults(kind, line.findings)]
        for line in queries.bad_lines(found)
    )
    return _download(csv_bytes(header, rows), "bad-rows.csv", CSV)


def _faults(kind: ImportKind, findings: list[Any]) -> str:
    return " ".join(f"{kind.title_of(one['column'])}: {said(one, kind.sentences)}" for one in findings)


def _sent() -> tuple[str, bytes]:
    """Never more than one byte above the limit, whatever was sent."""
    file = request.files.get("file")
    if file is None:
        return "", b""
    with file.stream:
        return file.filename or "", file.stream.read(MOST_BYTES + 1)


def _kind_here(kind_name: str, place_id: UUID) -> tuple[ImportKind, str]:
    kind = kind_named(kind_name)
    if kind is None:
        raise NotYours
    path = kind.path_of(place_id)
    require(kind.permission, path)
    return kind, path


def _download(data: bytes, name: str, kind: str) -> Response:
    return Response(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
