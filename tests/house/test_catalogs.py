"""Both catalogs are whole, placeholders match, and no text for people hides outside them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools.catalogs import LANGUAGES, catalog_file, extracted, missing, read, updated

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parent.parent.parent
# After a number a noun follows its hyphen ("3-бет"); a case ending never may.
ENDINGS = "ға ге қа ке на не да де та те ды ді ты ті ны ні нан нен дан ден тан тен ның нің дың дің тың тің мен бен пен"
GLUED = re.compile(rf"%\(\w+\)[sd](?:[’']?[а-яәғқңөұүһі]|-(?:{ENDINGS.replace(' ', '|')})\b)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]{2,}")
# Letters and their order, names of the languages, places of the state, the demo's people, and the words and
# endings by which the library searches are data.
DATA = {
    "lms/core/text.py",
    "lms/core/i18n.py",
    "lms/places/service.py",
    "scorm/package/encoding.py",
    "lms/library/asking.py",
}
DATA_FOLDERS = ("lms/demo/", "lms/library/language/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_into(language: str) -> None:
    kept = read(catalog_file(language), language)
    fresh = updated(language, extracted(), kept)
    assert missing(fresh) == []
    assert {str(one.id) for one in kept if one.id} == {str(one.id) for one in fresh if one.id}, (
        "run: make catalogs"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_and_placeholders_match_in(language: str) -> None:
    for message in read(catalog_file(language), language):
        assert not message.fuzzy, message.id
        for text in _strings(message):
            assert _placeholders(text) <= _wanted(message), f"{message.id!r} → {text!r}"
        if isinstance(message.string, str) and message.id:
            assert _placeholders(message.string) == _wanted(message), f"{message.id!r} → {message.string!r}"


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _wanted(message: Message) -> set[str]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    return set().union(*(_placeholders(one) for one in ids))


def _placeholders(text: str) -> set[str]:
    return set(Counter(PLACEHOLDER.findall(text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_suffix_is_glued_to_a_placeholder_in(language: str) -> None:
    """Case endings follow vowel harmony, so a name in the middle of a sentence never carries one."""
    assert GLUED.search("%(name)sға") and GLUED.search("%(name)s-ға") and not GLUED.search("%(page)s-бет")
    for message in read(catalog_file(language), language):
        for text in _strings(message):
            assert not GLUED.search(text), text


def words_outside(template: str) -> list[str]:
    """Text between tags and in attributes people hear, that no call of _() wraps."""
    bare = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}|<(script|style).*?</\1>|<svg.*?</svg>", " ", template, flags=re.S)
    spoken = re.findall(r'(?:title|alt|placeholder|aria-label)="([^"]+)"', bare)
    text = re.sub(r"<[^>]*>", " ", bare)
    return [
        word
        for word in re.findall(r"[^\W\d_]{2,}", " ".join([text, *spoken]))
        if word not in {"nbsp", "rarr"}
    ]


def test_pages_have_no_text_outside_the_catalogs() -> None:
    assert words_outside("<p title='x'>Hello {{ _('there') }}</p>") == ["Hello"]
    found = {
        str(file.relative_to(ROOT)): words_outside(file.read_text("utf-8"))
        for file in ROOT.glob("lms/**/*.html")
    }
    assert {file: words for file, words in found.items() if words} == {}


def test_code_has_no_text_outside_the_catalogs() -> None:
    for file in [*ROOT.glob("lms/**/*.py"), *ROOT.glob("scorm/**/*.py")]:
        name = str(file.relative_to(ROOT))
        if name not in DATA and not name.startswith(DATA_FOLDERS):
            code = re.sub(r'""".*?"""|#[^\n]*', "", file.read_text("utf-8"), flags=re.S)
            assert not CYRILLIC.search(code), f"{name}: {CYRILLIC.search(code)}"
