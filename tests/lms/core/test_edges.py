"""One commit at the edge; who writes stands in line; what waits for the commit leaves only with it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextvars import Context

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import after_commit, at_commit, db, edge
from lms.places.models import Place
from tests.cast import Cast


def in_a_thread(app: Flask, deed: Callable[[], None], errors: list[BaseException]) -> threading.Thread:
    def work() -> None:
        try:
            with app.app_context():
                deed()
        except BaseException as error:  # shown by the test that waits
            errors.append(error)

    thread = threading.Thread(target=lambda: Context().run(work))
    thread.start()
    return thread


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_what_waits_for_a_commit_is_dropped_with_a_failed_edge(app: Flask) -> None:
    left: list[str] = []
    with pytest.raises(ZeroDivisionError), edge():
        audit.record("tried")
        after_commit(lambda: left.append("mail"))
        raise ZeroDivisionError
    with edge():
        after_commit(lambda: left.append("second mail"))
    assert left == ["second mail"]
    assert entries() == 0


def test_a_savepoint_that_is_rolled_back_takes_its_lines_along(app: Flask) -> None:
    left: list[str] = []
    with edge():
        audit.record("kept")
        after_commit(lambda: left.append("kept"))
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            audit.record("dropped")
            after_commit(lambda: left.append("dropped"))
            raise ZeroDivisionError
        with db.session.begin_nested():
            audit.record("kept too")
    assert list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number))) == [
        "kept",
        "kept too",
    ]
    assert left == ["kept"]


def test_late_things_come_last_in_the_transaction(app: Flask) -> None:
    order: list[str] = []
    with edge():
        at_commit(lambda: order.append("late"), late=True)
        at_commit(lambda: order.append("early"))
        after_commit(lambda: order.append("after"))
    assert order == ["early", "late", "after"]


def test_an_event_that_cannot_leave_does_not_undo_what_was_kept(app: Flask) -> None:
    def broken() -> None:
        raise OSError("no line")

    with edge():
        audit.record("kept")
        after_commit(broken)
    assert entries() == 1


def test_a_reader_that_turns_into_a_writer_is_not_refused(cast: Cast) -> None:
    place = cast.oblast
    assert db.session.scalar(select(Place.name_ru).where(Place.id == place.id))  # a snapshot is taken
    errors: list[BaseException] = []

    def elsewhere() -> None:
        with edge():
            db.session.get_one(Place, place.id).name_ru = "Абайская область"

    in_a_thread(cast.app, elsewhere, errors).join()
    audit.record("looked at")
    db.session.commit()
    assert errors == []
    assert entries() == 1


def test_reading_deciding_and_writing_inside_an_edge_loses_nothing(cast: Cast) -> None:
    """Twenty times "one more" by four at once: a count that was read must not change before it is written."""
    key = cast.oblast.id
    errors: list[BaseException] = []

    def one_more() -> None:
        for _ in range(5):
            with edge():
                place = db.session.scalars(select(Place).where(Place.id == key).with_for_update()).one()
                db.session.refresh(place)
                place.name_ru = str(int(place.name_ru) + 1 if place.name_ru.isdigit() else 1)

    threads = [in_a_thread(cast.app, one_more, errors) for _ in range(4)]
    for thread in threads:
        thread.join()
    assert errors == []
    db.session.expire_all()
    assert db.session.get_one(Place, key).name_ru == "20"


def test_the_chain_holds_when_many_write_at_once(cast: Cast) -> None:
    errors: list[BaseException] = []
    keys = [cast.oblast.id, cast.district.id]
    before = entries()

    def deeds(first: int) -> Callable[[], None]:
        def work() -> None:
            for turn in range(10):
                with edge():
                    # Rows in opposite orders around the note: a lock held early would form a ring here.
                    audit.record("renamed", turn=turn)
                    place = db.session.get_one(Place, keys[(first + turn) % 2], with_for_update=True)
                    place.name_kk = f"{first}-{turn}"

        return work

    threads = [in_a_thread(cast.app, deeds(first), errors) for first in range(6)]
    for thread in threads:
        thread.join()
    assert errors == []
    db.session.rollback()
    assert entries() == before + 60
    assert audit.first_broken() is None


def test_a_changed_or_missing_line_is_named(app: Flask) -> None:
    with edge():
        for number in range(5):
            audit.record("deed", number=number)
    with edge():
        entry = db.session.get_one(AuditEntry, 3)
        entry.details = entry.details.replace("2", "7")
    assert audit.first_broken() == 3
    with edge():
        db.session.get_one(AuditEntry, 3).details = '{"number": 2}'
    assert audit.first_broken() is None
    with edge():
        db.session.delete(db.session.get_one(AuditEntry, 2))
    assert audit.first_broken() == 2


def test_writers_of_one_process_wake_each_other(app: Flask) -> None:
    """Sleeping and trying again, twenty writers of ten transactions each would need many seconds."""
    errors: list[BaseException] = []

    def deed() -> None:
        for _ in range(10):
            with edge():
                audit.record("written")

    begun = time.monotonic()
    for one in [in_a_thread(app, deed, errors) for _ in range(20)]:
        one.join()
    assert not errors and entries() == 200
    assert time.monotonic() - begun < 10
