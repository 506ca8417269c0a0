"""Where work is kept: one commit at the edge of a request, of a job, of a command.

Two kinds of things wait for it. `at_commit`: rows that must be written last, in the same transaction,
because they queue for a lock that all writers share (the chain of the audit log, the numbers of live
events). Taken last and in one order, these locks are held for a moment and cannot form a ring.
`after_commit`: what leaves the database (mails, events, queue entries), only when what it speaks of is kept.
Both are dropped together with a rolled back transaction or savepoint.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, TypeVar

import structlog
from flask import Flask, current_app, g, request
from sqlalchemy import event

from lms.core.db.engine import engine_options, prepare, writing
from lms.core.db.rows import db, migrate
from lms.core.settings import Settings

log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
IN_MEMORY = 1024 * 1024
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def init_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["MIGRATIONS"]))
    with app.app_context():
        prepare(db.engine, settings)
    app.before_request(_begin)
    app.after_request(_commit)
    app.teardown_request(_end)


def _begin() -> None:
    g.rollback = False
    if request.method not in SAFE_METHODS:
        _read_body()
        view = current_app.view_functions.get(request.endpoint or "")
        writing.set(not (getattr(view, "takes_uploads", False) or getattr(view, "reads_first", False)))


def reads_first(view: View) -> View:
    """Marks a view that sends something and yet begins as a reader: what it writes is written at a desk."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def _read_body() -> None:
    """All of the body is here before the first statement: nobody stands in line behind a slow line."""
    if request.mimetype in FORM_TYPES:
        request.form  # noqa: B018 - parsed here, large files to disk
        return
    body = g.body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as the request
    shutil.copyfileobj(request.stream, body, IN_MEMORY // 16)
    body.seek(0)
    request.stream = body


def _commit(response: Any) -> Any:
    """The one commit of a request. An error page sets `g.rollback`, and nothing of it remains."""
    if g.get("rollback"):
        undo()
    else:
        commit()
    return response


def _end(_error: BaseException | None) -> None:
    writing.set(False)
    body = g.pop("body", None)
    if body is not None:
        body.close()


def at_commit(action: Callable[[], None], late: bool = False) -> None:
    """Run within the transaction just before it commits, the late ones last."""
    db.session.info.setdefault("at_commit", []).append((late, action))


def after_commit(action: Callable[[], None]) -> None:
    """Run once when the transaction is kept. Should it fail, a row says so to somebody who sweeps."""
    waiting = db.session.info.setdefault("after_commit", [])
    if action not in waiting:
        waiting.append(action)


def _run_at_commit(session: Any) -> None:
    if session.in_nested_transaction():
        return
    waiting = session.info.pop("at_commit", [])
    for _late, action in sorted(waiting, key=lambda one: one[0]):
        action()


def _run_after_commit() -> None:
    for action in db.session.info.pop("after_commit", []):
        try:
            action()
        except Exception:
            # The deed is done and acknowledged; whoever sweeps its rows will see to the rest.
            log.exception("after commit")


def _mark_savepoint(session: Any, transaction: Any) -> None:
    if transaction.nested:
        sizes = {name: len(session.info.get(name, [])) for name in ("at_commit", "after_commit")}
        session.info.setdefault("savepoints", {})[transaction] = sizes


def _drop_since_savepoint(session: Any, transaction: Any) -> None:
    if transaction.nested:
        sizes = session.info["savepoints"].pop(transaction)
        for name, size in sizes.items():
            del session.info.get(name, [])[size:]


def _forget_savepoints(session: Any, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop("savepoints", None)


event.listen(db.session, "before_commit", _run_at_commit)
event.listen(db.session, "after_transaction_create", _mark_savepoint)
event.listen(db.session, "after_soft_rollback", _drop_since_savepoint)
event.listen(db.session, "after_transaction_end", _forget_savepoints)


def commit() -> None:
    """For the edges themselves; verbs flush at most."""
    db.session.commit()
    _run_after_commit()


def undo() -> None:
    db.session.rollback()
    for name in ("at_commit", "after_commit"):
        db.session.info.pop(name, None)


@contextmanager
def edge() -> Iterator[None]:
    """The edge of a command or a sync step: everything inside is kept, or nothing."""
    if db.session().in_transaction() and not writing.get():
        db.session.commit()  # what was read so far may be old; what is decided inside must not be
    before = writing.set(True)
    try:
        yield
        commit()
    except BaseException:
        undo()
        raise
    finally:
        writing.reset(before)
