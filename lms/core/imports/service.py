"""Verbs on runs: draft from a file, confirm, undo, throw away. All flush; the edge commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.imports.findings import Finding
from lms.core.imports.kinds import ImportKind, Judged, kind_named
from lms.core.imports.models import VERDICTS, ImportLine, ImportRun
from lms.core.imports.trace import Trace, take_back
from lms.core.sealing import seal, unseal

PURPOSE = "import"


def draft(kind: ImportKind, data: bytes, file_name: str, place_id: UUID, path: str, asked_by: tuple[UUID | None, str] = (None, "")) -> ImportRun:  # fmt: skip
    """Reads and judges; keeps rows and findings, touches nothing else. Raises SheetRefused for the whole file."""
    reading = kind.read(data)
    kind.judge(place_id, [row for row in reading.rows if row.verdict != "bad"])
    run = ImportRun(
        kind=kind.name,
        file_name=file_name[-200:],
        asked_by_id=asked_by[0],
        asked_by_name=asked_by[1],
        place_id=place_id,
        place_path=path,
        counts=_counts(reading.rows),
        notes=[one.kept() for one in reading.notes],
    )
    db.session.add(run)
    db.session.flush()
    _keep_lines(run, kind, reading.rows)
    return run


def confirm(run: ImportRun, kind: ImportKind) -> bool:
    """False when the world has moved since the preview: then the preview is new and nothing was done."""
    if run.state != "draft" or run.place_id is None:
        raise Refused(_("This import has been decided already."))
    rows, before = _read_again(run, kind)
    kind.judge(run.place_id, rows)
    if any(row.verdict != before[row.number] for row in rows):
        _keep_anew(run, kind, rows)
        return False
    trace = Trace()
    kind.carry_out(run.place_id, [row for row in rows if row.verdict in ("new", "changed")], trace)
    run.made = trace.kept()
    run.state, run.confirmed_at = "confirmed", clock.now()
    _forget_secrets(run, kind)
    audit.record("import.confirmed", run, path=run.place_path, kind=run.kind, counts=run.counts)
    return True


def undo(run: ImportRun) -> None:
    if run.state != "confirmed":
        raise Refused(_("Only an import that was confirmed can be undone."))
    kind = kind_named(run.kind)
    if kind:
        kind.taking_back(run.made)
    take_back(run.made)
    run.state, run.undone_at = "undone", clock.now()
    audit.record("import.undone", run, path=run.place_path, kind=run.kind, counts=run.counts)


def throw_away(run: ImportRun) -> None:
    if run.state != "draft":
        raise Refused(_("This import has been decided already."))
    db.session.execute(delete(ImportLine).where(ImportLine.run_id == run.id))
    db.session.delete(run)


def _counts(rows: Sequence[Judged]) -> dict[str, int]:
    return {name: count for name, count in Counter(row.verdict for row in rows).items() if name in VERDICTS}


def _keep_lines(run: ImportRun, kind: ImportKind, rows: Sequence[Judged]) -> None:
    lines = [
        {
            "id": ids.new_id(),
            "created_at": clock.now(),
            "run_id": run.id,
            "number": row.number,
            "verdict": row.verdict,
            "given": _sealed(row.given, kind.secrets),
            "findings": [_without_secret(one, kind.secrets).kept() for one in row.findings],
        }
        for row in rows
    ]
    for start in range(0, len(lines), 1000):
        db.session.execute(insert(ImportLine), lines[start : start + 1000])


def _keep_anew(run: ImportRun, kind: ImportKind, rows: Sequence[Judged]) -> None:
    bad_before = run.count("bad")
    numbers = [row.number for row in rows]
    for start in range(0, len(numbers), 500):
        part = ImportLine.number.in_(numbers[start : start + 500])
        db.session.execute(delete(ImportLine).where(ImportLine.run_id == run.id, part))
    _keep_lines(run, kind, rows)
    counts = _counts(rows)
    run.counts = {**counts, "bad": counts.get("bad", 0) + bad_before}


def _read_again(run: ImportRun, kind: ImportKind) -> tuple[list[Judged], dict[int, str]]:
    kept = db.session.execute(
        select(ImportLine.number, ImportLine.given, ImportLine.verdict)
        .where(ImportLine.run_id == run.id, ImportLine.verdict != "bad")
        .order_by(ImportLine.number)
    ).all()
    rows = [Judged(number, _opened(given, kind.secrets)) for number, given, _verdict in kept]
    return rows, {number: verdict for number, _given, verdict in kept}


def _forget_secrets(run: ImportRun, kind: ImportKind) -> None:
    if not kind.secrets:
        return
    lines = db.session.execute(select(ImportLine.id, ImportLine.given).where(ImportLine.run_id == run.id))
    emptied = [
        {"id": key, "given": {name: "" if name in kind.secrets else text for name, text in given.items()}}
        for key, given in lines
    ]
    if emptied:
        db.session.execute(update(ImportLine), emptied)


def _sealed(given: dict[str, str], secrets: frozenset[str]) -> dict[str, Any]:
    return {
        name: seal(text, PURPOSE).hex() if name in secrets and text else text for name, text in given.items()
    }


def _opened(given: dict[str, str], secrets: frozenset[str]) -> dict[str, str]:
    return {
        name: (unseal(bytes.fromhex(text), PURPOSE) or "") if name in secrets and text else text
        for name, text in given.items()
    }


def _without_secret(finding: Finding, secrets: frozenset[str]) -> Finding:
    return replace(finding, given="") if finding.column in secrets else finding
