"""Cards of the home page. Each room adds its own, so the home page knows no room and no room knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from lms.core.permissions import may

Query = Callable[[], dict[str, Any] | None]  # what the template needs; None when there is nothing to say


@dataclass(frozen=True)
class Card:
    permission: str
    template: str
    query: Query
    order: int


def home_card(blueprint: Blueprint, permission: str, template: str, order: int) -> Callable[[Query], Query]:
    """Marks a query as a card. A home page has 8 statements in all: a card may take one, at most two."""

    def add(query: Query) -> Query:
        def keep(state: BlueprintSetupState) -> None:
            state.app.extensions.setdefault("cards", []).append(Card(permission, template, query, order))

        blueprint.record(keep)
        return query

    return add


def cards_of_the_reader() -> list[tuple[str, dict[str, Any]]]:
    """(template, values) of each card that has something to say to whoever is signed in."""
    known: list[Card] = sorted(current_app.extensions.get("cards", []), key=lambda one: one.order)
    found = ((one.template, one.query()) for one in known if may(one.permission))
    return [(template, values) for template, values in found if values is not None]
