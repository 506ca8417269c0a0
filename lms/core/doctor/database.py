"""The database: there, of this version, whole; and the chain of the audit log."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import select, text

from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.doctor.findings import Finding, error, ok, warning


def reachable(_full: bool) -> Iterator[Finding]:
    db.session.execute(text("SELECT 1"))
    yield ok(db.engine.url.render_as_string(hide_password=True))


def revision_here() -> str | None:
    return db.session.scalar(text("SELECT version_num FROM alembic_version"))


def revision_wanted() -> str | None:
    return ScriptDirectory(str(current_app.config["MIGRATIONS"])).get_current_head()


def migrated(_full: bool) -> Iterator[Finding]:
    here, wanted = revision_here(), revision_wanted()
    if here == wanted:
        yield ok(f"of this version ({here})")
    else:
        yield error(
            f"are of version {here}, this program needs {wanted}",
            "Stop the system, make a backup, then: lms migrate",
        )


def whole(_full: bool) -> Iterator[Finding]:
    if db.engine.dialect.name == "postgresql":
        yield from _postgres_keeps_its_word()
        return
    found = list(db.session.scalars(text("PRAGMA integrity_check")))
    if found != ["ok"]:
        yield error(
            f"the database file is damaged: {found[0]}", "Stop the system and restore the newest backup."
        )
    broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        yield error(
            f"{len(broken)} rows refer to rows that are not there ({broken[0][0]})",
            "Restore the newest backup.",
        )
    if found == ["ok"] and not broken:
        yield ok("integrity_check and foreign_key_check found nothing")


def _postgres_keeps_its_word() -> Iterator[Finding]:
    off = [name for name in ("fsync", "synchronous_commit", "full_page_writes") if _shown(name) == "off"]
    if off:
        yield error(
            f"{', '.join(off)} is off: acknowledged work may be lost", "Turn it on in postgresql.conf."
        )
    elif _shown("data_checksums") == "off":
        yield warning(
            "PostgreSQL does not notice silently damaged pages",
            "With the server stopped: pg_checksums --enable",
        )
    else:
        yield ok("PostgreSQL writes through and checks its pages")


def _shown(name: str) -> str | None:
    return db.session.scalar(text(f"SHOW {name}"))


def chain(_full: bool) -> Iterator[Finding]:
    broken = audit.first_broken()
    if broken is not None:
        yield error(f"entry {broken} does not fit the chain: it, or the one before it, was changed or removed",
                    "Compare with a backup and with printed heads; find out who could write to the database.")  # fmt: skip
        return
    last = db.session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    head = f"{last.number} entries, head {last.digest[:16]}: note it elsewhere" if last else "no entries yet"
    yield ok(head)
