"""The ways through the system. Each room adds its own; people see those they may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import lazy_gettext as _l

from lms.core.permissions import may

LESSONS = _l("Lessons")
SCHOOL = _l("School")
FLAT = 6  # that many ways fit beside each other at 1280 px; more are gathered under the name of their group


@dataclass(frozen=True)
class MenuItem:
    permission: str
    endpoint: str
    text: Any  # lazy: the reader's language is known when it is shown
    order: int
    group: Any = None


@dataclass
class Way:
    """What stands in the header: one page, or several under one name."""

    text: Any
    items: list[MenuItem]
    grouped: bool = False


def add_to_menu(
    blueprint: Blueprint, permission: str, endpoint: str, text: Any, order: int, group: Any = None
) -> None:
    """A way in the header: `add_to_menu(blueprint, "school.see", "places.schools", _l("Schools"), 30, SCHOOL)`."""
    _add("menu", blueprint, MenuItem(permission, endpoint, text, order, group))


def add_to_person_menu(blueprint: Blueprint, permission: str, endpoint: str, text: Any, order: int) -> None:
    """A way in the menu under one's own name: sessions, appearance, password."""
    _add("person_menu", blueprint, MenuItem(permission, endpoint, text, order))


@dataclass(frozen=True)
class ChildLink:
    """A page about one child, for its guardian; its address takes `child_id`."""

    endpoint: str
    text: Any


def add_to_children(blueprint: Blueprint, endpoint: str, text: Any) -> None:
    """A way from the list of one's children: rooms downstream of people add theirs."""

    def keep(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault("child_links", []).append(ChildLink(endpoint, text))

    blueprint.record(keep)


def child_links() -> list[ChildLink]:
    found: list[ChildLink] = current_app.extensions.get("child_links", [])
    return found


def _add(menu: str, blueprint: Blueprint, item: MenuItem) -> None:
    def keep(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault(menu, []).append(item)

    blueprint.record(keep)


def ways() -> list[Way]:
    """The header's ways in order. A pupil's few stand side by side; who has many finds them in groups."""
    items = _open_to_the_reader("menu")
    found: list[Way] = []
    for item in items:
        group = item.group if len(items) > FLAT else None
        home = next((one for one in found if one.grouped and one.text is group), None)
        if home:
            home.items.append(item)
        else:
            found.append(Way(group or item.text, [item], grouped=group is not None))
    return [_alone(way) if len(way.items) == 1 else way for way in found]


def _alone(way: Way) -> Way:
    return Way(way.items[0].text, way.items)


def current_way() -> MenuItem | None:
    """The way on which the page lies: the longest address it begins with, else the only way of its room."""
    items = _open_to_the_reader("menu")
    under = [one for one in items if _begins_with(url_for(one.endpoint))]
    if under:
        return max(under, key=lambda one: len(url_for(one.endpoint)))
    of_the_room = [one for one in items if one.endpoint.partition(".")[0] == request.blueprint]
    return of_the_room[0] if len(of_the_room) == 1 else None


def _begins_with(address: str) -> bool:
    return request.path == address or (address != "/" and request.path.startswith(address.rstrip("/") + "/"))


def person_menu_items() -> list[MenuItem]:
    return _open_to_the_reader("person_menu")


def _open_to_the_reader(menu: str) -> list[MenuItem]:
    items: list[MenuItem] = current_app.extensions.get(menu, [])
    return sorted((one for one in items if may(one.permission)), key=lambda one: one.order)
