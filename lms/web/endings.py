"""What rooms put at the end of every page with a footer: the base page knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from lms.core.permissions import may

Query = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Ending:
    permission: str
    template: str
    query: Query


def page_ending(blueprint: Blueprint, permission: str, template: str) -> Callable[[Query], Query]:
    """Marks what a template at the end of pages needs. It must ask the database nothing unless the address says so."""

    def add(query: Query) -> Query:
        def keep(state: BlueprintSetupState) -> None:
            state.app.extensions.setdefault("endings", []).append(Ending(permission, template, query))

        blueprint.record(keep)
        return query

    return add


def endings_of_the_reader() -> list[tuple[str, dict[str, Any]]]:
    known: list[Ending] = current_app.extensions.get("endings", [])
    return [(one.template, one.query()) for one in known if may(one.permission)]
