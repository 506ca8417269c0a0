"""Pages of the shelf and the player, and the run-time on the content site."""

from lms.player.views import (
    api_clients,
    content,
    giving,
    help,
    launch,
    page,
    results,
    runtime,
    shelf,
    versions,
)
from lms.player.views.base import blueprint

__all__ = [
    "api_clients", "blueprint", "content", "giving", "help", "launch", "page", "results", "runtime", "shelf", "versions",
]  # fmt: skip
