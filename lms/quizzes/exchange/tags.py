"""What other programs have no field for travels as tags: grade=7, scoring=mistakes:0=2,1=1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lms.quizzes.questions import Content

_PLAIN = ("subject", "grade", "objective", "language", "level", "section")
_SWITCHES = ("ignore_case", "ignore_letters", "shuffle", "unit_needed")


def tags_of(question: dict[str, Any]) -> list[str]:
    content = question["content"]
    found = [f"{name}={question[name]}" for name in _PLAIN if question.get(name) not in (None, "")]
    found.append(f"kind={question['kind']}")
    if "scoring" in content:
        table = ",".join(f"{place}={points}" for place, points in sorted(content.get("table", {}).items()))
        found.append(f"scoring={content['scoring']}{':' + table if content['scoring'] == 'mistakes' else ''}")
    found += [f"{name}={'yes' if content[name] else 'no'}" for name in _SWITCHES if name in content]
    return found


def read_tags(tags: Iterable[str]) -> tuple[dict[str, str], Content]:
    """(facts, the part of the content that tags hold). Tags of others are passed over."""
    pairs = dict(tag.split("=", 1) for tag in tags if "=" in tag)
    facts = {
        name: pairs[name] for name in (*_PLAIN, "kind", "context", "about", "tolerance") if name in pairs
    }
    content: Content = {name: pairs[name] == "yes" for name in _SWITCHES if name in pairs}
    if re.fullmatch(r"\d+(\.\d+)?", pairs.get("points", "")):
        content["points"] = number(pairs["points"])
    mode, _colon, table = pairs.get("scoring", "").partition(":")
    if mode in ("all", "each"):
        content["scoring"] = mode
    if mode == "mistakes" and (rows := re.findall(r"(\d+)=(\d+(?:\.\d+)?)", table)):
        content |= {"scoring": mode, "table": {place: number(points) for place, points in rows}}
    return facts, content


def number(text: str) -> float | int:
    value = float(text)
    return int(value) if value == int(value) else value
