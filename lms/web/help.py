"""Help topics. Each room writes those about its own pages; the help room shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, request, url_for
from flask.blueprints import BlueprintSetupState

from lms.core.permissions import may


@dataclass(frozen=True)
class Topic:
    """One task from beginning to end, in a few steps; `pages` are the endpoints on which it is offered first."""

    slug: str
    title: Any
    steps: tuple[Any, ...]
    permission: str = ""  # empty: for everybody, visitors too
    pages: tuple[str, ...] = ()
    note: Any = ""


def help_topic(blueprint: Blueprint, topic: Topic) -> None:
    def keep(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault("help", []).append(topic)

    blueprint.record(keep)


def topics() -> list[Topic]:
    """What the reader may do, and therefore may want explained."""
    known: list[Topic] = current_app.extensions.get("help", [])
    return [one for one in known if not one.permission or may(one.permission)]


def help_address() -> str:
    """Help for the page one is on, else the list of topics."""
    found = next((one for one in topics() if request.endpoint in one.pages), None)
    return url_for("help.topic", slug=found.slug) if found else url_for("help.index")
