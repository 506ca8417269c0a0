"""What belongs to the learner beyond one package: global objectives and shared data of system scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Carried:
    """Plain values, one learner's. `objectives` is the engine's own JSON of global objectives; `registrations` is
    what the packages opened before were left in, by organization."""

    objectives: dict[str, dict[str, Any]] = field(default_factory=dict)
    stores: dict[str, str] = field(default_factory=dict)
    registrations: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "objectives": self.objectives,
            "stores": self.stores,
            "registrations": self.registrations,
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Carried:
        return cls(**{name: dict(data[name]) for name in ("objectives", "stores", "registrations")})
