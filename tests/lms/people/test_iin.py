"""The identification number: its checksum in two passes, its date, its repair, its secrecy."""

from __future__ import annotations

from datetime import date

from flask import Flask

from lms.people import iin


def test_a_right_number_passes_and_a_wrong_digit_does_not() -> None:
    assert iin.as_iin("061211600012") == "061211600012"
    assert iin.as_iin("0612 1160 0012") == "061211600012"
    for digit in "013456789":
        assert iin.as_iin("06121160001" + digit) is None


def test_zeros_that_a_spreadsheet_cut_off_are_put_back() -> None:
    assert iin.as_iin("61211600012") == "061211600012"


def test_the_second_pass_and_the_number_that_is_never_issued() -> None:
    bodies = [f"{number:011d}" for number in range(10**10, 10**10 + 3000)]
    digits = [iin.check_digit(body + "0") for body in bodies]
    first_pass_fails = sum(
        sum(int(d) * w for d, w in zip(body, iin.FIRST, strict=True)) % 11 == 10 for body in bodies
    )
    assert 0 < digits.count(None) < first_pass_fails
    assert iin.as_iin(bodies[digits.index(None)] + "0") is None


def test_letters_and_short_numbers_are_none() -> None:
    for text in ("", "12345678", "06121160001а", "٠٦١٢١١٦٠٠٠١٢"):
        assert iin.as_iin(text) is None


def test_the_date_inside_is_read_and_may_be_nonsense() -> None:
    assert iin.birth_date("061211600012") == date(2006, 12, 11)
    assert iin.birth_date("069911600012") is None
    assert iin.birth_date("061211000012") is None


def test_it_is_kept_so_that_only_the_key_opens_it(app: Flask) -> None:
    kept = iin.sealed("061211600012")
    assert b"0612" not in kept
    assert kept != iin.sealed("061211600012")
    assert iin.opened(kept) == "061211600012"
    assert iin.opened(kept[:-1] + bytes([kept[-1] ^ 1])) == ""
    assert iin.digest("061211600012") == iin.digest("061211600012") != iin.digest("061211600013")
