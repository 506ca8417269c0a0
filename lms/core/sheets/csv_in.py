"""CSV: the encoding and the separator are found out, and a quote that is never closed is named with its line."""

from __future__ import annotations

import codecs
import csv
import io

from lms.core.sheets.plain import Sheet, SheetRefused, sheet_of

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SEPARATORS = ";,\t"
# The Kazakh standard code page. Where Windows-1251 has Russian letters it has the same ones; where it has
# Serbian and Belarusian ones this has the Kazakh ones, so it reads the files of both.
WINDOWS_CYRILLIC = "kz1048"


def read_csv(data: bytes, most: int, widest: int) -> Sheet:
    records, encoding = csv_records(data, most, widest)
    return sheet_of(records, most, encoding)


def csv_records(data: bytes, most: int, widest: int) -> tuple[list[tuple[int, list[str]]], str]:
    """Every record with the line it begins on, and the encoding; for tables whose first line may be no header."""
    text, encoding = _decoded(data)
    if text.count("\n") > most * 2 + 1000:
        raise SheetRefused("too_many_rows", most=most)
    text, separator, skipped = _separator(text)
    return _records(text, separator, skipped, widest), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = data[first:400:2]
        # The high bytes of Latin, of punctuation and of Cyrillic are 0 and 4; no other encoding looks so.
        if high.count(0) and high.count(0) + high.count(4) > len(high) * 0.9:
            return _strict(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strict(data, WINDOWS_CYRILLIC), WINDOWS_CYRILLIC


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise SheetRefused("encoding") from None


def _separator(text: str) -> tuple[str, str, int]:
    """What stands most often in the first line outside quotes; Excel's own `sep=;` line is believed."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[-1], 1
    outside = "".join(first.split('"')[::2])
    return text, max(SEPARATORS, key=outside.count), 0


def _records(text: str, separator: str, skipped: int, widest: int) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    while True:
        # A record may span lines; the line it begins on is the one where its quote was opened.
        begins = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return found
        except csv.Error:
            raise SheetRefused("unclosed_quote", line=begins) from None
        if len(cells) > widest:
            raise SheetRefused("too_wide", line=begins, most=widest)
        found.append((begins, cells))
