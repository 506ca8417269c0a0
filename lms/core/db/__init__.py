"""Rows: one declarative base for SQLite and PostgreSQL, keys made here, one commit at the edge of a request."""

from lms.core.db.edges import (
    SAFE_METHODS,
    after_commit,
    at_commit,
    commit,
    edge,
    init_database,
    reads_first,
    undo,
)
from lms.core.db.engine import begin_writing, insert_once, make_engine, queue_here
from lms.core.db.rows import Base, Instant, Row, db, key_text, migrate

__all__ = [
    "SAFE_METHODS", "Base", "Instant", "Row", "after_commit", "at_commit", "begin_writing", "commit", "db", "edge",
    "init_database", "insert_once", "key_text", "make_engine", "migrate", "queue_here", "reads_first", "undo",
]  # fmt: skip
