"""Which passwords are taken: long ones, uncommon ones, nobody's name."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.people import passwords
from lms.people.models import Person

AIGUL = Person(first_name="Айгүл", surname="Сейітқызы", login="aigul.s")
TEACHER, PUPIL = frozenset({"teacher"}), frozenset({"student"})


def test_the_list_is_long_and_knows_schools() -> None:
    assert len(passwords._common()) > 3000
    for word in (
        "қазақстан",
        "МЕКТЕП2026",
        "йцукенгш",
        "qwerty123",
        "Мұғалім1",
        "казакстан",
        "12345678",
        "aruzhan2012",
    ):
        assert passwords.is_common(word), word


@pytest.mark.parametrize(
    "word", ["мектепмектеп", "abababab", "Қазақстан!!", "2026мектеп", "aaaaaaaaaaaaaaaa"]
)
def test_common_words_do_not_get_better_by_digits_and_repetition(word: str) -> None:
    assert passwords.is_common(word)


def test_staff_need_fifteen_characters_or_eight_and_a_second_factor(app: Flask) -> None:
    with app.test_request_context():
        assert passwords.fault("көк-дала-17", AIGUL, TEACHER, second_factor=False)
        assert not passwords.fault("көк-дала-17", AIGUL, TEACHER, second_factor=True)
        assert not passwords.fault("көк дала мен өзен", AIGUL, TEACHER, second_factor=False)
        assert not passwords.fault("көк-дала", AIGUL, PUPIL, second_factor=False)
        assert passwords.fault("дала-17", AIGUL, PUPIL, second_factor=False)


def test_ones_own_name_and_common_words_are_refused(app: Flask) -> None:
    with app.test_request_context():
        for password in ("Сейітқызы", "сейіткызыайгул2012", "aigul.s2026", "математика5", "x" * 201):
            assert passwords.fault(password, AIGUL, PUPIL, second_factor=False), password


def test_what_is_suggested_is_taken(app: Flask) -> None:
    with app.test_request_context():
        for _number in range(20):
            assert not passwords.fault(passwords.suggested(), AIGUL, PUPIL, second_factor=False)


def test_only_the_right_password_fits_its_hash() -> None:
    kept = passwords.hashed("бұлақ-тау")
    assert passwords.fits(kept, "бұлақ-тау")
    assert not passwords.fits(kept, "булак-тау")
    assert not passwords.fits(None, "nobody has this password")
    assert not passwords.fits("rubbish", "x")
