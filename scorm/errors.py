"""What the engine raises. Each carries a code; whoever shows it to a person translates the code."""

from __future__ import annotations


class ScormError(Exception):
    """The root of everything raised here on purpose."""


class PackageRefused(ScormError):
    """The package cannot be used. `code` says why, `where` names the member, line or item it concerns."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}" if where else code)
        self.code = code
        self.where = where
