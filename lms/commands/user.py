"""`lms user`: people from the command line, for whoever runs the server."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy import select

from lms.commands.base import application
from lms.core.db import db
from lms.core.errors import Refused
from lms.people import queries, service
from lms.people.models import ROLES, Person, RoleHolding
from lms.people.queries.persons import live_on_record, named
from lms.people.service import codes
from lms.people.service.persons import login_taken
from lms.places.models import Place


@click.group("user")
def command() -> None:
    """Add people, give roles, hand out one-time codes, list."""


@command.command("add")
@click.argument("login")
@click.argument("first_name")
@click.argument("surname", default="")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--place", help="Code of the place; the republic when left out.")
@click.option("--language", type=click.Choice(["kk", "ru"]), default="kk")
def add(login: str, first_name: str, surname: str, role: str, place: str | None, language: str) -> None:
    """Enrol somebody with a role and print the one-time code for their first sign-in."""
    with application(writes=True):
        if login_taken(login):
            raise click.ClickException(f"The username {login}, or one that looks the same, is already taken.")
        where = _place(place)
        person = service.enrol_person(first_name, surname, login=login, language=language)
        service.give_role(person, role, where)
        code = codes.issue_code(person, codes.PASSWORD, None, where.path)
        click.echo(f"{login}\t{codes.shown(code)}\t/sign-in/code")


@command.command("password")
@click.argument("login")
def password(login: str) -> None:
    """Print a one-time code with which LOGIN chooses a new password."""
    with application(writes=True):
        person = _person(login)
        person.failed_in_row = 0
        click.echo(f"{login}\t{codes.shown(codes.issue_code(person, codes.PASSWORD, None))}\t/sign-in/code")


@command.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--place", help="Code of the place; the republic when left out.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the role.")
@click.option("--take", is_flag=True, help="Take the role back instead.")
def role(login: str, role: str, place: str | None, until: datetime | None, take: bool) -> None:
    """Give a role at a place, or take it back."""
    with application(writes=True):
        person, where = _person(login), _place(place)
        if take:
            _take(person, role, where)
            return
        try:
            service.give_role(person, role, where, until=until.date() if until else None)
        except Refused as error:
            raise click.ClickException(error.message) from None


@command.command("list")
@click.argument("name", default="")
@click.option("--role", type=click.Choice(ROLES))
def listed(name: str, role: str | None) -> None:
    """Print login, name and roles; NAME narrows the list."""
    with application():
        statement = select(Person).order_by(Person.sort_key).limit(1000)
        if name:
            statement = statement.where(named(name))
        if role:
            held = select(RoleHolding.person_id).where(RoleHolding.role == role, live_on_record())
            statement = statement.where(Person.id.in_(held))
        for person in db.session.scalars(statement.options(db.selectinload(Person.roles))):
            roles = ",".join(sorted({one.role for one in person.roles}))
            click.echo(
                f"{person.login or '-'}\t{person.full_name}\t{roles}{' (disabled)' if person.disabled else ''}"
            )


def _person(login: str) -> Person:
    found = queries.person_by_login(login)
    if found is None:
        raise click.ClickException(f"There is no {login}.")
    return found


def _place(code: str | None) -> Place:
    wanted = Place.code == code if code else Place.level == "republic"
    found = db.session.scalar(select(Place).where(wanted))
    if found is None:
        raise click.ClickException(
            f"There is no place with the code {code}." if code else "There is no place yet."
        )
    return found


def _take(person: Person, role: str, where: Place) -> None:
    held = db.session.scalar(
        select(RoleHolding).where(
            RoleHolding.person_id == person.id,
            RoleHolding.role == role,
            RoleHolding.place_id == where.id,
            live_on_record(),
        )
    )
    if held is None:
        raise click.ClickException("This person does not hold that role there.")
    service.take_role(held, where.path)
