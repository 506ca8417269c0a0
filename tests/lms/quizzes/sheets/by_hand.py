"""Sheets filled in with a pen and photographed badly: printed, marked, bent, shaded, blurred, noisy, turned."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from lms.quizzes.sheets import layout
from lms.quizzes.sheets.layout import Row
from lms.quizzes.sheets.printing import Sheet, sheets_pdf
from lms.quizzes.sheets.straightening import homography

DOTS = 200 / 25.4  # per millimetre
HOW = ("Дөңгелекті толық бояңыз.", "Түзетуге болмайды.")


@dataclass(frozen=True)
class Photo:
    data: bytes
    number: int
    answers: tuple[tuple[int, ...], ...]  # what the pupil meant, row by row


def rows_of(count: int, options: int, many: Sequence[int] = ()) -> list[Row]:
    return [Row(str(n + 1), options, n in many) for n in range(count)]


def printed(number: int, rows: Sequence[Row], page: int = 0) -> Image.Image:
    data = sheets_pdf(
        "Сынақ", [Sheet(number, "Физика, 8-сынып", "Қанат Әлібеков", "8 «Ә» · 2-нұсқа", rows)], HOW
    )
    with pypdfium2.PdfDocument(data) as document:
        return document[page].render(scale=200 / 72).to_pil().convert("L")


def photographed(number: int, rows: Sequence[Row], seed: int, harm: float = 1.0, page: int = 0) -> Photo:
    chance = np.random.default_rng(seed)
    sheet = printed(number, rows, page)
    answers = _filled_in(sheet, rows, chance, page)
    return Photo(_spoiled(sheet, chance, harm), number, answers)


def _filled_in(
    sheet: Image.Image, rows: Sequence[Row], chance: np.random.Generator, page: int
) -> tuple[tuple[int, ...], ...]:
    pen = ImageDraw.Draw(sheet)
    ink, habit = int(chance.integers(15, 95)), chance.choice(["full", "full", "sloppy", "cross"])
    answers: list[tuple[int, ...]] = [() for _row in rows]
    middles = {(one.row, one.option): (one.x * DOTS, one.y * DOTS) for one in layout.bubbles(rows, page)}
    for place in sorted({row for row, _option in middles}):
        row = rows[place]
        if chance.random() < 0.05:
            continue
        count = int(chance.integers(1, 4)) if row.many else 1
        chosen = sorted(chance.choice(row.options, size=min(count, row.options), replace=False).tolist())
        answers[place] = tuple(chosen)
        for option in chosen:
            _mark(pen, *middles[place, option], ink, habit, chance)
    return tuple(answers)


def _mark(
    pen: ImageDraw.ImageDraw, x: float, y: float, ink: int, habit: str, chance: np.random.Generator
) -> None:
    x, y = x + chance.normal(0, 1.5), y + chance.normal(0, 1.5)
    reach = layout.RADIUS * DOTS
    if habit == "cross":
        for sign in (-1, 1):
            pen.line(
                [(x - reach * 0.9, y - sign * reach * 0.9), (x + reach * 0.9, y + sign * reach * 0.9)], ink, 6
            )
        return
    size = reach * (1.0 if habit == "full" else 0.8)
    for _stroke in range(14 if habit == "full" else 9):
        angle = chance.uniform(0, np.pi)
        dx, dy = size * np.cos(angle), size * np.sin(angle)
        pen.line([(x - dx, y - dy), (x + dx, y + dy)], ink, 7 if habit == "full" else 6)


def _spoiled(sheet: Image.Image, chance: np.random.Generator, harm: float) -> bytes:
    wide, high = sheet.size
    margin = int(60 + 140 * chance.random())
    table = Image.new("L", (wide + 2 * margin, high + 2 * margin), int(chance.integers(60, 200)))
    table.paste(sheet, (margin, margin))
    corners = np.array(
        [(0, 0), (table.width, 0), (table.width, table.height), (0, table.height)], dtype=float
    )
    moved = corners + chance.normal(0, 0.025 * harm * wide, corners.shape)
    way = homography(corners, moved)
    bent = table.transform(
        table.size,
        Image.Transform.PERSPECTIVE,
        way.ravel()[:8].tolist(),
        Image.Resampling.BICUBIC,
        fillcolor=90,
    )
    turned = bent.rotate(
        float(chance.normal(0, 4 * harm)) + float(chance.choice([0, 0, 90, 180, 270])),
        Image.Resampling.BICUBIC,
        expand=True,
        fillcolor=110,
    )
    pixels = np.asarray(
        turned.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.4) * harm)), dtype=np.float32
    )
    pixels = _shaded(pixels, chance, harm) + chance.normal(0, chance.uniform(2, 12) * harm, pixels.shape)
    target = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(
        target, "JPEG", quality=int(chance.integers(45, 90))
    )
    return target.getvalue()


def _shaded(pixels: np.ndarray, chance: np.random.Generator, harm: float) -> np.ndarray:
    """A lamp from one side, and the shadow of a hand or a telephone over a corner."""
    high, wide = pixels.shape
    across, down = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, high))
    angle = chance.uniform(0, 2 * np.pi)
    light = 0.8 + 0.2 * harm * (np.cos(angle) * across + np.sin(angle) * down)
    if chance.random() < 0.5:
        side = np.cos(angle + 1) * across + np.sin(angle + 1) * down - chance.uniform(0.1, 0.7)
        light *= 1 - 0.35 * harm / (1 + np.exp(-side * chance.uniform(8, 30)))
    return pixels * light
