"""`lms lessons`: work on timetables without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import BadProblem, read
from lms.lessons.timetable.week import placed

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("lessons")
def command() -> None:
    """Streaming lessons: timetables of a network."""


@command.command("timetable")
@click.argument("problem", type=FILE)
@click.option(
    "--before", type=FILE, help="An earlier solution: the new one changes as little of it as it can."
)
@click.option("--seconds", default=solver.SECONDS, show_default=True, help="How long to search.")
@click.option("--greedy", is_flag=True, help="Do without OR-Tools even where it is installed.")
def timetable(problem: Path, before: Path | None, seconds: float, greedy: bool) -> None:
    """Solve PROBLEM.json (docs/timetable-format.md) and print the solution as JSON.

    Ends with 1 when no timetable exists or none was found; "conflict" then names a smallest set of demands
    that cannot all be met.
    """
    try:
        asked = read(problem)
    except BadProblem as error:
        raise click.ClickException(str(error)) from error
    earlier = placed(json.loads(before.read_text("utf-8"))["lessons"]) if before else []
    found = solver.solve(asked, seconds, earlier, exact=False if greedy else None)
    answer = {
        "method": found.method, "seconds": round(found.seconds, 2), "changed": found.changed,
        "lessons": found.week.with_rooms() if found.week else [], "conflict": list(found.conflict),
    }  # fmt: skip
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    sys.exit(0 if found.week else 1)
