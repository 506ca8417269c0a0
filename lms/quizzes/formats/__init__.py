"""Exam formats: dated JSON documents. A new format needs a file, no code; formats.schema.json says what it holds."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

HERE = Path(__file__).parent
Format = dict[str, Any]


@cache
def formats() -> dict[str, Format]:
    """By code, the newest first."""
    schema = Draft202012Validator(json.loads((HERE / "formats.schema.json").read_text("utf-8")))
    found = [
        json.loads(file.read_text("utf-8"))
        for file in sorted(HERE.glob("*.json"))
        if file.name != "formats.schema.json"
    ]
    for one in found:
        schema.validate(one)
    return {one["code"]: one for one in sorted(found, key=lambda one: one["valid_from"], reverse=True)}


def points_of(part: Format) -> float:
    return sum(task["count"] * task["points"] for task in part["tasks"])


def sections_of(
    found: Format, subjects: dict[str, str], language: str, grade: int | None
) -> list[dict[str, Any]]:
    """Sections with rules for a paper. `subjects`: which subject fills each part that is to be chosen."""
    made = []
    for part in found["parts"]:
        subject = part["subject"] or subjects.get(part["code"], "")
        for task in part["tasks"]:
            rule = {
                "count": task["count"], "kinds": task["kinds"], "subject": subject, "grade": grade,
                "language": language, "section": "", "objective": "", "levels": {},
            }  # fmt: skip
            made.append({"title": f"{part['title'][language]}: {task['title'][language]}", "draw": rule})
    return made
