"""`lms import`: rosters and OneRoster sets from files, with the same checks as the pages."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from lms.commands.base import application
from lms.core.db import db, edge
from lms.core.imports import queries, service
from lms.core.imports.findings import Finding, said
from lms.core.imports.kinds import ImportKind, kind_named
from lms.core.imports.models import ImportRun
from lms.core.sheets import SheetRefused
from lms.places.models import Place

KINDS = {"roster": "pupils", "staff": "staff", "oneroster": "oneroster"}


@click.command("import")
@click.argument("what", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", "code", required=True, help="Code of the school.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
def command(what: str, file: Path, code: str, dry_run: bool) -> None:
    """Bring in a list from FILE; rows that must be corrected are named and left out."""
    with application():
        kind = kind_named(KINDS[what])
        school = db.session.scalar(select(Place).where(Place.code == code, Place.level == "school"))
        if kind is None or school is None:
            raise click.ClickException(f"There is no school with the code {code}.")
        with edge():
            run = _drafted(kind, file, school)
            _tell(run, kind)
            if dry_run:
                service.throw_away(run)
            elif run.changes:
                service.confirm(run, kind)
        click.echo("nothing was changed" if dry_run or not run.changes else f"done; run {run.id}")


def _drafted(kind: ImportKind, file: Path, school: Place) -> ImportRun:
    try:
        return service.draft(kind, file.read_bytes(), file.name, school.id, school.path)
    except SheetRefused as error:
        raise click.ClickException(
            said(Finding(error.code, facts=error.facts).kept(), kind.sentences)
        ) from None


def _tell(run: ImportRun, kind: ImportKind) -> None:
    click.echo(", ".join(f"{name}: {run.count(name)}" for name in ("new", "changed", "unchanged", "bad")))
    for line in queries.bad_lines(run):
        faults = "; ".join(
            f"{kind.title_of(one['column'])}: {said(one, kind.sentences)}"
            for one in line.findings
            if one["bad"]
        )
        click.echo(f"{line.number}\t{faults}")
