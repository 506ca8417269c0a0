"""Words come out of files page by page, mended; hostile files are refused by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from lms.demo import library_files as made
from lms.library.alike import ALIKE, bands, fingerprint, share
from lms.library.reading import read_files
from lms.library.reading.papers import as_vtt

pytestmark = pytest.mark.pure
TITLE = "Сұйықтағы қысым"
TEXT = "Сұйықтың қысымы тереңдікке байланысты. Тереңдік артқан сайын қысым да артады. Су төмен ағады."


def read(folder: Path, name: str, body: bytes) -> dict[str, list[list[object]]]:
    path, out = folder / "file", folder / "out"
    path.write_bytes(body)
    out.mkdir(exist_ok=True)
    return read_files([{"path": str(path), "name": name}], str(out))


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


EPUB = zipped({
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    "OPS/book.opf": '<package><manifest><item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/></manifest>'
                    '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    "OPS/one.xhtml": "<html><body><h1>Бірінші тарау</h1></body></html>",
    "OPS/two.xhtml": "<html><body><p>Екінші тарау</p></body></html>",
})  # fmt: skip


@pytest.mark.parametrize(
    "name, body, unit, place, words",
    [
        ("a.pdf", made.pdf(TITLE, TEXT), "page", 2, "тереңдікке байланысты"),
        ("a.docx", made.word(TITLE, TEXT), "part", 1, "Су төмен ағады"),
        ("a.pptx", made.slides(TITLE, TEXT), "slide", 3, "қысым да артады"),
        ("a.epub", EPUB, "part", 2, "Екінші тарау"),
        ("a.html", made.page(TITLE, TEXT, "kk"), "part", 1, "қысым да артады"),
        ("a.vtt", made.subtitles(TEXT), "minute", 0, "Су төмен ағады"),
        ("a.srt", "1\n00:02:01,000 --> 00:02:04,000\n<i>Су</i> ағады\n".encode(), "minute", 2, "Су ағады"),
        ("a.txt", "С а б а қ  жоспары, тере\u00adң\nкiтап".encode(), "part", 1, "Сабақ жоспары, терең\nкітап"),
        ("a.txt", "Урок физики".encode("cp1251"), "part", 1, "Урок физики"),
        ("scorm.zip", zipped({"b/p2.html": "<p>екі</p>", "a.html": "<p>бір</p>"}), "part", 1, "бір"),
    ],
)  # fmt: skip
def test_words_are_read_with_their_page(tmp_path: Path, name: str, body: bytes, unit: str, place: int, words: str) -> None:  # fmt: skip
    found = read(tmp_path, name, body)
    assert not found["faults"]
    assert any(one[:2] == [unit, place] and words in str(one[2]) for one in found["parts"]), found["parts"]


def test_scripts_are_not_words_and_blocks_stand_apart(tmp_path: Path) -> None:
    body = "<p>Бір<script>жасырын()</script></p><p>екі <b>үш</b> төрт</p><img alt='сурет'>".encode()
    words = str(read(tmp_path, "a.html", body)["parts"][0][2])
    assert words.split() == ["Бір", "екі", "үш", "төрт", "сурет"] and "\n" in words


@pytest.mark.parametrize(
    "name, body, code",
    [
        ("a.pdf", b"%PDF-1.4 nothing more", "damaged"),
        ("a.pdf", b"", "damaged"),
        ("a.docx", b"PK\x03\x04 half", "not-a-zip"),
        ("a.docx", zipped({"word/document.xml": "<x/>"}), "damaged"),
        ("a.pptx", zipped({"a": "b"}), "damaged"),
        ("a.epub", zipped({"META-INF/container.xml": "<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>"}), "damaged"),
        ("a.epub", zipped({"a": "b"}), "damaged"),
        ("bomb.zip", zipped({"a.html": b"\0" * 60_000_000}), "too-large-inside"),
        ("many.zip", zipped({f"{n}.html": "" for n in range(5_001)}), "too-large-inside"),
    ],
)  # fmt: skip
def test_what_is_damaged_or_hostile_is_refused_by_name(
    tmp_path: Path, name: str, body: bytes, code: str
) -> None:
    found = read(tmp_path, name, body)
    assert found["parts"] == [] and found["faults"] == [[name, code]]


def test_pages_that_lead_out_of_a_zip_are_passed_over(tmp_path: Path) -> None:
    body = zipped(
        {"../../out.html": "<p>сыртта</p>", "/abs.html": "<p>сыртта</p>", "in.html": "<p>ішінде</p>"}
    )
    assert [one[2] for one in read(tmp_path, "a.zip", body)["parts"]] == ["ішінде"]


def test_the_first_pages_and_pictures_become_small_pictures(tmp_path: Path) -> None:
    assert len(read(tmp_path, "a.pdf", made.pdf(TITLE, TEXT))["pictures"]) == 3
    (tmp_path / "next").mkdir()
    found = read(tmp_path / "next", "a.png", made.picture(1))["pictures"]
    assert len(found) == 1 and Path(str(found[0])).read_bytes()[:2] == b"\xff\xd8"


def test_a_broken_picture_takes_nothing_with_it(tmp_path: Path) -> None:
    assert read(tmp_path, "a.png", b"\x89PNG no") == {"parts": [], "pictures": [], "faults": []}


def test_a_table_in_word_is_read_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 2).rows[0].cells[1].text = "ұяшық"
    out = io.BytesIO()
    document.save(out)
    assert "ұяшық" in str(read(tmp_path, "a.docx", out.getvalue())["parts"][0][2])


def test_subrip_becomes_webvtt() -> None:
    assert as_vtt(b"1\r\n00:00:01,500 --> 00:00:02,000\r\nA\r\n").startswith("WEBVTT\n\n1\n00:00:01.500 -->")


def test_texts_that_are_nearly_the_same_are_noticed() -> None:
    long = " ".join(f"сөз{n} туралы" for n in range(120))
    changed = long.replace("сөз50", "басқа").replace("сөз90", "өзге")
    other = " ".join(f"слово{n} здесь" for n in range(120))
    one, near, far = (bands(fingerprint([text])) for text in (long, changed, other))
    assert share(one, near) >= ALIKE > 0.1 > share(one, far)
    assert set(one) & set(near) and not set(one) & set(far)
    assert fingerprint(["қысқа мәтін"]) == []
