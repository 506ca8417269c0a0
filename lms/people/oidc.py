"""An OpenID provider beside our own passwords: authorization code with PKCE, state and nonce.

The address of the provider is a setting of the operator, never a value from a page. An account there is joined
to a person only by somebody who is signed in here as that person.
"""

from __future__ import annotations

import base64
import json
import secrets
import urllib.request
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from lms.core import clock
from lms.core.settings import Settings

WAIT = 10
MOST_BYTES = 512 * 1024
ALGORITHMS = ["RS256", "ES256", "PS256"]
LEEWAY = 120
PENDING = "pending_outside"  # in the session: an outside account that waits to be joined
FLOW = "outside_flow"  # in the session: state, nonce and verifier of a sign-in that is under way


class OutsideRefused(Exception):
    """The provider's answer cannot be believed; the reason goes to the log."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_anything: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def begin(settings: Settings, back: str) -> tuple[str, dict[str, str]]:
    """The address to send the browser to, and what must be remembered until it comes back."""
    flow = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    question = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": back,
        "scope": "openid",
        "state": flow["state"],
        "nonce": flow["nonce"],
        "code_challenge": create_s256_code_challenge(flow["verifier"]),
        "code_challenge_method": "S256",
    }
    endpoint = _configuration(settings)["authorization_endpoint"]
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(question)}", flow


def subject(settings: Settings, flow: dict[str, str], state: str, code: str, back: str) -> str:
    """Who came back, as the provider names them; raises OutsideRefused."""
    if not flow or not secrets.compare_digest(flow["state"], state):
        raise OutsideRefused("state")
    configuration = _configuration(settings)
    answer = _exchanged(settings, configuration["token_endpoint"], code, flow["verifier"], back)
    keys = KeySet.import_key_set(cast(KeySetSerialization, _fetched(configuration["jwks_uri"])))
    claims = _claims(answer.get("id_token", ""), keys, settings)
    if not secrets.compare_digest(str(claims.get("nonce", "")), flow["nonce"]):
        raise OutsideRefused("nonce")
    return str(claims["sub"])


def _claims(token: str, keys: KeySet, settings: Settings) -> dict[str, Any]:
    rules = jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError) as error:
        raise OutsideRefused(f"token: {error}") from error
    if (
        isinstance(claims["aud"], list)
        and len(claims["aud"]) > 1
        and claims.get("azp") != settings.oidc_client_id
    ):
        raise OutsideRefused("azp")
    return dict(claims)


def _configuration(settings: Settings) -> dict[str, Any]:
    found = _fetched(settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != settings.oidc_issuer:
        raise OutsideRefused("issuer")
    return found


def _exchanged(settings: Settings, endpoint: str, code: str, verifier: str, back: str) -> dict[str, Any]:
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    name = f"{settings.oidc_client_id}:{settings.oidc_client_secret}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(name).decode()}", "Accept": "application/json"}
    return _fetched(endpoint, urlencode(body).encode(), headers)


def _fetched(
    address: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    if urlsplit(address).scheme not in ("https", "http"):
        raise OutsideRefused("address")
    try:
        with _opener.open(urllib.request.Request(address, body, headers or {}), timeout=WAIT) as answer:
            found = json.loads(answer.read(MOST_BYTES))
    except (OSError, ValueError) as error:
        raise OutsideRefused(f"{urlsplit(address).path}: {error}") from error
    if not isinstance(found, dict):
        raise OutsideRefused("answer")
    return found
