"""One package over all the classes it was given to: a line for each time, with what has come of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core.listing import Listing, listing
from lms.core.permissions import within
from lms.people.models import Person
from lms.player.models import Assignment, AssignmentTarget, Package, Registration


def given_of(package: Package) -> Listing:
    """(assignment, pupils who have begun, completed, passed, failed, mean of their best scores), the newest first."""
    best = _best().subquery()
    sums = (
        select(
            best.c.assignment_id,
            func.count().label("begun"),
            func.sum(best.c.completed).label("completed"),
            func.sum(best.c.passed).label("passed"),
            func.sum(best.c.failed).label("failed"),
            func.avg(best.c.score).label("score"),
        )
        .group_by(best.c.assignment_id)
        .subquery()
    )
    statement: Any = (
        select(
            Assignment,
            func.coalesce(sums.c.begun, 0),
            func.coalesce(sums.c.completed, 0),
            func.coalesce(sums.c.passed, 0),
            func.coalesce(sums.c.failed, 0),
            sums.c.score,
        )
        .outerjoin(sums, sums.c.assignment_id == Assignment.id)
        .join(Assignment.giver)
        .options(
            contains_eager(Assignment.giver),
            joinedload(Assignment.version),
            selectinload(Assignment.targets).joinedload(AssignmentTarget.school_class),
            selectinload(Assignment.targets).joinedload(AssignmentTarget.person),
        )
        .where(Assignment.package_id == package.id, within(Assignment.path, "results.see"))
    )
    sorts = {"when": Assignment.created_at, "who": Person.sort_key, "score": sums.c.score}
    return listing(statement, sorts=sorts, default="-when")


def _best() -> Any:
    """One line for each pupil of an assignment: the best of their attempts."""
    passed = func.max(case((Registration.success == "passed", 1), else_=0))
    done = func.max(case((Registration.finished_at.is_not(None), 1), else_=0))
    failed = func.max(case((Registration.success == "failed", 1), else_=0))
    return (
        select(
            Registration.assignment_id,
            done.label("completed"),
            passed.label("passed"),
            case((passed == 0, failed), else_=0).label("failed"),
            func.max(Registration.score).label("score"),
        )
        .where(Registration.mode == "normal", Registration.assignment_id.is_not(None))
        .group_by(Registration.assignment_id, Registration.person_id)
    )
