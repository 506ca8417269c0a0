"""Pages of people, one file per theme."""

from lms.people.views import (
    account,
    cards,
    classes,
    codes,
    combined,
    devices,
    exports,
    guardians,
    oidc,
    persons,
    pictures,
    pupils,
    roles,
    roll_over,
    second_factor,
    sign_in,
    slips,
    years,
)
from lms.people.views.base import blueprint

__all__ = [
    "account", "blueprint", "cards", "classes", "codes", "combined", "devices", "exports", "guardians", "oidc",
    "persons", "pictures", "pupils", "roles", "roll_over", "second_factor", "sign_in", "slips", "years",
]  # fmt: skip
