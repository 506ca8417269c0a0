"""The simple types a manifest is written in, read leniently: a bad value is a finding and the default, never a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from scorm.package.report import Report
from scorm.package.xml import Document, Element, attribute

Default = TypeVar("Default")
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,30})?|\.\d{1,30})")
_COUNT = re.compile(r"\+?\d{1,9}")
_DURATION = re.compile(
    r"P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?"
    r"(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
DAY = 86_400.0
YEAR = 365.25 * DAY
# xs:duration leaves years and months without a length; a limit has to have one: the average of the calendar.
_SECONDS = (YEAR, YEAR / 12, DAY, 3600.0, 60.0, 1.0)


def seconds(duration: str) -> float | None:
    """The length of an xs:duration, years and months included; None where it is none."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    return sum(float(part) * unit for part, unit in zip(match.groups(), _SECONDS, strict=True) if part)


def number(text: str, lowest: float, highest: float) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if lowest <= value <= highest else None


@dataclass(frozen=True)
class Attributes:
    """The attributes of one element with defaults; what cannot be read is reported where it stands."""

    element: Element | None
    document: Document
    report: Report

    def text(self, name: str, default: str = "") -> str:
        value = None if self.element is None else attribute(self.element, name)
        return default if value is None else value

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name).lower()
        if value in ("true", "1"):
            return True
        if value in ("false", "0"):
            return False
        return self._bad(name, default)

    def number(self, name: str, default: float, lowest: float, highest: float) -> float:
        value = number(self.text(name), lowest, highest)
        return self._bad(name, default) if value is None else value

    def count(self, name: str) -> int | None:
        value = self.text(name)
        return int(value) if _COUNT.fullmatch(value) else self._bad(name, None)

    def seconds(self, name: str) -> float | None:
        value = seconds(self.text(name))
        return self._bad(name, None) if value is None else value

    def word(self, name: str, words: tuple[str, ...], default: str) -> str:
        """One of the words, in whatever case the author wrote it."""
        value = self.text(name).lower()
        found = next((word for word in words if word.lower() == value), None)
        return self._bad(name, default) if found is None else found

    def _bad(self, name: str, default: Default) -> Default:
        if self.text(name):
            where = self.document.where(self.element)
            self.report.add("value-not-understood", where, name=name, value=self.text(name)[:80])
        return default
