"""From a frozen paper to the questions of one attempt: drawn, shuffled, never parting a context from its questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from random import Random
from typing import Any

Body = dict[str, Any]
Question = dict[str, Any]  # v: version, s: seed, n: number (0: a context), c: the context's version, section


def compose(
    body: Body, chance: Random, seen: Set[str] = frozenset(), spent: Mapping[str, int] | None = None
) -> list[Question]:
    """The same chance gives the same questions. `seen`: items this person has had before, `spent`: those that enough
    others have had, and how many; both are drawn only when nothing else is left."""
    found: list[Question] = []
    number = 0
    for place, section in enumerate(body["sections"]):
        units = _drawn(section, chance, seen, spent or {}) if "draw" in section else list(section["units"])
        if body["shuffle"]:
            chance.shuffle(units)
        for unit in units:
            if "about" in unit:
                found.append(_question(unit, place, 0, chance))
            for one in unit.get("about", [unit]):
                number += 1
                found.append(_question(one, place, number, chance, unit["v"] if "about" in unit else None))
    return found


def _question(
    unit: dict[str, Any], place: int, number: int, chance: Random, context: str | None = None
) -> Question:
    made = {"v": unit["v"], "s": chance.randrange(1, 2**31), "n": number, "section": place}
    return {**made, "c": context} if context else made


def _drawn(
    section: dict[str, Any], chance: Random, seen: Set[str], spent: Mapping[str, int]
) -> list[dict[str, Any]]:
    """By level where the rule says so; what the person has seen comes last, what is spent after it."""
    levels = section["draw"].get("levels") or {}
    if not levels:
        return _some(section["units"], section["draw"]["count"], chance, seen, spent)
    found = []
    for level, count in sorted(levels.items()):
        found += _some([one for one in section["units"] if one["level"] == level], count, chance, seen, spent)
    return found


def _some(
    units: list[dict[str, Any]], count: int, chance: Random, seen: Set[str], spent: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Of the spent ones those that the fewest have had, by no chance: their authors were told so."""
    fresh = [one for one in units if one["item"] not in spent]
    chance.shuffle(fresh)
    fresh.sort(key=lambda one: one["item"] in seen)
    known = [one for one in units if one["item"] in spent]
    known.sort(key=lambda one: (one["item"] in seen, spent[one["item"]], one["item"]))
    return [*fresh, *known][:count]


def too_few(rule: dict[str, Any], levels: Sequence[str]) -> str | None:
    """For questions of these levels: the level that has too few, "" when there are too few in all, None when enough."""
    for level, number in sorted((rule.get("levels") or {}).items()):
        if levels.count(level) < number:
            return str(level)
    return "" if len(levels) < rule["count"] else None


def balanced(body: Body, variants: int, seed: str) -> list[list[Question]]:
    """Parallel variants: drawn questions are shared out so that two variants have as little in common as can be.

    Each level is drawn in the same number for all, so the variants are equally difficult by plan; where a rule names no
    levels, in the numbers in which the pool has them.
    """
    body = {**body, "sections": [_with_levels(section) for section in body["sections"]]}
    found: list[list[Question]] = []
    seen: set[str] = set()
    for variant in range(1, variants + 1):
        made = compose(body, Random(f"{seed}/{variant}"), frozenset(seen))
        items = {unit["v"]: unit["item"] for section in body["sections"] for unit in section["units"]}
        seen |= {items[one["v"]] for one in made if one["v"] in items}
        found.append(made)
    return found


def _with_levels(section: dict[str, Any]) -> dict[str, Any]:
    if "draw" not in section or section["draw"].get("levels"):
        return section
    wanted, units = section["draw"]["count"], section["units"]
    pool = Counter(one["level"] for one in units)
    exact = {level: wanted * number / len(units) for level, number in pool.items()}
    levels = {level: int(share) for level, share in exact.items()}
    left = wanted - sum(levels.values())
    for level in sorted(exact, key=lambda one: (levels[one] - exact[one], one))[:left]:
        levels[level] += 1
    return {**section, "draw": {**section["draw"], "levels": levels}}
