"""`lms quizzes convert`: question files from one format into another, with a list of what does not come along."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale

from lms.commands.base import application
from lms.quizzes.exchange.formats import WRITTEN, read_any
from lms.quizzes.exchange.reading import FileRefused, Note
from lms.quizzes.exchange_texts import file_sentence, note_sentence


@click.command("convert")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "name", type=click.Choice(sorted(WRITTEN)), required=True)
@click.option("--language", type=click.Choice(["kk", "ru"]), default="kk", help="Of the list.")
def convert(source: Path, target: Path, name: str, language: str) -> None:
    """Read SOURCE (Moodle XML, GIFT, QTI, Aiken or typed text; found out) and write TARGET.

    Ends with 1 when a question was refused; every refusal is named with its line.
    """
    with application(), force_locale(language):
        try:
            _found, reading = read_any(source.read_bytes())
        except FileRefused as refused:
            raise click.ClickException(file_sentence(refused)) from None
        data, notes = WRITTEN[name].write(reading.questions, reading.files.kept.get)
        target.write_bytes(data)
        for note in [*reading.notes, *notes]:
            click.echo(_said(note), err=True)
        click.echo(f"{len(reading.questions)} → {target.name}")
        if any(note.refused for note in [*reading.notes, *notes]):
            raise SystemExit(1)


def _said(note: Note) -> str:
    return f"{'✗' if note.refused else '·'} {note.line}: {note.name} — {note_sentence(note)}"
