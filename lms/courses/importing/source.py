"""What was made here comes back whole: its modules, rules and blocks lie in it beside what other systems read."""

from __future__ import annotations

import json
from typing import Any

from lms.courses.importing.builder import Builder
from lms.courses.links import PAGE, named
from lms.courses.zips import SafeZip

BLOCKS = "course.json"
LONGEST = 20 * 1024 * 1024
LANGUAGES = ("kk", "ru")
COURSE = ("about_kk", "about_ru", "subject", "grade", "quarter", "section", "objectives", "credits")
RULES = ("rule", "pass_score", "in_order", "after")


def read(archive: SafeZip) -> dict[str, Any]:
    try:
        data = archive.read(BLOCKS)
        whole = json.loads(data) if len(data) < LONGEST else None
        return _built(archive, whole)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"refused": "damaged"}


def _built(archive: SafeZip, whole: Any) -> dict[str, Any]:
    builder = Builder()
    places = {
        str(key): f"@{builder.file(str(file['name']), str(file['family']), archive.read(file['path']))}"
        for key, file in whole["files"].items()
        if file["path"] in archive.entries
    }
    numbers = {str(key): str(number) for number, key in enumerate(whole["lessons"])}
    for module in whole["outline"]["modules"]:
        builder.module(_titles(module))
        for lesson in module["lessons"]:
            if lesson["id"] not in whole["lessons"]:
                builder.missed["activity"] += 1
                continue
            rules = {name: lesson[name] for name in RULES if name in lesson}
            facts = {**_titles(lesson), **rules, "id": lesson["id"], PAGE: numbers[str(lesson["id"])]}
            builder.lesson(str(lesson["title_kk"] or lesson["title_ru"]), facts)
            for block in whole["lessons"][lesson["id"]]:
                kk, ru = (named(_placed(block[one], places), numbers, after=PAGE) for one in LANGUAGES)
                builder.block(str(block["kind"]), kk, ru)
    _order(builder)
    facts = {name: whole["outline"][name] for name in COURSE if name in whole["outline"]}
    return {**builder.found(), "twins": True, "course": facts}


def _order(builder: Builder) -> None:
    """Lessons that wait for others name them by their place."""
    places: dict[str, int] = {}
    for place, one in enumerate(builder.lessons):
        places.setdefault(str(one["facts"].pop("id", "")), place)
    for one in builder.lessons:
        named = (places.get(str(key)) for key in one["facts"].get("after", ()))
        one["facts"] = {**one["facts"], "after": [place for place in named if place is not None]}


def _titles(row: Any) -> dict[str, str]:
    return {f"title_{one}": str(row[f"title_{one}"] or "") for one in LANGUAGES}


def _placed(content: Any, places: dict[str, str]) -> Any:
    """Keys of files become their places in what was found."""
    if isinstance(content, dict):
        return {name: _placed(value, places) for name, value in content.items()}
    if isinstance(content, list):
        return [_placed(one, places) for one in content]
    return places.get(content, content) if isinstance(content, str) else content
