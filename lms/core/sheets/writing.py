"""Tables that leave: a cell that a spreadsheet would run gets an apostrophe in front and is only shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ";") -> bytes:
    """With a byte order mark and semicolons, as spreadsheets here open it by a double click."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator)
    writer.writerow([_shown(cell) for cell in header])
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def xlsx_bytes(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **plain})
    sheet = book.add_worksheet(name[:31].translate({ord(one): " " for one in "[]:*?/\\'"}) or "1")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), 22)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(header):
        sheet.write_string(0, column, _shown(title), bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, _shown(cell))
    book.close()
    return target.getvalue()


def _shown(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text
