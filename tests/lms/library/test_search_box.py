"""What people, and people who mean harm, type into a search box."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from lms.library.index import Index
from lms.library.language.russian import russian_keys
from lms.library.records import Record
from lms.library.terms import others

pytestmark = pytest.mark.pure
TEXTS = [
    Record("kk", "Мектеп кітапханасы", "Балалар кітап оқиды. Сұйықтың қысымы тереңдікке байланысты.", "kk",
           {"subject": ("physics",), "grade": ("7", "8")}, {"title": "1"}),
    Record("ru", "Школьная библиотека", "Дети читают книги. Давление жидкости зависит от глубины.", "ru",
           {"subject": ("physics",), "grade": ("7",)}, {"title": "2"}),
    Record("both", "Словарь", "мектеп — школа\nкітап — книга", None, {"subject": ("kazakh",), "grade": ("5",)}, {"title": "3"}),
]  # fmt: skip
NASTY = [
    "", " ", "\t\n", "*", "?", "*:*", "к*", "?????", "мект*", "id:kk", "facets:subject=physics", "body:*", "[а TO я]",
    "{* TO *}", "/.*/", "а~100", "^^^^", "((((((((((", "(" * 5000, ")" * 5000, "\"", "\"\"\"", "'; DROP TABLE library_texts; --",
    "%' OR '1'='1", "<script>alert(1)</script>", "&lt;b&gt;", "{{7*7}}", "${jndi:x}", "../../etc/passwd", "\0\0", "\ud800", "\udfff\ud800",
    "\u202e\u202d\u200f", "\u200b" * 500, "🎓🎓", "-", "- - -", "-мектеп", "-\"мектеп кітап\"", "NOT мектеп-қа жоқсөз", "\\", "\\'", "a" * 10_000,
    "\"" * 10_000, "ғ" * 10_000, "(a OR " * 1500, "\u0301" * 10_000, ":::::", "!!", "&|!<->", "<->", "zzzz AND qqqq",
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index(tmp_path_factory.mktemp("index"))
    index.rebuild(TEXTS)
    return index


@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_nothing_is_found_and_nothing_breaks(index: Index, typed: str) -> None:
    began = time.process_time()
    assert index.search(typed).ids == ()
    assert time.process_time() - began < 1


def test_ten_thousand_characters_of_words_are_answered_in_time(index: Index) -> None:
    for typed in (
        "мектеп " * 1500,
        "китап қысымы жоқ сөздер мектептеріміздегілердің " * 200,
        '"мектеп ' * 1200,
    ):
        began = time.process_time()
        index.search(typed)
        assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "typed, ids",
    [
        ("кітаптар", {"kk", "both", "ru"}),
        ("КІТАП", {"kk", "both", "ru"}),
        ("китап", {"kk", "both", "ru"}),
        ("kitap", {"kk", "both", "ru"}),
        ("кітпа", {"kk", "both", "ru"}),
        ("книгами", {"ru", "both", "kk"}),
        ("книнами", {"ru", "both", "kk"}),
        ("қысым -кітап", {"ru"}),
        ("мектеп -қысым", {"both"}),
        ('"сұйықтың қысымы"', {"kk"}),
        ('"қысымы сұйықтың"', set()),
        ('"сұйық қысым"', {"kk"}),
        ("«давлением жидкостей»", {"ru"}),
        ("и давление в жидкости", {"ru", "kk"}),
        ("<b>давление</b>", {"ru", "kk"}),
        ("кітап\u00ad", {"kk", "both", "ru"}),
        ("кiтап", {"kk", "both", "ru"}),
        ("сұйық қысымдарымыздағы", {"kk", "ru"}),
    ],
)
def test_what_was_meant_is_found(index: Index, typed: str, ids: set[str]) -> None:
    assert set(index.search(typed).ids) == ids


def test_what_is_in_the_language_of_the_question_comes_first(index: Index) -> None:
    assert index.search("қысым").ids == ("kk", "ru")
    assert index.search("давление").ids == ("ru", "kk")


def test_a_term_of_two_words_is_one_thing(index: Index) -> None:
    """жидкость stands for сұйық wherever it stands; жай is обыкновенный only beside бөлшек."""
    assert others(["жай", "бөлшектер"]) == {
        "жай": frozenset({"r:обыкновенный"}),
        "бөлшектер": frozenset({"r:дробь"}),
    }
    assert others(["жай"]) == {}


def test_everything_can_be_looked_through_in_another_order(index: Index) -> None:
    assert index.browse(order="title").ids == ("kk", "ru", "both")
    assert index.browse(order="title", chosen={"grade": ["7"]}).total == 2
    assert index.browse(limit=1, offset=1, order="title").ids == ("ru",)
    assert index.search("кітап", order="title").ids == ("kk", "ru", "both")
    assert index.browse().facets["subject"] == {"physics": 2, "kazakh": 1}


def test_the_title_counts_more_than_the_text(index: Index) -> None:
    assert index.search("мектеп кітап").ids[0] == "kk"


def test_how_the_question_was_read_is_told(index: Index) -> None:
    assert index.search("kitap").read_as == (("kitap", "кітап"),)
    assert index.search("кітап").read_as == ()


def test_facets_are_counted_over_everything_found_and_narrow_it(index: Index) -> None:
    found = index.search("кітап книга", limit=1)
    assert found.total == 3 and len(found.ids) == 1
    assert found.facets["subject"] == {"physics": 2, "kazakh": 1}
    assert found.facets["grade"] == {"7": 2, "8": 1, "5": 1}
    assert index.search("кітап", chosen={"grade": ["5", "8"], "subject": ["kazakh"]}).ids == ("both",)
    assert index.search("кітап", chosen={"grade": []}).ids == ()


def test_pages_of_results_follow_each_other(index: Index) -> None:
    whole = index.search("кітап книга").ids
    assert tuple(one for page in range(3) for one in index.search("кітап книга", 1, page).ids) == whole


@pytest.mark.parametrize(
    "typed, words",
    [
        ("кіт", ["кітапханасы"]),
        ("кит", ["кітапханасы"]),
        ("қысым мек", ["қысым мектеп"]),
        ("сло", ["словарь"]),
        ("мектеп ", []),
        ("", []),
        ("*", []),
        ("жоқ", []),
    ],
)
def test_the_last_word_is_completed_from_titles(index: Index, typed: str, words: list[str]) -> None:
    assert index.suggestions(typed) == words


def test_threads_do_not_disturb_each_other_in_reading_words() -> None:
    """Words the dictionary lacks are cut by a stemmer that has a word of its own in hand."""
    words = [
        f"{first}{second}{end}" for first in ("зюбр", "фырк", "гмыкл") for second in ("ант", "енг", "ощъ", "улип")
        for end in ("ами", "ившиеся", "ость", "ейшими", "ыми", "ой", "ется")
    ]  # fmt: skip
    cut = russian_keys.__wrapped__
    alone = [cut(word) for word in words]
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(cut, words * 20)) == alone * 20
    finally:
        sys.setswitchinterval(pause)
