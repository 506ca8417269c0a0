"""MathML of a page (MathML Core) as LaTeX, so that its formulas can be changed here."""

from __future__ import annotations

from typing import Any

from lms.core.formulas.omml_in import ACCENTS, SIGNS, fence

_GROUPS = frozenset(
    ["math", "mrow", "mstyle", "mpadded", "semantics", "mphantom", "menclose", "merror", "mtd"]
)
_SMALL = {"msup": "^", "mover": "^", "msub": "_", "munder": "_"}
_NAMES = frozenset(["sin", "cos", "tan", "cot", "log", "ln", "lg", "lim", "max", "min", "exp", "arcsin", "arccos", "arctan"])  # fmt: skip


def latex(formula: Any) -> str:
    """What its author typed, when that came along (annotation, MathML Core §5.1), else what the elements mean."""
    for one in formula.iter():
        if _name(one) == "annotation" and "tex" in (one.get("encoding") or "").lower():
            return " ".join((one.text or "").split())
    try:
        return " ".join(_one(formula).split())
    except RecursionError:
        return ""


def _name(one: Any) -> str:
    return one.tag.rpartition("}")[2].lower() if isinstance(one.tag, str) else ""


def _many(parent: Any) -> str:
    return "".join(
        _one(child) for child in parent if _name(child) not in ("", "annotation", "annotation-xml")
    )


def _one(one: Any) -> str:
    name = _name(one)
    parts = [child for child in one if _name(child)]
    if name in _GROUPS:
        return _many(one)
    if name == "mfrac" and len(parts) == 2:
        return rf"\frac{{{_one(parts[0])}}}{{{_one(parts[1])}}}"
    if name == "msqrt":
        return rf"\sqrt{{{_many(one)}}}"
    if name == "mroot" and len(parts) == 2:
        return rf"\sqrt[{_one(parts[1])}]{{{_one(parts[0])}}}"
    if name == "mover" and len(parts) == 2 and (parts[1].text or "") in ACCENTS:
        return rf"\{ACCENTS[parts[1].text]}{{{_one(parts[0])}}}"
    if name in _SMALL and len(parts) == 2:
        return f"{{{_one(parts[0])}}}{_SMALL[name]}{{{_one(parts[1])}}}"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{{{_one(parts[0])}}}_{{{_one(parts[1])}}}^{{{_one(parts[2])}}}"
    if name == "mfenced":
        inside = ", ".join(map(_one, parts))
        return rf"\left{fence(one.get('open', '('))} {inside} \right{fence(one.get('close', ')'))}"
    if name == "mtable":
        rows = (" & ".join(_many(cell) for cell in row if _name(cell)) for row in parts)
        return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"
    if name == "mspace":
        return " "
    text = (one.text or "").strip()
    if name == "mtext":
        return rf"\text{{{text.replace('{', '').replace('}', '')}}}" if text else ""
    if text in _NAMES:
        return rf"\{text} "
    return "".join(SIGNS.get(sign, sign) for sign in text) + (_many(one) if parts else "")
