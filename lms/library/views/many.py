"""A folder of files with a list, as one zip: its files are kept, then the list is looked at like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import storage
from lms.core.imports import service as imports
from lms.core.imports.findings import Finding, said
from lms.core.imports.kinds import kind_named
from lms.core.permissions import actor, needs, require
from lms.core.scratch import on_disk, scratch
from lms.core.security import takes_uploads
from lms.core.sheets import SheetRefused, csv_bytes, read_sheet
from lms.library.file_kinds import is_taken
from lms.library.lists import file_cell
from lms.library.queries import resources as queries
from lms.library.reading.parts import Unreadable
from lms.library.reading.zips import check, is_safe
from lms.library.views.base import blueprint
from lms.library.views.resources import chosen_place, files_sent

LISTS = ("list.csv", "list.xlsx")
MOST_FILES = 500
LARGEST_LIST = 8 * 1024 * 1024


class NoList(Exception):
    """The zip has no list, or cannot be read."""


@blueprint.route("/add-many", methods=["GET", "POST"])
@needs("library.bring")
@takes_uploads
def add_many() -> Any:
    error = ""
    if request.method == "POST":
        try:
            return _bring()
        except (NoList, BadZipFile, Unreadable):
            error = _("This is not a zip with a list.csv or list.xlsx inside.")
        except SheetRefused as refused:
            error = said(Finding(refused.code, facts=refused.facts).kept())
    page = render_template("library/add_many.html", places=queries.places_to_put(), error=error)
    return page, 422 if error else 200


def _bring() -> Any:
    place = chosen_place()
    require("library.bring", place.path)
    sent = files_sent()
    if not sent:
        raise NoList
    kind = kind_named("resources")
    assert kind is not None
    with scratch() as folder:
        data = _list_with_files(on_disk(sent[0][1].digest, folder))
    who = (actor().person_id, actor().name)
    run = imports.draft(kind, data, sent[0][0], place.id, place.path, who)
    return redirect(url_for("imports.run", run_id=run.id), 303)


def _list_with_files(path: Path) -> bytes:
    """The list with a sealed name of the kept file in place of each file's name."""
    with ZipFile(path) as archive:
        check(archive.infolist())
        names = {
            one.filename: one for one in archive.infolist() if not one.is_dir() and is_safe(one.filename)
        }
        found = next((one for one in names if one.rsplit("/", 1)[-1].lower() in LISTS), None)
        if found is None or names[found].file_size > LARGEST_LIST:
            raise NoList
        sheet = read_sheet(archive.read(found), MOST_FILES)
        base = found.rpartition("/")[0]
        rows = [[_kept(archive, names, base, cell) for cell in line.cells] for line in sheet.lines]
    return csv_bytes(list(sheet.header), rows)


def _kept(archive: ZipFile, names: dict[str, Any], base: str, cell: str) -> str:
    inside = f"{base}/{cell}" if base else cell
    if not cell or inside not in names or not is_taken(cell):
        return cell
    with archive.open(inside) as file:
        return file_cell(cell.rsplit("/", 1)[-1], storage.keep(file).digest)
