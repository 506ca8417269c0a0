"""Light or dark, and how large the letters are. Kept in a cookie: it belongs to the screen, not to the person."""

from __future__ import annotations

from typing import NamedTuple

from flask import request

COOKIE = "appearance"
THEMES = ("auto", "light", "dark")
SIZES = ("usual", "large", "larger")


class Appearance(NamedTuple):
    theme: str = THEMES[0]
    size: str = SIZES[0]

    @property
    def text(self) -> str:
        return f"{self.theme}.{self.size}"


def chosen(theme: str, size: str) -> Appearance:
    """What was asked for as far as it exists; the usual look for the rest."""
    return Appearance(
        theme if theme in THEMES else THEMES[0],
        size if size in SIZES else SIZES[0],
    )


def appearance() -> Appearance:
    theme, _dot, size = request.cookies.get(COOKIE, "").partition(".")
    return chosen(theme, size)
