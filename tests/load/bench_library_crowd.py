"""The library's search in a crowd: the same found by both engines, four writers and twenty readers, a rebuild below readers.

LMS_BENCH_RECORDS=2000 and LMS_BENCH_MINUTES=0.2 make it short; LMS_TEST_POSTGRES names the database of the second engine.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import create_engine

from lms.library.index import Index
from lms.library.postgres import PostgresIndex
from tests.load.bench_library import RECORDS, built, percentile, questions, records

MINUTES = float(os.environ.get("LMS_BENCH_MINUTES", "5"))
POSTGRES = os.environ.get("LMS_TEST_POSTGRES", "")
WRITERS, READERS, THREADS = 4, 20, 5
BATCH = 10


def main() -> None:
    with built(RECORDS) as folder, tempfile.TemporaryDirectory() as changed:
        if POSTGRES:
            both(Index(folder), RECORDS)
        shutil.copytree(folder, changed, dirs_exist_ok=True)
        crowd(Path(changed), RECORDS, MINUTES * 60)
        rebuilt(Path(changed), RECORDS)


def both(index: Index, count: int) -> None:
    """Sets, counts and readings of two hundred questions, and what PostgreSQL takes for a page of results."""
    with _postgres() as other:
        began = time.perf_counter()
        other.add(records(count))
        other.count_keys()
        print(f"PostgreSQL: {count} records in {time.perf_counter() - began:.0f} s")
        differ, times = 0, []
        for asked in [*questions(150), *(one[:-1] for one in questions(50, 17))]:
            here = index.search(asked, count)
            began = time.perf_counter()
            page = other.search(asked)
            times.append((time.perf_counter() - began) * 1000)
            there = other.search(asked, count)
            same = set(here.ids) == set(there.ids) and here.facets == there.facets == page.facets
            differ += not (same and here.read_as == there.read_as)
        print(f"questions with another answer there: {differ} of 200")
        print(
            f"PostgreSQL, search with facets: median {percentile(times, 0.5):.0f} ms, p95 {percentile(times):.0f} ms"
        )


@contextmanager
def _postgres() -> Iterator[PostgresIndex]:
    engine = create_engine(POSTGRES)
    with engine.connect() as connection:
        index = PostgresIndex(connection)
        index.make(temporary=True)
        yield index
    engine.dispose()


def crowd(folder: Path, count: int, seconds: float) -> None:
    """Writers replace, add and remove, each in a process of its own; then every document is looked for."""
    with ProcessPoolExecutor(WRITERS + READERS // THREADS, get_context("spawn")) as pool:
        pens = [pool.submit(_write, folder, number, count, seconds) for number in range(WRITERS)]
        eyes = [pool.submit(_read, folder, number, seconds) for number in range(READERS // THREADS)]
        added = [one for pen in pens for one in pen.result()]
        times = [one for eye in eyes for one in eye.result()]
    index = Index(folder)
    found = Counter(_all(index))
    lost = [one for one in added if found[one] != 1] + [str(n) for n in range(count) if found[str(n)] != 1]
    print(
        f"{WRITERS} writers and {READERS} readers, {seconds:.0f} s: {len(added)} added, {len(times)} searches, "
        f"lost or doubled {len(lost)}, left over {len(found) - len(added) - count}; "
        f"search p95 {percentile(times):.0f} ms"
    )
    assert not lost and len(found) == len(added) + count


def _all(index: Index) -> Iterator[str]:
    yield from index.browse(10**9, order="").ids


def _write(folder: Path, number: int, count: int, seconds: float) -> list[str]:
    """An id of its own for what is added; of what was there a share of its own is replaced; some are removed again."""
    index, added, made = Index(folder), [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        made += 1
        fresh = [
            type(one)(f"w{number}-{made}-{one.id}", one.title, one.text, one.language, one.facets)
            for one in islice(records(BATCH, seed=1000 * number + made), BATCH)
        ]
        old = [
            type(one)(
                str((WRITERS * (made * BATCH + place) + number) % (count // WRITERS * WRITERS)),
                one.title,
                one.text,
            )
            for place, one in enumerate(fresh[:3])
        ]
        index.add([*fresh, *old])
        index.remove([fresh[-1].id])
        added += [one.id for one in fresh[:-1]]
    return added


def _read(folder: Path, number: int, seconds: float) -> list[float]:
    index, times, errors = Index(folder), [], []
    until = time.monotonic() + seconds

    def read(seed: int) -> None:
        try:
            for asked in _endless(seed):
                if time.monotonic() > until:
                    return
                began = time.perf_counter()
                found = index.search(asked, 20)
                times.append((time.perf_counter() - began) * 1000)
                assert len(found.ids) == len(set(found.ids)) == min(20, found.total)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=read, args=(100 * number + one,)) for one in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if errors:
        raise errors[0]
    return times


def _endless(seed: int) -> Iterator[str]:
    while True:
        yield from questions(100, seed)
        seed += 1000


def rebuilt(folder: Path, count: int) -> None:
    """Readers see the old index whole until the new one stands."""
    index, seen, done = Index(folder), Counter[int](), threading.Event()
    before = index.count()

    def look() -> None:
        reader = Index(folder)
        while not done.is_set():
            seen[reader.count()] += 1
            reader.search("мектеп")
            time.sleep(0.05)

    thread = threading.Thread(target=look)
    thread.start()
    began = time.perf_counter()
    index.rebuild(records(count))
    taken = time.perf_counter() - began
    done.set()
    thread.join()
    print(f"rebuilt in {taken:.0f} s while readers saw {dict(seen)} documents")
    assert set(seen) <= {before, count} and seen[before]


if __name__ == "__main__":
    main()
