"""Options of a question in its editor: rows of a text and a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Fields, many, words
from lms.quizzes.questions.typed import from_html, inline

MOST_OPTIONS = 12


def check_options(options: Sequence[dict[str, Any]], least: int) -> list[Any]:
    texts = [words(row["text"]) or row["text"] for row in options]
    found: list[Any] = []
    if len(options) < least:
        found.append(_l("Write at least %(least)s options.", least=least))
    if len(options) > MOST_OPTIONS:
        found.append(_l("At most %(most)s options fit.", most=MOST_OPTIONS))
    if len(set(texts)) < len(texts):
        found.append(_l("Two options are the same."))
    if len({row["id"] for row in options}) < len(options):
        found.append(_l("The question is not whole."))
    return found


def edited_options(fields: Fields, name: str = "option") -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows that hold a text, and which row number of the form each of them was."""
    known = many(fields, f"{name}_id")
    rows, places, taken = [], {}, set(known)
    for place, text in enumerate(many(fields, name)):
        if not text:
            continue
        key = known[place] if place < len(known) and known[place] else _free(taken)
        taken.add(key)
        rows.append({"id": key, "text": inline(text)})
        places[str(place)] = key
    return rows, places


def _free(taken: set[str]) -> str:
    return next(f"o{number}" for number in range(1, 1000) if f"o{number}" not in taken)


def typed_options(options: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "text": from_html(row["text"])} for row in options]
