"""Five hundred short texts and the questions they answer, made from our own sentences and the forms of the gold sets.

Which text is about what is known because it was written about it: three points when it treats of everything asked,
two when it is about the one thing asked, one when it only mentions it. Words that merely look alike stand in other texts.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lms.library.records import Record
from tests.lms.library.gold import HERE, Entry, entries
from tests.lms.library.typing import typed

SENTENCES = {
    "kk": [
        "Бүгінгі сабақта {} туралы толық айтылды",
        "Оқушылар дәптерге {} деп белгіледі",
        "Тапсырманың екінші бөлігінде {} қарастырылады",
        "Суретте {} анық көрінеді",
        "Топпен жұмыс кезінде {} талқыланды",
        "Үй жұмысы: {} және оған мысал",
        "Бейнебаян {} жайында қысқаша баяндайды",
        "Сөздікте {} түсіндірілген",
    ],
    "ru": [
        "На занятии подробно говорили: {} и примеры к этому",
        "В тетради нужно отметить {} отдельно",
        "Во второй части задания есть {} и рисунок",
        "На рисунке хорошо видно: {} слева",
        "Во время работы в группах обсуждали {} вместе",
        "Домашнее задание: {} и ответ на вопрос",
        "Видео коротко объясняет {} простыми словами",
        "В словаре отдельно даётся {} с пояснением",
    ],
}
FILLERS = {
    "kk": "Ескі хат бетінде жақсы мысал бар. Содан соң бәрі далаға шықты. Әркім өз ойын ортаға салды.",
    "ru": "На старом листе был хороший пример. Потом все вышли на улицу. Каждый сказал своё мнение.",
}


@dataclass(frozen=True)
class Judged:
    typed: str
    language: str
    kind: str
    gains: dict[str, int]  # by document


@dataclass(frozen=True)
class Collection:
    records: list[Record]
    questions: list[Judged]


def collection(seed: int = 2026, per_language: int = 250) -> Collection:
    source = random.Random(seed)
    kazakh = entries(HERE / "gold_kazakh_nouns.tsv") + entries(HERE / "gold_kazakh_verbs.tsv")
    records: list[Record] = []
    questions: list[Judged] = []
    for language, gold in (("kk", kazakh), ("ru", entries(HERE / "gold_russian.tsv"))):
        lemmas = [one for one in gold if len(one.must) >= 4 and one.lemma != "журнал"]
        source.shuffle(lemmas)
        about = _about(source, lemmas[:30], per_language, language)
        records += [_text(source, name, subjects, language) for name, subjects in about.items()]
        questions += _questions(source, lemmas[:30], about, language)
    return Collection(records, questions)


def _about(
    source: random.Random, lemmas: list[Entry], count: int, language: str
) -> dict[str, tuple[Entry, Entry]]:
    """Each text is about one word and mentions another."""
    pairs = [(lemmas[n % len(lemmas)], source.choice(lemmas)) for n in range(count)]
    return {
        f"{language}{n}": (main, side if side is not main else lemmas[(n + 7) % len(lemmas)])
        for n, (main, side) in enumerate(pairs)
    }


def _text(source: random.Random, name: str, subjects: tuple[Entry, Entry], language: str) -> Record:
    main, side = subjects
    frames = source.sample(SENTENCES[language], 6)
    lookalikes = sorted(main.must_not | side.must_not)
    words = [_form(source, main) for _ in range(3)] + [_form(source, side)]
    if lookalikes:
        words.append(source.choice(lookalikes))
    told = [frame.format(word) for frame, word in zip(frames, words, strict=False)]
    source.shuffle(told)
    title = frames[-1].format(_form(source, main)) if source.random() < 0.3 else told[0]
    return Record(name, title, ". ".join([*told, FILLERS[language]]), language)


def _form(source: random.Random, entry: Entry) -> str:
    return source.choice(sorted(entry.must | {entry.lemma}))


def _questions(
    source: random.Random, lemmas: list[Entry], about: dict[str, tuple[Entry, Entry]], language: str
) -> list[Judged]:
    ways = ["", "in Russian letters", "in everyday Latin"] if language == "kk" else [""]
    asked = []
    for number, one in enumerate(lemmas):
        gains = {name: 2 if main is one else 1 for name, (main, side) in about.items() if one in (main, side)}
        way = ways[number % len(ways)]
        asked.append(Judged(typed(way, one.lemma), language, way or "one word", gains))
    for number in source.sample(sorted(about), 15):
        main, side = about[number]
        gains = {name: _both(main, side, pair) for name, pair in about.items()}
        kind = source.choice(["two words", "two forms"])
        words = [_form(source, one) if kind == "two forms" else one.lemma for one in (main, side)]
        asked.append(Judged(" ".join(words), language, kind, {n: gain for n, gain in gains.items() if gain}))
    return asked


def _both(main: Entry, side: Entry, pair: tuple[Entry, Entry]) -> int:
    return 3 if set(pair) == {main, side} else 1 if pair[0] in (main, side) else 0


def ndcg(ids: Sequence[str], gains: dict[str, int], depth: int = 10) -> float:
    def total(values: Sequence[int]) -> float:
        return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(values[:depth]))

    return total([gains.get(one, 0) for one in ids]) / total(sorted(gains.values(), reverse=True))


def recall(ids: Sequence[str], gains: dict[str, int], depth: int = 10) -> float:
    """How much of the best that could stand on the first page stands there: as many as fit, best grades only."""
    best = max(gains.values())
    wanted = {name for name, gain in gains.items() if gain == best}
    return len(wanted & set(ids[:depth])) / min(depth, len(wanted))


def measured(
    questions: Sequence[Judged], search: Callable[[str], Sequence[str]]
) -> dict[str, tuple[float, float]]:
    """(nDCG@10, recall@10) by language."""
    results: dict[str, list[tuple[float, float]]] = {}
    for one in questions:
        ids = search(one.typed)
        results.setdefault(one.language, []).append((ndcg(ids, one.gains), recall(ids, one.gains)))
    return {
        language: (sum(a for a, _ in rows) / len(rows), sum(b for _, b in rows) / len(rows))
        for language, rows in results.items()
    }
