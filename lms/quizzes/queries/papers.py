"""Papers one may see, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import may
from lms.core.text import search_key
from lms.quizzes.models import ItemVersion, Paper
from lms.quizzes.queries import bank
from lms.quizzes.questions import kind_of


def papers() -> Listing:
    return listing(
        select(Paper)
        .options(joinedload(Paper.author))
        .where(bank.shared_with_me(Paper.path, "paper.make"), Paper.archived_at.is_(None)),
        sorts={
            "when": Paper.created_at,
            "title": Paper.sort_key,
            "grade": Paper.grade,
            "minutes": Paper.minutes,
        },
        filters={
            "q": lambda text: Paper.search.contains(search_key(text), autoescape=True),
            "subject": lambda code: Paper.subject == code,
            "grade": lambda text: Paper.grade == (int(text) if text.isdigit() else -1),
            "language": lambda code: Paper.language == code,
        },
        default="-when",
    )


def paper_or_404(paper_id: UUID, changing: bool = False) -> Paper:
    row = db.session.get(Paper, paper_id, options=[joinedload(Paper.author)])
    if row is None or not bank.sees(row.path, "paper.make") or (changing and not may("paper.make", row.path)):
        raise NotYours
    return row


def usable_papers() -> list[Paper]:
    """Those one may add a question to."""
    return list(
        db.session.scalars(
            select(Paper)
            .where(bank.within(Paper.path, "paper.make"), Paper.archived_at.is_(None))
            .order_by(Paper.created_at.desc())
            .limit(50)
        )
    )


@dataclass(frozen=True)
class Section:
    """A section as its author sees it: questions in order, or a rule and how many fit it."""

    title: str
    rows: list[ItemVersion]
    rule: dict[str, Any] | None = None
    found: int = 0

    @property
    def count(self) -> int:
        return self.rule["count"] if self.rule else sum(row.item.kind != "context" for row in self.rows)

    @property
    def points(self) -> float:
        return sum(kind_of(row.item.kind).most(row.content) for row in self.rows)


def sections(paper: Paper) -> list[Section]:
    """One statement for all fixed sections, one for each rule."""
    keys = [UUID(key) for section in paper.sections for key in section.get("items", [])]
    known = bank.current_versions(keys) if keys else {}
    made = []
    for section in paper.sections:
        if "draw" in section:
            made.append(
                Section(section["title"], [], section["draw"], len(bank.pool(section["draw"], paper.path)))
            )
        else:
            rows: list[ItemVersion] = []
            for key in section["items"]:
                row = known.get(UUID(key))
                if row is not None:
                    rows.append(row)
                    rows += [one for one in known.values() if one.item.context_id == row.item_id]
            made.append(Section(section["title"], rows))
    return made
