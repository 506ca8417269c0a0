"""The embedded index under changes: replaced, removed, rebuilt, written and read at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from lms.library.index import Index
from lms.library.records import Record

pytestmark = pytest.mark.pure


def test_a_record_is_replaced_and_removed(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([Record("1", "", "қысым"), Record("2", "", "қысымды")])
    index.add([Record("1", "", "жылдамдық")])
    assert index.search("қысым").ids == ("2",)
    assert index.search("жылдамдық").ids == ("1",)
    index.remove(["2"])
    assert index.search("қысым").ids == ()
    assert index.count() == 1


def test_another_process_sees_what_was_added(tmp_path: Path) -> None:
    one, other = Index(tmp_path), Index(tmp_path)
    one.add([Record("1", "", "қысым")])
    assert other.search("қысымның").ids == ("1",)


def test_a_writer_that_fails_leaves_the_index_as_it_was_and_unlocked(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([Record("1", "", "қысым")])
    with pytest.raises(ZeroDivisionError):
        index.add(Record(str(1 // number), "", "қысым") for number in (1, 0))
    index.add([Record("2", "", "қысым")])
    assert index.search("қысым").ids == ("1", "2")


def test_of_two_with_the_same_id_the_last_stays(tmp_path: Path) -> None:
    index = Index(tmp_path)
    assert index.add([Record("1", "", "қысым"), Record("1", "", "жылдамдық")]) == 1
    index.add([Record("1", "", "жарық")])
    index.add([Record("1", "", "күш")])
    assert [index.search(word).ids for word in ("қысым", "жылдамдық", "жарық", "күш")] == [(), (), (), ("1",)]


def test_what_outgrows_memory_is_set_down_and_comes_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many runs, and lists longer than one block: the same found as without."""
    made = [
        Record(str(n), f"сабақ {n % 7}", "қысым " * (1 + n % 3) + f"мектеп үй{n % 90} кітап")
        for n in range(1200)
    ]
    whole, parted = Index(tmp_path / "whole"), Index(tmp_path / "parted")
    whole.rebuild(made)
    monkeypatch.setattr("lms.library.index._MEMORY", 100_000)
    parted.rebuild(made)
    for asked in ("қысым", "үй17", '"мектеп үй5 кітап"', "қысым -үй3", "сабақ"):
        one, other = whole.search(asked, 2000), parted.search(asked, 2000)
        assert one.total and one == other
    assert whole.search("қысым").total == 1200
    assert not list((tmp_path / "parted").rglob("*.run"))


def test_readers_go_on_with_the_old_index_while_it_is_rebuilt(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([Record("old", "", "қысым")])
    seen: list[tuple[str, ...]] = []

    def fresh() -> list[Record]:
        seen.append(index.search("қысым").ids)
        return [Record("new", "", "қысым")]

    index.rebuild(record for _ in range(1) for record in fresh())
    assert seen == [("old",)]
    assert index.search("қысым").ids == ("new",)


def write_and_read(index: Index, writers: int, readers: int, each: int) -> list[BaseException]:
    """Everybody at once; what went wrong comes back."""
    errors: list[BaseException] = []
    done = threading.Event()

    def write(writer: int) -> None:
        for number in range(each):
            index.add([Record(f"{writer}-{number}", "Қысым", "сұйықтың қысымы", "kk", {"grade": ("7",)})])

    def read() -> None:
        while not done.is_set():
            found = index.search("қысымды", limit=1000)
            assert found.total == len(found.ids) == len(set(found.ids))

    def guarded(work: object, *args: int) -> None:
        try:
            work(*args)  # type: ignore[operator]
        except BaseException as error:
            errors.append(error)

    pens = [threading.Thread(target=guarded, args=(write, number)) for number in range(writers)]
    eyes = [threading.Thread(target=guarded, args=(read,)) for _ in range(readers)]
    for one in pens + eyes:
        one.start()
    for one in pens:
        one.join()
    done.set()
    for one in eyes:
        one.join()
    return errors


def test_writers_and_readers_at_once_lose_nothing(tmp_path: Path) -> None:
    index = Index(tmp_path)
    assert write_and_read(index, writers=2, readers=3, each=6) == []
    assert index.count() == 12
    assert len(index.search("қысым", limit=100).ids) == 12
