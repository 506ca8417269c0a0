"""A finding: what the doctor has to say about a package, as codes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """`where` is "file", "file:line", "item ID" or ""; `remedy` is the code of what to do or of a repair."""

    code: str
    level: Level
    where: str = ""
    remedy: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
