"""A photograph as numbers: opened carefully, grey, upright, never larger than reading needs."""

from __future__ import annotations

import io
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Gray = NDArray[np.float32]
MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST = 2400
SHORTEST = 700
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")


class PictureRefused(Exception):
    """`code` says why: too-large, not-a-picture, too-small, no-sheet, no-code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def opened(data: bytes) -> Gray:
    if len(data) > MOST_BYTES:
        raise PictureRefused("too-large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow warns of is judged here
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return _gray(picture)
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PictureRefused("too-large") from error
    except Exception as error:  # a damaged picture makes Pillow raise anything at all
        raise PictureRefused("not-a-picture") from error


def _gray(picture: Image.Image) -> Gray:
    wide, high = picture.size
    if wide * high > MOST_PIXELS:
        raise PictureRefused("too-large")
    if min(wide, high) < SHORTEST:
        raise PictureRefused("too-small")
    picture.draft("L", (LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(picture).convert("L")
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    return np.asarray(upright, dtype=np.float32)


def box_mean(picture: Gray, reach: int) -> Gray:
    """The mean of a square around every point, by sums over sums; the edge is repeated outwards."""
    side = 2 * reach + 1
    wide = np.pad(picture, ((reach + 1, reach), (reach + 1, reach)), mode="edge").astype(np.float64)
    total = wide.cumsum(axis=0).cumsum(axis=1)
    found = total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side]
    return (found / side**2).astype(np.float32)


def sampled(picture: Gray, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values between the points of the picture; what lies outside is taken from the edge."""
    high, wide = picture.shape
    x, y = np.clip(x, 0, wide - 1.001), np.clip(y, 0, high - 1.001)
    left, top = x.astype(int), y.astype(int)
    across, down = x - left, y - top
    upper = picture[top, left] * (1 - across) + picture[top, left + 1] * across
    lower = picture[top + 1, left] * (1 - across) + picture[top + 1, left + 1] * across
    return np.asarray(upper * (1 - down) + lower * down)
