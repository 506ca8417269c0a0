"""Gold sets: words with forms that must be found by them and forms that must not, asked of a real index."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lms.library.records import Found, Record

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    lemma: str
    must: frozenset[str]
    must_not: frozenset[str]
    unscored: frozenset[str] = frozenset()


@dataclass
class Score:
    found: int = 0
    wanted: int = 0
    wrong: int = 0
    trapped: int = 0
    traps: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.wanted

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)

    @property
    def trap_share(self) -> float:
        return self.trapped / max(1, self.traps)

    def __str__(self) -> str:
        told = f"recall {self.recall:.3f}, precision {self.precision:.3f}, traps {self.trap_share:.3f}"
        return "\n".join([told, *self.notes])


def entries(file: Path, unscored: Path | None = None) -> list[Entry]:
    left_out = {row[0]: _forms(row[1]) for row in _rows(unscored)} if unscored else {}
    return [
        Entry(lemma, _forms(must), _forms(must_not), left_out.get(lemma, frozenset()))
        for lemma, must, must_not in _rows(file)
    ]


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t"))[1:]


def _forms(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(",")))


def texts(gold: list[Entry], language: str | None) -> list[Record]:
    """Every form of the set is a document of its own."""
    forms = {form for one in gold for form in {one.lemma} | one.must | one.must_not | one.unscored}
    return [Record(form, "", form, language) for form in sorted(forms)]


def judged(
    gold: list[Entry], search: Callable[[str, int], Found], typed: Callable[[str], str] = str
) -> Score:
    score = Score()
    for one in gold:
        found = set(search(typed(one.lemma), 1000).ids)
        wrong = found - one.must - one.unscored - {one.lemma}
        score.found += len(found & one.must)
        score.wanted += len(one.must)
        score.wrong += len(wrong)
        score.trapped += len(found & one.must_not)
        score.traps += len(one.must_not)
        if wrong or one.must - found:
            score.notes.append(f"{one.lemma}: lacks {sorted(one.must - found)}, shows {sorted(wrong)}")
    return score
