"""`lms restore`: a backup onto an empty machine."""

from __future__ import annotations

from pathlib import Path

import click

from lms.commands.base import application
from lms.core.backup import Damaged, NotEmpty, restore


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
def command(path: Path) -> None:
    """Bring back what `lms backup` saved to PATH. The database must be empty."""
    with application():
        try:
            restored = restore(path)
        except (Damaged, NotEmpty) as error:
            raise click.ClickException(f"Nothing was restored: {error}.") from None
    click.echo(f"{restored.rows} rows, {restored.files} files")
    click.echo(f"digest saved    {restored.saved_digest}")
    click.echo(f"digest restored {restored.restored_digest}")
    click.echo(f"new installation {restored.installation}")
    if not restored.same_secret:
        click.echo("The secret key differs from the one this was saved under: second factors and identity")
        click.echo("numbers cannot be read until LMS_SECRET_KEY or LMS_DATA/secret-key is the old one again.")
