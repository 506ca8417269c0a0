"""PostgreSQL finds what the embedded index finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from lms.library.index import Index
from lms.library.postgres import PostgresIndex
from lms.library.records import Record
from tests.conftest import POSTGRES
from tests.lms.library.gold import texts
from tests.lms.library.test_gold import SETS
from tests.lms.library.test_search_box import NASTY, TEXTS
from tests.lms.library.typing import typed

GOLD = [one for gold, _ in SETS.values() for one in gold]
WAYS = ("in Russian letters", "in Latin of 2021", "in everyday Latin")


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresIndex]:
    engine = create_engine(POSTGRES)
    with engine.connect() as connection:
        index = PostgresIndex(connection)
        index.make(temporary=True)
        yield index
    engine.dispose()


@pytest.fixture
def both(postgres: PostgresIndex, tmp_path: Path) -> tuple[PostgresIndex, Index]:
    return postgres, Index(tmp_path)


def fill(both: tuple[PostgresIndex, Index], records: list[Record]) -> None:
    postgres, index = both
    postgres.remove([row.id for row in postgres.connection.exec_driver_sql("SELECT id FROM library_texts")])
    postgres.add(records)
    postgres.count_keys()
    index.rebuild(records)


if POSTGRES:

    def test_the_same_forms_are_found(both: tuple[PostgresIndex, Index]) -> None:
        fill(both, [record for gold, language in SETS.values() for record in texts(gold, language)])
        for number, one in enumerate(GOLD):
            for way in ("", WAYS[number % len(WAYS)]):
                asked = typed(way, one.lemma)
                here, there = (set(engine.search(asked, 1000).ids) for engine in both)
                assert here == there, asked

    def test_the_same_texts_facets_and_readings_are_found(both: tuple[PostgresIndex, Index]) -> None:
        fill(both, TEXTS)
        for asked in (
            "kitap",
            "кітап книга",
            '"сұйық қысымы"',
            "мектеп -қысым",
            "давление и жидкость",
            "кітпа",
        ):
            here, there = (engine.search(asked) for engine in both)
            assert (set(here.ids), here.facets, here.read_as) == (set(there.ids), there.facets, there.read_as)
            assert here.total == there.total > 0
            narrow = [engine.search(asked, chosen={"grade": ["7", "5"]}).total for engine in both]
            assert narrow[0] == narrow[1]

    def test_nasty_questions_find_nothing_there_either(both: tuple[PostgresIndex, Index]) -> None:
        fill(both, TEXTS)
        assert [asked for asked in NASTY if both[0].search(asked).ids] == []

    def test_a_record_is_replaced(both: tuple[PostgresIndex, Index]) -> None:
        fill(both, TEXTS)
        both[0].add([Record("kk", "", "басқа сөз", "kk")])
        both[0].count_keys()
        assert "kk" not in both[0].search("қысым").ids
        assert both[0].search("сөздер").ids == ("kk",)

    def test_a_book_too_long_for_one_vector_is_found_by_its_beginning(
        both: tuple[PostgresIndex, Index],
    ) -> None:
        words = " ".join(
            f"{first}{second}сөз{number}"
            for number in range(700)
            for first in "абвгд"
            for second in "жзиклмнопр"
        )
        fill(both, [Record("book", "Қысым", f"{words} соңында", "kk")])
        assert [engine.search("қысымның ажсөз0").ids for engine in both] == [("book",)] * 2
        assert both[1].search("соңында").ids == ("book",)
