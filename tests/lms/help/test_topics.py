"""Help is one step away, speaks of the page one is on, and never of what one may not do."""

from __future__ import annotations

from tests.cast import Cast


def test_help_on_the_sign_in_page_is_about_signing_in(cast: Cast) -> None:
    assert 'href="/help/sign-in"' in cast.visitor().get("/sign-in").text


def test_a_topic_shows_its_steps_in_the_readers_language(cast: Cast) -> None:
    page = cast.visitor("ru").get("/help/sign-in").text
    assert "Посмотрите на язык клавиатуры" in page
    assert page.count("<li>") >= 4


def test_a_topic_about_what_one_may_not_do_is_not_there(cast: Cast) -> None:
    assert cast.visitor().get("/help/find-a-school").status_code == 404
    assert "find-a-school" not in cast.signed_in("student").get("/help").text
    assert cast.signed_in("teacher").get("/help/find-a-school").status_code == 200


def test_everybody_can_read_what_the_system_is(cast: Cast) -> None:
    assert cast.visitor().get("/about").status_code == 200
