"""`lms backup`: database and files into one file or one folder."""

from __future__ import annotations

from pathlib import Path

import click

from lms.commands.base import application
from lms.core import audit
from lms.core.backup import Damaged, back_up
from lms.core.db import edge


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path))
def command(path: Path) -> None:
    """Save everything to PATH: a file such as school.zip, or a folder that is topped up each time."""
    with application():
        try:
            saved = back_up(path)
        except Damaged as error:
            raise click.ClickException(f"Nothing was saved: {error}.") from None
        with edge():
            audit.record("backup.made", rows=saved.rows, files=saved.files)
    click.echo(f"{saved.rows} rows, {saved.files} files ({saved.file_bytes} bytes, {saved.new_files} new)")
    click.echo(f"digest {saved.digest}")
    click.echo("The secret key is not in it: keep LMS_SECRET_KEY or LMS_DATA/secret-key in another place.")
