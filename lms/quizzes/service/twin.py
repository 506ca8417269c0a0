"""Verbs of the paper twin: sheets for a class, photographs of them, what a person decides, and into the sitting."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.storage.models import Blob
from lms.people.models import Person
from lms.quizzes.composing import balanced
from lms.quizzes.models import AnswerSheet, QuizAttempt, SheetPhoto, Sitting
from lms.quizzes.queries import twin as queries
from lms.quizzes.queries.results import pupils_of
from lms.quizzes.queries.taking import drawn
from lms.quizzes.service import marking, saving, sealed, taking
from lms.quizzes.sheets.code import MOST

MOST_VARIANTS = 8
Paper = tuple[int, list[dict[str, Any]]]  # the variant as it is printed, and its questions


def make_sheets(sitting: Sitting, variants: int) -> int:
    """One for each pupil who has none; neighbours in the list of the class get different variants.

    Of a sealed paper exactly what is delivered to the pupil's computer is printed: should the light go out, the paper on
    the desk is the one in the machine.
    """
    known = {one.person_id: one for one in queries.sheets_of(sitting.id)}
    pupils = pupils_of(sitting)
    papers = _sealed(sitting, pupils, known) if sitting.sealed else _shared(sitting, pupils, variants)
    rows = [
        AnswerSheet(
            sitting_id=sitting.id, person_id=person.id, path=sitting.path, number=secrets.randbelow(MOST - 1) + 1,
            variant=variant, questions=questions,
        )
        for person, (variant, questions) in zip(pupils, papers, strict=True)
        if person.id not in known
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    audit.record("sheets.made", sitting, path=sitting.path, rows=len(rows))
    return len(rows)


def _shared(sitting: Sitting, pupils: Sequence[Person], variants: int) -> list[Paper]:
    if not 1 <= variants <= MOST_VARIANTS:
        raise Refused(_("Choose between 1 and 8 variants."))
    papers = balanced(sitting.version.body, variants, sitting.id.hex)
    return [(place % variants + 1, papers[place % variants]) for place in range(len(pupils))]


def _sealed(sitting: Sitting, pupils: Sequence[Person], known: Mapping[UUID, AnswerSheet]) -> list[Paper]:
    """Fixed here for whoever has not fetched theirs yet. Equal papers are one variant in print."""
    fixed = sealed.papers_of(sitting.id)
    numbers = {json.dumps(one.questions): one.variant for one in known.values()}
    found = []
    for person in pupils:
        row = fixed.get(person.id) or taking.sealed_for(sitting, person.id)
        number = numbers.setdefault(json.dumps(row.questions), len(numbers) + 1)
        found.append((number, row.questions))
    return found


def bring_photos(sitting: Sitting, person_id: UUID, files: Sequence[tuple[str, Blob]]) -> list[SheetPhoto]:
    rows = [
        SheetPhoto(sitting_id=sitting.id, file=blob.digest, name=name[:200], sent_by=person_id)
        for name, blob in files
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def keep_photo(photo: SheetPhoto, pages: Sequence[dict[str, Any]]) -> list[AnswerSheet]:
    """What was read in it; of the same sheet the better photograph counts, line by line."""
    photo.faults = [[place, one["refused"]] for place, one in enumerate(pages, 1) if "refused" in one]
    known = {one.number: one for one in queries.sheets_of(photo.sitting_id)}
    found = []
    for one in pages:
        sheet = known.get(one.get("number", 0))
        if sheet is not None:
            sheet.seen = {**sheet.seen, **_better(sheet.seen, one["lines"])}
            found.append(sheet)
    photo.sheets = len(found)
    photo.state = "read" if found else "refused"
    db.session.flush()
    return found


def _better(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What a person has decided stays, and what was clear is not made doubtful by a worse photograph."""
    known = {place: old.get(place, {"d": "unread"}) for place in new}
    return {
        place: known[place] if known[place].get("by") or (line["d"] and not known[place]["d"]) else line
        for place, line in new.items()
    }


def decide(sheet: AnswerSheet, place: int, marked: Sequence[int]) -> None:
    """A person has looked at the line."""
    line = sheet.seen.get(str(place))
    if line is None:
        raise Refused(_("This line has not been read yet."))
    rest = {name: value for name, value in line.items() if name != "p"}
    sheet.seen = {**sheet.seen, str(place): {**rest, "m": sorted(set(marked)), "d": "", "by": True}}
    db.session.flush()
    audit.record("sheet.decided", sheet, path=sheet.path, line=place + 1)


def into_sitting(sheet: AnswerSheet) -> bool:
    """The answers of a sheet that is whole and clear become an attempt; read anew, they are marked anew."""
    lines = queries.lines_of(sheet)
    if sheet.doubts or len(sheet.seen) < len(lines) or sheet.sitting.published_at is not None:
        return False
    attempt = sheet.attempt or _attempt(sheet)
    if attempt is None:
        return False
    now, epoch = clock.now(), attempt.epoch
    entries = [
        {
            "attempt_id": attempt.id, "epoch": epoch, "seq": first, "number": number, "fields": fields,
            "received_at": now, "written_at": now, "counts": True,
        }
        for first, (number, fields) in enumerate(_fields(sheet), queries.next_seq(attempt))
    ]  # fmt: skip
    if entries:
        saving.journal(entries)
        saving.stand(entries)
    marking.end(attempt, marking.PAPER)
    sheet.attempt_id = attempt.id
    db.session.flush()
    return True


def _attempt(sheet: AnswerSheet) -> QuizAttempt | None:
    """None when the pupil has sat on the screen already: nobody sits twice."""
    before = db.session.scalar(
        select(func.count()).where(
            QuizAttempt.sitting_id == sheet.sitting_id, QuizAttempt.person_id == sheet.person_id
        )
    )
    if before:
        return None
    row = QuizAttempt(
        sitting_id=sheet.sitting_id, person_id=sheet.person_id, path=sheet.path, variant=sheet.variant,
        questions=sheet.questions, left_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _fields(sheet: AnswerSheet) -> list[tuple[int, dict[str, list[str]]]]:
    place, found = 0, []
    for one in drawn(sheet.questions, sheet.sitting.version.body):
        count = len(one.kind.sheet_lines(one.version.content)) if one.number else 0
        if count:
            marks = [sheet.seen[str(line)]["m"] for line in range(place, place + count)]
            found.append((one.number, one.kind.from_sheet(marks)))
            place += count
    return found
