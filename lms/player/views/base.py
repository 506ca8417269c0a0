"""The blueprint all view files of this room share."""

from __future__ import annotations

from lms.core.rooms import room

blueprint = room("player", "lms.player")
