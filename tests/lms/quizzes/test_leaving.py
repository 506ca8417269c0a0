"""A paper leaves as PDF and Word with its key, and as a self-test that plays in any learning system."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from lms.core.db import db, edge
from lms.quizzes.leaving.marked import MARKED, key_for_page
from lms.quizzes.leaving.sheets import variants_of
from lms.quizzes.models import Item, Paper
from lms.quizzes.questions import KINDS
from lms.quizzes.service import bank, papers
from scorm.package.check import examine
from tests.cast import Browser, Cast
from tests.lms.quizzes.conftest import written
from tests.lms.quizzes.exchange import made
from tests.lms.quizzes.samples import SAMPLES, options, sample


@pytest.fixture
def whole(cast: Cast) -> Paper:
    """One question of each kind, a formula and a picture among them."""
    with edge():
        teacher = cast.person("teacher")
        picture = bank.keep_media(cast.school, teacher.id, io.BytesIO(made.picture(1))).file
        stem = f'<p>Есепте: \\(\\frac{{a^2}}{{2}}\\) <img src="/quizzes/media/{picture}" alt="сызба"></p>'
        special = sample(stem=stem, options=options("тоғыз", "он", "жүз"), right="a", shuffle=True)
        items: list[Item] = [bank.write_item(cast.school, teacher.id, "single", special, language="kk")]
        items += [
            bank.write_item(cast.school, teacher.id, kind, SAMPLES[kind], language="kk")
            for kind in KINDS
            if kind not in ("single", "hot_spot")
        ]
        sections = [{"title": "Бірінші бөлім", "items": [one.id.hex for one in items]}]
        return papers.begin_paper(
            cast.school,
            teacher.id,
            sections,
            title="Қысым",
            minutes=20,
            language="kk",
            note="Сәттілік!",
            shuffle=False,
        )


@pytest.fixture
def teacher(cast: Cast) -> Browser:
    return cast.signed_in("teacher")


def test_pdf_holds_the_variants_and_their_keys(teacher: Browser, whole: Paper) -> None:
    answer = teacher.get(f"/papers/{whole.id}/files/pdf?variants=2")
    assert answer.mimetype == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.get_data())).pages]
    text = "\n".join(pages)
    assert text.count("1-нұсқа") >= 2 and text.count("2-нұсқа") >= 2
    assert "Сәттілік!" in text and "Бірінші бөлім" in text and "тоғыз" in text
    keys = [page for page in pages if "Дұрыс жауап" in page]
    assert len(keys) >= 2 and all("тоғыз" in "\n".join(keys) for _one in keys)
    before = "\n".join(pages[: pages.index(keys[0])])
    assert "жүз" in before and "KEYWORD" not in text, "explanations stay at home"
    assert any(page.images for page in PdfReader(io.BytesIO(answer.get_data())).pages)


def test_word_holds_formulas_that_can_be_changed(teacher: Browser, whole: Paper) -> None:
    data = teacher.get(f"/papers/{whole.id}/files/docx").get_data()
    paper = Document(io.BytesIO(data))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "Қысым" in text and "A) " in text and "тоғыз" in text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
        assert "<m:oMath" in body and "<m:f>" in body and any("media/" in name for name in archive.namelist())
    key = paper.tables[-1]
    assert len(key.rows) == len(KINDS) - 1, "a head and a line for each question, none for the context"
    assert key.rows[1].cells[1].text.endswith("тоғыз")


def test_it_speaks_the_language_of_the_paper(teacher: Browser, whole: Paper) -> None:
    with edge():
        db.session.get_one(Paper, whole.id).language = "ru"
    text = (
        PdfReader(io.BytesIO(teacher.get(f"/papers/{whole.id}/files/pdf").get_data()))
        .pages[-1]
        .extract_text()
    )
    assert "Верный ответ" in text or "Правильный ответ" in text


def test_only_those_who_make_papers_get_them(cast: Cast, whole: Paper) -> None:
    for path in ("files/pdf", "files/docx", "self-test/scorm-12"):
        assert cast.signed_in("student").get(f"/papers/{whole.id}/{path}").status_code == 403
        assert (
            cast.signed_in("teacher", cast.school_elsewhere).get(f"/papers/{whole.id}/{path}").status_code
            == 404
        )
    assert cast.signed_in("student").get("/bank/templates/docx/kk").status_code == 403


@pytest.mark.parametrize(("shape", "edition"), [("scorm-12", "1.2"), ("scorm-2004", "2004 4th")])
def test_a_self_test_is_a_sound_package(
    shape: str, edition: str, teacher: Browser, whole: Paper, tmp_path: Path
) -> None:
    data = teacher.get(f"/papers/{whole.id}/self-test/{shape}").get_data()
    file = tmp_path / "self-test.zip"
    file.write_bytes(data)
    report = examine(file)
    assert [(one.code, one.where) for one in report.findings if one.level != "note"] == []
    with zipfile.ZipFile(file) as archive:
        page = archive.read("index.html").decode()
        assert {"imsmanifest.xml", "index.html", "selftest.js", "site.css"} <= set(archive.namelist())
        assert sum(name.startswith("media/") for name in archive.namelist()) == 1
    assert "/quizzes/media/" not in page and "csrf" not in page
    keys = [json.loads(unescape(one)) for one in re.findall(r'data-key="([^"]+)"', page)]
    assert len(keys) == len(MARKED) and all(one["parts"] for one in keys)


def test_keys_of_the_page_are_those_of_the_question(teacher: Browser, whole: Paper) -> None:
    """For each kind the right answer by the key of the page gets all points from the school's own marking."""
    found = 0
    for one in variants_of(db.session.get_one(Paper, whole.id), 1)[0].questions:
        if one.kind.name not in MARKED:
            continue
        fields: dict[str, list[str]] = {}
        for part in key_for_page(one)["parts"]:
            want: list[Any] = part["want"] if part["how"] == "set" else part["want"][:1]
            fields[part["field"]] = [str(text) for text in want]
        mark = one.kind.mark(
            one.version.content, one.kind.answer(one.version.content, one.seed, fields), one.seed
        )
        assert mark.right, (one.kind.name, fields, mark)
        found += 1
    assert found == len(MARKED)


def test_a_paper_for_persons_only_makes_no_self_test(cast: Cast, teacher: Browser) -> None:
    with edge():
        item = written(cast, "essay")
    with edge():
        paper = papers.begin_paper(
            cast.school,
            cast.person("teacher").id,
            [{"title": "", "items": [item.id.hex]}],
            title="Эссе",
            minutes=20,
        )
    assert teacher.get(f"/papers/{paper.id}/self-test/scorm-12").status_code == 409
