"""Verbs of papers: put together, change, freeze."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.places.models import Place
from lms.quizzes.composing import too_few
from lms.quizzes.models import ItemVersion, Paper, PaperVersion
from lms.quizzes.queries import bank
from lms.quizzes.questions import kind_of

MOST_SECTIONS, MOST_ITEMS = 20, 200


def begin_paper(
    place: Place, author_id: UUID, sections: list[dict[str, Any]] | None = None, **facts: Any
) -> Paper:
    paper = Paper(place_id=place.id, path=place.path, author_id=author_id, sections=sections or [{"title": "", "items": []}], **facts)  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    audit.record("paper.begun", paper, path=paper.path, name=paper.title)
    return paper


def describe_paper(paper: Paper, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(paper, name, value)


def add_section(paper: Paper, title: str, rule: dict[str, Any] | None = None) -> None:
    if len(paper.sections) >= MOST_SECTIONS:
        raise Refused(_("A paper has at most %(most)s sections.", most=MOST_SECTIONS))
    made: dict[str, Any] = {"title": title, "draw": rule} if rule else {"title": title, "items": []}
    paper.sections = [*paper.sections, made]


def change_section(paper: Paper, place: int, deed: str) -> None:
    """Up, or away."""
    rows = list(paper.sections)
    if not 0 <= place < len(rows):
        return
    if deed == "remove":
        rows.pop(place)
    elif deed == "up" and place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    paper.sections = rows


def add_items(paper: Paper, place: int, items: Sequence[UUID]) -> int:
    """How many are new in this section: a question stands in a paper once."""
    known = {key for section in paper.sections for key in section.get("items", [])}
    fresh = [item.hex for item in items if item.hex not in known]
    if len(known) + len(fresh) > MOST_ITEMS:
        raise Refused(_("A paper holds at most %(most)s questions.", most=MOST_ITEMS))
    if not 0 <= place < len(paper.sections) or "items" not in paper.sections[place]:
        paper.sections = [*paper.sections, {"title": "", "items": []}]
        place = len(paper.sections) - 1
    rows = [dict(section) for section in paper.sections]
    rows[place]["items"] = [*rows[place]["items"], *fresh]
    paper.sections = rows
    return len(fresh)


def change_item(paper: Paper, place: int, item_id: UUID, deed: str) -> None:
    rows = [dict(section) for section in paper.sections]
    if not 0 <= place < len(rows) or item_id.hex not in rows[place].get("items", []):
        return
    keys = list(rows[place]["items"])
    at = keys.index(item_id.hex)
    keys.pop(at)
    if deed == "up":
        keys.insert(max(0, at - 1), item_id.hex)
    rows[place]["items"] = keys
    paper.sections = rows


def put_away(paper: Paper) -> None:
    paper.archived_at = clock.now()
    audit.record("paper.put_away", paper, path=paper.path, name=paper.title)


def freeze(paper: Paper, person_id: UUID) -> PaperVersion:
    """The paper as it stands: the version that says the same, or a new one. What is given never changes."""
    body = {
        "sections": frozen_sections(paper), "shuffle": paper.shuffle, "language": paper.language,
        "format": paper.format, "note": paper.note, "aids": list(paper.aids), "extra": paper.extra_minutes,
    }  # fmt: skip
    last = db.session.get(PaperVersion, paper.current_id) if paper.current_id else None
    if last is not None and last.body == body and last.minutes == paper.minutes:
        return last
    number = (
        db.session.scalar(select(func.max(PaperVersion.number)).where(PaperVersion.paper_id == paper.id)) or 0
    )
    row = PaperVersion(paper_id=paper.id, number=number + 1, minutes=paper.minutes, body=body, made_by=person_id, most=most_of(body))  # fmt: skip
    db.session.add(row)
    db.session.flush()
    paper.current_id = row.id
    audit.record("paper.frozen", paper, path=paper.path, number=row.number)
    return row


def frozen_sections(paper: Paper) -> list[dict[str, Any]]:
    found = [_frozen(section, paper.path) for section in paper.sections]
    found = [one for one in found if one["units"]]
    if not found:
        raise Refused(_("There are no questions in this paper yet."))
    return found


def _frozen(section: dict[str, Any], path: str) -> dict[str, Any]:
    rule = section.get("draw")
    keys = [one.id for one in bank.pool(rule, path)] if rule else [UUID(key) for key in section["items"]]
    known = bank.current_versions(keys)
    units = [_unit(known[key], known) for key in keys if key in known]
    if rule:
        every = len(units)
        if cap := rule.get("cap"):
            met = bank.exposures(keys)
            units = [one for one in units if met.get(UUID(one["item"]), 0) < cap]
        _refuse_too_few(rule, units, section["title"], every)
        return {
            "title": section["title"],
            "draw": {name: rule.get(name) for name in ("count", "levels", "cap")},
            "units": units,
        }
    return {"title": section["title"], "units": units}


def _refuse_too_few(rule: dict[str, Any], units: list[dict[str, Any]], title: str, every: int) -> None:
    """`every`: how many there are when nobody asks how often they have been met."""
    level = too_few(rule, [one["level"] for one in units])
    if level is None:
        return
    if len(units) < every:
        raise Refused(
            _(
                "“%(title)s”: of %(every)s questions only %(found)s have been asked fewer than %(cap)s times, which is "
                "too few for it. Write more questions, ask for fewer, or raise the limit.",
                title=title, every=every, found=len(units), cap=rule["cap"],
            )
        )  # fmt: skip
    if level:
        raise Refused(
            _("The bank has too few questions of level %(level)s for “%(title)s”.", level=level, title=title)
        )
    raise Refused(
        _("“%(title)s” wants %(count)s questions, the bank has %(found)s.", title=title, count=rule["count"], found=len(units))
    )  # fmt: skip


def _unit(row: ItemVersion, known: dict[UUID, ItemVersion]) -> dict[str, Any]:
    """A question, or a context with its questions, which nothing ever parts."""
    unit: dict[str, Any] = {
        "v": row.id.hex,
        "item": row.item_id.hex,
        "level": row.item.level,
        "most": _most(row),
    }
    if row.item.kind == "context":
        about = [one for one in known.values() if one.item.context_id == row.item_id]
        unit["about"] = [{"v": one.id.hex, "item": one.item_id.hex, "most": _most(one)} for one in about]
        unit["most"] = sum(one["most"] for one in unit["about"])
    return unit


def _most(row: ItemVersion) -> float:
    return kind_of(row.item.kind).most(row.content)


def most_of(body: dict[str, Any]) -> float:
    """Points of a flawless attempt; where questions are drawn, of the dearest that can be."""
    total = 0.0
    for section in body["sections"]:
        values = sorted((unit["most"] for unit in section["units"]), reverse=True)
        total += sum(values[: section["draw"]["count"]] if "draw" in section else values)
    return total
