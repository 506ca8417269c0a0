"""Which package's site a request came to. With sites of their own, packages cannot read each other's storage.

Without them (an address in numbers has no names below it) all packages share the content site.
"""

from __future__ import annotations

from uuid import UUID

from flask import current_app, request
from werkzeug.exceptions import NotFound

from lms.core.settings import Settings


def settings_here() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def own_origin() -> str:
    """The origin this request came to; its host has been checked already."""
    return f"{settings_here().content_site.partition('://')[0]}://{request.host}"


def package_here() -> UUID | None:
    """Whose site this is; None where all packages share one. The shared site is nobody's once they have their own."""
    settings = settings_here()
    if not settings.has_package_sites:
        return None
    package = settings.package_at(request.host)
    if package is None:
        raise NotFound
    return package


def belongs_here(package: UUID) -> bool:
    return package_here() in (None, package)
