"""A text and the questions about it: one inside the other with us, one after the other elsewhere, joined by a tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lms.quizzes.exchange.reading import Reading


def flattened(questions: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each question with the tags that say what it belongs to."""
    for number, question in enumerate(questions, 1):
        inside = question.get("items") or []
        yield question, [f"context={number}"] if inside else []
        for one in inside:
            yield one, [f"about={number}"]


def nested(reading: Reading, belonging: list[tuple[str, str]]) -> None:
    """`belonging`: for each question its tags `context` and `about`, empty where it has none."""
    contexts: dict[str, dict[str, Any]] = {}
    for question, (context, _about) in zip(reading.questions, belonging, strict=True):
        if context and question["kind"] == "context":
            contexts[context] = question
    kept, lines = [], []
    for question, line, (_context, about) in zip(reading.questions, reading.lines, belonging, strict=True):
        if about in contexts and question["kind"] != "context":
            contexts[about].setdefault("items", []).append(question)
        else:
            kept.append(question)
            lines.append(line)
    reading.questions[:], reading.lines[:] = kept, lines
