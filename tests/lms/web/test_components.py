"""The macros that every page is put together from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, render_template_string, request
from sqlalchemy import select
from wtforms import BooleanField, RadioField, SelectChoice, StringField

from lms.core.forms import Form, required
from lms.core.listing import Listing, listing
from lms.places.models import Place
from tests.cast import SITE, Cast

Drawn = Callable[..., str]


class Greeting(Form):
    name = StringField("Аты", [required()], description="Төлқұжаттағыдай")
    nickname = StringField("Лақап аты")
    size = RadioField("Көлемі", choices=[SelectChoice("s", "Кіші"), SelectChoice("l", "Үлкен")])
    agreed = BooleanField("Келісемін")


@pytest.fixture
def drawn(app: Flask) -> Iterator[Drawn]:
    with app.test_request_context("/list?q=ай", base_url=SITE, method="POST"):
        yield lambda text, **values: " ".join(render_template_string(text, **values).split())


FORM = '{% from "components/form.html" import summary, fields, submit %}{{ summary(form) }}{{ fields(form) }}'


def test_a_wrong_field_is_named_in_the_summary_and_described_by_hint_and_error(drawn: Drawn) -> None:
    form = Greeting.here()
    assert not form.ok()
    page = drawn(FORM, form=form)
    assert '<a href="#name">Аты: Бұл өрісті толтырыңыз.</a>' in page
    assert re.search(
        r'<input aria-describedby="name-hint name-error" aria-invalid="true"[^>]+id="name"', page
    )
    assert 'id="name-hint"' in page and 'id="name-error"' in page


def test_what_need_not_be_filled_in_says_so(drawn: Drawn) -> None:
    page = drawn(FORM, form=Greeting.here())
    assert "(міндетті емес)" in page.split('for="nickname"')[1].split("</label>")[0]
    assert "(міндетті емес)" not in page.split('for="name"')[1].split("</label>")[0]


def test_choices_stand_in_a_fieldset_with_a_legend(drawn: Drawn) -> None:
    page = drawn(FORM, form=Greeting.here())
    assert "<legend>Көлемі</legend>" in page
    assert page.count('type="radio"') == 2


TABLE = """{% from "components/table.html" import table, pager, search_box %}{{ search_box(rows, "Іздеу") }}
{% call table(rows, [("name", "Атауы"), ("", "Деңгейі")]) %}{% for one in rows.rows %}<tr><td>{{ one.name_kk }}</td></tr>{% endfor %}{% endcall %}{{ pager(rows) }}"""


def places_listing() -> Listing:
    return listing(select(Place), {"name": Place.sort_kk}, {"q": lambda text: Place.name_kk.contains(text)})


def test_a_table_says_how_it_is_sorted_and_keeps_the_search_in_its_links(cast: Cast, drawn: Drawn) -> None:
    assert cast.school
    page = drawn(TABLE, rows=places_listing())
    assert 'aria-sort="ascending"' in page
    assert "?q=%D0%B0%D0%B9&amp;sort=-name" in page
    assert 'value="ай"' in page


def test_an_empty_search_offers_the_whole_list(drawn: Drawn) -> None:
    page = drawn(TABLE, rows=places_listing())
    assert "Ештеңе табылған жоқ" in page
    assert f'href="{request.path}"' in page


def test_a_question_before_something_final_works_without_script(drawn: Drawn) -> None:
    page = drawn(
        '{% from "components/page.html" import confirm %}{{ confirm("/x", "Өшіру керек пе?", "Өшіру") }}'
    )
    assert page.startswith("<details")
    assert '<form class="confirm-body" method="post" action="/x">' in page
    assert 'name="csrf_token"' in page
