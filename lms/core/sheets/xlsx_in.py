"""XLSX: the archive is weighed before anything of it is unpacked for good, then read row by row.

openpyxl fills every gap up to the last cell, so one cell at XFD1048576 would cost gigabytes, and keeps an object
for every cell of a row and every style: rows, cells and tags are counted in the raw XML first. A process of its
own would have to load the whole application to be able to read at all, which costs more than it saves.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from lms.core.sheets.plain import Sheet, SheetRefused, sheet_of

MOST_MEMBERS = 400
MOST_UNPACKED = 64 * 1024 * 1024
MOST_RATIO = 100
MOST_TAGS = 200_000
TAGS_PER_CELL = 6
MOST_CELLS_IN_ROW = 17_000
CHUNK = 1 << 20
OVERLAP = 64
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]{0,60}")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,9})")
# What a damaged or malicious workbook makes the libraries raise.
BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError,
          SyntaxError, NotImplementedError, zipfile.LargeZipFile)  # fmt: skip


def read_xlsx(data: bytes, most: int, widest: int) -> Sheet:
    try:
        _weigh(data, most, widest)
        return sheet_of(_rows(data, most, widest), most, "xlsx")
    except BROKEN:
        raise SheetRefused("broken_workbook") from None


def _weigh(data: bytes, most: int, widest: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        unpacked = sum(one.file_size for one in members)
        heavy = unpacked > 4 * CHUNK and unpacked > MOST_RATIO * max(1, len(data))
        if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or heavy:
            raise SheetRefused("too_large_inside")
        for one in members:
            if one.filename.lower().endswith((".xml", ".rels")):
                _look_through(archive, one, most, widest)


def _look_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, widest: int) -> None:
    """One pass over the bytes: no document type, no more tags than such a list needs, no more rows than we take."""
    rows, tags, tail = 0, 0, b""
    is_sheet = member.filename.startswith("xl/worksheets/")
    holds_cells = is_sheet or member.filename.startswith("xl/sharedStrings")
    with archive.open(member) as source:
        while block := source.read(CHUNK):
            part = tail + block
            if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise SheetRefused("broken_workbook")
            if is_sheet:
                rows = _counted(part, rows, most)
            tags += block.count(b"<")
            if tags > (TAGS_PER_CELL * most * widest if holds_cells else MOST_TAGS):
                raise SheetRefused("too_large_inside")
            tail = part[-OVERLAP:] if len(block) == CHUNK else b""


def _counted(part: bytes, rows: int, most: int) -> int:
    for row in ROW.finditer(part):
        rows += 1
        number = ROW_NUMBER.search(row[0])
        if rows > most * 2 + 1000:
            raise SheetRefused("too_many_rows", most=most)
        if number and int(number[1]) > most * 2 + 1000:
            raise SheetRefused("far_cell", line=int(number[1]), most=most)
    if any(piece.count(b"<c") > MOST_CELLS_IN_ROW for piece in part.split(b"<row")):
        raise SheetRefused("too_large_inside")
    return rows


def _rows(data: bytes, most: int, widest: int) -> list[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = []
        for number, cells in enumerate(
            sheet.iter_rows(values_only=True, max_col=widest, max_row=most * 2 + 1000), start=1
        ):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                found.append((number, texts))
            if len(found) > most + 1:
                raise SheetRefused("too_many_rows", most=most)
        return found
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
