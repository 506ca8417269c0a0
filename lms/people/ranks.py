"""Who may give which role: only roles below one's own, and only at places within one's reach."""

from __future__ import annotations

from collections.abc import Iterable

from lms.core.permissions import actor
from lms.people.models import ROLES, RoleHolding

GIVEN_BY: dict[str, frozenset[str]] = {
    "administrator": frozenset(ROLES),
    "director": frozenset({"student", "guardian", "teacher", "methodologist", "deputy_director"}),
    "deputy_director": frozenset({"student", "guardian"}),
}
# Roles that make sense at one school only, and roles of offices above schools.
OF_A_SCHOOL = ("student", "guardian", "teacher", "deputy_director", "director")
LEVELS_OF_ROLE = {
    **dict.fromkeys(OF_A_SCHOOL, ("school",)),
    "methodologist": ("school", "district", "oblast", "republic"),
    "district_officer": ("district",),
    "oblast_officer": ("oblast",),
    "republic_officer": ("republic",),
    "administrator": ("school", "district", "oblast", "republic"),
}
CHILDREN = frozenset({"student"})
FAMILY = frozenset({"student", "guardian"})


def may_give(role: str, path: str) -> bool:
    return any(
        role in GIVEN_BY.get(grant.role, ()) and path.startswith(grant.path) for grant in actor().grants
    )


def roles_to_give(path: str, level: str) -> list[str]:
    return [role for role in ROLES if level in LEVELS_OF_ROLE[role] and may_give(role, path)]


def may_manage(holdings: Iterable[RoleHolding]) -> bool:
    """Edit, disable, hand a new password: only to people none of whose roles lies outside one's own giving."""
    held = list(holdings)
    return bool(held) and all(may_give(one.role, one.place.path) for one in held)


def may_help(holdings: Iterable[RoleHolding], at: Iterable[str]) -> bool:
    """A teacher helps pupils of the own school to sign in; nobody helps those above them."""
    held, paths = list(holdings), list(at)
    if may_manage(held):
        return True
    return bool(held) and all(
        one.role in FAMILY and any(one.place.path.startswith(path) for path in paths) for one in held
    )
