"""What a reader finds: questions, files, and what has to be said about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.quizzes.exchange.files import Files
from lms.quizzes.questions import KINDS, Content

MOST_QUESTIONS = 2000
LEVELS = ("A", "B", "C")
FACTS = ("subject", "grade", "section", "objective", "language", "level")


class FileRefused(Exception):
    """The whole file; `code` says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Note:
    """`refused`: the question did not come along; otherwise it did, but not quite as it was."""

    code: str
    line: int = 0
    name: str = ""
    refused: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Reading:
    questions: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    files: Files = field(default_factory=Files)

    @property
    def refused(self) -> list[Note]:
        return [one for one in self.notes if one.refused]

    def take(self, kind: str, content: Content, line: int, name: str = "", **facts: Any) -> None:
        """A question that is not whole is refused here, with what its kind says about it."""
        if len(self.questions) >= MOST_QUESTIONS:
            raise FileRefused("too_many", most=MOST_QUESTIONS)
        whole = {**KINDS[kind].blank(), **content}
        problems = KINDS[kind].check(whole)
        if problems:
            self.refuse("not_whole", line, name, problems=[str(one) for one in problems])
            return
        self.questions.append({"kind": kind, **_facts(facts), "content": whole})
        self.lines.append(line)

    def refuse(self, code: str, line: int = 0, name: str = "", **facts: Any) -> None:
        self.notes.append(Note(code, line, name, True, facts))

    def note(self, code: str, line: int = 0, name: str = "", **facts: Any) -> None:
        self.notes.append(Note(code, line, name, False, facts))


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Only what a question can have, and only values it may have."""
    found = {name: value for name, value in given.items() if name in FACTS and value not in (None, "")}
    grade = str(found.pop("grade", ""))
    if grade.isdigit() and 0 < int(grade) <= 12:
        found["grade"] = int(grade)
    if found.get("level") not in LEVELS:
        found.pop("level", None)
    if found.get("language") not in ("kk", "ru"):
        found.pop("language", None)
    for name, longest in (("section", 200), ("objective", 40), ("subject", 40)):
        if name in found:
            found[name] = " ".join(str(found[name]).split())[:longest]
    return found
