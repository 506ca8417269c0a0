"""Tables that come in: what schools' computers make of them is read, what would hurt is refused by name."""

from __future__ import annotations

import io
import secrets
import time
import zipfile
from datetime import date

import pytest
import xlsxwriter
from openpyxl import load_workbook

from lms.core.sheets import SheetRefused, csv_bytes, is_formula, read_sheet, xlsx_bytes

pytestmark = pytest.mark.pure

ROWS = "Тегі;Аты\nӘлиева;Қымбат\nНұрланұлы;Ғани\n"


def refused(data: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(data)
    return caught.value.code, caught.value.facts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048"])
def test_every_encoding_that_schools_have_keeps_the_kazakh_letters(encoding: str) -> None:
    sheet = read_sheet(ROWS.encode(encoding))
    assert sheet.header == ("Тегі", "Аты")
    assert [line.cells for line in sheet.lines] == [("Әлиева", "Қымбат"), ("Нұрланұлы", "Ғани")]


def test_a_russian_windows_file_with_semicolons_is_read() -> None:
    sheet = read_sheet("Фамилия;Имя\nЩербаков;Ёжик № 5\n".encode("cp1251"))
    assert sheet.lines[0].cells == ("Щербаков", "Ёжик № 5")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_out(separator: str) -> None:
    sheet = read_sheet(f"a{separator}b\n1{separator}2\n".encode())
    assert sheet.lines[0].cells == ("1", "2")


def test_excels_own_separator_line_is_believed_and_counted() -> None:
    sheet = read_sheet(b"sep=;\na;b,c\n1;2\n")
    assert sheet.header == ("a", "b,c")
    assert sheet.lines[0].number == 3


def test_line_numbers_are_those_the_person_sees() -> None:
    sheet = read_sheet(b'a,b\n\n"two\nlines",x\n\nlast,y\n')
    assert [(line.number, line.cells[0]) for line in sheet.lines] == [(3, "two lines"), (6, "last")]


def test_an_unclosed_quote_is_named_with_the_line_it_begins_in() -> None:
    assert refused(b'a,b\n1,2\n3,"4\n5,6\n7,8\n') == ("unclosed_quote", {"line": 3})
    assert refused(b'a,b\n1,"2"x\n') == ("unclosed_quote", {"line": 2})


def test_two_hundred_thousand_rows_are_refused_quickly() -> None:
    began = time.process_time()
    assert refused(b"a,b\n" + b"x,y\n" * 200_000)[0] == "too_many_rows"
    assert time.process_time() - began < 1


def test_a_workbook_of_two_hundred_thousand_rows_is_refused_before_it_is_parsed() -> None:
    data = xlsx_bytes("x", ["a"], ([str(n)] for n in range(50_000)))
    began = time.process_time()
    assert refused(data)[0] == "too_many_rows"
    assert time.process_time() - began < 2


def test_one_cell_in_the_last_corner_costs_nothing() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write_string(0, 0, "a")
    page.write_string(1_048_575, 16_383, "far away")
    book.close()
    began = time.process_time()
    assert refused(target.getvalue()) == ("far_cell", {"line": 1_048_576, "most": 20_000})
    assert time.process_time() - began < 1


def test_a_zip_bomb_is_weighed_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert refused(target.getvalue())[0] == "too_large_inside"


@pytest.mark.parametrize(
    ("member", "tag"),
    [("xl/worksheets/sheet1.xml", b"<c/>"), ("xl/styles.xml", b"<xf/>"), ("xl/sharedStrings.xml", b"<si/>")],
)
def test_a_workbook_of_countless_small_things_is_weighed_too(member: str, tag: bytes) -> None:
    noise = iter(lambda: secrets.token_hex(600).encode(), None)
    inside = b"".join(tag * 20_000 + b"<!--" + next(noise) + b"-->" for _number in range(400))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, inside)
    assert refused(target.getvalue())[0] == "too_large_inside"


@pytest.mark.parametrize("inside", [b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"nothing", b""])
def test_a_workbook_that_is_none_is_refused(inside: bytes) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", inside)
    assert refused(target.getvalue())[0] == "broken_workbook"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "no_rows"), (b"only,a,header\n", "no_rows"), (b"\xd0\xcf\x11\xe0rest", "old_excel"),
     (b"a,b\n\xd0\x98\x98\xff\n", "encoding"), (b"PK\x03\x04rubbish", "broken_workbook")],
)  # fmt: skip
def test_other_files_are_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_dates_and_whole_numbers_of_a_workbook_become_plain_text() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write_row(0, 0, ["born", "number", "sum"])
    page.write_datetime(1, 0, date(2015, 3, 9), book.add_format({"num_format": "dd.mm.yyyy"}))
    page.write_number(1, 1, 61211600012)
    page.write_formula(1, 2, "=1+1", None, "2")
    book.close()
    assert read_sheet(target.getvalue()).lines[0].cells == ("09.03.2015", "61211600012", "=1+1")


def test_invisible_characters_and_double_spaces_are_cleaned_away() -> None:
    sheet = read_sheet("a,b\n\u200bИ\u0306\u00ad ван ,x\u00a0 y\n".encode())
    assert sheet.lines[0].cells == ("Й ван", "x y")


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd"])
def test_a_formula_is_told_from_a_telephone_number(cell: str) -> None:
    assert is_formula(cell)
    assert not is_formula("+7 (701) 123-45-67")
    assert not is_formula("-12,5")


def test_what_leaves_is_never_run_by_a_spreadsheet() -> None:
    rows = [["=HYPERLINK(1)", "+7", "plain"]]
    assert "'=HYPERLINK(1);'+7;plain" in csv_bytes(["a", "b", "c"], rows).decode("utf-8-sig")
    page = load_workbook(io.BytesIO(xlsx_bytes("List/1", ["a", "b", "c"], rows))).active
    assert page is not None
    assert [cell.value for cell in page[2]] == ["'=HYPERLINK(1)", "'+7", "plain"]


def test_what_we_write_we_read_again() -> None:
    rows = [["Ә", "1;2", 'a "b"'], ["ү", "", "x\ny"]]
    for data in (csv_bytes(["x", "y", "z"], rows), xlsx_bytes("t", ["x", "y", "z"], rows)):
        assert [line.cells for line in read_sheet(data).lines] == [("Ә", "1;2", 'a "b"'), ("ү", "", "x y")]
