"""Pupils of different schools work in pairs: who with whom; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from random import Random
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)


def paired(present: Iterable[tuple[Who, Hashable]], chance: Random) -> list[list[Who]]:
    """Always from the two schools with most pupils left; the last of one school work with each other.

    An odd one joins the last pair: nobody is alone unless nobody else is there.
    """
    by_school: dict[Hashable, list[Who]] = defaultdict(list)
    for who, school in present:
        by_school[school].append(who)
    for own in by_school.values():
        chance.shuffle(own)
    found: list[list[Who]] = []
    left = [own for own in by_school.values() if own]
    while len(left) > 1:
        left.sort(key=len, reverse=True)
        found.append([left[0].pop(), left[1].pop()])
        left = [own for own in left if own]
    rest = left[0] if left else []
    while len(rest) > 1:
        found.append([rest.pop(), rest.pop()])
    if rest and found:
        found[-1].append(rest.pop())
    elif rest:
        found.append(rest)
    return found
