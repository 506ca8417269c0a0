"""`lms measure`: measure this school's line against the server and keep the result there."""

from __future__ import annotations

from pathlib import Path

import click

from lms.lessons.measuring import caller, measured, report


@click.command("measure")
@click.option("--site", required=True, help="Address of the system, for instance https://oris.example.kz")
@click.option("--key-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="File with the key that the page of the school's line issued.")  # fmt: skip
def command(site: str, key_file: Path) -> None:
    """Takes about half a minute and at most 6 MB; let the computer run it every hour."""
    if not site.startswith(("https://", "http://")):
        raise click.ClickException("The address begins with https:// or http://")
    call = caller(site, key_file.read_text("utf-8").strip())
    try:
        found = measured(call)
        report(call, found)
    except OSError as error:
        raise click.ClickException(f"The measurement did not succeed: {error}") from error
    click.echo(f"down {found['down']:.1f} Mbit/s, up {found['up']:.1f} Mbit/s, delay {found['latency']:.0f} ms, "
               f"lost {100 * found['loss']:.0f} %, used {found['received'] / 1e6:.1f} MB")  # fmt: skip
