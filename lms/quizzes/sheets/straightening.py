"""Finds a sheet in a picture: four targets, the way from millimetres to points of the picture, the number.

A target is seen where runs of dark and light along a line are as 1:1:3:1:1, first across and then down; light may be
uneven, so dark means darker than the surroundings. Which way up the sheet lies is what its code says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lms.quizzes.sheets import layout
from lms.quizzes.sheets.code import read_bits
from lms.quizzes.sheets.pictures import Gray, PictureRefused, box_mean, opened, sampled

Points = NDArray[np.float64]
RATIO = np.array([1, 1, 3, 1, 1]) / 7
SLACK = 0.45  # of a module
DARKER = 0.82
MOST_TARGETS = 9
FEWEST_HITS = 4
LEAST_SHARE = 0.12  # of the picture that a sheet must cover


@dataclass(frozen=True)
class Straightened:
    number: int
    page: int
    picture: Gray
    way: Points  # 3 × 3: millimetres → points of the picture

    def at(self, x: Points, y: Points) -> Points:
        return sampled(self.picture, *projected(self.way, x, y))


def straightened(data: bytes) -> Straightened:
    picture = opened(data)
    smooth = box_mean(picture, 1)
    reach = max(12, min(picture.shape) // 18)
    dark = smooth < box_mean(picture, reach) * DARKER
    found = _targets(dark)
    if len(found) < 4:
        raise PictureRefused("no-sheet")
    for corners in _quadrangles(found, dark.size):
        seen = _numbered(picture, corners)
        if seen is not None:
            return seen
    raise PictureRefused("no-code")


def projected(way: Points, x: Points, y: Points) -> tuple[Points, Points]:
    below = way[2, 0] * x + way[2, 1] * y + way[2, 2]
    return (way[0, 0] * x + way[0, 1] * y + way[0, 2]) / below, (
        way[1, 0] * x + way[1, 1] * y + way[1, 2]
    ) / below


def homography(sheet: Points, picture: Points) -> Points:
    """The projection that carries four points onto four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(sheet, picture, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(values)), 1.0).reshape(3, 3)


def _targets(dark: NDArray[np.bool_]) -> Points:
    """Middles of what looks like a target, the surest first."""
    x, y, size = _seen_along_rows(dark)
    down, across, tall = _seen_along_rows(dark.T)
    if not len(x) or not len(across):
        return np.empty((0, 2))
    found: list[tuple[int, float, float]] = []
    left = np.ones(len(x), dtype=bool)
    while left.any() and len(found) < 60:
        first = int(np.flatnonzero(left)[0])
        near = left & (np.abs(x - x[first]) < size[first]) & (np.abs(y - y[first]) < size[first] * 4)
        left &= ~near
        middle, reach = float(np.median(x[near])), float(np.median(size[near]))
        also = (np.abs(across - middle) < 2.5 * reach) & (np.abs(down - np.median(y[near])) < 2.5 * reach)
        also &= (tall < 2.2 * reach) & (tall > reach / 2.2)
        if near.sum() >= FEWEST_HITS and also.sum() >= FEWEST_HITS:
            found.append((int(min(near.sum(), also.sum())), middle, float(np.median(down[also]))))
    found.sort(reverse=True)
    return np.array([one[1:] for one in found[:MOST_TARGETS]]).reshape(-1, 2)


def _seen_along_rows(dark: NDArray[np.bool_]) -> tuple[Points, Points, Points]:
    """Where five runs in a row have the ratio: middle along the row, the row, the length of one module."""
    high, wide = dark.shape
    framed = np.zeros((high, wide + 2), dtype=np.int8)
    framed[:, 1:-1] = dark
    turns = np.flatnonzero(np.diff(framed.ravel()))
    row, column = np.divmod(turns, wide + 2)
    runs = np.diff(turns).astype(float)
    if len(runs) < 5:
        return np.empty(0), np.empty(0), np.empty(0)
    five = np.stack([runs[n : len(runs) - 4 + n] for n in range(5)])
    whole = five.sum(axis=0)
    module = whole / 7
    fits = (np.abs(five - RATIO[:, None] * whole) < SLACK * np.array([1, 1, 2, 1, 1])[:, None] * module).all(
        axis=0
    )
    begins_dark = framed.ravel()[turns[: len(module)] + 1] == 1
    same_row = row[: len(module)] == row[5:]
    good = np.flatnonzero(fits & begins_dark & same_row & (module > 2) & (module < wide / 20))
    middle = column[good] + five[:2, good].sum(axis=0) + five[2, good] / 2
    return middle, row[good].astype(float), module[good]


def _quadrangles(found: Points, size: int) -> Iterator[Points]:
    """Four targets in the order of a clock, the largest sheet first."""
    made = []
    for four in combinations(range(len(found)), 4):
        corners = found[list(four)]
        middle = corners.mean(axis=0)
        corners = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
        after = np.roll(corners, -1, axis=0)
        area = 0.5 * float((corners[:, 0] * after[:, 1] - after[:, 0] * corners[:, 1]).sum())
        if _is_convex(corners) and area > LEAST_SHARE * size:
            made.append((area, corners))
    yield from (corners for _area, corners in sorted(made, key=lambda one: -one[0]))


def _is_convex(corners: Points) -> bool:
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    return bool((sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] > 0).all())


def _numbered(picture: Gray, corners: Points) -> Straightened | None:
    """Each way up in turn until the code is whole."""
    cells = np.array(list(layout.code_cells()))
    for turn in range(4):
        way = homography(np.array(layout.TARGETS), np.roll(corners, turn, axis=0))
        code = read_bits((_lightness(picture, way, cells) < 0.5).tolist())
        if code is not None:
            return Straightened(*code, picture, way)
    return None


def _lightness(picture: Gray, way: Points, cells: Points) -> Points:
    """Of each cell between the dark of the targets (0) and the paper around the code (1)."""
    dots = np.array([(x, y) for x in (-0.7, 0, 0.7) for y in (-0.7, 0, 0.7)])
    x, y = (cells[:, None, axis] + dots[None, :, axis] for axis in (0, 1))
    values = sampled(picture, *projected(way, x, y)).mean(axis=1)
    paper = sampled(
        picture,
        *projected(
            way,
            cells[:, 0],
            np.where(cells[:, 1] < layout.CODE_TOP + 4, layout.CODE_TOP - 2.5, layout.CODE_TOP + 10.5),
        ),
    )
    inner = np.array(layout.TARGETS[:2])
    dark = sampled(picture, *projected(way, inner[:, 0], inner[:, 1])).mean()
    return np.asarray((values - dark) / np.maximum(paper - dark, 1.0))
