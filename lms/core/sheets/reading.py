"""One door for every table that comes in: the bytes decide what it is, not the name."""

from __future__ import annotations

from lms.core.sheets.csv_in import read_csv
from lms.core.sheets.plain import Sheet, SheetRefused
from lms.core.sheets.xlsx_in import read_xlsx

MOST_ROWS = 20_000  # more than any school has pupils; a whole oblast comes in several files
MOST_COLUMNS = 60
MOST_BYTES = 20 * 1024 * 1024
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_sheet(data: bytes, most: int = MOST_ROWS) -> Sheet:
    if len(data) > MOST_BYTES:
        raise SheetRefused("too_many_bytes", most=MOST_BYTES // 1024 // 1024)
    if data.startswith(OLD_EXCEL):
        raise SheetRefused("old_excel")
    if data.startswith(ZIP):
        return read_xlsx(data, most, MOST_COLUMNS)
    if not data.strip():
        raise SheetRefused("no_rows")
    return read_csv(data, most, MOST_COLUMNS)
