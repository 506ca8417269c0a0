"""Papers for a class: every Kazakh letter is on them, every code works, none is printed for who needs none."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from lms.core.db import db, edge
from lms.people.models import Person
from lms.people.paper import Slip, slips_pdf
from tests.cast import Cast

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


def texts(data: bytes) -> str:
    assert data.startswith(b"%PDF")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_all_nine_kazakh_letters_are_in_the_font() -> None:
    text = texts(
        slips_pdf("Слиптер", [Slip(KAZAKH, "₸ №", "ABCDE-FGHJK", ("«–»",), "http://localhost/#x")] * 11)
    )
    for letter in KAZAKH + "₸№«»–":
        assert letter in text, letter
    assert len(PdfReader(io.BytesIO(slips_pdf("x", [Slip("a", "b", "c")] * 11))).pages) == 2


@pytest.mark.parametrize(("paper", "page"), [("code-slips", "/sign-in/code"), ("guardian-slips", "/join")])
def test_slips_carry_names_codes_and_where_to_type_them(paper: str, page: str, cast: Cast) -> None:
    row = cast.school_class(5, "Ә")
    for name in ("Ғани", "Қымбат", "Үміт"):
        cast.pupil(row, name, "Өтегенұлы", login=name)
    answer = cast.signed_in("teacher").post(f"/classes/{row.id}/{paper}")
    assert answer.headers["Cache-Control"] == "no-store"
    text = texts(answer.data)
    assert all(
        name in text for name in ("Өтегенұлы Ғани", "Өтегенұлы Қымбат", "Өтегенұлы Үміт", page, "5 «Ә»")
    )
    codes = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", text)
    assert len(set(codes)) == 3
    new = "өзен жағасында қайың"
    data = {"code": codes[0], "password": new, "again": new, "first_name": "Ана"}
    assert cast.visitor().post(page, data).status_code == 303


def test_who_has_a_password_keeps_it(cast: Cast) -> None:
    row = cast.school_class(5)
    pupil = cast.pupil(row, "Ғани", login="gani")
    with edge():
        db.session.get_one(Person, pupil.id).password_set_by_person = True
    assert "Ғани" not in texts(cast.signed_in("teacher").post(f"/classes/{row.id}/code-slips").data)


def test_cards_open_by_the_code_under_the_square(cast: Cast) -> None:
    row = cast.school_class(3)
    cast.pupil(row, "Ғани")
    text = texts(cast.signed_in("teacher").post(f"/classes/{row.id}/cards").data)
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{2}", text)
    assert code and cast.visitor().post("/sign-in/card", {"card": code[0]}).status_code == 302
