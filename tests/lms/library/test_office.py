"""Office documents page by page where LibreOffice is there; where it is not, the page says to download."""

from __future__ import annotations

import os
import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import xlsxwriter
from sqlalchemy import select

from lms.core import office
from lms.core.db import db
from lms.demo import library_files as made
from lms.library.models import Resource, ResourceFile, ResourceText
from tests.cast import Cast
from tests.lms.library.kept import kept, work_through

WORDS = "Сұйықтың қысымы тереңдікке байланысты. Тереңдік артқан сайын қысым да артады."
# Does what LibreOffice does with these arguments, for one document we have the PDF of.
PROGRAM = """#!/bin/sh
echo "$@" > {folder}/asked
[ -f {folder}/ready.pdf ] || exit 1
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done
cp {folder}/ready.pdf "$out/document.pdf"
"""


@pytest.fixture
def libre_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "ready.pdf").write_bytes(made.pdf("Кесте", WORDS))
    (folder / "soffice").write_text(PROGRAM.format(folder=folder))
    (folder / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))  # what the machine has itself is not asked
    return folder


def roles(resource: Resource) -> list[str]:
    current = db.session.get_one(Resource, resource.id).current_id
    rows = select(ResourceFile.role).where(ResourceFile.version_id == current)
    return sorted(db.session.scalars(rows))


def test_its_pages_are_shown_and_its_words_found(cast: Cast, libre_office: Path) -> None:
    table = kept(cast, "Кесте", files={"кесте; rm -rf.xlsx": b"PK", "a.pdf": made.pdf("x", "y")})
    work_through(cast)
    assert roles(table).count("preview") >= 2 and roles(table).count("main") == 2
    words = " ".join(db.session.scalars(select(ResourceText.words)))
    assert "тереңдікке байланысты" in words
    page = cast.signed_in("teacher").get(f"/library/resources/{table.id}").text
    assert 'class="pages"' in page and "жүктеп алыңыз" not in page
    asked = (libre_office / "asked").read_text()
    assert "--headless" in asked and "--convert-to pdf" in asked and asked.strip().endswith("/document.xlsx")
    assert "rm -rf" not in asked


def test_words_of_a_document_are_read_from_itself(cast: Cast, libre_office: Path) -> None:
    """The PDF has pages; the document has its own order of words."""
    kept(cast, "Құжат", files={"a.docx": made.word("Құжат", "Су төмен ағады.")})
    work_through(cast)
    assert "Су төмен ағады" in " ".join(db.session.scalars(select(ResourceText.words)))


@pytest.mark.parametrize("missing", ["soffice", "ready.pdf"])
def test_without_it_or_when_it_fails_the_page_says_to_download(
    cast: Cast, libre_office: Path, missing: str
) -> None:
    (libre_office / missing).unlink()
    document = kept(cast, "Құжат", files={"a.docx": made.word("Құжат", WORDS)})
    work_through(cast)
    assert roles(document) == ["main"]
    page = cast.signed_in("teacher").get(f"/library/resources/{document.id}").text
    assert "жүктеп ал" in page and "a.docx" in page
    assert "тереңдікке" in " ".join(db.session.scalars(select(ResourceText.words)))


def test_nothing_else_is_given_to_it(libre_office: Path, tmp_path: Path) -> None:
    with pytest.raises(office.NoOffice):
        office.as_pdf(str(libre_office / "ready.pdf"), "doc", str(tmp_path))
    assert not (libre_office / "asked").exists()


REAL = office.program()
LETTERS = "Әлия мен Ғани Ңұрүй өзенінде Һауаны, ұшқышты, Іңкәрді көрді 12 500 ₸"


def parts_of_office() -> str:
    """Writer, Impress and Calc may be installed one by one."""
    return " ".join(os.listdir(Path(os.path.realpath(REAL)).parent)) if REAL else ""


@pytest.mark.parametrize(
    "ending, part", [("docx", "libswlo"), ("pptx", "libsdlo"), ("odp", "libsdlo"), ("xlsx", "libsclo")]
)
def test_the_real_program_draws_kazakh_letters(ending: str, part: str, tmp_path: Path) -> None:
    if part not in parts_of_office():
        pytest.skip(f"LibreOffice, or its part that reads {ending}, is not installed here")
    source = tmp_path / f"a.{ending}"
    source.write_bytes(made_with_letters(ending, tmp_path))
    found = office.pdf_of(str(source), ending, tmp_path / "pdf")
    assert found
    with pypdfium2.PdfDocument(found) as paper:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())
        shades = paper[0].render(scale=1).to_pil().convert("L").getextrema()
    assert all(word in text for word in LETTERS.split())
    assert shades[0] < 60 and shades[1] > 200  # dark letters on light paper


def made_with_letters(ending: str, folder: Path) -> bytes:
    if ending == "docx":
        return made.word("Құжат", LETTERS)
    if ending == "xlsx":
        table = BytesIO()
        with xlsxwriter.Workbook(table) as book:
            book.add_worksheet().write(0, 0, LETTERS)
        return table.getvalue()
    slides = made.slides("Қысым", LETTERS)
    if ending == "pptx":
        return slides
    (folder / "b.pptx").write_bytes(slides)
    profile = (folder / "own").as_uri()
    subprocess.run(
        [str(REAL), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "odp", "--outdir", str(folder), str(folder / "b.pptx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "b.odp").read_bytes()
