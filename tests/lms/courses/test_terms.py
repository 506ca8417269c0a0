"""Terms of the subject: found in any form of the word, offered to whoever writes or translates."""

from __future__ import annotations

import pytest

from lms.courses import terms
from lms.places.subjects import SUBJECTS
from tests.cast import Cast
from tests.coursed import course_of, lesson_of, write


@pytest.mark.pure
@pytest.mark.parametrize(
    "text, language, wanted",
    [
        ("Сұйықтың қысымы тереңдікке байланысты.", "kk", {"давление"}),
        ("Үйкеліс күшінің жұмысы теріс.", "kk", {"сила", "работа", "сила трения"}),
        ("Ауаның тығыздығы", "kk", {"плотность"}),
        ("Давления жидкости и силы трения", "ru", {"қысым", "күш", "үйкеліс күші"}),
        ("Силуэт на стене", "ru", set()),
        ("", "kk", set()),
    ],
)
def test_a_term_is_found_in_any_form(text: str, language: str, wanted: set[str]) -> None:
    other = "ru" if language == "kk" else "kk"
    found = {one.name(other) for one in terms.found_in(text, "physics", language)}
    assert wanted <= found and bool(wanted) is bool(found)


@pytest.mark.pure
def test_every_term_has_both_languages_and_a_subject_we_know() -> None:
    assert set(terms._all()) <= set(SUBJECTS)
    for subject, rows in terms._all().items():
        assert all(one.kk and one.ru for one in rows), subject
        assert len({one.kk for one in rows}) == len(rows), subject


def test_who_translates_is_offered_the_terms_of_the_text(cast: Cast) -> None:
    teacher = cast.person("teacher")
    lesson = lesson_of(course_of(teacher, cast.school))
    block = write(lesson, teacher, "text", {"html": "<p>Ауаның қысымы мен тығыздығы</p>"})
    term = write(lesson, teacher, "term")
    browser = cast.signed_in("teacher", language="ru")
    page = browser.get(f"/courses/lessons/{lesson.id}?block={block.id}&in=ru").text
    assert '<dd lang="ru">давление</dd>' in page and '<dd lang="ru">плотность</dd>' in page
    page = browser.get(f"/courses/lessons/{lesson.id}?block={term.id}&in=ru").text
    assert 'list="terms-ru"' in page and 'list="terms-kk"' in page and '<option value="қысым">' in page
