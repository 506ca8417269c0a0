"""Word's formulas (OMML, ECMA-376 Part 1 §22.1) as LaTeX, so that they can be changed here."""

from __future__ import annotations

from typing import Any

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SIGNS = {
    "×": r"\times ", "·": r"\cdot ", "÷": r"\div ", "±": r"\pm ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ",
    "≈": r"\approx ", "∞": r"\infty ", "→": r"\to ", "∑": r"\sum ", "∫": r"\int ", "∏": r"\prod ", "√": r"\surd ",
    "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "δ": r"\delta ", "ε": r"\epsilon ", "λ": r"\lambda ",
    "μ": r"\mu ", "ν": r"\nu ", "π": r"\pi ", "ρ": r"\rho ", "σ": r"\sigma ", "τ": r"\tau ", "φ": r"\varphi ",
    "ω": r"\omega ", "η": r"\eta ", "θ": r"\theta ", "Δ": r"\Delta ", "Σ": r"\Sigma ", "Ω": r"\Omega ", "Φ": r"\Phi ",
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_", "°": r"^{\circ}", "−": "-",
}  # fmt: skip
ACCENTS = {"\u20d7": "vec", "\u0302": "hat", "\u0304": "bar", "\u0307": "dot", "\u0305": "overline"}


def latex(formula: Any) -> str:
    return " ".join(_many(formula).split())


def _many(parent: Any) -> str:
    return "".join(_one(child) for child in parent if isinstance(child.tag, str))


def _in(element: Any, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else _many(found)


def _value(element: Any, path: str, usual: str) -> str:
    found = element.find("/".join(M + part for part in path.split("/")))
    return usual if found is None else found.get(M + "val", "")


def _one(one: Any) -> str:
    name = etree.QName(one).localname
    if name == "r":
        return "".join(SIGNS.get(sign, sign) for text in one.iter(M + "t") for sign in text.text or "")
    if name == "f":
        return rf"\frac{{{_in(one, 'num')}}}{{{_in(one, 'den')}}}"
    if name == "sSup":
        return f"{{{_in(one, 'e')}}}^{{{_in(one, 'sup')}}}"
    if name == "sSub":
        return f"{{{_in(one, 'e')}}}_{{{_in(one, 'sub')}}}"
    if name == "sSubSup":
        return f"{{{_in(one, 'e')}}}_{{{_in(one, 'sub')}}}^{{{_in(one, 'sup')}}}"
    if name == "rad":
        root = _in(one, "deg").strip()
        return rf"\sqrt{f'[{root}]' if root else ''}{{{_in(one, 'e')}}}"
    if name == "nary":
        sign = SIGNS.get(_value(one, "naryPr/chr", "∫"), r"\int ")
        return f"{sign.strip()}_{{{_in(one, 'sub')}}}^{{{_in(one, 'sup')}}} {_in(one, 'e')}"
    if name == "d":
        inside = ", ".join(_many(part) for part in one.findall(M + "e"))
        left, right = _value(one, "dPr/begChr", "("), _value(one, "dPr/endChr", ")")
        return rf"\left{fence(left)} {inside} \right{fence(right)}"
    if name == "acc":
        return rf"\{ACCENTS.get(_value(one, 'accPr/chr', ''), 'hat')}{{{_in(one, 'e')}}}"
    if name == "func":
        return f"{_in(one, 'fName')} {_in(one, 'e')}"
    if name in ("limLow", "limUpp"):
        return f"{_in(one, 'e')}{'_' if name == 'limLow' else '^'}{{{_in(one, 'lim')}}}"
    if name == "m":
        rows = (" & ".join(_many(cell) for cell in row.findall(M + "e")) for row in one.findall(M + "mr"))
        return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"
    return "" if name.endswith("Pr") else _many(one)


def fence(sign: str) -> str:
    return {"{": r"\{", "}": r"\}", "": "."}.get(sign, sign)
