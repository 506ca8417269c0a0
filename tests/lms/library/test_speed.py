"""The short form of the bench: a thousand records are searched at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lms.library.index import Index
from tests.lms.library.test_index import write_and_read
from tests.load.bench_library import percentile, questions, records

pytestmark = pytest.mark.pure


def busy(work: object, asked: list[str]) -> list[float]:
    """Milliseconds of this process, so that a busy machine does not count."""
    times = []
    for one in asked:
        began = time.process_time()
        work(one)  # type: ignore[operator]
        times.append((time.process_time() - began) * 1000)
    return times


def test_searching_and_suggesting_are_quick(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.rebuild(records(300))
    index.search("мектеп")
    assert percentile(busy(index.search, questions(40))) < 200
    assert percentile(busy(index.suggestions, [one[:3] for one in questions(40)])) < 100


@pytest.mark.soak
def test_four_writers_and_twenty_readers_for_minutes(tmp_path: Path) -> None:
    index = Index(tmp_path)
    assert write_and_read(index, writers=4, readers=20, each=150) == []
    assert index.count() == 600
