"""What is wrong with a row or a file, kept as a code with facts, said in whoever's language reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, Any] = {
    # the whole file
    "no_rows": _l("The file holds no rows. The first line is for the column names, the rows follow below it."),
    "too_many_rows": _l("The file has too many rows: at most %(most)s are taken at once. Split it into several files."),
    "too_many_bytes": _l("The file is larger than %(most)s MB. Save only the needed sheet or split the file."),
    "too_wide": _l("Line %(line)s has more than %(most)s columns. Check the separators and quotation marks there."),
    "far_cell": _l("The sheet goes down to row %(line)s. Delete the empty rows below the list and save it again."),
    "unclosed_quote": _l("A quotation mark opened in line %(line)s is not closed properly. Correct that line and upload the file again."),
    "encoding": _l("The letters of the file cannot be read. Save it as “CSV UTF-8” or as XLSX and upload it again."),
    "old_excel": _l("This is a workbook of the old XLS kind. Save it as XLSX or CSV and upload it again."),
    "broken_workbook": _l("The workbook cannot be read: it is damaged or not a plain XLSX. Save it anew as XLSX or CSV."),
    "too_large_inside": _l("The workbook unpacks to too much data. Copy only the list into a new workbook and save that."),
    "missing_column": _l("The column “%(column)s” is missing. The first line of the file must name the columns."),
    "double_column": _l("The column “%(column)s” stands in the file twice. Leave one of them."),
    "refused_column": _l("The column “%(column)s” is not taken from files: roles are given on a person's own page. Delete the column and upload the file again."),
    "not_a_list": _l("This is not the kind of file that is expected here. See below what the list must look like."),
    # notes about the whole file
    "read_as_windows": _l("The file was saved in the Windows encoding and was read so. Check that the Kazakh letters are right."),
    "unknown_column": _l("The column “%(column)s” is not known and was passed over."),
    # one row
    "formula": _l("The cell begins like a formula. Write plain text instead."),
    "needed": _l("This cell must not be empty."),
    "too_long": _l("This is too long: at most %(most)s characters fit."),
    "not_a_date": _l("This is not a date. Write it as 31.12.2015."),
    "not_a_number": _l("This is not a whole number."),
    "not_a_choice": _l("This is not one of the known values: %(known)s."),
    "lost_letters": _l("Letters were lost when the file was saved. Save it as “CSV UTF-8” or as XLSX."),
    "double_row": _l("The same stands in line %(line)s already."),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    code: str
    column: str = ""
    given: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    bad: bool = True  # False: worth saying, but the row is taken

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def said(kept: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> str:
    """The sentence for a kept finding; `more` are the sentences of the kind of list."""
    sentence = {**SENTENCES, **(more or {})}.get(kept["code"])
    facts = {name: str(value) for name, value in kept.get("facts", {}).items()}
    return str(sentence) % facts if sentence is not None else _("This row cannot be taken.")
