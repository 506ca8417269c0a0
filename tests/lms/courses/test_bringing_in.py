"""Documents come in: everything that was understood is there, what was not is counted, hostile ones are refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from docx.shared import Mm
from lxml import etree
from PIL import Image
from sqlalchemy import select

from lms.core import formulas
from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.courses.blocks import KINDS, kind_of
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.importing import markdown, word
from lms.courses.importing import zipped as archives
from lms.courses.models import Course, CourseArrival, CourseBlock
from lms.courses.service import arriving, blocks, courses
from tests.cast import Cast, read_afresh
from tests.coursed import attached, course_of, filled, lesson_of, picture, published, small_course, write
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


def found_in(tmp_path: Path, data: bytes, reader: Any, name: str = "file") -> dict[str, Any]:
    file = tmp_path / name
    file.write_bytes(data)
    read: dict[str, Any] = reader.read(str(file))
    return read


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
FORMULAS = [  # as Word writes them, and what they are here
    ("<m:f><m:num>{F}</m:num><m:den>{S}</m:den></m:f>", r"\frac{F}{S}"),
    ("<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{x}</m:e></m:rad>", r"\sqrt{x}"),
    ("<m:sSubSup><m:e>{v}</m:e><m:sub>{0}</m:sub><m:sup>{2}</m:sup></m:sSubSup>", "{v}_{0}^{2}"),
    ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{i}</m:sub><m:sup>{n}</m:sup><m:e>{i}</m:e></m:nary>", r"\sum_{i}^{n} i"),
    ("<m:d><m:e>{a+b}</m:e></m:d>", r"\left( a+b \right)"),
    ("<m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr></m:m>", r"\begin{matrix}a & b\end{matrix}"),
]  # fmt: skip


def omath(number: int) -> Any:
    inside = re.sub(r"\{([^}]*)\}", r"<m:r><m:t>\1</m:t></m:r>", FORMULAS[number % len(FORMULAS)][0])
    return etree.fromstring(f'<m:oMath xmlns:m="{MATH}">{inside}</m:oMath>')


def long_document() -> bytes:
    """40 pages by their breaks: 10 lessons, 20 pictures, 30 formulas (20 alone, 10 among words), 10 tables, lists."""
    paper = Document()
    for page in range(40):
        if page % 4 == 0:
            paper.add_heading(f"Сабақ {page // 4 + 1}", 1)
        paper.add_heading(f"Бөлім {page}", 2)
        for _number in range(6):
            paper.add_paragraph("Қысым күштің ауданға қатынасына тең болады. " * 6)
        if page % 2:
            paper.add_picture(io.BytesIO(picture(60 + page, 40)), width=Mm(60))
        else:
            paper.add_paragraph()._p.append(omath(page // 2))
        if page % 4 == 1:
            line = paper.add_paragraph("Мұнда ")
            line._p.append(omath(page // 4))
            line.add_run(" тұр")
        if page % 4 == 2:
            table = paper.add_table(3, 3)
            for row in table.rows:
                for cell in row.cells:
                    cell.text = f"Ұяшық {page}"
        paper.add_paragraph("нүктелі", style="List Bullet")
        paper.add_paragraph("нөмірлі", style="List Number")
        paper.add_page_break()
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_of_a_word_document_of_forty_pages_nothing_is_missing(cast: Cast) -> None:
    """Counted in the rows of the course, after the whole way through the workshop."""
    course = course_of(cast.person("teacher"), cast.school)
    arrival = brought(cast, course, long_document(), "қысым.docx")
    assert (arrival.state, arrival.missed) == ("kept", {})
    lessons = db.session.get_one(Course, course.id).lessons
    every = [block for lesson in lessons for block in lesson.blocks]
    counts = Counter(block.kind for block in every)
    assert [one.title_kk for one in lessons] == [f"Сабақ {number}" for number in range(1, 11)]
    assert (counts["picture"], counts["formula"], counts["table"], counts["heading"]) == (20, 20, 10, 40)
    assert all(block.kk["file"] for block in every if block.kind == "picture" and block.kk)
    words = json.dumps([block.kk for block in every], ensure_ascii=False)
    assert words.count("Қысым күштің") == 40 * 6 * 6
    assert words.count("Ұяшық") == 10 * 9
    assert words.count("<ul><li>нүктелі</li></ul><ol><li>нөмірлі</li></ol>") == 40
    assert words.count("тұр") == 10 and words.count(r"\\(") == 10, "formulas among words"
    latex = [block.kk["latex"] for block in every if block.kind == "formula" and block.kk]
    assert latex == [FORMULAS[number % len(FORMULAS)][1] for number in range(20)]
    assert all(formulas.readable(one) for one in latex)


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


def whole_course(cast: Cast) -> Course:
    """Two modules, every kind of block that can be filled, both languages, rules of every sort."""
    teacher = cast.person("teacher")
    course = small_course(teacher, cast.school)
    with edge():
        module = courses.add_module(course, "Екінші", "Второй")
        lesson = courses.add_lesson(module, "Барлығы", "Всё", rule="opened")
        courses.add_lesson(module, "", "Только по-русски", rule="seen", in_order=True)
        course.objectives = [{"code": "7.2.1.3", "text": "графикті оқиды"}]
    keys = {"picture": attached(course), "audio": attached(course, "audio", "a.mp3", b"ID3" + bytes(200))}
    for kind in KINDS.values():
        given = filled(kind.code, "Сөз", keys)
        if not kind.missing(kind.clean(given)):
            block = write(lesson, teacher, kind.code, given)
            with edge():
                twin = filled(kind.code, "Слово", keys)
                blocks.save_block(block, blocks.Save("ru", twin, block.revision("ru")), teacher)
    write(course.lessons[-1], teacher, "text", {"html": "<p>Текст</p>"}, language="ru")
    db.session.expire_all()
    return course


@pytest.mark.parametrize(
    ("shape", "language"), [("cartridge", "kk"), ("scorm-2004", "ru"), ("scorm-12", "kk"), ("offline", "ru")]
)
def test_what_was_made_here_comes_back_as_it_left(shape: str, language: str, cast: Cast) -> None:
    teacher, course = cast.person("teacher"), whole_course(cast)
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        data = SHAPES[shape].make(Leaving(published(course, teacher), language))
    target = course_of(teacher, cast.school, "Қайтқан")
    arrival = brought(cast, target, data, f"course{SHAPES[shape].end}", language)
    assert (arrival.state, arrival.missed) == ("kept", {})
    back, before = db.session.get_one(Course, target.id), db.session.get_one(Course, course.id)
    assert structure(back) == structure(before)
    assert len(structure(back)[1][2][0][5]) > 18
    assert (back.objectives, back.grade) == (before.objectives, 7)
    keys = {
        key
        for one in back.lessons
        for block in one.blocks
        for key in kind_of(block.kind).files(block.kk or {})
    }
    browser = cast.signed_in("teacher")
    assert len(keys) >= 2 and all(browser.get(f"/courses/files/{key}").status_code == 200 for key in keys)


def test_a_key_of_somebody_elses_file_does_not_come_in(cast: Cast) -> None:
    teacher = cast.person("teacher")
    secret = attached(course_of(teacher, cast.school_elsewhere, "Бөтен"))
    whole = {
        "files": {}, "outline": {"modules": [{"title_kk": "А", "title_ru": "", "lessons": [{"id": "1", "title_kk": "А", "title_ru": ""}]}]},
        "lessons": {"1": [{"kind": "picture", "kk": {"file": secret, "alt": "x"}, "ru": None}]},
    }  # fmt: skip
    target = course_of(teacher, cast.school, "Менікі")
    brought(cast, target, zipped(**{"course.json": json.dumps(whole).encode()}), "course.zip")
    block = db.session.get_one(Course, target.id).lessons[0].blocks[0]
    assert block.kk == {**(block.kk or {}), "file": "", "alt": "x"}


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


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


BOMB = b"<!DOCTYPE a [<!ENTITY b 'xxxx'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK", b"no zip", zipped(**{"a.txt": b"x"}), zipped(**{"word/document.xml": BOMB}),
        zipped(**{"word/document.xml": b"<a><b></a>"}), zipped(**{"../word/document.xml": b"<a/>"}),
        zipped(**{"word/document.xml": b" " * 60_000_000}), zipped(**{"word/document.xml": b"<a>" * 5000}),
    ],
)  # fmt: skip
def test_a_hostile_document_is_refused(data: bytes, tmp_path: Path) -> None:
    assert found_in(tmp_path, data, word)["refused"]


@pytest.mark.parametrize(
    "data",
    [b"{}", b"[]", b'{"files": 5}', b"\xff", b"[" * 90_000, b'{"files":{},"outline":{"modules":[{}]}}'],
)
def test_a_hostile_cartridge_is_refused(data: bytes, tmp_path: Path) -> None:
    assert found_in(tmp_path, zipped(**{"course.json": data}), archives)["refused"]


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
