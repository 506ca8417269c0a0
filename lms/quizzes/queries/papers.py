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
from lms.quizzes.composing import too_few
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
    left: int = 0  # of those found, how many are below the cap of the rule
    lacks: bool = False  # the paper cannot be given

    @property
    def count(self) -> int:
        return self.rule["count"] if self.rule else sum(row.item.kind != "context" for row in self.rows)

    @property
    def points(self) -> float:
        return sum(kind_of(row.item.kind).most(row.content) for row in self.rows)


def sections(paper: Paper) -> list[Section]:
    """Three statements however many sections: chosen questions, what rules draw from, how often that was met."""
    keys = [UUID(key) for section in paper.sections for key in section.get("items", [])]
    known = bank.current_versions(keys) if keys else {}
    rules = [section["draw"] for section in paper.sections if "draw" in section]
    pools = bank.pools(rules, paper.path)
    capped = [
        item for rule, pool in zip(rules, pools, strict=True) if rule.get("cap") for item, _level in pool
    ]
    met = bank.exposures(capped) if capped else {}
    waiting = iter(pools)
    return [
        _by_rule(section, next(waiting), met) if "draw" in section else _by_hand(section, known)
        for section in paper.sections
    ]


def _by_rule(section: dict[str, Any], pool: list[tuple[UUID, str]], met: dict[UUID, int]) -> Section:
    rule = section["draw"]
    cap = rule.get("cap") or 0
    left = [level for item, level in pool if not cap or met.get(item, 0) < cap]
    return Section(section["title"], [], rule, len(pool), len(left), too_few(rule, left) is not None)


def _by_hand(section: dict[str, Any], known: dict[UUID, ItemVersion]) -> Section:
    rows: list[ItemVersion] = []
    for key in section["items"]:
        row = known.get(UUID(key))
        if row is not None:
            rows.append(row)
            rows += [one for one in known.values() if one.item.context_id == row.item_id]
    return Section(section["title"], rows)
