"""A sealed paper: fixed and delivered days before, opened by the code that is said at the start."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from lms.core import clock, ids, sealing
from lms.core.db import db
from lms.quizzes import locking
from lms.quizzes.models import SealedPaper, Sitting

PURPOSE = "sealed paper"
CODE_SHOWS = timedelta(minutes=15)  # before the beginning: earlier nobody needs it


def seal(sitting: Sitting) -> None:
    sitting.sealed = True
    sitting.seal = {
        "salt": locking.new_salt().hex(),
        "part": sealing.seal(locking.new_part().hex(), PURPOSE).hex(),
    }


def part_of(sitting: Sitting) -> bytes:
    """The half of the key that leaves only when the test is open and the code was right."""
    return bytes.fromhex(sealing.unseal(bytes.fromhex(sitting.seal["part"]), PURPOSE) or "")


def code_shows(sitting: Sitting) -> bool:
    """May the teacher read the code on a page yet?"""
    return not sitting.sealed or sitting.opens_at is None or clock.now() >= sitting.opens_at - CODE_SHOWS


def prepared(sitting: Sitting, person_id: UUID, questions: list[dict[str, Any]], variant: int) -> SealedPaper:
    """What this pupil will be asked, the same for every call: the first one counts."""
    dialect = sqlite if db.session.connection().dialect.name == "sqlite" else postgresql
    row = {
        "id": ids.new_id(), "created_at": clock.now(), "sitting_id": sitting.id, "person_id": person_id,
        "variant": variant, "questions": questions,
    }  # fmt: skip
    table: Any = SealedPaper.__table__
    db.session.execute(dialect.insert(table).values(row).on_conflict_do_nothing())
    found = paper_of(sitting.id, person_id)
    assert found is not None
    return found


def paper_of(sitting_id: UUID, person_id: UUID) -> SealedPaper | None:
    return db.session.scalar(
        select(SealedPaper).where(SealedPaper.sitting_id == sitting_id, SealedPaper.person_id == person_id)
    )


def papers_of(sitting_id: UUID) -> dict[UUID, SealedPaper]:
    """By pupil: those that are fixed already."""
    rows = db.session.scalars(select(SealedPaper).where(SealedPaper.sitting_id == sitting_id))
    return {row.person_id: row for row in rows}


def parcel(sitting: Sitting, row: SealedPaper, markup: str) -> dict[str, Any]:
    """What the browser keeps: useless without the code and the part kept here."""
    salt = bytes.fromhex(sitting.seal["salt"])
    about = f"{sitting.id.hex}.{row.person_id.hex}"
    nonce, box = locking.closed(markup, locking.key_of(sitting.code, salt, part_of(sitting)), about)
    row.fetched_at = row.fetched_at or clock.now()
    return {
        "paper": row.id.hex, "about": about, "salt": sitting.seal["salt"], "cost": locking.COST, "block": locking.BLOCK,
        "nonce": nonce.hex(), "box": base64.b64encode(box).decode(),
    }  # fmt: skip
