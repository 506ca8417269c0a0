"""`lms demo`: load invented schools and people into an empty database."""

from __future__ import annotations

import time

import click
from sqlalchemy import select

from lms.commands.base import application
from lms.core.db import db, edge
from lms.demo.courses import build_courses
from lms.demo.known import KNOWN, PASSWORD
from lms.demo.library import build_library
from lms.demo.packages import build_packages
from lms.demo.people import build_people
from lms.demo.places import build_places
from lms.demo.speeds import build_speeds
from lms.demo.streaming import build_streaming
from lms.demo.tests import build_tests
from lms.demo.timetable import build_timetable
from lms.people.models import Person

SEED = 2026


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing when there are people already.")
@click.option("--seed", default=SEED, help="The same seed gives the same data.")
def command(if_empty: bool, seed: int) -> None:
    """Load one oblast, three districts, twelve schools and their people, all invented."""
    if not load_if_empty(seed) and not if_empty:
        raise click.ClickException("There are people already; the demo goes into an empty database only.")


def load_if_empty(seed: int = SEED) -> bool:
    """Whether the database was empty. Either way, say who may sign in."""
    with application():
        empty = db.session.scalar(select(Person.id).limit(1)) is None
        if empty:
            began = time.monotonic()
            load(seed)
            click.echo(f"Demo loaded in {time.monotonic() - began:.1f} s.")
    table()
    return empty


def load(seed: int = SEED) -> None:
    with edge():
        build_people(build_places(), seed)
    for line in build_packages(seed):
        click.echo(line)
    with edge():
        build_streaming(seed)
        build_speeds(seed)
        build_timetable(seed)
        build_tests(seed)
    build_library(seed)
    with edge():
        build_courses(seed)


def table() -> None:
    click.echo(f"\nSign in as one of these; the password of each is: {PASSWORD}\n")
    for one in KNOWN:
        click.echo(f"  {one.login:<10} {one.role.replace('_', ' '):<18} {one.language}")
    click.echo("")
