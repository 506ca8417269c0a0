"""The library's search: how well it finds, and how fast among 100,000 records of 200 words.

LMS_BENCH_RECORDS=2000 makes the second part short; LMS_BENCH_FOLDER keeps what was built, so that the next time only measures.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

from lms.library.index import Index
from lms.library.records import Record
from tests.lms.library.baselines import BASELINES, searcher
from tests.lms.library.gold import HERE, entries, judged, texts
from tests.lms.library.judged import collection, measured
from tests.lms.library.typing import typed

RECORDS = int(os.environ.get("LMS_BENCH_RECORDS", "100000"))
WORDS = 200
SUBJECTS = ("physics", "algebra", "history", "kazakh", "biology", "chemistry", "geography", "informatics")
_BACK = ("", "ы", "лар", "дың", "ға", "да", "ларының", "сында", "мен", "дан", "ады", "ған", "у", "ып")
_FRONT = ("", "і", "лер", "дің", "ге", "де", "лерінің", "сінде", "мен", "ден", "еді", "ген", "у", "іп")
_RUSSIAN = ("", "а", "у", "ом", "ы", "ов", "ами", "ый", "ого", "ить", "ение")


def main() -> None:
    _finding()
    _ranking()
    _speed(RECORDS)


def _finding() -> None:
    kazakh = entries(HERE / "gold_kazakh_nouns.tsv") + entries(HERE / "gold_kazakh_verbs.tsv")
    ways = ("as it is written", "in Russian letters", "in Latin of 2021", "in everyday Latin")
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        index.rebuild(texts(kazakh, "kk"))
        for way in ways:
            score = judged(kazakh, index.search, lambda word, way=way: typed(way, word))  # type: ignore[misc]
            print(f"Kazakh {way:19} recall {score.recall:.3f}  precision {score.precision:.3f}")
        russian = entries(HERE / "gold_russian.tsv")
        index.rebuild(texts(russian, "ru"))
        score = judged(russian, index.search)
        print(f"Russian {'':18} recall {score.recall:.3f}  precision {score.precision:.3f}")


def _ranking() -> None:
    made = collection()
    print(
        f"{len(made.records)} texts, {len(made.questions)} questions: nDCG@10 and recall@10, Kazakh · Russian"
    )
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        index.rebuild(made.records)
        rows = {"ours": measured(made.questions, lambda asked: index.search(asked).ids)}
    rows |= {name: measured(made.questions, searcher(made.records, cut)) for name, cut in BASELINES.items()}
    for name, figures in rows.items():
        print(f"{name:13}", " · ".join(f"{ndcg:.3f} {recall:.3f}" for ndcg, recall in figures.values()))


def vocabulary(language: str, size: int = 15_000) -> list[list[str]]:
    """Stems that look like words, each with some forms; what is common and what is rare follows Zipf."""
    source = random.Random(language)
    kinds = [("қғжстбмк", "аоұы", _BACK), ("кгжстбмн", "еөүі", _FRONT)]
    stems = []
    for number in range(size):
        first, rest, endings = kinds[number % 2] if language == "kk" else ("прствклд", "аоуе", _RUSSIAN)
        stem = "".join(source.choice(first) + source.choice(rest) for _ in range(source.choice((1, 2, 2, 3))))
        stems.append([stem + source.choice("рлнмз") + ending for ending in endings])
    return stems


def drawn(source: random.Random, language: str, count: int) -> list[str]:
    stems = STEMS[language]
    return [source.choice(forms) for forms in source.choices(stems, cum_weights=WEIGHTS, k=count)]


STEMS = {language: vocabulary(language) for language in ("kk", "ru")}
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(15_000)))


def records(count: int, seed: int = 7) -> Iterator[Record]:
    source = random.Random(seed)
    for number in range(count):
        language = ("kk", "ru")[number % 2]
        words = drawn(source, language, WORDS)
        facets = {
            "subject": (source.choice(SUBJECTS),),
            "grade": (str(source.randint(1, 11)),),
            "language": (language,),
            "kind": (("video", "test", "textbook")[number % 3],),
        }
        yield Record(str(number), " ".join(words[:5]), " ".join(words[5:]), language, facets)


def percentile(times: list[float], share: float = 0.95) -> float:
    return sorted(times)[int(len(times) * share)]


def timed(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    times = []
    for asked in questions:
        began = time.perf_counter()
        ask(asked)
        times.append((time.perf_counter() - began) * 1000)
    return times


def questions(count: int, seed: int = 11) -> list[str]:
    """One to three words as people ask: now common, now rare, each in some form."""
    source = random.Random(seed)
    return [" ".join(drawn(source, ("kk", "ru")[n % 2], source.choice((1, 2, 2, 3)))) for n in range(count)]


@contextmanager
def built(count: int) -> Iterator[Path]:
    """A folder with an index of so many records: the one that was kept, or a fresh one."""
    kept = os.environ.get("LMS_BENCH_FOLDER")
    if kept:
        folder = Path(kept) / str(count)
        if not (folder / "text").exists():
            _build(folder, count)
        yield folder
        return
    with tempfile.TemporaryDirectory() as fresh:
        _build(Path(fresh), count)
        yield Path(fresh)


def _build(folder: Path, count: int) -> None:
    size = 0

    def counted() -> Iterator[Record]:
        nonlocal size
        for record in records(count):
            size += len(f"{record.title}{record.text}".encode())
            yield record

    folder.mkdir(parents=True, exist_ok=True)
    began, busy = time.perf_counter(), time.process_time()
    Index(folder).rebuild(counted())
    taken, busy = time.perf_counter() - began, time.process_time() - busy
    (folder / "text").write_text(str(size), "ascii")
    print(f"{count} records in {taken:.0f} s ({count / taken:.0f}/s; {busy:.0f} s of a processor)")


def _speed(count: int) -> None:
    with built(count) as folder:
        index, size = Index(folder), int((folder / "text").read_text("ascii"))
        stored = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"index {stored / size:.2f} × the text")
        began = time.perf_counter()
        index.search("мектеп")
        print(f"first question {time.perf_counter() - began:.1f} s")
        times = timed(index.search, questions(200))
        print(f"search with facets: median {percentile(times, 0.5):.0f} ms, p95 {percentile(times):.0f} ms")
        letters = [asked[:length] for asked in questions(100, 13) for length in (2, 3, 5)]
        times = timed(index.suggestions, letters)
        print(f"suggestions: median {percentile(times, 0.5):.1f} ms, p95 {percentile(times):.1f} ms")


if __name__ == "__main__":
    main()
