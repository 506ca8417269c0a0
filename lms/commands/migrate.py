"""`lms migrate`: bring the database to this version."""

from __future__ import annotations

import click
from flask_migrate import upgrade

from lms.commands.base import application


@click.command("migrate")
def command() -> None:
    """Bring the database to the tables of this version."""
    bring_up_to_date()


def bring_up_to_date() -> None:
    with application():
        upgrade()
