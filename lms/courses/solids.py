"""A model in three dimensions on its way in: glTF 2.0 in one file (§4.4 GLB), looked through before it is kept.

It is drawn by assets/courses/solid, which knows surfaces of triangles, their colours and pictures. What that cannot show
is refused by name; motion and bones are passed over, and the model stands still.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator
from typing import Any

from PIL import Image

MAGIC, VERSION = b"glTF", 2
JSON_CHUNK, BINARY_CHUNK = 0x4E4F534A, 0x004E4942
# What a laptop of ten years draws while it is turned, and what its graphics memory holds.
MOST_TRIANGLES, MOST_PICTURES, LONGEST_SIDE = 200_000, 16, 2048
MOST_NODES, MOST_DEPTH, MOST_JSON = 2_000, 64, 2 * 1024 * 1024
TRIANGLES = 4
# Those that need nothing of the one who draws beyond what is read anyway.
EXTENSIONS = frozenset({"KHR_materials_unlit", "KHR_mesh_quantization"})
_BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
_NUMBERS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
_INDICES = (5121, 5123, 5125)


class SolidRefused(Exception):
    """`code`: not-a-model, damaged, outside, packed, too-much, empty; `names`: of what it needs."""

    def __init__(self, code: str, names: str = "") -> None:
        super().__init__(code)
        self.code, self.names = code, names


def look_through(data: bytes) -> int:
    """How many triangles it draws; refused when anything in it does not fit together."""
    told, binary = _chunks(data)
    try:
        scene = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise SolidRefused("damaged") from error
    if not isinstance(scene, dict) or not str(_part(scene, "asset").get("version")).startswith("2."):
        raise SolidRefused("damaged")
    needed = {str(one)[:60] for one in _list(scene, "extensionsRequired")} - EXTENSIONS
    if needed:
        raise SolidRefused("packed", ", ".join(sorted(needed)[:5]))
    return _Scene(scene, binary).triangles()


def _chunks(data: bytes) -> tuple[bytes, bytes]:
    """(JSON, binary): the first two chunks; the header and each chunk say how long they are, and it must be so."""
    if len(data) < 20 or data[:4] != MAGIC:
        raise SolidRefused("not-a-model")
    version, length = struct.unpack_from("<II", data, 4)
    if version != VERSION or length != len(data):
        raise SolidRefused("damaged")
    found: dict[int, bytes] = {}
    at = 12
    while at < len(data):
        if at + 8 > len(data):
            raise SolidRefused("damaged")
        size, kind = struct.unpack_from("<II", data, at)
        if size % 4 or at + 8 + size > len(data):
            raise SolidRefused("damaged")
        found.setdefault(kind, data[at + 8 : at + 8 + size])
        at += 8 + size
    if JSON_CHUNK not in found or len(found[JSON_CHUNK]) > MOST_JSON:
        raise SolidRefused("damaged")
    return found[JSON_CHUNK], found.get(BINARY_CHUNK, b"")


class _Scene:
    def __init__(self, scene: dict[str, Any], binary: bytes) -> None:
        self.scene, self.binary = scene, binary
        self.nodes, self.meshes = _list(scene, "nodes"), _list(scene, "meshes")
        self.accessors, self.views = _list(scene, "accessors"), _list(scene, "bufferViews")

    def triangles(self) -> int:
        self._buffers()
        for one in self.accessors:
            self._accessor(_row(one))
        self._pictures()
        drawn = sum(self._drawn(node) for node in self._walk())
        if drawn > MOST_TRIANGLES:
            raise SolidRefused("too-much")
        if not drawn:
            raise SolidRefused("empty")
        return drawn

    def _buffers(self) -> None:
        buffers = _list(self.scene, "buffers")
        if any("uri" in _row(one) for one in [*buffers, *_list(self.scene, "images")]):
            raise SolidRefused("outside")
        whole = _number(_row(buffers[0]), "byteLength") if buffers else 0
        if len(buffers) > 1 or whole > len(self.binary):
            raise SolidRefused("damaged")
        for one in map(_row, self.views):
            if _number(one, "buffer") or _number(one, "byteOffset") + _number(one, "byteLength") > whole:
                raise SolidRefused("damaged")

    def _accessor(self, one: dict[str, Any]) -> None:
        size = _BYTES.get(_number(one, "componentType"), 0) * _NUMBERS.get(str(one.get("type")), 0)
        if "sparse" in one or not size:
            raise SolidRefused("damaged")
        view = _at(self.views, one.get("bufferView"))
        step = _number(view, "byteStride") or size
        last = _number(one, "byteOffset") + step * (_number(one, "count") - 1) + size
        if not _number(one, "count") or step > 252 or last > _number(view, "byteLength"):
            raise SolidRefused("damaged")

    def _pictures(self) -> None:
        pictures = _list(self.scene, "images")
        if len(pictures) > MOST_PICTURES:
            raise SolidRefused("too-much")
        for one in map(_row, pictures):
            view = _at(self.views, one.get("bufferView"))
            start = _number(view, "byteOffset")
            _picture(self.binary[start : start + _number(view, "byteLength")])
        for texture in map(_row, _list(self.scene, "textures")):
            _at(pictures, texture.get("source"))

    def _walk(self) -> Iterator[dict[str, Any]]:
        """Every part of the scene once: a tree that leads back into itself is none."""
        scene = _at(_list(self.scene, "scenes"), self.scene.get("scene", 0))
        left = [(one, 0) for one in _list(scene, "nodes")]
        seen: set[int] = set()
        while left:
            place, depth = left.pop()
            node = _at(self.nodes, place)
            if place in seen or depth > MOST_DEPTH:
                raise SolidRefused("damaged")
            seen.add(place)
            if len(seen) > MOST_NODES:
                raise SolidRefused("too-much")
            left += [(one, depth + 1) for one in _list(node, "children")]
            yield node

    def _drawn(self, node: dict[str, Any]) -> int:
        if "mesh" not in node:
            return 0
        return sum(self._primitive(_row(one)) for one in _list(_at(self.meshes, node["mesh"]), "primitives"))

    def _primitive(self, one: dict[str, Any]) -> int:
        if one.get("mode", TRIANGLES) != TRIANGLES:
            return 0  # points and lines
        attributes = _part(one, "attributes")
        points = _at(self.accessors, attributes.get("POSITION"))
        counts = {_number(_at(self.accessors, place), "count") for place in attributes.values()}
        if points.get("type") != "VEC3" or len(counts) > 1:
            raise SolidRefused("damaged")
        if "indices" not in one:
            return _number(points, "count") // 3
        indices = _at(self.accessors, one["indices"])
        if indices.get("type") != "SCALAR" or indices.get("componentType") not in _INDICES:
            raise SolidRefused("damaged")
        return _number(indices, "count") // 3


def _picture(data: bytes) -> None:
    """Its size is read from its head; browsers draw it like any picture."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as found:
            sides = found.size
    except Exception as error:  # Pillow has many ways to say that a file is broken
        raise SolidRefused("damaged") from error
    if max(sides) > LONGEST_SIDE:
        raise SolidRefused("too-much")


def _list(row: dict[str, Any], name: str) -> list[Any]:
    found = row.get(name, [])
    if not isinstance(found, list):
        raise SolidRefused("damaged")
    return found


def _row(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SolidRefused("damaged")
    return value


def _part(row: dict[str, Any], name: str) -> dict[str, Any]:
    return _row(row.get(name))


def _number(row: dict[str, Any], name: str) -> int:
    found = row.get(name, 0)
    if type(found) is not int or not 0 <= found < 2**31:
        raise SolidRefused("damaged")
    return found


def _at(rows: list[Any], place: Any) -> dict[str, Any]:
    if type(place) is not int or not 0 <= place < len(rows):
        raise SolidRefused("damaged")
    return _row(rows[place])
