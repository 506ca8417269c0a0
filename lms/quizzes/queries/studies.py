"""Studies one may see, and the names their results speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.i18n import in_language
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within
from lms.people.models import Person, SchoolClass
from lms.places.models import Place
from lms.quizzes.models import Item, Paper, PaperVersion, Sitting, Study

MOST_PAPERS = 200


def studies() -> Listing:
    return listing(
        select(Study)
        .join(Study.maker)
        .options(contains_eager(Study.maker))
        .where(within(Study.path, "study.make")),
        sorts={"when": Study.created_at, "title": Study.title, "who": Person.sort_key},
        filters={},
        default="-when",
    )


def study_or_404(study_id: UUID) -> Study:
    row = db.session.get(Study, study_id, options=[joinedload(Study.maker)])
    if row is None or not may("study.make", row.path):
        raise NotYours
    return row


def sat_papers() -> Sequence[Paper]:
    """Papers that were given within one's places, the newest first."""
    given = (
        select(PaperVersion.paper_id)
        .join(Sitting, Sitting.version_id == PaperVersion.id)
        .where(within(Sitting.path, "study.make"), Sitting.withdrawn_at.is_(None))
    )
    return db.session.scalars(
        select(Paper).where(Paper.id.in_(given)).order_by(Paper.created_at.desc()).limit(MOST_PAPERS)
    ).all()


def titles_of(papers: Iterable[str]) -> list[str]:
    rows = db.session.scalars(select(Paper).where(Paper.id.in_([UUID(one) for one in papers])))
    return sorted(row.title for row in rows)


def item_titles(items: Iterable[str]) -> dict[str, str]:
    rows = db.session.execute(select(Item.id, Item.title).where(Item.id.in_([UUID(one) for one in items])))
    return {key.hex: title for key, title in rows}


def place_names(keys: Iterable[str]) -> dict[str, str]:
    rows = db.session.scalars(select(Place).where(Place.id.in_([UUID(one) for one in keys])))
    return {row.id.hex: in_language(row) for row in rows}


def class_names(keys: Iterable[str]) -> dict[str, str]:
    rows = db.session.scalars(
        select(SchoolClass)
        .join(SchoolClass.school)
        .options(contains_eager(SchoolClass.school))
        .where(SchoolClass.id.in_([UUID(one) for one in keys]))
    )
    return {row.id.hex: f"{row.name} · {in_language(row.school)}" for row in rows}


def person_names(keys: Iterable[str]) -> dict[str, str]:
    rows = db.session.scalars(select(Person).where(Person.id.in_([UUID(one) for one in keys])))
    return {row.id.hex: row.short_name for row in rows}
