"""Places to be marked on a picture. Everything is measured in hundredths of its width and height."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, lines, many
from lms.quizzes.questions.numbers import number_of, shown
from lms.quizzes.questions.scoring import EACH, check_scoring, edited_scoring, most_of, scored

_NUMBERS = re.compile(r"[\d.,]+")
MOST_AREAS = 20


class HotSpot(Kind):
    """The picture is the first of `media`. Areas: {"x", "y", "r"} a circle, {"x", "y", "w", "h"} a box by its corner."""

    name = "hot_spot"
    title = _l("Place on a picture")
    about = _l("One or more places to be marked on a picture or a map.")

    def _blank(self) -> Content:
        return {"areas": [], "scoring": EACH}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        found = check_scoring(content)
        if not any(row["type"].startswith("image/") for row in content["media"]):
            found.append(_l("Add the picture."))
        if not 1 <= len(content["areas"]) <= MOST_AREAS or not all(_good(row) for row in content["areas"]):
            found.append(
                _l("Describe each right place: from the left, from the top and its size, in hundredths.")
            )
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return {"markers": len(content["areas"])}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        pairs = zip(many(fields, "x"), many(fields, "y"), strict=False)
        points = [(number_of(x), number_of(y)) for x, y in pairs]
        said = [
            [x, y] for x, y in points if x is not None and y is not None and 0 <= x <= 100 and 0 <= y <= 100
        ]
        return said[: len(content["areas"])] or None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        hit = [any(_inside(area, x, y) for x, y in answer) for area in content["areas"]]
        # There are as many markers as places, so one set beside its place is a mistake once: the place is missed.
        return scored(content, hit)

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [_written(area) for area in content["areas"]]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [f"({shown(x)}; {shown(y)})" for x, y in answer or ()]

    def _edited(self, fields: Fields) -> Content:
        return {"areas": [_area(line) for line in lines(fields, "areas")], **edited_scoring(fields, EACH)}

    def _typed(self, content: Content) -> Content:
        return {"areas": [_written(area) for area in content["areas"]]}


def _good(area: dict[str, float]) -> bool:
    sizes = (area["r"],) if "r" in area else (area["w"], area["h"])
    return 0 <= area["x"] <= 100 and 0 <= area["y"] <= 100 and all(0 < size <= 100 for size in sizes)


def _inside(area: dict[str, float], x: float, y: float) -> bool:
    if "r" in area:
        return (x - area["x"]) ** 2 + (y - area["y"]) ** 2 <= area["r"] ** 2
    return area["x"] <= x <= area["x"] + area["w"] and area["y"] <= y <= area["y"] + area["h"]


def _area(line: str) -> dict[str, float]:
    """40 25 8: a circle; 40 25 20 10: a box."""
    found = [float(number_of(text) or 0) for text in _NUMBERS.findall(line)]
    names = ("x", "y", "r") if len(found) == 3 else ("x", "y", "w", "h")
    return dict(zip(names, [*found, 0, 0, 0, 0], strict=False))


def _written(area: dict[str, float]) -> str:
    return " ".join(shown(float(area[name])) for name in ("x", "y", "r", "w", "h") if name in area)
