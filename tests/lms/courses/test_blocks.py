"""Every kind of block: nothing a stranger writes runs, everything has a name, nothing needs a mouse."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html as lxml_html

from lms.core import formulas
from lms.courses import showing
from lms.courses.blocks import KINDS
from lms.courses.models import CourseFile
from tests.cast import Cast
from tests.coursed import filled

CANARY = "<script>window.caught=1</script><img src=x onerror=window.caught=1><a href='javascript:caught()'>x</a>\"'"
KEY = "01a1fdbe-ffe8-7366-ab38-b7ffac90b543"
FAMILIES = {
    "picture": KEY,
    "audio": KEY,
    "video": KEY,
    "subtitles": KEY,
    "file": KEY,
    "model": KEY,
    "solid": KEY,
}


def shown_of(cast: Cast, kind: str, words: str, packed: bool = False) -> Any:
    """The markup of a filled block as a tree."""
    file = CourseFile(
        id=KEY, name=f"{words}.png", family="picture", media_type="image/png", size=2048, width=900, height=600,
        small=None, small_size=0,
    )  # fmt: skip
    content = KINDS[kind].clean(filled(kind, words, FAMILIES))
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        answer_to = None if packed else lambda block: f"/answer/{block}"
        shown = showing.Shown(
            {KEY: file}, lambda _file, _size: "/file", "kk", answer_to=answer_to, packed=packed
        )
        return lxml_html.fragment_fromstring(
            str(showing.markup({"id": KEY, "kind": kind, "kk": content}, shown)), create_parent="div"
        )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_a_stranger_becomes_markup_in(kind: str, packed: bool, cast: Cast) -> None:
    tree = shown_of(cast, kind, CANARY, packed)
    assert tree.xpath("//script") == []
    for one in tree.iter():
        assert not [name for name in one.attrib if name.startswith("on") or name == "style"], one.tag
        assert "javascript:" not in (one.get("href") or "") + (one.get("src") or "")
        assert one.get("src") != "x"


@pytest.mark.parametrize("kind", KINDS)
def test_by_keyboard_and_by_ear_everything_has_a_name_in(kind: str, cast: Cast) -> None:
    tree = shown_of(cast, kind, "Қазына")
    for field in tree.xpath("//input[not(@type='hidden')] | //textarea | //select"):
        assert tree.xpath(f"//label[@for='{field.get('id')}']"), field.get("id")
    for one in tree.xpath("//img"):
        assert one.get("alt")
    for one in tree.xpath("//button | //summary | //legend | //h2 | //h3"):
        assert one.text_content().strip()
    for one in tree.xpath("//iframe"):
        assert one.get("title")
    for one in tree.xpath("//audio | //video | //svg | //*[@tabindex='0']"):
        assert one.get("aria-label") or one.get("aria-labelledby")
    for one in tree.xpath("//@aria-labelledby"):
        assert tree.xpath(f"//*[@id='{one}']")
    for one in tree.xpath("//@tabindex"):
        assert one in ("0", "-1")
    assert tree.xpath("//*[@onclick]") == [] and "Қазына" in lxml_html.tostring(tree, encoding="unicode")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_clean_stays_as_it_is_in(kind: str, cast: Cast) -> None:
    once = KINDS[kind].clean(filled(kind, CANARY, FAMILIES))
    assert KINDS[kind].clean(once) == once
    assert "<script" not in str([value for name, value in once.items() if name in ("html", "meaning", "ask")])


@pytest.mark.parametrize("kind", KINDS)
def test_rubbish_from_a_form_is_an_empty_block_of(kind: str, cast: Cast) -> None:
    for rubbish in (
        None,
        5,
        "x",
        [1],
        {"html": 7, "rows": "a|b", "spots": [3, {}], "questions": {"a": 1}, "x": "1e999"},
    ):
        content = KINDS[kind].clean(rubbish)
        assert set(content) == {one.name for one in KINDS[kind].fields}
    with cast.app.test_request_context():
        assert KINDS[kind].missing(KINDS[kind].empty())


@pytest.mark.parametrize("kind", [one.code for one in KINDS.values() if one.group == "media"])
def test_who_cannot_see_or_hear_is_thought_of_before_publishing(kind: str, cast: Cast) -> None:
    """Without its words a picture, a recording or a film cannot be published."""
    spoken = {"alt", "before_alt", "after_alt", "transcript", "title"}
    content = filled(kind, "Қазына", FAMILIES)
    with cast.app.test_request_context():
        assert KINDS[kind].missing(KINDS[kind].clean(content)) == []
        for name in spoken & set(content):
            assert KINDS[kind].missing(KINDS[kind].clean({**content, name: ""})), name


@pytest.mark.pure
@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}", r"\href{javascript:alert(1)}{x}", "<img src=x onerror=alert(1)>",
        r"\text{<img src=x onerror=alert(1)>}", r"\frac{", "", r"\text{</math><script>}", "{" * 500,
    ],
)  # fmt: skip
def test_a_hostile_formula_is_no_markup(latex: str) -> None:
    drawn = str(formulas.mathml(latex))
    assert "<script" not in drawn and "<img" not in drawn and "javascript:" not in drawn.split(">")[0]
    tree = lxml_html.fragment_fromstring(drawn, create_parent="div")
    assert tree.xpath("//script | //img | //a | //*[@href]") == []


@pytest.mark.pure
def test_a_formula_in_the_line_is_drawn_between_its_marks() -> None:
    drawn = str(formulas.inline(r"<p>Жылдамдық \(v = \frac{s}{t}\), ал \(a &lt; b\).</p>"))
    assert drawn.count("<math") == 2 and "mfrac" in drawn
