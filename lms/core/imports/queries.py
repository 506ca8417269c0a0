"""Questions about runs."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import and_, false, or_, select

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.imports.kinds import ImportKind, all_kinds, kind_named
from lms.core.imports.models import ImportLine, ImportRun
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within


def run_or_404(run_id: UUID) -> tuple[ImportRun, ImportKind]:
    run = db.session.get(ImportRun, run_id)
    kind = kind_named(run.kind) if run else None
    if run is None or kind is None or not may(kind.permission, run.place_path):
        raise NotYours
    return run, kind


def runs_within_reach() -> Listing:
    reachable = [
        and_(ImportRun.kind == kind.name, within(ImportRun.place_path, kind.permission))
        for kind in all_kinds()
    ]
    statement = select(ImportRun).where(or_(false(), *reachable))
    return listing(statement, {"when": ImportRun.id, "file": ImportRun.file_name}, default="-when")


def lines_of(run: ImportRun, verdict: str) -> Listing:
    statement = select(ImportLine).where(ImportLine.run_id == run.id)
    return listing(
        statement,
        {"line": ImportLine.number},
        {"verdict": lambda text: ImportLine.verdict == (verdict or text)},
    )


def bad_lines(run: ImportRun) -> Iterator[ImportLine]:
    return iter(
        db.session.scalars(
            select(ImportLine)
            .where(ImportLine.run_id == run.id, ImportLine.verdict == "bad")
            .order_by(ImportLine.number)
        )
    )
