"""Formulas: typed in LaTeX, shown as MathML, so that a reader needs no script and can have them read aloud."""

from __future__ import annotations

import re
from functools import lru_cache

from latex2mathml.converter import convert
from lxml import etree
from markupsafe import Markup

from lms.core.xml import XmlRefused, parse

LONGEST = 2000
MATHML = "http://www.w3.org/1998/Math/MathML"
# What a formula is made of. The converter copies the text of \text{…} as it stands, so nothing else may pass,
# and a < never reaches it.
ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
        "mmultiscripts",
        "mprescripts",
        "none",
    ]
)
ATTRIBUTES = frozenset(
    [
        "display",
        "stretchy",
        "fence",
        "form",
        "separator",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "linethickness",
        "columnalign",
        "rowspacing",
        "columnspacing",
        "mathvariant",
        "accent",
        "accentunder",
        "movablelimits",
        "largeop",
        "width",
        "displaystyle",
        "scriptlevel",
        "notation",
    ]
)
_PLAIN_VALUE = re.compile(r"[\w\s.,%+-]{0,60}")
_INLINE = re.compile(r"\\\((.{1,2000}?)\\\)", re.DOTALL)


def mathml(latex: str, block: bool = False) -> Markup:
    """The formula; what cannot be read as one is shown as it was typed."""
    tree = _tree(latex[:LONGEST], block)
    if tree is None:
        return Markup('<code class="c-formula-raw">{}</code>').format(latex)
    return Markup(etree.tostring(tree, encoding="unicode", with_tail=False))


def readable(latex: str) -> bool:
    return _tree(latex[:LONGEST], False) is not None


def inline(clean_html: str) -> Markup:
    r"""Clean markup with the formulas between \( and \) drawn. Nothing between them is taken as markup."""
    return Markup(_INLINE.sub(lambda found: str(mathml(_text(found[1]))), clean_html))


def tree(latex: str, block: bool = False) -> etree._Element | None:
    """For those who write the formula in another notation; a copy of their own."""
    found = _tree(latex[:LONGEST], block)
    return None if found is None else etree.fromstring(etree.tostring(found))


@lru_cache(maxsize=2000)
def _tree(latex: str, block: bool) -> etree._Element | None:
    if not latex.strip():
        return None
    try:
        found = parse(convert(latex.replace("<", r"\lt "), display="block" if block else "inline").encode())
    except (XmlRefused, RecursionError):
        return None
    except Exception:
        return None
    return found if _kept(found) else None


def _kept(root: etree._Element) -> bool:
    for one in root.iter():
        name = etree.QName(one)
        if name.namespace != MATHML or name.localname not in ELEMENTS:
            return False
        for attribute, value in list(one.attrib.items()):
            if attribute not in ATTRIBUTES or not _PLAIN_VALUE.fullmatch(value):
                del one.attrib[attribute]
    return True


def _text(markup: str) -> str:
    """The letters of a stretch of clean markup: an editor may have put tags or entities into a formula."""
    bare = re.sub(r"<[^>]*>", "", markup)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
