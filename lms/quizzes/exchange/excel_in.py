"""A table of questions: one a row, columns by their heads in Kazakh, Russian or English, in any order."""

from __future__ import annotations

from typing import Any

from lms.core.sheets import SheetRefused, read_sheet
from lms.quizzes.exchange.reading import MOST_QUESTIONS, FileRefused, Reading
from lms.quizzes.exchange.texts import words
from lms.quizzes.exchange.typed_in import Typed, finished

COLUMNS = ("question", "answer", "explanation", "points", "objective", "level", "section", "kind")
LETTERS = "ABCDEFGHIJKL"


def read_excel(data: bytes) -> Reading:
    try:
        sheet = read_sheet(data, MOST_QUESTIONS)
    except SheetRefused as refused:
        code = {"too_many_rows": "too_many", "too_large_inside": "too_large_inside", "no_rows": "empty"}
        raise FileRefused(code.get(refused.code, "broken_archive"), most=MOST_QUESTIONS) from None
    places, options = _heads(sheet.header)
    if "question" not in places:
        raise FileRefused("no_question_column")
    reading = Reading()
    for line in sheet.lines:
        facts = {name: line.cells[place] for name, place in places.items()}
        _row(reading, line.number, facts, [line.cells[place] for place in options])
    return reading


def _heads(header: tuple[str, ...]) -> tuple[dict[str, int], list[int]]:
    """(place of each column, places of the options)."""
    places: dict[str, int] = {}
    options: list[int] = []
    for place, head in enumerate(header):
        said = " ".join(head.casefold().split())
        bare = said.rstrip("0123456789. )").strip()
        first = bare.split(" ")[0]
        name = next((one for one in COLUMNS if said in words()[one]), "")
        if name:
            places.setdefault(name, place)
        elif first in words()["option"] or _letter(said):
            options.append(place)
    return places, options


def _letter(head: str) -> bool:
    return len(head) == 1 and any(head.upper() in alphabet for alphabet in words()["letters"])


def _row(reading: Reading, number: int, facts: dict[str, str], options: list[str]) -> None:
    if not facts["question"]:
        if any(facts.values()) or any(options):
            reading.refuse("no_question", number)
        return
    kept = [text for text in options if text]
    typed = Typed(line=number, stem=[facts["question"]], section=facts.get("section", ""))
    # A gap between options would move the letters that the answer names.
    if options[: len(kept)] != kept:
        reading.refuse("empty_option", number, facts["question"][:80])
        return
    for letter, text in zip(LETTERS, kept, strict=False):
        starred = text.startswith(("*", "+")) and len(text) > 1
        typed.options.append((letter, text[1:].strip() if starred else text, starred))
    typed.said = {name: facts[name] for name in _SAID if facts.get(name)}
    finished(typed, reading, rich=False)


_SAID: tuple[Any, ...] = ("answer", "explanation", "points", "objective", "level")
