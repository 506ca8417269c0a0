"""Text that scanners, PDF and old fonts have damaged is read as it was meant."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lms.library.index import Index
from lms.library.language.letters import mended
from lms.library.records import Record

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "damaged, meant",
    [
        ("бiлiм", "білім"),  # Latin i
        ("жYйе", "жүйе"),  # Latin Y stood for Ү
        ("ҚYРАЛ", "ҚҮРАЛ"),
        ("қəріптер мен əдіс", "қәріптер мен әдіс"),
        ("жаӊа", "жаңа"),
        ("М е к т е п  і ш і н д е сабақ", "Мектеп  ішінде сабақ"),
        ("О қ у ш ы л а р\tкелді", "Оқушылар\tкелді"),
        ("әле-\nуметтік", "әлеуметтік\n"),
        ("қызмет-\r\n  тері", "қызметтері\n"),
        ("бі\u00adлім", "білім"),
        ("бі\u200bлім\ufeff", "білім"),
        ("5\u00a0сынып", "5 сынып"),
        ("и\u0306од", "йод"),  # two signs for one letter
        ("\u202eбілім\u202c", "білім"),
        ("бі\ud800лім", "білім"),
    ],
)
def test_damage_is_mended(damaged: str, meant: str) -> None:
    assert mended(damaged).lower() == meant.lower()


@pytest.mark.parametrize(
    "text",
    [
        "iPhone және Windows",  # Latin words stay
        "Wikipediaда мақала",  # a Latin letter would remain
        "а и б",
        "жаз-күз",  # not at a line's end
        "Ақтөбе-\nАстана пойызы",  # the second part is a name
    ],
)
def test_what_is_whole_stays(text: str) -> None:
    assert mended(text) == text


def test_a_compound_keeps_its_hyphen_when_both_halves_are_words_elsewhere() -> None:
    assert "тау-кен" in mended("тау биік, кен бай\nтау-\nкен өндірісі")
    assert "таукен" in mended("таукен зауыты\nтау биік, кен бай\nтау-\nкен өндірісі")


def test_words_of_damaged_texts_are_found(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([
        Record("latin", "", "бiлiм беру жYйесi", "kk"), Record("spaced", "", "К і т а п х а н а л а р  ашылды", "kk"),
        Record("cut", "", "оқу-\nшылардың жұмысы", "kk"),
    ])  # fmt: skip
    assert index.search("жүйе білім").ids == ("latin",)
    assert index.search("кітапхана").ids == ("spaced",)
    assert index.search("оқушы").ids == ("cut",)


@pytest.mark.parametrize("run", ["а" * 200_000, "a" * 200_000, "аa" * 100_000, "a" * 200_000 + "б"])
def test_one_run_of_letters_takes_no_longer_than_any_text(run: str) -> None:
    """A quarter of a second is a hundred times what it needs; with squares it would be minutes."""
    began = time.process_time()
    mended(run)
    assert time.process_time() - began < 0.25
