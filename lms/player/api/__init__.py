"""The interface for programs: registrations and packages, described by OpenAPI at /api/v1/openapi.json."""

from lms.player.api import docs, packages, registrations
from lms.player.api.base import blueprint

__all__ = ["blueprint", "docs", "packages", "registrations"]
