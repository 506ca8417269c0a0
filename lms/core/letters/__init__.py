"""The letters of everything that is drawn here: papers, slides, packages. A bare machine has no fonts of its own.

Noto Sans has every Kazakh letter and hardly a sign of mathematics; `joined` lays those of Vollkorn into it, so that
one font knows them all and nobody who draws has to ask which sign stands where. `sfnt` reads and writes fonts,
`paper` makes the font known to reportlab, `markup` turns clean HTML into what reportlab draws.
"""

from __future__ import annotations

from lms.core.letters.joined import LICENCES, whole_font
from lms.core.letters.paper import BOLD, FONT, use_font

__all__ = ["BOLD", "FONT", "LICENCES", "use_font", "whole_font"]
