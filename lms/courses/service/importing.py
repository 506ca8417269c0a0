"""Keeping what was found in a document: modules of lessons in a course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale

from lms.core import audit
from lms.core.errors import Refused
from lms.courses.blocks import KINDS, Content, kind_of
from lms.courses.importing.found import Found
from lms.courses.labels import FOUND_WORDS, SUBJECTS
from lms.courses.links import PAGE, named
from lms.courses.models import Course, CourseLesson, CourseModule
from lms.courses.models.course import RULES
from lms.courses.service import blocks, courses, files
from lms.people.models import Person

LANGUAGES = ("kk", "ru")


def bring_in(
    course: Course, found: Found, keys: list[str], title: str, language: str, person: Person
) -> Sequence[CourseModule]:
    """New modules at the end. `keys`: of the files as they were kept, in the order in which they were found."""
    modules = [courses.add_module(course, **_module_titles(one, language)) for one in found.modules]
    if not modules:
        modules = [courses.add_module(course, **_titles(title, language))]
    rows: list[CourseLesson] = []
    for lesson in found.lessons:
        facts = {**_titles(lesson["title"] or title, language), **_rules(lesson["facts"])}
        row = courses.add_lesson(modules[max(lesson["module"], 0)], **facts)
        rows.append(row)
    pages = {
        str(one["facts"].get(PAGE)): str(row.id)
        for row, one in reversed([*zip(rows, found.lessons, strict=True)])
    }
    for row, lesson in zip(rows, found.lessons, strict=True):
        row.after = [str(rows[place].id) for place in _places(lesson["facts"], len(rows))]
        for kind, content, twin in lesson["blocks"]:
            if kind in KINDS:
                content, twin = (named(one, pages, before=PAGE) for one in (content, twin))
                both = (content, twin) if found.twins or language == "kk" else (twin, content)
                _block(row, kind, dict(zip(LANGUAGES, both, strict=True)), keys, person)
    _describe(course, found.course)
    audit.record("course.imported", course, path=course.path, name=title, rows=len(found.lessons))
    return modules


def _titles(title: str, language: str) -> dict[str, str]:
    return {f"title_{one}": title if one == language else "" for one in LANGUAGES}


def _module_titles(module: dict[str, str], language: str) -> dict[str, str]:
    if "title" in module:
        return _titles(module["title"][:200], language)
    return {f"title_{one}": str(module.get(f"title_{one}", ""))[:200] for one in LANGUAGES}


def _rules(facts: dict[str, Any]) -> dict[str, Any]:
    """A lesson's own titles and rules, where the document has them. Nothing of it is believed."""
    kept: dict[str, Any] = {
        name: str(facts[name])[:200] for name in ("title_kk", "title_ru") if name in facts
    }
    if facts.get("rule") in RULES:
        kept["rule"] = facts["rule"]
    if isinstance(facts.get("pass_score"), int):
        kept["pass_score"] = min(max(facts["pass_score"], 0), 100)
    return {**kept, "in_order": facts.get("in_order") is True}


def _places(facts: dict[str, Any], most: int) -> list[int]:
    """Of the lessons this one waits for."""
    named = facts.get("after")
    return (
        [one for one in named if isinstance(one, int) and 0 <= one < most] if isinstance(named, list) else []
    )


def _block(
    lesson: CourseLesson, kind: str, both: dict[str, Content | None], keys: list[str], person: Person
) -> None:
    written = {one: _placed(content, keys, one) for one, content in both.items() if content is not None}
    first = next(iter(written), "kk")
    block = blocks.add_block(lesson, kind, person, first, _own(kind, written.pop(first, {}), keys))
    for one, content in written.items():
        fresh = _own(kind, content, keys)
        blocks.save_block(block, blocks.Save(one, fresh, block.revision(one)), person)


def _own(kind: str, content: Content, keys: list[str]) -> Content:
    """A key that is not of a file that came along belongs to somebody else's course."""
    clean = kind_of(kind).clean(content)
    strange = set(kind_of(kind).files(clean)) - set(keys)
    return _without(clean, strange) if strange else clean


def _without(content: Any, strange: set[str]) -> Any:
    if isinstance(content, dict):
        return {name: _without(value, strange) for name, value in content.items()}
    if isinstance(content, list):
        return [_without(one, strange) for one in content]
    return "" if isinstance(content, str) and content in strange else content


def kept_file(course: Course, file: dict[str, Any]) -> str:
    """Its key. A file that cannot be read has none and leaves its block, which then says what is missing."""
    family = file["family"] if file["family"] in files.ENDS else "file"
    try:
        return str(files.attach(course, family, str(file["name"]), files.stored(file["digest"])).id)
    except Refused:
        return ""


def _placed(content: Any, keys: list[str], language: str) -> Any:
    """`@3` is the fourth file, `@@notes` a word of ours in the language of the text."""
    if isinstance(content, dict):
        return {name: _placed(value, keys, language) for name, value in content.items()}
    if isinstance(content, list):
        return [_placed(one, keys, language) for one in content]
    if isinstance(content, str) and content.startswith("@@") and content[2:] in FOUND_WORDS:
        with force_locale(language):
            return str(FOUND_WORDS[content[2:]])
    if isinstance(content, str) and content.startswith("@") and content[1:].isdecimal():
        place = int(content[1:])
        return keys[place] if place < len(keys) else ""
    return content


def _describe(course: Course, facts: dict[str, Any]) -> None:
    """What the course says about itself fills what is still empty here; who wrote it stays named."""
    for name, longest in (("about_kk", 2000), ("about_ru", 2000), ("section", 200)):
        if not getattr(course, name) and isinstance(facts.get(name), str):
            setattr(course, name, facts[name][:longest])
    if not course.subject and facts.get("subject") in SUBJECTS:
        course.subject = facts["subject"]
    for name, most in (("grade", 12), ("quarter", 4)):
        value = facts.get(name)
        if getattr(course, name) is None and isinstance(value, int) and 0 <= value <= most:
            setattr(course, name, value)
    if not course.objectives:
        course.objectives = [
            {"code": str(one.get("code", ""))[:40], "text": str(one.get("text", ""))[:500]}
            for one in _dicts(facts.get("objectives"))
        ]
    known = {one["name"] for one in course.credits}
    wrote = [str(one.get("name", ""))[:200] for one in _dicts(facts.get("credits"))]
    course.credits = [
        *course.credits,
        *({"person": "", "name": name, "deed": courses.AUTHOR} for name in dict.fromkeys(wrote) if name and name not in known),
    ]  # fmt: skip


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)][:100] if isinstance(value, list) else []
