"""What matching and classification share: each row on the left belongs to one value on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lms.quizzes.questions.base import Content, Fields, keyed, one, words

Rows = list[dict[str, Any]]


class Pairs:
    """`rows` and `values` are the content's own names for the two sides, `to` the field of a row that names its value."""

    def __init__(self, rows: str, values: str, to: str) -> None:
        self.rows, self.values, self.to = rows, values, to

    def public(self, content: Content, seed: int, mix_values: bool) -> Content:
        rows, values = self._seen(content, seed, mix_values)
        return {
            "rows": [{"key": key, "text": row["text"]} for key, row in rows.items()],
            "values": [{"key": key, "text": row["text"]} for key, row in values.items()],
        }

    def answer(self, content: Content, seed: int, fields: Fields, mix_values: bool) -> list[str] | None:
        """For each row in the author's order the id of the chosen value, or nothing."""
        rows, values = self._seen(content, seed, mix_values)
        chosen = {key: values.get(one(fields, f"row{key}")) for key in rows}
        places = {id(row): key for key, row in rows.items()}
        said = [(chosen[places[id(row)]] or {"id": ""})["id"] for row in content[self.rows]]
        return said if any(said) else None

    def details(self, content: Content, answer: list[str]) -> list[bool]:
        return [row[self.to] == said for row, said in zip(content[self.rows], answer, strict=True)]

    def said(self, content: Content, chosen: Callable[[int], str]) -> list[str]:
        names = {row["id"]: words(row["text"]) for row in content[self.values]}
        return [
            f"{words(row['text'])} — {names.get(chosen(place), '…')}"
            for place, row in enumerate(content[self.rows])
        ]

    def whole(self, content: Content) -> bool:
        known = {row["id"] for row in content[self.values]}
        return all(row["text"] and row[self.to] in known for row in content[self.rows])

    def _seen(self, content: Content, seed: int, mix_values: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        mixed = content.get("shuffle", True)
        return (
            keyed(content[self.rows], seed, "rows", mixed),
            keyed(content[self.values], seed, "values", mixed and mix_values),
        )
