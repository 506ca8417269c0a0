"""Sheets are printed, filled in by hand, photographed badly, and read; what is not clear goes to a person."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw

from lms.commands import main
from lms.quizzes.sheets import layout
from lms.quizzes.sheets.code import bits_of, read_bits
from lms.quizzes.sheets.layout import Row
from lms.quizzes.sheets.pictures import PictureRefused, opened
from lms.quizzes.sheets.reading import read
from lms.quizzes.sheets.straightening import straightened
from tests.lms.quizzes.sheets.by_hand import DOTS, Photo, photographed, printed, rows_of

pytestmark = pytest.mark.pure
SHAPES = [(40, 5, range(30, 40)), (120, 5, range(90, 120)), (60, 8, ()), (20, 4, ())]


def compared(photo: Photo, rows: list[Row]) -> tuple[int, int, int]:
    """(lines, lines a person has to look at, lines that are wrong and nobody looks at)."""
    seen = straightened(photo.data)
    assert seen.number == photo.number
    found = read(seen, rows).rows
    wrong = [
        one for one, meant in zip(found, photo.answers, strict=True) if one.marked != meant and not one.doubt
    ]
    return len(found), sum(bool(one.doubt) for one in found), len(wrong)


def tried(count: int) -> tuple[int, int, int]:
    counted = []
    for seed in range(count):
        rows = rows_of(*SHAPES[seed % len(SHAPES)])
        counted.append(compared(photographed(10**9 + seed, rows, seed), rows))
    lines, doubtful, wrong = np.array(counted).sum(axis=0)
    return int(lines), int(doubtful), int(wrong)


def test_photographed_sheets_are_read() -> None:
    lines, doubtful, wrong = tried(4)
    assert lines > 200
    assert wrong == 0
    assert doubtful <= lines * 0.005


@pytest.mark.soak
def test_two_hundred_photographed_sheets_are_read() -> None:
    lines, doubtful, wrong = tried(200)
    assert doubtful + wrong <= lines * 0.005
    assert wrong <= lines * 0.001


def drawn(rows: list[Row], strokes: list[tuple[int, int, int]]) -> bytes:
    """(row, option, ink) on a clean sheet."""
    sheet = printed(7, rows)
    pen = ImageDraw.Draw(sheet)
    middles = {(one.row, one.option): (one.x * DOTS, one.y * DOTS) for one in layout.bubbles(rows)}
    for row, option, ink in strokes:
        x, y = middles[row, option]
        reach = layout.RADIUS * DOTS * 0.9
        pen.ellipse([x - reach, y - reach, x + reach, y + reach], fill=ink)
    target = io.BytesIO()
    sheet.save(target, "PNG")
    return target.getvalue()


def test_what_is_not_clear_goes_to_a_person() -> None:
    rows = rows_of(6, 4, many=[3])
    data = drawn(
        rows,
        [(0, 2, 40), (1, 0, 50), (1, 3, 60), (2, 1, 205), (3, 0, 30), (3, 2, 30), (5, 1, 30), (5, 3, 215)],
    )
    found = read(straightened(data), rows).rows
    assert [one.marked for one in found[:2]] == [(2,), (0, 3)]
    assert [one.doubt for one in found] == ["", "two_marks", "faint", "", "", "faint"]
    assert found[3].marked == (0, 2) and found[4].marked == ()


def test_a_sheet_of_two_pages_is_known_by_its_pages() -> None:
    rows = rows_of(150, 5)
    assert layout.pages_of(rows) == 2
    photo = photographed(99, rows, 3, harm=0.5, page=1)
    seen = straightened(photo.data)
    assert (seen.number, seen.page) == (99, 1)
    found = read(seen, rows).rows
    assert [one.label for one in found][:2] == ["121", "122"]
    assert [one.marked for one in found] == list(photo.answers[120:])


def test_every_bubble_stands_on_the_paper_and_none_touches_another() -> None:
    for options in range(2, 13):
        rows = rows_of(130, options)
        for page in range(layout.pages_of(rows)):
            spots = np.array([(one.x, one.y) for one in layout.bubbles(rows, page)])
            assert spots.min() > layout.RADIUS + 5
            assert spots[:, 0].max() < layout.WIDTH - 10 and spots[:, 1].max() < 273
            apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1)) + 99 * np.eye(len(spots))
            assert apart.min() > 2 * layout.RADIUS + 1


def test_a_code_holds_number_and_page_and_no_wrong_bit() -> None:
    bits = bits_of(2**40 - 5, 3)
    assert read_bits(bits) == (2**40 - 5, 3)
    for place in range(64):
        assert read_bits([bit != (n == place) for n, bit in enumerate(bits)]) is None


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    target = io.BytesIO()
    chance = np.random.default_rng(1)
    Image.fromarray(chance.integers(0, 255, (size[1], size[0]), dtype=np.uint8)).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not-a-picture"), (b"%PDF-1.4 nothing", "not-a-picture"), (b"GIF89a" + b"\0" * 200, "not-a-picture"),
     (picture((900, 1200))[:2000], "not-a-picture"), (b"0" * (26 * 1024 * 1024), "too-large"),
     (picture((100, 100)), "too-small"), (picture((900, 1200)), "no-sheet")],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        straightened(data)
    assert refused.value.code == code


@pytest.mark.parametrize("side", [9_000, 20_000])
def test_a_picture_that_unpacks_to_too_much_is_not_unpacked(side: int) -> None:
    target = io.BytesIO()
    Image.new("1", (side, side)).save(target, "PNG")
    with pytest.raises(PictureRefused) as refused:
        opened(target.getvalue())
    assert refused.value.code == "too-large"


def test_sheets_are_made_and_read_by_command(tmp_path: Path) -> None:
    sheet = ["--questions", "12", "--options", "4"]
    made = CliRunner().invoke(
        main,
        [
            "quizzes",
            "sheets",
            "make",
            str(tmp_path / "sheets.pdf"),
            *sheet,
            "--count",
            "2",
            "--language",
            "ru",
        ],
    )
    assert made.exit_code == 0, made.output
    with pypdfium2.PdfDocument(tmp_path / "sheets.pdf") as document:
        assert len(document) == 2
        assert "Закрасьте" in document[0].get_textpage().get_text_bounded()
        document[1].render(scale=150 / 72).to_pil().save(tmp_path / "second.png")
    (tmp_path / "other.png").write_bytes(picture((900, 1200)))
    files = [str(tmp_path / "second.png"), str(tmp_path / "other.png")]
    found = CliRunner().invoke(main, ["quizzes", "sheets", "read", *files, *sheet])
    assert found.exit_code == 1
    first, second = (json.loads(line) for line in found.stdout.splitlines())
    assert (first["number"], len(first["rows"])) == (2, 12)
    assert all(row["marked"] == "" and not row["doubt"] for row in first["rows"])
    assert second["refused"] == "no-sheet"
