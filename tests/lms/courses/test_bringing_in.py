"""Documents come in: nothing is written before a person agrees, and an import can be taken back."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from lms.core.db import db
from lms.courses.importing import markdown
from lms.courses.models import Course
from lms.courses.service import arriving
from tests.cast import Cast, read_afresh
from tests.coursed import course_of, lesson_of, small_course
from tests.lms.courses.arrived import brought, found_in, structure, zipped
from tests.lms.player.shelving import work_through
from tests.lms.player.shelving import zipped as sample

TEXT = """# Қысым

Қысым – **күштің** ауданға қатынасы: $p = \\frac{F}{S}$.

- сұйық
- газ

## Кесте

| Зат | ρ |
|---|---|
| су | 1000 |

$$ p = \\rho g h $$

```python
print(1)
```

# Екінші сабақ

1. Өлше
2. Есепте

![сурет](https://example.org/a.png)
"""


def test_markdown_becomes_lessons(tmp_path: Path) -> None:
    found = found_in(tmp_path, TEXT.encode(), markdown)
    first, second = found["lessons"]
    assert [block[0] for block in first["blocks"]] == ["text", "heading", "table", "formula", "code"]
    assert (
        r"\(p = \frac{F}{S}\)" in first["blocks"][0][1]["html"]
        and "<li>газ</li>" in first["blocks"][0][1]["html"]
    )
    assert first["blocks"][3][1]["latex"] == r"p = \rho g h"
    assert "<ol><li>Өлше</li><li>Есепте</li></ol>" in second["blocks"][0][1]["html"]
    assert found["missed"] == {"picture": 1}


def test_a_package_of_another_program_belongs_on_the_shelf(cast: Cast) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    arrival = brought(cast, course, sample("fractions-12"), "fractions.zip")
    assert (arrival.state, arrival.refused) == ("refused", "foreign-scorm")
    page = cast.signed_in("teacher").get(f"/courses/arrivals/{arrival.id}").text
    assert "сөреге" in page.lower() or "сөресіне" in page.lower()


def test_nothing_is_written_before_it_was_looked_at(cast: Cast) -> None:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school)
    lesson_of(course)
    browser = cast.signed_in("teacher")
    path = browser.post(
        f"/courses/{course.id}/bring-in", {"in": "kk", "file": (io.BytesIO(TEXT.encode()), "а.md")}
    ).location
    assert "Екінші сабақ" in browser.get(path).text
    read_afresh()
    assert len(db.session.get_one(Course, course.id).lessons) == 1
    assert [browser.post(f"{path}/keep").status_code for _ in range(2)] == [303, 409]
    read_afresh()
    assert len(db.session.get_one(Course, course.id).lessons) == 3


def test_an_import_is_taken_back_whole(cast: Cast) -> None:
    teacher = cast.person("teacher")
    course = small_course(teacher, cast.school)
    before = structure(course)
    arrival = brought(cast, course, TEXT.encode(), "а.md")
    assert len(structure(db.session.get_one(Course, course.id))) == len(before) + 1
    browser = cast.signed_in("teacher")
    path = f"/courses/arrivals/{arrival.id}/take-back"
    assert [browser.post(path).status_code for _ in range(2)] == [303, 409]
    read_afresh()
    assert structure(db.session.get_one(Course, course.id)) == before


def test_a_large_document_is_read_and_kept_behind_the_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pictures are many and its bytes more than a page waits for."""
    monkeypatch.setattr(arriving, "AT_ONCE_BYTES", 1000)
    course = course_of(cast.person("teacher"), cast.school)
    browser = cast.signed_in("teacher")
    noise = zipped(**{
        "index.html": "".join(f"<p>{n}<img src='{n}.png' alt='{n}'></p>" for n in range(14)).encode(),
        **{f"{n}.png": noisy(n) for n in range(14)},
    })  # fmt: skip
    path = browser.post(
        f"/courses/{course.id}/bring-in", {"in": "kk", "file": (io.BytesIO(noise), "a.zip")}
    ).location
    assert 'data-module="progress"' in browser.get(path).text
    work_through(cast)
    assert browser.post(f"{path}/keep").status_code == 303
    assert 'data-module="progress"' in browser.get(path).text
    work_through(cast)
    read_afresh()
    blocks = db.session.get_one(Course, course.id).lessons[0].blocks
    assert [one.kk["file"] != "" for one in blocks if one.kind == "picture" and one.kk] == [True] * 14


def noisy(seed: int) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (20, 20), Random(seed).randbytes(1200)).save(out, "PNG")
    return out.getvalue()


def test_canaries_in_a_document_do_not_run(cast: Cast) -> None:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school)
    browser = cast.signed_in("teacher")
    canary = "# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1)) $\\text{<script>}$\n"
    arrival = brought(cast, course, canary.encode(), "<b>.md")
    page = browser.get(f"/courses/arrivals/{arrival.id}").text
    assert "<script>alert" not in page and "<b>.md" not in page
    lesson = db.session.get_one(Course, course.id).lessons[0]
    page = browser.get(f"/courses/lessons/{lesson.id}").text
    assert "<script>alert" not in page and "<img src=x" not in page and 'href="javascript' not in page
