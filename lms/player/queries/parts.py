"""How a class gets on with the parts of a package: who is through, who has failed, and where they are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import joinedload

from lms.people.models import Person
from lms.player import engine
from lms.player.models import Assignment, Registration
from lms.player.queries.results import attempts_of, counting, records
from scorm.player.registration import Registration as Played


@dataclass
class ClassPart:
    """One activity over the attempts that count, one of each pupil."""

    title: str
    depth: int
    leaf: bool
    begun: int = 0
    passed: int = 0
    failed: int = 0
    completed: int = 0
    tries: int = 0
    scores: list[float] = field(default_factory=list)
    here: list[Person] = field(default_factory=list)  # it is on their screen, or was when they stopped

    @property
    def score(self) -> float | None:
        return sum(self.scores) / len(self.scores) if self.scores else None


@dataclass
class Goal:
    """One objective as the package reported it, over the same attempts."""

    key: str
    part: str
    text: str = ""
    passed: int = 0
    failed: int = 0
    open: int = 0
    scores: list[float] = field(default_factory=list)

    @property
    def score(self) -> float | None:
        return sum(self.scores) / len(self.scores) if self.scores else None


def of_class(assignment: Assignment) -> tuple[list[ClassPart], list[Goal]]:
    """One statement; the parts in the order of the course."""
    rows = _counted(assignment)
    parts: dict[str, ClassPart] = {}
    for row in rows:
        _add(parts, row, engine.played(row))
    return list(parts.values()), goals(rows)


def _counted(assignment: Assignment) -> list[Registration]:
    by_person: dict[UUID, list[Registration]] = {}
    attempts = attempts_of(assignment.id, joinedload(Registration.person), joinedload(Registration.version))
    for row in attempts:
        if row.state is not None:
            by_person.setdefault(row.person_id, []).append(row)
    return [counting(attempts, assignment.counting) for attempts in by_person.values()]


def _add(parts: dict[str, ClassPart], row: Registration, game: Played) -> None:
    facts = game.course.tracking()
    for item in engine.contents(game):
        known = facts.get(item["id"], {})
        part = parts.setdefault(item["id"], ClassPart(item["title"], item["depth"], item["leaf"]))
        _count(part, known, engine.status_of(known))
        if row.place == item["id"] and row.finished_at is None:
            part.here.append(row.person)


def _count(part: ClassPart, known: dict[str, Any], status: str) -> None:
    tries = known.get("attempt_count", 0)
    measure = (known.get("objectives") or [{}])[0].get("measure")
    part.begun += tries > 0
    part.tries += tries
    part.passed += status == "passed"
    part.failed += status == "failed"
    part.completed += status == "completed"
    if measure is not None:
        part.scores.append(measure)


def goals(rows: Sequence[Registration]) -> list[Goal]:
    found: dict[tuple[str, str], Goal] = {}
    for row in rows:
        for (part, key), said in records(row.state or {}, "cmi.objectives.").items():
            one = found.setdefault((part, key), Goal(key, part))
            verdict = said.get("success_status") or said.get("status") or said.get("completion_status", "")
            one.passed += verdict in ("passed", "completed")
            one.failed += verdict == "failed"
            one.open += verdict not in ("passed", "completed", "failed")
            one.text = said.get("description", "") or one.text
            one.scores += _score(said)
    return list(found.values())


def _score(said: dict[str, str]) -> Iterator[float]:
    """SCORM 1.2 has only a raw score, out of a hundred unless it says otherwise."""
    scaled, raw, most = (said.get(f"score.{name}", "") for name in ("scaled", "raw", "max"))
    if scaled:
        yield float(scaled)
    elif raw:
        yield float(raw) / (float(most or 100) or 100)
