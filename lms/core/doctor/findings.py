"""One line of what the doctor found."""

from __future__ import annotations

from dataclasses import dataclass

OK, WARNING, ERROR = "ok", "warning", "error"


@dataclass(frozen=True)
class Finding:
    level: str
    text: str
    advice: str = ""


def ok(text: str) -> Finding:
    return Finding(OK, text)


def warning(text: str, advice: str) -> Finding:
    return Finding(WARNING, text, advice)


def error(text: str, advice: str) -> Finding:
    return Finding(ERROR, text, advice)
