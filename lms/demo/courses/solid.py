"""A cart in three dimensions for the demo: triangles put together here, as a .glb and as its still picture."""

from __future__ import annotations

import io
import json
import math
import struct
from collections.abc import Iterator

from PIL import Image, ImageDraw

Point = tuple[float, float, float]
Colour = tuple[int, int, int]
Triangle = tuple[tuple[Point, Point, Point], Colour]

GREEN, SUN, DARK = (17, 120, 110), (224, 152, 43), (60, 66, 68)
BOXES = [((0.0, 0.55, 0.0), (2.4, 0.5, 1.2), GREEN), ((-1.35, 0.75, 0.0), (0.3, 0.08, 0.9), DARK), ((-1.45, 1.0, 0.0), (0.1, 0.5, 0.9), DARK)]  # fmt: skip
WHEELS = [(x, 0.3, z) for x in (-0.8, 0.8) for z in (-0.7, 0.7)]
RADIUS, THICK, SPOKES = 0.3, 0.16, 24
YAW, TILT = -0.6, 0.35


def cart() -> bytes:
    return glb([one for part in _cart() for one in part])


def glb(triangles: list[Triangle]) -> bytes:
    """One surface, each corner with its place and its colour (glTF 2.0 §4.4)."""
    points = [point for corners, _colour in triangles for point in corners]
    places = b"".join(struct.pack("<3f", *point) for point in points)
    colours = b"".join(struct.pack("4B", *map(_linear, colour), 255) * 3 for _corners, colour in triangles)
    sides = [[pick(point[axis] for point in points) for axis in range(3)] for pick in (min, max)]
    scene = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "COLOR_0": 1}}]}],
        "buffers": [{"byteLength": len(places) + len(colours)}],
        "bufferViews": [
            {"buffer": 0, "byteLength": len(places)}, {"buffer": 0, "byteOffset": len(places), "byteLength": len(colours)},
        ],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": len(points), "type": "VEC3", "min": sides[0], "max": sides[1]},
            {"bufferView": 1, "componentType": 5121, "normalized": True, "count": len(points), "type": "VEC4"},
        ],
    }  # fmt: skip
    return container(scene, places + colours)


def _linear(part: int) -> int:
    """Colours of corners are amounts of light, not what a picture says (§3.7.2.1)."""
    return round(255 * (part / 255) ** 2.2)


def container(scene: object, binary: bytes) -> bytes:
    """The file around a description and its bytes."""
    told = json.dumps(scene).encode()
    told += b" " * (-len(told) % 4)
    binary += bytes(-len(binary) % 4)
    chunks = (
        struct.pack("<I4s", len(told), b"JSON") + told + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    )
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def cart_still() -> bytes:
    """Seen from where the page sees it first; of each part what is farther away is drawn first."""
    picture = Image.new("RGB", (960, 720), (238, 243, 242))
    pen = ImageDraw.Draw(picture)
    for part in _cart():
        turned = [([_turned(point) for point in corners], colour) for corners, colour in part]
        for corners, colour in sorted(turned, key=lambda one: sum(point[2] for point in one[0])):
            pen.polygon(
                [(480 + 210 * x, 360 - 210 * y) for x, y, _z in corners], fill=_shaded(corners, colour)
            )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _cart() -> list[list[Triangle]]:
    """Its parts, those behind before those in front."""
    body = [one for middle, size, colour in BOXES for one in _box(middle, size, colour)]
    wheels = {
        side: [one for middle in WHEELS if middle[2] * side > 0 for one in _wheel(middle)] for side in (-1, 1)
    }
    return [wheels[-1], body, wheels[1]]


def _box(middle: Point, size: Point, colour: Colour) -> Iterator[Triangle]:
    for axis in range(3):
        for side in (-1, 1):
            corners = [
                _corner(middle, size, axis, side, u, v)
                for u, v in ((-1, -1), (side, -side), (1, 1), (-side, side))
            ]
            yield (corners[0], corners[1], corners[2]), colour
            yield (corners[0], corners[2], corners[3]), colour


def _corner(middle: Point, size: Point, axis: int, side: int, u: int, v: int) -> Point:
    signs = {axis: side, (axis + 1) % 3: u, (axis + 2) % 3: v}
    x, y, z = (middle[one] + signs[one] * size[one] / 2 for one in range(3))
    return x, y, z


def _wheel(middle: Point) -> Iterator[Triangle]:
    x, y, z = middle
    rim = [
        (x + RADIUS * math.cos(turn), y + RADIUS * math.sin(turn))
        for turn in (2 * math.pi * step / SPOKES for step in range(SPOKES + 1))
    ]
    back, front = z - THICK / 2, z + THICK / 2
    for (a, b), (c, d) in zip(rim, rim[1:], strict=False):
        yield ((x, y, front), (a, b, front), (c, d, front)), SUN
        yield ((x, y, back), (c, d, back), (a, b, back)), SUN
        yield ((a, b, front), (a, b, back), (c, d, front)), DARK
        yield ((c, d, front), (a, b, back), (c, d, back)), DARK


def _turned(point: Point) -> Point:
    x, y, z = point[0], point[1] - 0.55, point[2]
    x, z = x * math.cos(YAW) + z * math.sin(YAW), z * math.cos(YAW) - x * math.sin(YAW)
    return x, y * math.cos(TILT) - z * math.sin(TILT), y * math.sin(TILT) + z * math.cos(TILT)


def _shaded(corners: list[Point], colour: Colour) -> Colour:
    a, b, c = corners
    u, v = ([one[axis] - a[axis] for axis in range(3)] for one in (b, c))
    across = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    length = math.hypot(*across) or 1
    light = 0.45 + 0.55 * max((0.35 * across[0] + 0.5 * across[1] + across[2]) / length / 1.17, 0)
    red, green, blue = (min(255, round(one * light)) for one in colour)
    return red, green, blue
