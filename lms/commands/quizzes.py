"""`lms quizzes`: the item clinic and answer sheets, for whoever works with files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
from flask_babel import force_locale

from lms.commands.base import application
from lms.commands.quizzes_convert import convert
from lms.core.sheets import SheetRefused
from lms.quizzes.analysis.guard import MODELS, RASCH
from lms.quizzes.analysis.report import Analysis, analyse, as_json
from lms.quizzes.analysis.responses import ResponsesRefused, read_responses
from lms.quizzes.clinic_tables import advice, item_table, test_lines
from lms.quizzes.clinic_texts import refusal_sentence
from lms.quizzes.sheet_texts import blank_name, how_to_fill_in
from lms.quizzes.sheets.layout import MOST_OPTIONS, Row
from lms.quizzes.sheets.pictures import PictureRefused
from lms.quizzes.sheets.printing import LETTERS, Sheet, sheets_pdf
from lms.quizzes.sheets.reading import read
from lms.quizzes.sheets.straightening import straightened


@click.group("quizzes")
def command() -> None:
    """Tests and what the answers say."""


command.add_command(convert)


@command.command("analyse")
@click.argument("responses", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", type=click.Choice(MODELS), default=RASCH, show_default=True)
@click.option("--json", "as_data", is_flag=True, help="Everything, for a program; otherwise a table to read.")
@click.option(
    "--language", type=click.Choice(["kk", "ru"]), help="Of the table; otherwise that of the terminal."
)
def analysed(responses: Path, model: str, as_data: bool, language: str | None) -> None:
    """Difficulty, discrimination and fit of every item in RESPONSES.csv.

    Rows are pupils, columns are items, cells are 0, 1 or empty (not given). A first line with names of items and a
    first column with names of pupils are found out. With few pupils a weaker model is used, and it is said so.
    """
    try:
        found = analyse(read_responses(responses.read_bytes()), model)
    except (ResponsesRefused, SheetRefused) as refused:
        with application(), force_locale(language or spoken()):
            raise click.ClickException(refusal_sentence(refused)) from None
    if as_data:
        click.echo(json.dumps(as_json(found), ensure_ascii=False))
        return
    with application(), force_locale(language or spoken()):
        _tell(found)


@command.group("sheets")
def sheets() -> None:
    """Answer sheets on paper: made as PDF, read from photographs."""


@sheets.command("make")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--questions", default=40, show_default=True, type=click.IntRange(1, 500))
@click.option("--options", default=5, show_default=True, type=click.IntRange(2, MOST_OPTIONS))
@click.option("--count", default=1, show_default=True, type=click.IntRange(1, 2000), help="How many sheets.")
@click.option("--title", default="", help="Printed on every sheet.")
@click.option("--language", type=click.Choice(["kk", "ru"]), help="Otherwise that of the terminal.")
def make(target: Path, questions: int, options: int, count: int, title: str, language: str | None) -> None:
    """Sheets numbered from 1, with a line for the name, as TARGET.pdf."""
    rows = _rows(questions, options)
    with application(), force_locale(language or spoken()):
        made = [Sheet(number, title, blank_name(), "", rows) for number in range(1, count + 1)]
        target.write_bytes(sheets_pdf(title or target.stem, made, how_to_fill_in()))


@sheets.command("read")
@click.argument(
    "photos", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--questions", default=40, show_default=True, type=click.IntRange(1, 500))
@click.option("--options", default=5, show_default=True, type=click.IntRange(2, MOST_OPTIONS))
def read_photos(photos: tuple[Path, ...], questions: int, options: int) -> None:
    """One line of JSON for each photograph: the number of the sheet, what is marked, what a person has to look at."""
    rows, refused = _rows(questions, options), 0
    for photo in photos:
        try:
            found = read(straightened(photo.read_bytes()), rows)
        except PictureRefused as error:
            refused += 1
            click.echo(json.dumps({"file": photo.name, "refused": error.code}))
            continue
        lines = [
            {
                "label": one.label,
                "marked": "".join(LETTERS[place] for place in one.marked),
                "doubt": one.doubt,
            }
            for one in found.rows
        ]
        click.echo(
            json.dumps({"file": photo.name, "number": found.number, "page": found.page + 1, "rows": lines})
        )
    if refused:
        raise SystemExit(1)


def _rows(questions: int, options: int) -> list[Row]:
    return [Row(str(number), options) for number in range(1, questions + 1)]


def spoken() -> str:
    """Russian where the terminal is Russian, else Kazakh."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ru" if wanted.startswith("ru") else "kk"


def _tell(found: Analysis) -> None:
    for line in test_lines(found):
        click.echo(line)
    rows = item_table(found)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        *figures, last = rest
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in figures), last[0]]
        click.echo("  ".join(cells).rstrip())
    for item, sentence in advice(found):
        click.echo(f"{item}: {sentence}")
