"""Dictionaries: loaded by page and by command, looked up by any form from any page."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from lms.commands import main
from lms.core.db import db, edge
from lms.core.errors import Refused
from lms.library.language.naming import entry_keys, form_keys
from lms.library.models import Dictionary, DictionaryEntry, DictionaryKey
from lms.library.service.dictionaries import Entry, load_dictionary
from tests.cast import Cast, read_afresh
from tests.lms.library.kept import indexed, kept

WORDS = [
    Entry("қысым", "kk", "давление", "Бетке түсетін күш.", "physics"),
    Entry("жазу", "kk", "писать, письмо"),
    Entry("қол жеткізу", "kk", "достигнуть", "Мақсатқа жету."),
    Entry("ребёнок", "ru", "бала"),
]
TABLE = "Сөз;Тілі;Аударма;Мағынасы;Пән\nтереңдік;қазақша;глубина;;physics\nскорость;русский;жылдамдық;;physics\n;;;;\n"


def loaded(cast: Cast, title: str = "Терминдер", kind: str = "terms") -> Dictionary:
    with edge():
        return load_dictionary(title, kind, "", WORDS, cast.person("methodologist").id)


@pytest.mark.pure
@pytest.mark.parametrize(
    "word, language, form",
    [
        ("қысым", "kk", "қысымының"),
        ("мектеп", "kk", "мектебімізде"),
        ("жазу", "kk", "жазып"),
        ("табу", "kk", "тапты"),
        ("оқу", "kk", "оқыған"),
        ("қою", "kk", "қойды"),
        ("сүю", "kk", "сүйеді"),
        ("ребёнок", "ru", "детьми"),
        ("идти", "ru", "шёл"),
        ("журнал", "ru", "журналах"),
    ],
)
def test_a_form_leads_to_its_entry(word: str, language: str, form: str) -> None:
    assert set(entry_keys(word, language)) & form_keys(form)


def shown(cast: Cast, typed: str, role: str = "student") -> str:
    page = cast.signed_in(role).get("/library/words", query_string={"q": typed})
    assert page.status_code == 200, page.text
    return page.text.split("<h2>Сөздіктер</h2>")[0]


@pytest.mark.parametrize(
    "typed, said",
    [
        ("қысымның", "Бетке түсетін күш"),
        ("давлением", "Бетке түсетін күш"),
        ("жазды", "писать, письмо"),
        ("детей", "бала"),
        ("жеткіздік", "Мақсатқа жету"),
        ("қол жеткізді", "Мақсатқа жету"),
    ],
)
def test_a_word_in_any_form_shows_its_card(cast: Cast, typed: str, said: str) -> None:
    loaded(cast)
    assert said in shown(cast, typed)


def test_a_word_typed_without_kazakh_letters_is_read_as_it_was_meant(cast: Cast) -> None:
    loaded(cast)
    kept(cast, "Сұйықтың қысымы")
    indexed()
    page = shown(cast, "кысымы")
    assert "Бетке түсетін күш" in page and "«қысымы»" in page.replace("“", "«").replace("”", "»")
    assert "1 ресурс" in page and "/library?q=" in page


def test_what_no_dictionary_has_is_said_and_nothing_breaks(cast: Cast) -> None:
    loaded(cast)
    for typed in (
        "жоқсөз",
        "*",
        "'; DROP TABLE",
        "\u202e",
        "a" * 10_000,
        "<script>alert(1)</script>",
        "%",
        "мен",
    ):
        page = shown(cast, typed)
        assert "Бетке түсетін күш" not in page and "<script>alert" not in page
    assert "Сөздіктерде бұл сөз жоқ" in shown(cast, "жоқсөз")


def test_the_card_comes_alone_and_on_any_page_by_its_address(cast: Cast) -> None:
    loaded(cast)
    student = cast.signed_in("student")
    alone = student.get("/library/words/card?q=қысымға").text
    assert "Бетке түсетін күш" in alone and "<html" not in alone
    page = student.get("/?word=қысымға").text
    assert "Бетке түсетін күш" in page and 'data-module="word"' in page
    assert "Бетке түсетін күш" not in student.get("/").text
    assert 'data-module="word"' not in cast.visitor().get("/sign-in").text


def test_words_that_begin_so_are_suggested(cast: Cast) -> None:
    loaded(cast)
    student = cast.signed_in("student")
    assert student.get("/library/words/suggestions?q=кыс").json == ["қысым"]
    assert student.get("/library/words/suggestions?q=қол ж").json == ["қол жеткізу"]
    assert student.get("/library/words/suggestions?q=*").json == []


def test_a_methodologist_loads_a_table_and_removes_it(cast: Cast) -> None:
    methodologist = cast.signed_in("methodologist")
    form = {"title": "Физика", "kind": "terms", "source": "Өз жұмысымыз"}
    sent = {**form, "file": (io.BytesIO(TABLE.encode()), "sozdik.csv")}
    assert methodologist.post("/library/dictionaries", sent).status_code == 303
    assert "глубина" in shown(cast, "тереңдікте") and "жылдамдық" in shown(cast, "скоростью")
    read_afresh()
    made = db.session.scalars(select(Dictionary)).one()
    assert (made.title, made.count, made.source) == ("Физика", 2, "Өз жұмысымыз")
    assert cast.signed_in("teacher").post(f"/library/dictionaries/{made.id}/remove").status_code == 403
    methodologist.post(f"/library/dictionaries/{made.id}/remove")
    read_afresh()
    assert [db.session.scalar(select(func.count()).select_from(one)) for one in (Dictionary, DictionaryEntry, DictionaryKey)] == [0, 0, 0]  # fmt: skip


@pytest.mark.parametrize("body", [b"", b"a;b\n1;2\n", b"word\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_no_list_of_words_is_refused_with_a_sentence(cast: Cast, body: bytes) -> None:
    sent = {"title": "Физика", "kind": "terms", "file": (io.BytesIO(body), "a.csv")}
    answer = cast.signed_in("methodologist").post("/library/dictionaries", sent, follow_redirects=True)
    assert answer.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Dictionary)) == 0


def test_the_same_title_again_takes_the_place_of_the_first(cast: Cast) -> None:
    loaded(cast)
    with edge():
        load_dictionary("Терминдер", "meanings", "", [Entry("әңгіме", "kk", "рассказ")], None)
    assert db.session.scalars(select(DictionaryEntry.word)).all() == ["әңгіме"]
    assert db.session.scalars(select(Dictionary.kind)).all() == ["meanings"]
    with pytest.raises(Refused), edge():
        load_dictionary("Бос", "terms", "", [], None)


def test_looking_up_takes_few_statements(
    cast: Cast, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    loaded(cast)
    teacher = cast.signed_in("teacher")
    teacher.get("/library/words?q=қысымы")
    for path in ("/library/words", "/library/words?q=қысымы", "/library/words/card?q=қысымы"):
        with statements() as sent:
            assert teacher.get(path).status_code == 200
        assert len(sent) <= 8, (path, sent)


def test_the_command_loads_one_too(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.commands.library.application", lambda writes: edge())
    file = tmp_path / "sozdik.csv"
    file.write_text(TABLE, "utf-8")
    run = CliRunner()
    done = run.invoke(main, ["library", "dictionary", str(file), "--title", "Физика"])
    assert done.exit_code == 0 and "Физика: 2" in done.output
    file.write_bytes(b"")
    assert run.invoke(main, ["library", "dictionary", str(file), "--title", "Бос"]).exit_code == 1
