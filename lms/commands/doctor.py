"""`lms doctor`: is everything well, and what to do where it is not."""

from __future__ import annotations

import sys

import click

from lms.commands.base import application
from lms.core.doctor import ERROR, examine
from lms.core.settings import SettingsError


@click.command("doctor")
@click.option("--full", is_flag=True, help="Read every byte of every stored file.")
def command(full: bool) -> None:
    """Check this installation. Ends with 1 when something is wrong."""
    failed = False
    try:
        with application():
            for name, finding in examine(full):
                click.echo(f"{finding.level:8} {name}: {finding.text}")
                if finding.advice:
                    click.echo(f"         {finding.advice}")
                failed = failed or finding.level == ERROR
    except SettingsError as problem:
        raise click.ClickException(str(problem)) from None
    sys.exit(1 if failed else 0)
