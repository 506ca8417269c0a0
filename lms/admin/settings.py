"""Settings as they may be shown: secrets are masked, in addresses too."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from lms.admin.words.settings import SETTINGS
from lms.core.settings import Settings

MASK = "••••••"
SECRET = re.compile(r"secret|password|token|_key$")
# user:password@ of an address, and parameters of it that are called like a secret.
IN_ADDRESS = re.compile(r"(?<=://)([^/@\s]*):[^/@\s]*@")
IN_QUERY = re.compile(r"([?&][^=&]*(?:pass|secret|token|key)[^=&]*=)[^&\s]*", re.IGNORECASE)


@dataclass(frozen=True)
class SettingShown:
    name: str
    value: str
    default: str
    why: str
    changed: bool


def settings_shown(settings: Settings) -> list[SettingShown]:
    return [
        SettingShown(
            f"LMS_{one.name.upper()}", _masked(one.name, getattr(settings, one.name)), _said(one.default),
            str(SETTINGS.get(one.name, one.metadata["why"])), getattr(settings, one.name) != one.default,
        )
        for one in fields(Settings)
    ]  # fmt: skip


def _masked(name: str, value: Any) -> str:
    if SECRET.search(name) and value:
        return MASK
    return IN_QUERY.sub(rf"\1{MASK}", IN_ADDRESS.sub(rf"\1:{MASK}@", _said(value)))


def _said(value: Any) -> str:
    """As it would be written in the file of settings."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
