"""Questions of every kind that travel, some hundred of them, with pictures and formulas in all places."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import numpy as np
from PIL import Image

from lms.quizzes.questions import KINDS


def picture(seed: int) -> bytes:
    target = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 255, (6, 9, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(target, "PNG")
    return target.getvalue()


PICTURES = {hashlib.sha256(one).hexdigest(): one for one in (picture(seed) for seed in range(12))}
NAMES = list(PICTURES)


def load(digest: str) -> tuple[bytes, str] | None:
    return (PICTURES[digest], "image/png") if digest in PICTURES else None


def questions(count: int) -> list[dict[str, Any]]:
    return [question(number) for number in range(count)]


def question(number: int) -> dict[str, Any]:
    kinds = (
        _single,
        _several,
        _true_false,
        _short,
        _number,
        _matching,
        _classification,
        _gaps,
        _ordering,
        _essay,
    )
    kind, content = kinds[number % len(kinds)](number)
    image = f'<img src="/quizzes/media/{NAMES[number % 12]}" alt="№ {number} &amp; «сурет»">'
    common: dict[str, Any] = {
        "stem": f"<p>{number}. Сұрақ: \\( \\frac{{x^{{{number}}}}}{{2}} &lt; 1 \\) {image}</p>",
        "points": 1 + number % 3,
        "explanation": f"<p>Түсіндірме {number}: \\[ a^2 + b^2 \\]</p>" if number % 2 else "",
        "hints": ["<p>Ойланыңыз.</p>"] * (number % 3),
        "media": [],
    }
    made: dict[str, Any] = {
        "kind": kind, "language": ("kk", "ru")[number % 2], "subject": "physics", "grade": 7 + number % 4,
        "section": f"Физика / Қысым {number // 50}", "objective": f"7.3.1.{number % 9}", "level": "ABC"[number % 3],
        "content": {**KINDS[kind].blank(), **common, **content},
    }  # fmt: skip
    assert KINDS[kind].check(made["content"]) == []
    return made


def _options(number: int, count: int = 4) -> list[dict[str, Any]]:
    texts = [f"<strong>{number}</strong> · \\( {place} \\) = {{a}} ~ b # c \\ d" for place in range(count)]
    return [{"id": f"o{place}", "text": text} for place, text in enumerate(texts, 1)]


def _single(number: int) -> tuple[str, dict[str, Any]]:
    return "single", {"options": _options(number), "right": f"o{number % 4 + 1}", "shuffle": number % 4 != 0}


def _several(number: int) -> tuple[str, dict[str, Any]]:
    options = [{**one, "right": place % 2 == 0} for place, one in enumerate(_options(number, 6))]
    modes = ({"scoring": "all"}, {"scoring": "each"}, {"scoring": "mistakes", "table": {"0": 2, "1": 1}})
    return "several", {"options": options, "shuffle": True, **modes[number // 10 % 3]}


def _true_false(number: int) -> tuple[str, dict[str, Any]]:
    return "true_false", {"right": number % 20 < 10}


def _short(number: int) -> tuple[str, dict[str, Any]]:
    return "short_text", {
        "answers": [f"Қысым {number}", "P = F/S", "5 * 3 {=~#}"], "ignore_case": number % 20 < 10, "ignore_letters": True
    }  # fmt: skip


def _number(number: int) -> tuple[str, dict[str, Any]]:
    units = [{"text": "м", "factor": 1}, {"text": "км", "factor": 1000}, {"text": "см", "factor": 0.01}]
    return "number", {
        "value": -number / 8, "tolerance": 0.25 if number % 20 < 10 else 5, "in_percent": number % 20 >= 10,
        "units": units if number % 3 else [], "unit_needed": number % 3 == 1,
    }  # fmt: skip


def _matching(number: int) -> tuple[str, dict[str, Any]]:
    values = [{"id": f"v{place}", "text": f"мән {place} &amp; {number}"} for place in range(1, 5)]
    rows = [{"text": f"<em>жол {place}</em> = {number}", "value": f"v{place}"} for place in range(1, 4)]
    return "matching", {"rows": rows, "values": values, "shuffle": True, "scoring": "each"}


def _classification(number: int) -> tuple[str, dict[str, Any]]:
    groups = [{"id": "v1", "text": "металл"}, {"id": "v2", "text": "бейметалл"}]
    cards = [{"text": f"зат {place}, {number}", "group": f"v{place % 2 + 1}"} for place in range(4)]
    return "classification", {"groups": groups, "cards": cards, "shuffle": False, "scoring": "all"}


def _gaps(number: int) -> tuple[str, dict[str, Any]]:
    gaps = [
        {"mode": "typed", "answers": ["су", "Су буы", "50 % ~ {жарты} #1"]},
        {"mode": "chosen", "options": ["ток", "кернеу & күш", "кедергі <"], "right": "кернеу & күш"},
    ]
    return "gaps", {"text": f"<p>Мұз — қатты [[1]], ал [[2]] {number} вольтпен өлшенеді.</p>", "gaps": gaps,
                    "scoring": "each", "ignore_case": True, "ignore_letters": True}  # fmt: skip


def _ordering(number: int) -> tuple[str, dict[str, Any]]:
    return "ordering", {
        "steps": [{"id": f"s{n}", "text": f"қадам {n}: {number}"} for n in range(1, 5)],
        "scoring": "each",
    }


def _essay(number: int) -> tuple[str, dict[str, Any]]:
    return "essay", {"least_words": 20, "most_words": 100 + number}


def context() -> dict[str, Any]:
    """A text with two questions about it."""
    return {
        "kind": "context", "language": "kk", "level": "B",
        "content": {**KINDS["context"].blank(), "stem": "<p>Мәтін: Бурабай.</p>"},
        "items": [question(0), question(3)],
    }  # fmt: skip
