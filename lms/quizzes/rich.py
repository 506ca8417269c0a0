"""Clean HTML with formulas: \\( … \\) in a line and \\[ … \\] on a line of its own become MathML."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3
from latex2mathml.converter import convert
from markupsafe import Markup

_FORMULA = re.compile(r"\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]", re.DOTALL)
# MathML Core without links, scripts and annotations.
_TAGS = {
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msup", "msub", "msubsup",
    "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mstyle", "mpadded",
    "mphantom", "menclose", "mfenced", "mlabeledtr", "merror",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"mathvariant", "stretchy", "fence", "form", "separator", "lspace", "rspace", "minsize", "maxsize", "accent",
          "columnalign", "rowspacing", "columnspacing", "linethickness", "displaystyle", "scriptlevel", "width",
          "height", "depth", "display", "notation", "columnlines", "rowlines", "movablelimits", "symmetric", "largeop"},
}  # fmt: skip


def rich(markup: str | None) -> Markup:
    """For pages. The markup was cleaned when it was written."""
    return Markup(_FORMULA.sub(_drawn, markup or ""))


def _drawn(found: re.Match[str]) -> str:
    inside, block = (found[1], False) if found[1] is not None else (found[2], True)
    return formula(html.unescape(re.sub(r"<[^>]*>", "", inside)), block)


@lru_cache(maxsize=2048)
def formula(latex: str, block: bool = False) -> str:
    """What the converter makes is cleaned too: it lets markup through. What it cannot read stays as typed."""
    try:
        made = convert(latex, display="block" if block else "inline")
    except Exception:
        return f"<code>{html.escape(latex)}</code>"
    return nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, clean_content_tags={"script", "style"})
