"""What lies on a slide (ECMA-376 Part 1 §19.3.1): shapes, pictures and tables, groups opened."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LATER = frozenset(["pic", "graphicFrame"])


def shapes_of(tree: Any) -> Iterator[Any]:
    """Texts before pictures, as they lie on the slide; groups are opened, of two drawings the newer one is taken."""
    flat = list(_flat(tree)) if tree is not None else []
    yield from (one for one in flat if one.tag.rpartition("}")[2] not in _LATER)
    yield from (one for one in flat if one.tag.rpartition("}")[2] in _LATER)


def _flat(parent: Any) -> Iterator[Any]:
    for one in parent:
        if one.tag in (P + "grpSp", MC + "Choice"):
            yield from _flat(one)
        elif one.tag == MC + "AlternateContent":
            choice = one.find(MC + "Choice")
            yield from _flat(choice if choice is not None else one)
        elif one.tag in (P + "sp", P + "pic", P + "graphicFrame"):
            yield one


def place_of(shape: Any) -> str:
    """What the layout takes the shape for; nothing for a box somebody drew."""
    found = next(shape.iter(P + "ph"), None)
    return found.get("type", "body") if found is not None else ""


def words_of(one: Any) -> str:
    parts = (text.text or "" if text.tag == A + "t" else " " for text in one.iter(A + "t", A + "br", A + "p"))
    return " ".join("".join(parts).split())


def named_png(name: str) -> str:
    """Pictures of printers are told apart by their inside, the name only has to be one we take."""
    shown = posixpath.basename(name)
    return f"{shown.rpartition('.')[0]}.png" if shown.lower().endswith((".tif", ".tiff")) else shown
