"""Documents brought into a course as a teacher does it, and what stands in the course afterwards."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.jobs import Job
from lms.courses.blocks import kind_of
from lms.courses.models import Course, CourseArrival, CourseBlock
from tests.cast import Cast, read_afresh
from tests.lms.player.shelving import work_through


def found_in(tmp_path: Path, data: bytes, reader: Any, name: str = "file") -> dict[str, Any]:
    file = tmp_path / name
    file.write_bytes(data)
    read: dict[str, Any] = reader.read(str(file))
    return read


def brought(cast: Cast, course: Course, data: bytes, name: str, language: str = "kk") -> CourseArrival:
    """Looked at and kept, as a teacher does it; jobs done meanwhile."""
    browser = cast.signed_in("teacher")
    answer = browser.post(
        f"/courses/{course.id}/bring-in", {"in": language, "file": (io.BytesIO(data), name)}
    )
    assert answer.status_code == 303, answer.text
    read_afresh()
    work_through(cast)
    page = browser.get(answer.location).text
    if f"{answer.location}/keep" in page:
        assert browser.post(f"{answer.location}/keep").status_code == 303
        read_afresh()
        work_through(cast)
    read_afresh()
    jobs = db.session.scalars(select(Job).where(Job.kind.startswith("courses."), Job.state != "done"))
    assert [(one.kind, one.state, one.error_code, one.error, one.done) for one in jobs] == []
    return db.session.get_one(CourseArrival, UUID(answer.location.rpartition("/")[2]))


def structure(course: Course) -> list[Any]:
    """Everything a reader of the course would notice; keys of files, which are new ones, as families."""

    def content(block: CourseBlock, language: str) -> Any:
        found = block.content(language)
        keys = set(kind_of(block.kind).files(found or {}))
        return json.loads(
            re.sub("|".join(keys) or "$^", "a file", json.dumps(found, ensure_ascii=False, sort_keys=True))
        )

    return [
        (module.title_kk, module.title_ru, [
            (one.title_kk, one.title_ru, one.rule, one.pass_score, one.in_order,
             [(block.kind, content(block, "kk"), content(block, "ru")) for block in one.blocks])
            for one in module.lessons
        ]) for module in course.modules
    ]  # fmt: skip


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
