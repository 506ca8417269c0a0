"""Clean HTML as paragraphs that reportlab can draw; formulas on one line, raised and lowered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import html as lxml_html
from markupsafe import escape

from lms.core.formulas.linear import linear

_FORMULA = re.compile(r"\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]", re.DOTALL)
_MARKS = {
    "strong": "b", "b": "b", "em": "i", "i": "i", "sub": "sub", "sup": "super", "super": "super", "u": "u",
}  # fmt: skip
_HOLDERS = ("ul", "ol", "blockquote", "div", "table", "tbody", "thead", "tr", "dl", "figure")
_HEADS = ("h2", "h3", "h4", "h5")
_PARAGRAPHS = (*_HEADS, "p", "li", "pre", "td", "th", "dt", "dd", "figcaption")


def paragraphs(markup: str) -> Iterator[tuple[str, str]]:
    """(text, "body" or "heading3") of each."""
    drawn = _FORMULA.sub(lambda one: linear(unescape(re.sub(r"<[^>]*>", "", one[1] or one[2]))), markup)
    tree = lxml_html.fragment_fromstring(drawn or "<p></p>", create_parent="div")
    yield from _below(tree, "")


def _below(tree: Any, sign: str) -> Iterator[tuple[str, str]]:
    """`sign` is the bullet or the number of the item this stands in; the first paragraph takes it."""
    loose, number = str(escape(tree.text or "")), 0
    for one in tree:
        if one.tag in _HOLDERS or one.tag in _PARAGRAPHS:
            if loose.strip():
                yield sign + loose, "body"
                sign = ""
            loose = ""
            number += 1
            yield from (
                _below(one, "") if one.tag in _HOLDERS else _paragraph(one, _sign(one, tree, number) or sign)
            )
            sign = ""
        else:
            loose += _one(one)
        loose += str(escape(one.tail or ""))
    if loose.strip():
        yield sign + loose, "body"


def _sign(one: Any, tree: Any, number: int) -> str:
    return "" if one.tag != "li" else f"{number}. " if tree.tag == "ol" else "• "


def _paragraph(one: Any, sign: str) -> Iterator[tuple[str, str]]:
    if any(child.tag in _HOLDERS or child.tag in _PARAGRAPHS for child in one):
        yield from _below(one, sign)
        return
    text = sign + _inside(one)
    if text.strip():
        yield text, "heading3" if one.tag in _HEADS else "body"


def _inside(one: Any) -> str:
    return str(escape(one.text or "")) + "".join(_one(child) + str(escape(child.tail or "")) for child in one)


def _one(child: Any) -> str:
    if child.tag == "br":
        return "<br/>"
    mark = _MARKS.get(child.tag)
    return f"<{mark}>{_inside(child)}</{mark}>" if mark else _inside(child)
