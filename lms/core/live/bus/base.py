"""What every bus can do."""

from __future__ import annotations

from typing import Any, Protocol

NAME = "lms_live"


class Ear(Protocol):
    def wait(self, seconds: float) -> None:
        """Back as soon as somebody has published, at the latest after so many seconds."""


class Bus(Protocol):
    def announce(self) -> None:
        """Said within a transaction; heard when it commits."""

    def ear(self) -> Any:
        """A context with an `Ear`."""
