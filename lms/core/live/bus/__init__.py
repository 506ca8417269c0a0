"""Waking the event services. A hint only: each also looks by itself every few seconds."""

from __future__ import annotations

import importlib

from lms.core.live.bus.base import NAME, Bus, Ear
from lms.core.settings import Settings

__all__ = ["NAME", "Bus", "Ear", "make_bus"]


def make_bus(settings: Settings) -> Bus:
    """psycopg and redis are extras: only what an installation uses is imported."""
    kind = "Pipe"
    if settings.database_url.startswith("postgresql"):
        kind = "Postgres"
    if settings.redis_url:
        kind = "Redis"
    module = importlib.import_module(f"lms.core.live.bus.{kind.lower()}")
    bus: Bus = getattr(module, f"{kind}Bus")(settings)
    return bus
