"""What every provider of voice and video can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from lms.core.settings import Settings
from lms.lessons.models import StreamedLesson


class CannotOpen(Exception):
    """The provider has answered and will not open this room; trying again is no use."""


@dataclass(frozen=True)
class Way:
    """How a page gets voice and video: an address that opens beside it, or all it needs to have them inside."""

    address: str = ""
    inside: dict[str, Any] | None = None


NO_WAY = Way()


class Provider(Protocol):
    def is_set(self, settings: Settings) -> bool:
        """Whether this server has one."""

    def open(self, settings: Settings, lesson: StreamedLesson) -> None:
        """The room, once, from behind the scenes; again for the same lesson changes nothing."""

    def way(self, settings: Settings, lesson: StreamedLesson, name: str, leads: bool) -> Way:
        """For somebody of that name."""
