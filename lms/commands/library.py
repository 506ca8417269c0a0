"""`lms library`: for whoever tunes the search."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import create_engine

from lms.commands.base import application
from lms.core.errors import Refused
from lms.core.settings import load_settings
from lms.core.sheets import SheetRefused, read_sheet
from lms.library.index import Index
from lms.library.models import DICTIONARY_KINDS
from lms.library.postgres import PostgresIndex
from lms.library.records import Found, Record
from lms.library.service import dictionaries

Search = Callable[[str, int], Found]


@click.group("library")
def command() -> None:
    """The library's search."""


@command.command("try")
@click.argument("docs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--engine", type=click.Choice(["whoosh", "postgres"]), default="whoosh", show_default=True)
@click.option("--limit", default=1000, show_default=True, help="How many documents per query.")
def attempt(docs: Path, queries: Path, engine: str, limit: int) -> None:
    """Index DOCS.jsonl for this one run, ask every line of QUERIES.txt, print what was found.

    A document is {"id": …, "lang": "kk" | "ru" | null, "title": …, "text": …}; an answer is
    {"query": …, "ids": [ranked…], "ms": …}. With --engine postgres the database of LMS_DATABASE_URL is used;
    its tables are temporary.
    """
    named: dict[str, Any] = {str(row["id"]): row["id"] for row in _rows(docs)}
    with (_embedded if engine == "whoosh" else _postgres)(docs) as search:
        for asked in _lines(queries.read_bytes()):
            began = time.perf_counter()
            found = search(asked, limit)
            taken = (time.perf_counter() - began) * 1000
            # Escaped where a lone surrogate could not be written.
            whole = asked.encode("utf-8", "ignore").decode() == asked
            answer = {"query": asked, "ids": [named[one] for one in found.ids], "ms": round(taken, 2)}
            click.echo(json.dumps(answer, ensure_ascii=not whole))


@command.command("dictionary")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="A dictionary of the same title is replaced.")
@click.option("--kind", type=click.Choice(DICTIONARY_KINDS), default="terms", show_default=True)
@click.option("--source", default="", help="Whose work it is, and under which licence.")
def dictionary(file: Path, title: str, kind: str, source: str) -> None:
    """Load a dictionary from FILE: a table whose first line names word, language, other, meaning, subject."""
    with application(writes=True):
        try:
            sheet = read_sheet(file.read_bytes(), dictionaries.MOST_WORDS)
            made = dictionaries.load_dictionary(title, kind, source, dictionaries.entries_of(sheet), None)
        except SheetRefused as refused:
            raise click.ClickException(f"The file cannot be read as a table: {refused.code}") from None
        except Refused as refused:
            raise click.ClickException(str(refused)) from None
        click.echo(f"{made.title}: {made.count}")


def _lines(content: bytes) -> list[str]:
    """Queries as they stand in the file, whatever bytes it holds; an empty line is an empty query."""
    try:
        text = content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    lines = text.removeprefix("\ufeff").split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


@contextmanager
def _embedded(docs: Path) -> Iterator[Search]:
    with tempfile.TemporaryDirectory(prefix="lms-library-") as folder:
        index = Index(Path(folder))
        index.rebuild(_records(docs))
        yield index.search


@contextmanager
def _postgres(docs: Path) -> Iterator[Search]:
    address = load_settings().database_url
    if not address.startswith("postgresql"):
        raise click.ClickException("Name a PostgreSQL database in LMS_DATABASE_URL.")
    engine = create_engine(address)
    with engine.connect() as connection:
        index = PostgresIndex(connection)
        index.make(temporary=True)
        index.add(_records(docs))
        index.count_keys()
        yield index.search
    engine.dispose()


def _rows(docs: Path) -> Iterator[dict[str, Any]]:
    with docs.open(encoding="utf-8", errors="surrogatepass") as lines:
        yield from map(json.loads, filter(str.strip, lines))


def _records(docs: Path) -> Iterator[Record]:
    for row in _rows(docs):
        yield Record(str(row["id"]), row.get("title") or "", row.get("text") or "", row.get("lang"))
