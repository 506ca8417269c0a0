"""The field in which a teacher types the answers of a question, one on each line.

* the Syrdarya        a right option
the Ili               a wrong one
= 9,8 ± 0,1           a number to be typed, and how far off it may be
= Syr Darya           words to be typed; several lines are several spellings

Questions whose answers have parts are typed likewise: answer_parts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from lms.courses.blocks import answer_parts
from lms.courses.blocks.fields import Field, Text
from lms.courses.marking import number_of

MOST = 20
PARTED = ("pairs", "order", "gaps")
_TOLERANCE = re.compile(r"\s*(?:±|\+-|\+/-)\s*")


class Answers(Field):
    widget = "answers"
    longest = 8000

    def clean(self, value: Any) -> dict[str, Any]:
        return _from_text(Text.clean(self, value)) if isinstance(value, str) else _checked(value)  # type: ignore[arg-type]

    def missing(self, value: Any) -> str:
        if not value:
            return super().missing(value)
        options = value["options"]
        if value["kind"] in PARTED and answer_parts.whole(value):
            return ""
        if value["kind"] in PARTED:
            return _(
                "Each part needs its answer: at least two pairs, two different steps, or two words for a gap to be chosen from."
            )
        if value["accepted"] or len(options) > 1 and any(one["right"] for one in options):
            return ""
        return _("Type at least two answers and mark the right ones with *, or what is to be typed after =.")

    def words(self, value: Any) -> Iterator[str]:
        if value:
            yield from (one["text"] for one in value["options"])
            yield from answer_parts.words(value) if value["kind"] in PARTED else ()


def as_text(value: dict[str, Any]) -> str:
    """What the teacher had typed."""
    if value["kind"] in PARTED:
        return "\n".join(answer_parts.as_lines(value))
    typed = value.get("accepted") or []
    far = f" ± {value['tolerance']:g}".replace(".", ",") if value.get("tolerance") else ""
    lines = [f"{'* ' if one['right'] else ''}{one['text']}" for one in value.get("options", [])]
    return "\n".join(lines + [f"= {one}{far}" for one in typed])


def _from_text(text: str) -> dict[str, Any]:
    options, accepted, tolerance = [], [], 0.0
    lines = [" ".join(one.split()) for one in text.split("\n")]
    parts = answer_parts.from_lines([line for line in lines if line])
    if parts:
        return _checked(parts)
    for line in lines:
        if line.startswith("="):
            typed = _TOLERANCE.split(line[1:].strip(), maxsplit=1)
            accepted.append(typed[0][:200])
            tolerance = abs(number_of(typed[1]) or 0.0) if len(typed) > 1 else tolerance
        elif line:
            options.append({"text": line.lstrip("*").strip()[:500], "right": line.startswith("*")})
    return _checked({"options": options, "accepted": accepted, "tolerance": tolerance})


def _checked(value: Any) -> dict[str, Any]:
    given = value if isinstance(value, dict) else {}
    parts = answer_parts.checked(given)
    if parts:
        return {"options": [], "accepted": [], "tolerance": 0.0, **parts}
    options = [
        {"text": " ".join(str(one.get("text", "")).replace("\0", "").split())[:500], "right": one.get("right") is True}
        for one in given.get("options") or [] if isinstance(one, dict)
    ][:MOST]  # fmt: skip
    accepted = [str(one).replace("\0", "").strip()[:200] for one in given.get("accepted") or []][:MOST]
    try:
        tolerance = min(abs(float(given.get("tolerance") or 0)), 1e12)
    except (TypeError, ValueError):
        tolerance = 0.0
    return {
        "kind": _kind(options, accepted), "options": [] if accepted else options, "accepted": accepted,
        "tolerance": tolerance if tolerance == tolerance else 0.0,
    }  # fmt: skip


def _kind(options: list[dict[str, Any]], accepted: list[str]) -> str:
    if accepted:
        return "number" if all(number_of(one) is not None for one in accepted) else "words"
    return "many" if sum(one["right"] for one in options) > 1 else "one"
