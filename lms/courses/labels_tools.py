"""Buttons of the workshop: what stands on them and what they are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# (code of the editor, sign, name)
TOOLS = (
    ("bold", "B", _l("Bold")),
    ("italic", "I", _l("Italic")),
    ("subscript", "x₂", _l("Subscript")),
    ("superscript", "x²", _l("Superscript")),
    ("heading", "H", _l("Small heading")),
    ("bullets", "•", _l("List")),
    ("numbers", "1.", _l("Numbered list")),
    ("quotation", "❝", _l("Quotation")),
    ("formula", "\\( \\)", _l("Formula in the line")),
    ("undo", "↶", _l("Undo what was typed")),
    ("redo", "↷", _l("Do it again")),
)

# (LaTeX, sign, name)
SIGNS = (
    ("\\frac{a}{b}", "a⁄b", _l("Fraction")),
    ("\\sqrt{x}", "√", _l("Square root")),
    ("\\sqrt[n]{x}", "ⁿ√", _l("Root of any degree")),
    ("x^{2}", "x²", _l("Power")),
    ("x_{n}", "xₙ", _l("Index below")),
    (" \\cdot ", "·", _l("Multiplication point")),
    (" \\times ", "×", _l("Multiplication cross")),
    (" \\pm ", "±", _l("Plus or minus")),
    (" \\le ", "≤", _l("Less than or equal to")),
    (" \\ge ", "≥", _l("Greater than or equal to")),
    (" \\ne ", "≠", _l("Not equal to")),
    (" \\approx ", "≈", _l("Approximately equal to")),
    ("\\pi ", "π", _l("Greek letter pi")),
    ("\\alpha ", "α", _l("Greek letter alpha")),
    ("\\beta ", "β", _l("Greek letter beta")),
    ("\\rho ", "ρ", _l("Greek letter rho")),
    ("\\Delta ", "Δ", _l("Greek letter delta")),
    ("\\lambda ", "λ", _l("Greek letter lambda")),
    ("^{\\circ}", "°", _l("Degree sign")),
    ("\\infty ", "∞", _l("Infinity")),
    ("\\sum_{i=1}^{n} ", "∑", _l("Sum")),
    ("\\int_{a}^{b} ", "∫", _l("Integral")),
    (" \\to ", "→", _l("Arrow")),
    ("\\vec{v}", "v⃗", _l("Vector")),
)
