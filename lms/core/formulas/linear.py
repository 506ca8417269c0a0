"""Formulas where there is no MathML: written on one line, with raised and lowered letters, for PDF."""

from __future__ import annotations

from typing import Any

from lxml import etree
from markupsafe import escape

from lms.core import formulas

_PLAIN = frozenset(["math", "mrow", "mstyle", "mpadded", "mphantom", "menclose", "mtd"])


def linear(latex: str) -> str:
    """Markup with <super> and <sub> only, as reportlab draws it."""
    tree = formulas.tree(latex)
    return str(escape(latex)) if tree is None else _drawn(tree)


def _drawn(one: Any) -> str:
    name = etree.QName(one).localname
    parts = [_drawn(child) for child in one]
    if name in _PLAIN:
        return "".join(parts)
    if name == "mfrac":
        return f"{_closed(one[0], parts[0])}/{_closed(one[1], parts[1])}"
    if name in ("msup", "mover"):
        return f"{parts[0]}<super>{parts[1]}</super>"
    if name in ("msub", "munder"):
        return f"{parts[0]}<sub>{parts[1]}</sub>"
    if name in ("msubsup", "munderover"):
        return f"{parts[0]}<sub>{parts[1]}</sub><super>{parts[2]}</super>"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name == "mroot":
        return f"<super>{parts[1]}</super>√({parts[0]})"
    if name == "mtr":
        return " ".join(parts)
    if name == "mtable":
        return "; ".join(parts)
    text = str(escape(one.text or ""))
    return f" {text} " if name == "mo" and text in "=≤≥≈≠+−±→" and text else text


def _closed(one: Any, drawn: str) -> str:
    """In brackets when there is more than one sign."""
    signs = "".join(one.itertext()).strip()
    return drawn if signs.isalnum() else f"({drawn})"
