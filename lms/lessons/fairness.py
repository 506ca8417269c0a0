"""Whose turn it is. Nobody who was quicker on a better line comes before a school that has not spoken yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Hand:
    pupil: Hashable
    school: Hashable
    raised: float  # any clock, as long as it is one


def in_turn(hands: Iterable[Hand], spoken: Iterable[tuple[Hashable, Hashable]] = ()) -> list[Hand]:
    """Schools by how little they have spoken, pupils of one school by how little, then by waiting.

    `spoken` are the (pupil, school) of the turns so far. Schools take turns: nobody's second hand comes
    before another school's first.
    """
    turns = list(spoken)
    by_school, by_pupil = Counter(school for _, school in turns), Counter(pupil for pupil, _ in turns)
    waiting: dict[Hashable, list[Hand]] = {}
    for one in sorted(hands, key=lambda hand: (by_pupil[hand.pupil], hand.raised)):
        waiting.setdefault(one.school, []).append(one)
    ordered = []
    while waiting:
        school = min(waiting, key=lambda key: (by_school[key], waiting[key][0].raised))
        ordered.append(waiting[school].pop(0))
        by_school[school] += 1
        if not waiting[school]:
            del waiting[school]
    return ordered


def drawn(
    present: Sequence[tuple[Hashable, Hashable]], spoken: Iterable[tuple[Hashable, Hashable]], chance: Random
) -> tuple[Hashable, Hashable] | None:
    """Somebody to be called: any of those who have spoken least in a school that has spoken least."""
    if not present:
        return None
    turns = list(spoken)
    by_school, by_pupil = Counter(school for _, school in turns), Counter(pupil for pupil, _ in turns)
    quietest = min(by_school[school] for _, school in present)
    schools = sorted({school for _, school in present if by_school[school] == quietest}, key=str)
    school = chance.choice(schools)
    here = [one for one in present if one[1] == school]
    least = min(by_pupil[pupil] for pupil, _ in here)
    return chance.choice(sorted((one for one in here if by_pupil[one[0]] == least), key=str))
