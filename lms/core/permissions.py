"""May this person do this here? Roles are held at a place; a role counts for that place and all below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app, g
from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from lms.core.errors import NotAllowed, NotYours, StepUp

View = TypeVar("View", bound=Callable[..., Any])
EVERYONE = "everyone"  # stands in permission_map for "anybody who is signed in"


class SignInNeeded(Exception):
    """Nobody is signed in; the page leads to sign-in and back."""


@dataclass(frozen=True)
class Grant:
    role: str
    place_id: UUID
    path: str


@dataclass(frozen=True)
class Actor:
    """Who is asking. Made once per request from the session row."""

    person_id: UUID
    name: str
    language: str
    grants: tuple[Grant, ...]
    session_id: UUID | None = None
    limited: bool = False  # signed in with pictures or a card: lessons only
    second_factor_due: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(one.role for one in self.grants)


def permission_map() -> dict[str, frozenset[str]]:
    return current_app.extensions["permissions"]


def actor() -> Actor:
    """The person asking; raises when nobody is signed in."""
    found: Actor | None = g.get("actor")
    if found is None:
        raise SignInNeeded
    return found


def needs(permission: str) -> Callable[[View], View]:
    """Guards a view. Whoever lacks the permission everywhere gets 403; the view narrows by place."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if actor().second_factor_due:
                raise StepUp
            if not may(permission):
                raise NotAllowed
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def public(view: View) -> View:
    """Marks a view that needs nobody to be signed in. The list of them is short and tested."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def may(permission: str, path: str | None = None) -> bool:
    """Has the actor this permission at the place with `path`, or anywhere when no place is given?"""
    who: Actor | None = g.get("actor")
    return who is not None and allows(permission_map(), who, permission, path)


def allows(table: dict[str, frozenset[str]], who: Actor, permission: str, path: str | None = None) -> bool:
    roles = table[permission]
    if who.limited and permission not in current_app.extensions["open_when_limited"]:
        return False
    if EVERYONE in roles:
        return True
    return any(grant.role in roles and (path is None or path.startswith(grant.path)) for grant in who.grants)


def reach(permission: str) -> list[str]:
    """Paths of the places at whose tops the actor holds a role with this permission."""
    roles = permission_map()[permission]
    return sorted({grant.path for grant in actor().grants if grant.role in roles})


def within(column: InstrumentedAttribute[str], permission: str) -> ColumnElement[bool]:
    """A condition: the place path in `column` lies within the actor's reach for this permission."""
    # "0" follows "/" in byte order, so this range is exactly the prefix, and an index serves it.
    return or_(false(), *(column.between(path, path[:-1] + "0") for path in reach(permission)))


def require(permission: str, path: str) -> None:
    """For objects found by key: outside one's places they answer 404, as if they did not exist."""
    if not may(permission, path):
        raise NotYours
