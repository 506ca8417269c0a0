"""Every kind is drawn for answering, for paper and for its editor; the editor gives back what it was given."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict

from lms.quizzes.questions import KINDS, fields_of, kind_of
from lms.quizzes.rich import formula, rich
from tests.lms.quizzes.samples import SAMPLES, options, sample

CALL = '{% from "quizzes/question.html" import answering, printed, editor %}'
SEED = 3


def drawn(app: Flask, what: str, **values: Any) -> Any:
    with app.test_request_context():
        return html.fromstring(f"<div>{render_template_string(f'{CALL}{{{{ {what} }}}}', **values)}</div>")


def fields_in(page: Any) -> dict[str, list[str]]:
    """What a browser would send of this form as it stands."""
    sent: MultiDict[str, str] = MultiDict()
    for one in page.xpath("//input[@name] | //select[@name] | //textarea[@name]"):
        kind = one.get("type", "")
        if kind in ("radio", "checkbox") and one.get("checked") is None:
            continue
        if one.tag == "textarea":
            value = (one.text or "").removeprefix("\n")
        elif one.tag == "select":
            value = next((o.get("value") for o in one.xpath(".//option[@selected]")), "")
        else:
            value = one.get("value", "")
        sent.add(one.get("name"), value)
    return fields_of(sent)


def words_for(page: Any, field: Any) -> str:
    """What a screen reader says of a field."""
    inside = next(iter(field.xpath("ancestor::label")), None)
    labelled = page.xpath(f"//label[@for='{field.get('id')}']") if field.get("id") else []
    found = [
        field.get("aria-label") or "",
        *(one.text_content() for one in (inside, *labelled) if one is not None),
    ]
    return " ".join(found).strip()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_answering_keeps_its_fields_and_gives_everyone_a_name(name: str, app: Flask) -> None:
    shown = kind_of(name).public(SAMPLES[name], SEED)
    page = drawn(app, "answering(q, 'q3.', given)", q=shown, given={})
    fields = page.xpath("//input[@type!='hidden'] | //select | //textarea")
    assert all(one.get("name", "").startswith("q3.") for one in fields)
    assert [one.get("name") for one in fields if not words_for(page, one)] == []
    assert bool(fields) == (name not in ("context", "drawing"))
    drawn(app, "printed(q)", q=shown)


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"file", "audio", "drawing", "context", "hot_spot"}))
def test_an_answer_filled_in_stays_filled_in(name: str, app: Flask) -> None:
    kind = kind_of(name)
    shown = kind.public(SAMPLES[name], SEED)
    empty = fields_in(drawn(app, "answering(q, '', {})", q=shown))
    page = drawn(app, "answering(q, '', {})", q=shown)
    given = {key: ["1"] for key in empty} | {"choice": ["true" if name == "true_false" else "2"]}
    for place, one in enumerate(page.xpath("//select[starts-with(@name, 'step')]"), 1):
        given[one.get("name")] = [str(place)]
    again = fields_in(drawn(app, "answering(q, '', given)", q=shown, given=given))
    assert kind.answer(SAMPLES[name], SEED, again) == kind.answer(SAMPLES[name], SEED, given) is not None


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_editor_gives_back_what_it_was_given(name: str, app: Flask) -> None:
    kind, content = kind_of(name), SAMPLES[name]
    page = drawn(app, "editor(name, c)", name=name, c=kind.typed(content))
    typed = kind.typed(content)
    fields = fields_in(page) | {
        "stem": [typed["stem"]], "points": [str(content["points"])], "explanation": [typed["explanation"]],
        **{f"media_{part}": [one[part] for one in content["media"]] for part in ("file", "type", "alt")},
    }  # fmt: skip
    assert kind.edited(fields) == content or _renamed(name, kind.edited(fields), content)
    unnamed = [
        one.get("name")
        for one in page.xpath("//input[@type!='hidden'] | //textarea")
        if not words_for(page, one)
    ]
    assert unnamed == []


def _renamed(name: str, found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Lists that are typed line by line get ids of their own; the mark of a right answer stays the same."""
    assert name == "ordering"
    return [row["text"] for row in found["steps"]] == [row["text"] for row in wanted["steps"]]


def test_what_looks_like_markup_in_an_option_is_text(app: Flask) -> None:
    kind = kind_of("single")
    content = kind.edited(
        {"stem": ["a < b"], "option": ["x < 5", "<script>alert(1)</script>", "<b>3</b>"], "right": ["0"]}
    )
    assert content["stem"] == "<p>a &lt; b</p>"
    assert [row["text"] for row in content["options"]] == [
        "x &lt; 5",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<b>3</b>",
    ]
    assert kind.typed(content)["options"][0]["text"] == "x < 5"
    page = drawn(app, "answering(q)", q=kind.public(content, 1))
    assert page.xpath("//script") == []


def test_a_formula_is_drawn_and_hides_no_markup() -> None:
    assert "<mfrac>" in rich(r"<p>\(\frac{1}{2}\)</p>")
    for hostile in (
        r"\text{<img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
        "<script>alert(1)</script>",
    ):
        made = formula(hostile)
        assert "<img" not in made and "<script" not in made and "href" not in made.replace(r"\href", ""), made
    assert rich(r"5 \( 6").endswith("6")


def test_points_must_be_believable() -> None:
    for points in (0, -1, 1000, float("nan"), "x", None):
        assert kind_of("single").check(sample(options=options("1", "2"), right="a", points=points))
