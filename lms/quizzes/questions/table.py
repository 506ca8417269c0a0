"""A table some of whose cells are to be filled in.

The author writes it line by line, cells parted by `|`; a cell [[12]] or [[12|twelve]] is to be filled in.
"""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, lines, one
from lms.quizzes.questions.scoring import EACH, check_scoring, edited_scoring, most_of, scored
from lms.quizzes.questions.texts import cell_fits, tolerance_of
from lms.quizzes.questions.typed import from_html, inline

_PARTS = re.compile(r"\s*\|\s*(?![^\[]*\]\])")
_CELL = re.compile(r"\[\[(.*)\]\]")
MOST_CELLS = 200


class Table(Kind):
    """Cells: {"given": html} or {"answers": [text, …]}. The first line is the head, the first cell of a row its name."""

    name = "table"
    title = _l("Table to fill in")
    about = _l("A table with empty cells.")

    def _blank(self) -> Content:
        return {"head": [], "rows": [], "scoring": EACH, "ignore_case": True, "ignore_letters": True}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        found, rows = check_scoring(content), content["rows"]
        cells = [cell for row in rows for cell in row]
        if not rows or any(len(row) != len(content["head"]) for row in rows):
            found.append(_l("Every line of the table needs as many cells as its head."))
        if not _open(content) or not all(cell.get("answers", [""]) for cell in cells):
            found.append(_l("Leave at least one cell to fill in, like [[12]]."))
        if len(cells) > MOST_CELLS:
            found.append(_l("The table is too large."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        numbers = iter(range(1, MOST_CELLS + 1))
        rows = [
            [{"given": cell["given"]} if "given" in cell else {"key": str(next(numbers))} for cell in row]
            for row in content["rows"]
        ]
        return {"head": content["head"], "rows": rows}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        said = [one(fields, f"cell{place}")[:200] for place in range(1, len(_open(content)) + 1)]
        return said if any(said) else None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        pairs = zip(_open(content), answer, strict=True)
        return scored(
            content, [bool(said) and cell_fits(said, cell["answers"], content) for cell, said in pairs]
        )

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [f"{place}) {' / '.join(cell['answers'])}" for place, cell in enumerate(_open(content), 1)]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [f"{place}) {text or '…'}" for place, text in enumerate(answer or (), 1)]

    def _edited(self, fields: Fields) -> Content:
        head, *rows = [_PARTS.split(line.strip("|").strip()) for line in lines(fields, "table_text")] or [[]]
        return {
            "head": [inline(text) for text in head],
            "rows": [[_cell(text) for text in row] for row in rows],
            **edited_scoring(fields, EACH),
            **tolerance_of(fields),
        }

    def _typed(self, content: Content) -> Content:
        written = [" | ".join(from_html(text) for text in content["head"])] if content["head"] else []
        written += [" | ".join(_as_written(cell) for cell in row) for row in content["rows"]]
        return {"table_text": "\n".join(written)}


def _open(content: Content) -> list[Content]:
    return [cell for row in content["rows"] for cell in row if "answers" in cell]


def _cell(text: str) -> Content:
    found = _CELL.fullmatch(text.strip())
    if not found:
        return {"given": inline(text)}
    return {"answers": [part.strip() for part in found[1].split("|") if part.strip()]}


def _as_written(cell: Content) -> str:
    return from_html(cell["given"]) if "given" in cell else f"[[{'|'.join(cell['answers'])}]]"
