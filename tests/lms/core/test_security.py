"""Sites, origin, tokens and headers."""

from flask import Flask

from tests.cast import SITE, Cast


def test_loopback_spellings_are_led_to_our_name(app: Flask) -> None:
    answer = app.test_client().get("/sign-in?next=/", base_url="http://127.0.0.1:8000")
    assert answer.status_code == 302
    assert answer.location == "http://localhost:8000/sign-in?next=/"


def test_any_other_host_is_refused(app: Flask) -> None:
    assert app.test_client().get("/sign-in", base_url="http://evil.example").status_code == 421


def test_the_content_site_has_no_pages_and_sets_no_cookie(app: Flask) -> None:
    answer = app.test_client().get("/sign-in", base_url="http://content.localhost:8000")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_post_from_elsewhere_or_from_nowhere_is_refused(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    for origin in ("http://content.localhost:8000", "null", ""):
        assert browser.post("/sign-out", headers={"Origin": origin}).status_code == 403
    assert browser.get("/").status_code == 200


def test_a_post_without_its_token_is_refused(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    answer = browser.client.post("/sign-out", base_url=SITE, headers={"Origin": SITE})
    assert answer.status_code == 400
    assert browser.get("/").status_code == 200


def test_a_session_cookie_sent_twice_counts_as_none(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    cookie = browser.client.get_cookie("__Host-session", domain="localhost")
    assert cookie is not None
    twice = f"__Host-session=evil; __Host-session={cookie.value}"
    answer = cast.app.test_client(use_cookies=False).get("/", base_url=SITE, headers={"Cookie": twice})
    assert answer.status_code == 302


def test_every_page_carries_the_policy(cast: Cast) -> None:
    head = cast.visitor().get("/sign-in").headers
    assert "frame-ancestors 'none'" in head["Content-Security-Policy"]
    assert head["X-Content-Type-Options"] == "nosniff"
    assert head["Cross-Origin-Opener-Policy"] == "same-origin"
