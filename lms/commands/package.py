"""`lms package add`: put a package on the shelf from this machine, inspected at once."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale
from sqlalchemy import select

from lms.commands.base import application
from lms.core.db import db, edge
from lms.core.jobs.running import run_now
from lms.people.models import Person
from lms.places.models import Place
from lms.player.finding_texts import explained
from lms.player.models import PackageVersion
from lms.player.queries.shelf import inspection_job
from lms.player.service import shelf


@click.group("package")
def command() -> None:
    """Packages on the shelf."""


@command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "login", required=True, help="User name of the person it is uploaded for.")
@click.option(
    "--place", "code", default="", help="Code of the place whose schools may use it; the republic if empty."
)
@click.option("--language", type=click.Choice(["kk", "ru"]), default="kk", help="Language of the report.")
def add(file: Path, login: str, code: str, language: str) -> None:
    """Inspect FILE and put it on the shelf, ready to be published."""
    with application():
        person, place = _person(login), _place(code)
        with edge(), file.open("rb") as stream:
            upload = shelf.received_whole(person.id, file.name, stream, file.stat().st_size)
            key = shelf.put_on_shelf(place, upload, person.id).id
        version = db.session.get_one(PackageVersion, key)
        job = inspection_job(version)
        if job is not None:
            run_now(job.id)
        version = db.session.get_one(PackageVersion, key, populate_existing=True)
        _report(version, language)
        if version.state != "ready":
            raise SystemExit(1)


def _person(login: str) -> Person:
    found = db.session.scalar(select(Person).where(Person.login == login))
    if found is None:
        raise click.ClickException(f"Nobody has the user name {login}.")
    return found


def _place(code: str) -> Place:
    wanted = Place.code == code if code else Place.level == "republic"
    found = db.session.scalars(select(Place).where(wanted).limit(1)).first()
    if found is None:
        raise click.ClickException(
            f"There is no place with the code {code}." if code else "There is no republic yet."
        )
    return found


def _report(version: PackageVersion, language: str) -> None:
    with force_locale(language):
        for one in explained(version.findings):
            click.echo(f"{one.level:<8} {one.text} {one.meaning} {one.advice}")
            for where in one.places:
                click.echo(f"         {where}")
    click.echo(f"{version.package.title_kk or version.package.title_ru} · {version.number} · {version.state}")
