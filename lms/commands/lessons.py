"""`lms lessons`: timetables, and live lessons on a school's own network. Needs no database."""

from __future__ import annotations

import json
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import click
import structlog
from werkzeug.serving import WSGIRequestHandler, make_server

from lms.lessons.classroom.centre import Centre
from lms.lessons.classroom.kept import Kept
from lms.lessons.classroom.link import Link
from lms.lessons.classroom.pages import create_pages
from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import BadProblem, read
from lms.lessons.timetable.week import placed

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("lessons")
def command() -> None:
    """Streaming lessons: timetables of a network, lessons on the network of a school."""


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


@command.command("classroom")
@click.option("--site", required=True, help="Address of the system, for instance https://oris.example.kz")
@click.option("--key-file", required=True, type=FILE, help="File with a key issued for holding lessons.")
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Where lessons and answers are kept; it survives a power cut.")  # fmt: skip
@click.option("--host", default="0.0.0.0", show_default=True, help="Address of this computer to listen on.")
@click.option("--port", default=8090, show_default=True)
def classroom(site: str, key_file: Path, folder: Path, host: str, port: int) -> None:
    """Hold live lessons on the school's own network, with the outside line or without it, until Ctrl-C."""
    if not site.startswith(("https://", "http://")):
        raise click.ClickException("The address begins with https:// or http://")
    kept = Kept(folder)
    link = Link(kept, Centre(site, key_file.read_text("utf-8").strip()))
    address = f"http://{_own_address(site) if host == '0.0.0.0' else host}:{port}"
    server = make_server(host, port, create_pages(kept, link, address), threaded=True, request_handler=Quiet)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    signal.signal(signal.SIGTERM, _stop)
    link.start()
    click.echo(f"Pupils open  {address}")
    click.echo(f"The screen of the class  {address}/screen/{kept.code}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        link.stop()
        kept.close()


class Quiet(WSGIRequestHandler):
    """Addresses hold seats: they are written nowhere."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _own_address(site: str) -> str:
    """Under which address others in the school reach this computer. Nothing is sent."""
    parts = urlsplit(site)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((parts.hostname, parts.port or 80))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
