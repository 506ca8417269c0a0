"""A resource that comes once more, newer than it is here: the next version, unless something speaks against it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy import select, update

from lms.core import storage
from lms.core.db import db, edge
from lms.core.imports.models import ImportLine, ImportRun
from lms.library.engine import engine
from lms.library.models import (
    Resource,
    ResourceText,
    ResourceVersion,
)
from lms.library.service import resources
from tests.cast import Cast
from tests.lms.library.kept import kept, work_through
from tests.lms.library.on_the_way import as_if_elsewhere, brought, carried, count, now


def _brought_in(cast: Cast, data: bytes) -> ImportRun:
    director = cast.signed_in("director")
    _page, run = brought(cast, director, data)
    assert run
    if "new" in run.counts or "changed" in run.counts:
        director.post(f"/imports/{run.id}/confirm")
        work_through(cast)
    return run


def _two_states(cast: Cast) -> tuple[bytes, bytes]:
    """What leaves a server, and what leaves it after its teacher has mended file and title."""
    teacher = cast.signed_in("teacher")
    page = kept(cast, "Қысым", files={"a.txt": "Бұрынғы мәтін".encode()}, objectives=["7.3.1.4"])
    work_through(cast)
    first = carried(cast, teacher, [page])
    with edge():
        mine = db.session.get_one(Resource, page.id)
        fresh = [("a.txt", storage.keep(io.BytesIO("Жаңа мәтін қуаттылық".encode())))]
        resources.new_version(mine, mine.owner_id, fresh)
        resources.describe(mine, mine.owner_id, {"title_kk": "Қысым туралы", "objectives": ["7.3.1.5"]})
    work_through(cast)
    second = carried(cast, teacher, [page])
    as_if_elsewhere([page])
    return first, second


def test_a_newer_one_becomes_the_next_version_and_can_be_taken_back(cast: Cast) -> None:
    first, second = _two_states(cast)
    _brought_in(cast, first)
    run = _brought_in(cast, second)
    assert run.counts == {"changed": 1}

    def there() -> tuple[str, list[str], int, str]:
        row = now(select(Resource)).one()
        version = db.session.get_one(ResourceVersion, row.current_id)
        words = " ".join(
            db.session.scalars(select(ResourceText.words).where(ResourceText.version_id == version.id))
        )
        return row.title_kk, [one.code for one in row.objectives], version.number, words

    assert there() == ("Қысым туралы", ["7.3.1.5"], 2, "Жаңа мәтін қуаттылық")
    row = now(select(Resource)).one()
    assert engine().search("қуаттылықтың", chosen={"seen": [cast.school.path]}).ids == (str(row.id),)
    assert _brought_in(cast, second).counts == {"unchanged": 1} and _brought_in(cast, first).counts == {
        "unchanged": 1
    }
    cast.signed_in("director").post(f"/imports/{run.id}/undo")
    work_through(cast)
    assert there() == ("Қысым", ["7.3.1.4"], 1, "Бұрынғы мәтін") and count(ResourceVersion) == 1


@pytest.mark.parametrize(
    "values, code", [({"maker": "ab" * 32}, "other_maker"), ({"state": "review"}, "kept_for_council"), ({"origin_at": None}, "known_already")],
)  # fmt: skip
def test_what_stays_though_a_newer_one_came(cast: Cast, values: dict[str, Any], code: str) -> None:
    first, second = _two_states(cast)
    _brought_in(cast, first)
    with edge():
        db.session.execute(update(Resource).values(**values))
    run = _brought_in(cast, second)
    assert run.counts == {"unchanged": 1} and now(select(ResourceVersion.number)).all() == [1]
    findings = now(select(ImportLine.findings).where(ImportLine.run_id == run.id)).one()
    assert [one["code"] for one in findings] == [code]
