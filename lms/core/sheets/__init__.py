"""Tables from people's computers and back: CSV in the encodings that schools have, XLSX, and nothing that bites.

`read_sheet` gives rows of clean text with line numbers or refuses by name; `csv_bytes` and `xlsx_bytes` write.
"""

from lms.core.sheets.plain import Line, Sheet, SheetRefused, is_formula
from lms.core.sheets.reading import MOST_ROWS, read_sheet
from lms.core.sheets.sending import download
from lms.core.sheets.writing import csv_bytes, xlsx_bytes

__all__ = [
    "MOST_ROWS", "Line", "Sheet", "SheetRefused", "csv_bytes", "download", "is_formula", "read_sheet", "xlsx_bytes",
]  # fmt: skip
