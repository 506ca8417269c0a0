"""`lms settings`: every setting, its default and why it exists."""

from __future__ import annotations

import click

from lms.core.settings import described


@click.command("settings")
def command() -> None:
    """Print every setting with its default and why it exists."""
    for name, default, why in described():
        click.echo(f"{name}={default}\n    {why}")
