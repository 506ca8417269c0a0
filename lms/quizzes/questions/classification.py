"""Cards to be put into groups."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, many, ticked
from lms.quizzes.questions.pairs import Pairs
from lms.quizzes.questions.scoring import EACH, check_scoring, edited_scoring, most_of, scored
from lms.quizzes.questions.typed import from_html, inline

SIDES = Pairs("cards", "groups", "group")
MOST_CARDS = 24


class Classification(Kind):
    name = "classification"
    title = _l("Sorting into groups")
    about = _l("Each card belongs to one of two or more groups.")

    def _blank(self) -> Content:
        return {"groups": [], "cards": [], "shuffle": True, "scoring": EACH}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        found = check_scoring(content)
        if len(content["groups"]) < 2:
            found.append(_l("Name at least two groups."))
        if not 2 <= len(content["cards"]) <= MOST_CARDS or not SIDES.whole(content):
            found.append(_l("Write at least two cards, each with its group."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return SIDES.public(content, seed, mix_values=False)

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return SIDES.answer(content, seed, fields, mix_values=False)

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        return scored(content, SIDES.details(content, answer))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return SIDES.said(content, lambda place: content["cards"][place]["group"])

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return SIDES.said(content, lambda place: answer[place]) if answer else []

    def _edited(self, fields: Fields) -> Content:
        """A group and its cards, one a line."""
        groups, cards = [], []
        for place, (name, inside) in enumerate(
            zip(many(fields, "group"), many(fields, "cards"), strict=False)
        ):
            if name:
                groups.append({"id": f"g{place + 1}", "text": inline(name)})
                lines = [line.strip() for line in inside.splitlines() if line.strip()]
                cards += [{"text": inline(line), "group": f"g{place + 1}"} for line in lines]
        sides = {"groups": groups, "cards": cards}
        return {**sides, "shuffle": ticked(fields, "shuffle"), **edited_scoring(fields, EACH)}

    def _typed(self, content: Content) -> Content:
        def inside(key: str) -> str:
            return "\n".join(from_html(row["text"]) for row in content["cards"] if row["group"] == key)

        return {"sorted": [(from_html(row["text"]), inside(row["id"])) for row in content["groups"]]}
