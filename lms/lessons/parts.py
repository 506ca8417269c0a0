"""Questions of several parts: pairs, steps in order, gaps. Written as lines, as inside lessons of courses (decisions/0051).

    pairs    one on a line: `metre -> length`
    order    one step on a line, in the right order
    gaps     in the text: `at [[100]] °C`, `[[=gas|ice]]` to choose from, the right one first

`options` is what pupils get and never says what is right: the two columns of the pairs after each other, the steps in
another order, the choices of each gap. `key` holds for each part the place of what is right, or what may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PARTED = ("pairs", "order", "gaps")
MOST_PARTS = 8
GAP = "____"
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
_GAP = re.compile(r"\[\[(=?)([^\[\]]+)\]\]")


class Unwritten(Exception):
    """The lines do not make a question of this kind. `code` is a key of labels.UNWRITTEN."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Part:
    """One place to fill in. Without choices something is typed."""

    label: str
    choices: tuple[str, ...] = ()

    def said(self, given: str) -> str:
        """An answer in words: the number of a choice becomes its text."""
        known = self.choices and given.isascii() and given.isdigit() and int(given) < len(self.choices)
        return self.choices[int(given)] if known else given


def written(kind: str, text: str, lines: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """(text, options, key) of what was written, or Unwritten."""
    if kind == "gaps":
        return _gaps(text)
    if not 2 <= len(lines) <= MOST_PARTS:
        raise Unwritten("lines")
    options, key = _pairs(lines) if kind == "pairs" else _order(lines)
    return text, options, key


def _pairs(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    halves = [_ARROW.split(one, maxsplit=1) for one in lines]
    if not all(len(one) == 2 and all(one) for one in halves):
        raise Unwritten("arrow")
    lefts, rights = [one[0] for one in halves], [one[1] for one in halves]
    shown = sorted(set(rights))
    if len(set(lefts)) < len(lefts) or len(shown) < 2:
        raise Unwritten("twice")
    return [*lefts, *shown], [str(shown.index(one)) for one in rights]


def _order(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    if len(set(lines)) < len(lines):
        raise Unwritten("twice")
    shown = sorted(lines)
    if shown == list(lines):
        shown = [*shown[1:], shown[0]]
    return shown, [str(shown.index(one)) for one in lines]


def _gaps(text: str) -> tuple[str, list[str], list[str]]:
    options, key = [], []
    for choosing, inside in _GAP.findall(text):
        ways = [one.strip() for one in inside.split("|") if one.strip()]
        shown = sorted(set(ways)) if choosing else []
        if not ways or (choosing and len(shown) < 2):
            raise Unwritten("gap")
        options.append("|".join(shown))
        key.append(str(shown.index(ways[0])) if choosing else "|".join(ways))
    if not 1 <= len(key) <= MOST_PARTS:
        raise Unwritten("gap")
    return _GAP.sub(GAP, text), options, key


def parts_of(kind: str, options: Sequence[str], key: Sequence[str]) -> list[Part]:
    """What is asked, part by part."""
    if kind == "pairs":
        lefts, rights = options[: len(key)], tuple(options[len(key) :])
        return [Part(left, rights) for left in lefts]
    if kind == "order":
        return [Part(str(place), tuple(options)) for place in range(1, len(options) + 1)]
    return [Part(str(place), tuple(filter(None, one.split("|")))) for place, one in enumerate(options, 1)]
