"""MathML as Word's own formulas (OMML, ECMA-376 Part 1 §22.1), so that they can be edited there."""

from __future__ import annotations

from typing import Any

from lxml import etree

from lms.core import formulas

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_GROUPS = frozenset(["math", "mrow", "mstyle", "mpadded", "mphantom", "menclose", "mtd"])


def omml(latex: str) -> Any | None:
    """An m:oMath element; None when the formula cannot be read."""
    tree = formulas.tree(latex)
    if tree is None:
        return None
    whole = _new("oMath")
    whole.extend(_many(tree))
    return whole


def _new(name: str, *children: Any) -> Any:
    element = etree.Element(f"{{{M}}}{name}", nsmap={"m": M})
    element.extend(children)
    return element


def _many(parent: Any) -> list[Any]:
    return [part for child in parent for part in _one(child)]


def _part(name: str, child: Any) -> Any:
    return _new(name, *_one(child))


def _one(one: Any) -> list[Any]:
    name = etree.QName(one).localname
    if name in _GROUPS:
        return _many(one)
    if name == "mfrac":
        return [_new("f", _part("num", one[0]), _part("den", one[1]))]
    if name == "msup":
        return [_new("sSup", _part("e", one[0]), _part("sup", one[1]))]
    if name == "msub":
        return [_new("sSub", _part("e", one[0]), _part("sub", one[1]))]
    if name in ("msubsup", "munderover"):
        return [_new("sSubSup", _part("e", one[0]), _part("sub", one[1]), _part("sup", one[2]))]
    if name == "munder":
        return [_new("limLow", _part("e", one[0]), _part("lim", one[1]))]
    if name == "mover":
        return [_new("limUpp", _part("e", one[0]), _part("lim", one[1]))]
    if name == "msqrt":
        hidden = _new("radPr", _value("degHide", "1"))
        return [_new("rad", hidden, _new("deg"), _new("e", *_many(one)))]
    if name == "mroot":
        return [_new("rad", _part("deg", one[1]), _part("e", one[0]))]
    if name == "mtable":
        rows = [_new("mr", *(_new("e", *_many(cell)) for cell in row)) for row in one]
        return [_new("m", *rows)]
    return [_run(one.text or "")]


def _run(text: str) -> Any:
    word = etree.Element(f"{{{M}}}t")
    word.text = text
    word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _new("r", word)


def _value(name: str, value: str) -> Any:
    element = _new(name)
    element.set(f"{{{M}}}val", value)
    return element
