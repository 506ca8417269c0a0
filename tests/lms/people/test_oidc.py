"""Signing in with an account elsewhere, against a provider that runs in the test and can be made to lie."""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import OidcIdentity, Person
from tests.cast import PASSWORD, Browser, Cast, read_afresh

KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)


class Provider(ThreadingHTTPServer):
    """Gives codes, checks the verifier against its challenge, signs tokens; `lies` changes what it says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.codes: dict[str, dict[str, str]] = {}
        self.lies: dict[str, Any] = {}
        self.key = KEY

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def grants(self, address: str) -> dict[str, str]:
        """What a person does there: signs in and is sent back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256" and asked["scope"] == "openid"
        code = f"code{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str]) -> dict[str, str] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": "lms",
            "sub": "aigul-there",
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        return {"id_token": jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **self.lies}, self.key)}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.issuer
        pages: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
            },
            "/keys": {"keys": [KEY.as_dict(private=False)]},
        }  # fmt: skip
        self._answer(pages.get(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.server.token({name: values[0] for name, values in parse_qs(body).items()}))

    def _answer(self, found: Any) -> None:
        data = json.dumps(found or {"error": "invalid_grant"}).encode()
        self.send_response(200 if found else 400)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_anything: Any) -> None:
        return None


@pytest.fixture
def provider(cast: Cast) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    before = cast.app.extensions["settings"]
    cast.app.extensions["settings"] = replace(
        before,
        oidc_issuer=server.issuer,
        oidc_client_id="lms",
        oidc_client_secret="hush",
        oidc_label="Bilim ID",
    )
    try:
        yield server
    finally:
        cast.app.extensions["settings"] = before
        server.shutdown()
        server.server_close()


def goes_there_and_back(browser: Browser, provider: Provider, **change: str) -> Any:
    there = browser.get("/sign-in/outside")
    assert there.status_code == 302 and there.location.startswith(provider.issuer)
    return browser.get("/sign-in/outside/back", query_string={**provider.grants(there.location), **change})


def joined(cast: Cast, provider: Provider, role: str = "teacher") -> Person:
    person = cast.person(role)
    with edge():
        db.session.add(OidcIdentity(person_id=person.id, issuer=provider.issuer, subject="aigul-there"))
    return person


def test_the_button_is_there_only_with_a_provider(cast: Cast, provider: Provider) -> None:
    assert "Bilim ID" in cast.visitor().get("/sign-in").text


def test_without_a_provider_there_is_no_such_page(cast: Cast) -> None:
    assert cast.visitor().get("/sign-in/outside").status_code == 404


def test_a_known_account_signs_in(cast: Cast, provider: Provider) -> None:
    joined(cast, provider)
    browser = cast.visitor()
    assert goes_there_and_back(browser, provider).location == "/"
    assert browser.get("/").status_code == 200


def test_an_unknown_account_is_joined_after_the_password(cast: Cast, provider: Provider) -> None:
    login, browser = str(cast.person("teacher").login), cast.visitor()
    assert goes_there_and_back(browser, provider).location == "/sign-in"
    assert browser.get("/").status_code == 302
    answer = browser.post("/sign-in", {"login": login, "password": PASSWORD})
    assert answer.location == "/account/outside"
    read_afresh()
    assert db.session.scalar(select(OidcIdentity)) is None
    assert browser.post("/account/outside").status_code == 303
    again = cast.visitor()
    goes_there_and_back(again, provider)
    assert again.get("/").status_code == 200
    read_afresh()
    key = db.session.scalar(select(OidcIdentity.id))
    assert browser.post(f"/account/outside/{key}/drop").status_code == 303
    assert goes_there_and_back(cast.visitor(), provider).location == "/sign-in"


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "other"},
        {"iss": "https://evil.example"},
        {"aud": "somebody"},
        {"exp": 1},
        {"aud": ["lms", "other"]},
    ],
)
def test_a_token_that_is_not_for_us_now_opens_nothing(
    lie: dict[str, Any], cast: Cast, provider: Provider
) -> None:
    joined(cast, provider)
    provider.lies = lie
    browser = cast.visitor()
    assert goes_there_and_back(browser, provider).location == "/sign-in"
    assert browser.get("/").status_code == 302


def test_a_foreign_signature_opens_nothing(cast: Cast, provider: Provider) -> None:
    joined(cast, provider)
    provider.key = OTHER_KEY
    browser = cast.visitor()
    goes_there_and_back(browser, provider)
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("change", [{"state": "other"}, {"code": "other"}, {"state": ""}])
def test_a_changed_way_back_opens_nothing(change: dict[str, str], cast: Cast, provider: Provider) -> None:
    joined(cast, provider)
    browser = cast.visitor()
    goes_there_and_back(browser, provider, **change)
    assert browser.get("/").status_code == 302
    assert cast.visitor().get("/sign-in/outside/back?state=&code=x").location == "/sign-in"


def test_the_disabled_stay_out_and_administrators_show_their_second_factor(
    cast: Cast, provider: Provider
) -> None:
    person = joined(cast, provider, "administrator")
    browser = cast.visitor()
    goes_there_and_back(browser, provider)
    assert browser.get("/").location.endswith("/second-factor")
    with edge():
        db.session.get_one(Person, person.id).disabled = True
    other = cast.visitor()
    goes_there_and_back(other, provider)
    assert other.get("/").status_code == 302 and "/sign-in" in other.get("/").location
