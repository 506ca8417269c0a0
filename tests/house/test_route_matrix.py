"""Route × role × own or foreign object, made from the URL map: nobody succeeds unexpectedly.

What each role may do is written down a second time here on purpose only as a rule: 403 without the permission,
404 for things outside one's places, sign-in for visitors. The permission map decides the rest.
"""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lms.core.permissions import EVERYONE
from lms.people.models.persons import ROLES
from tests.cast import ABOVE_SCHOOLS, Browser, Cast
from tests.fillers import fillers

pytestmark = pytest.mark.pure  # who may open what is said by the map of permissions

# Arguments that are not a thing at a place: there is no foreign one.
NOT_A_THING = {
    "shift", "kind", "chosen", "slug", "year_id", "kind_name", "form", "slide_number", "place", "code",
    "kind_of_question", "tongue", "shape", "paper", "record_form",
}  # fmt: skip
# Somebody's own, or asks for more; tested where they are made.
PERSONAL = {"job_id", "upload_id", "run_id", "kind_name", "carrier_id", "collection_id", "observation_id"}
ABOVE = {"place_id"}  # filled with the district, which is above those who work in one school
SUCCESS = range(200, 400)


def guarded(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with a permission, once for each method."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "permission", None)
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]


def ask(browser: Browser, method: str, path: str) -> TestResponse:
    if method == "GET":
        return browser.get(path)
    if method == "POST":
        return browser.post(path)
    return browser.client.open(path, method=method, base_url="http://localhost:8000")


def address(cast: Cast, rule: Rule, values: dict[str, object]) -> str:
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


def test_visitors_are_led_to_sign_in_everywhere(cast: Cast) -> None:
    own = fillers(cast, own=True)
    for rule, method in guarded(cast.app):
        answer = ask(cast.visitor(), method, address(cast, rule, own))
        led = answer.status_code == 302 and "/sign-in" in answer.location
        assert led or answer.status_code in (401, 403), f"{method} {rule.rule}: {answer.status_code}"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_allowed_is_refused_to(role: str, cast: Cast) -> None:
    browser, own = cast.signed_in(role), fillers(cast, own=True)
    for rule, method in guarded(cast.app):
        roles = cast.app.extensions["permissions"][cast.app.view_functions[rule.endpoint].permission]  # type: ignore[attr-defined]
        if role not in roles and EVERYONE not in roles:
            answer = ask(browser, method, address(cast, rule, own))
            assert answer.status_code in (403, 404), f"{role}: {method} {rule.rule}: {answer.status_code}"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_elsewhere_does_not_exist_for(role: str, cast: Cast) -> None:
    browser, foreign = cast.signed_in(role), fillers(cast, own=False)
    for rule, method in guarded(cast.app):
        if rule.arguments - NOT_A_THING:
            answer = ask(browser, method, address(cast, rule, foreign))
            assert answer.status_code not in SUCCESS, f"{role}: {method} {rule.rule}: {answer.status_code}"


def test_what_is_allowed_opens(cast: Cast) -> None:
    """The matrix would pass if everything were refused; so whoever may, must get in."""
    own = fillers(cast, own=True)
    for role in ROLES:
        browser = cast.signed_in(role)
        for rule, method in guarded(cast.app):
            roles = cast.app.extensions["permissions"][cast.app.view_functions[rule.endpoint].permission]  # type: ignore[attr-defined]
            if (
                method == "GET"
                and role in roles
                and not rule.arguments & PERSONAL
                and not (rule.arguments & ABOVE and role not in ABOVE_SCHOOLS)
            ):
                answer = ask(browser, method, address(cast, rule, own))
                assert answer.status_code in SUCCESS, f"{role}: {rule.rule}: {answer.status_code}"
