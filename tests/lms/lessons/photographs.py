"""Photographs of classes that hold up answer cards, and a film of them for a browser's camera."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from lms.lessons import cards

WIDE, HIGH = 960, 720


def held(number: int, letter: int, size: int, chance: random.Random, upright: bool = False) -> Image.Image:
    """A card on white paper with that letter on top, a little askew and not quite facing the camera."""
    cell = 16
    paper = Image.new("L", (10 * cell, 10 * cell), 235)
    pen = ImageDraw.Draw(paper)
    for row, column in cards.cells(number):
        pen.rectangle(
            [(column + 2) * cell, (row + 2) * cell, (column + 3) * cell - 1, (row + 3) * cell - 1], fill=25
        )
    paper = paper.rotate(90 * letter)  # counter-clockwise: the right side, B, comes to the top
    askew = 0 if upright else chance.uniform(-22, 22)
    lean = [0.0] * 8 if upright else [chance.uniform(0, 14) for _corner in range(8)]
    side = 10 * cell
    corners = [
        (lean[0], lean[1]),
        (lean[2], side - lean[3]),
        (side - lean[4], side - lean[5]),
        (side - lean[6], lean[7]),
    ]
    flat = Image.merge("LA", (paper, Image.new("L", paper.size, 255))).transform(
        paper.size,
        Image.Transform.QUAD,
        [value for corner in corners for value in corner],
        Image.Resampling.BILINEAR,
    )
    return flat.rotate(askew, Image.Resampling.BICUBIC, expand=True).resize(
        (size, size), Image.Resampling.LANCZOS
    )


def photograph(chance: random.Random, number_of_cards: int) -> tuple[Image.Image, dict[int, int]]:
    """A class that holds its cards up: a lamp on one side, a shadow, grain, a camera that is not quite sharp."""
    scene = Image.linear_gradient("L").resize((WIDE, HIGH)).point(lambda value: 90 + value // 3)
    pen = ImageDraw.Draw(scene)
    for _thing in range(30):
        x, y = chance.randint(0, WIDE), chance.randint(0, HIGH)
        pen.rectangle(
            [x, y, x + chance.randint(10, 120), y + chance.randint(10, 120)], fill=chance.randint(40, 200)
        )
    chosen, expected = chance.sample(range(1, cards.MOST + 1), number_of_cards), {}
    places = chance.sample([(column, row) for column in range(6) for row in range(4)], number_of_cards)
    for number, (column, row) in zip(chosen, places, strict=True):
        expected[number] = chance.randrange(4)
        card = held(number, expected[number], chance.randint(80, 140), chance)
        scene.paste(card.getchannel("L"), (column * 158 + 5, row * 178 + 8), card.getchannel("A"))
    grain = Image.effect_noise((WIDE, HIGH), 22)
    scene = ImageChops.add(scene.filter(ImageFilter.GaussianBlur(0.9)), grain, 1, -128)
    shadow = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize((WIDE, HIGH))
        .point(lambda value: 150 + value * 105 // 255)
    )
    return ImageChops.multiply(scene, shadow), expected


def film(file: Path, shown: Mapping[int, int]) -> Path:
    """640 × 480, a second of it, in YUV4MPEG2 as Chromium's camera takes it: cards and which side is on top."""
    chance, scene = random.Random(1), Image.new("L", (640, 480), 170)
    for place, (number, letter) in enumerate(shown.items()):
        card = held(number, letter, 220, chance, upright=True)
        scene.paste(card.getchannel("L"), (60 + 300 * place, 120))
    frame = b"FRAME\n" + scene.tobytes() + bytes([128]) * (640 * 480 // 2)
    file.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * 10)
    return file
