"""One whole question of each kind, as the bank keeps it."""

from __future__ import annotations

from typing import Any

PICTURE = {"file": "a" * 64, "type": "image/png", "alt": "Қазақстан картасы"}
RUBRIC = [
    {"text": "Мазмұны", "levels": [{"points": 0, "text": "жоқ"}, {"points": 2, "text": "толық"}]},
    {"text": "Тілі", "levels": [{"points": 0, "text": "қате"}, {"points": 1, "text": "сауатты"}]},
]


def sample(**more: Any) -> dict[str, Any]:
    return {
        "stem": "<p>Сұрақ?</p>",
        "points": 1,
        "explanation": "<p>Сондықтан KEYWORD.</p>",
        "hints": [],
        "media": [],
        **more,
    }


def options(*texts: str, right: str = "") -> list[dict[str, Any]]:
    """Named a, b, c …; with `right` each says whether it is."""
    rows: list[dict[str, Any]] = [{"id": "abcdefgh"[place], "text": text} for place, text in enumerate(texts)]
    return [{**row, "right": row["id"] in right} for row in rows] if right else rows


SAMPLES: dict[str, dict[str, Any]] = {
    "single": sample(options=options("Ньютон", "Джоуль", "Ватт", "Паскаль"), right="a", shuffle=True),
    "several": sample(
        options=options("2", "3", "4", "5", "6", "9", right="abd"), shuffle=True, scoring="mistakes",
        table={"0": 2, "1": 1},
    ),
    "true_false": sample(right=True),
    "short_text": sample(answers=["Қысым", "қысым күші"], ignore_case=True, ignore_letters=True),
    "number": sample(
        value=9.8, tolerance=0.1, in_percent=False, unit_needed=False,
        units=[{"text": "м/с²", "factor": 1}, {"text": "см/с²", "factor": 0.01}],
    ),
    "matching": sample(
        rows=[{"text": "Күш", "value": "v1"}, {"text": "Қуат", "value": "v2"}],
        values=[{"id": f"v{n}", "text": text} for n, text in enumerate(("Н", "Вт", "Дж", "Па"), 1)],
        shuffle=True, scoring="each", points=2,
    ),
    "ordering": sample(steps=options("бір", "екі", "үш", "төрт"), scoring="all"),
    "gaps": sample(
        text="<p>Су [[1]] °C-та қайнайды, ал [[2]] күйге өтеді.</p>",
        gaps=[
            {"mode": "typed", "answers": ["100", "жүз"]},
            {"mode": "chosen", "options": ["газ", "сұйық", "қатты"], "right": "газ"},
        ],
        scoring="each", points=2, ignore_case=True, ignore_letters=True,
    ),
    "classification": sample(
        groups=[{"id": "g1", "text": "Металл"}, {"id": "g2", "text": "Бейметалл"}],
        cards=[{"text": "Темір", "group": "g1"}, {"text": "Мыс", "group": "g1"}, {"text": "Күкірт", "group": "g2"}],
        shuffle=True, scoring="each", points=3,
    ),
    "hot_spot": sample(media=[PICTURE], areas=[{"x": 50, "y": 40, "r": 10}, {"x": 10, "y": 10, "w": 20, "h": 10}],
                       scoring="each", points=2),
    "table": sample(
        head=["Шама", "Өлшем"], rows=[[{"given": "Күш"}, {"answers": ["Н", "ньютон"]}], [{"given": "2 · 3"}, {"answers": ["6"]}]],
        scoring="each", points=2, ignore_case=True, ignore_letters=True,
    ),
    "formula": sample(expression="2*(x+1)", variables=[{"name": "x", "from": -5, "to": 5}]),
    "calculated": sample(
        stem="<p>{a} + {b} нешеге тең?</p>", parameters=[
            {"name": "a", "from": 2, "to": 9, "step": 1}, {"name": "b", "from": 0.5, "to": 3, "step": 0.5}],
        expression="a + b", tolerance=0, in_percent=False, units=[], unit_needed=False,
    ),
    "essay": sample(rubric=RUBRIC, least_words=50, most_words=200),
    "file": sample(rubric=[], types=["pictures"], points=5),
    "audio": sample(rubric=[], types=["sounds"], points=5),
    "drawing": sample(rubric=[], points=3),
    "context": sample(),
}  # fmt: skip
