"""The two jobs that leave the house: a signed message to a program, a statement to a record store."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import time
from typing import Any
from uuid import UUID, uuid5

from flask import current_app

from lms.core import outbound
from lms.core.db import db
from lms.core.i18n import in_language
from lms.core.jobs import GiveUp, Work, job
from lms.core.settings import Settings
from lms.player.models import ApiClient, Registration
from lms.player.service.api_clients import secret_of
from lms.player.service.telling import HOOK, XAPI
from scorm.runtime.times import written

VERBS = "http://adlnet.gov/expapi/verbs/"
NAMESPACE = UUID("6f0b2a52-3c1e-5a0d-9c57-1d6f2f6f7a11")
XAPI_VERSION = "1.0.3"


class NobodyAnswered(Exception):
    """The other side did not take it; the job will try again."""


@job(HOOK, failures=8)
def send_hook(work: Work) -> dict[str, Any]:
    client = db.session.get(ApiClient, UUID(work.payload["client"]))
    if client is None or client.revoked_at or not client.hook_url:
        raise GiveUp("nobody-listens")
    url, secret = client.hook_url, secret_of(client)
    body = json.dumps(message(work.payload), ensure_ascii=False).encode()
    db.session.rollback()  # nothing is held while somebody far away thinks
    return {"status": _sent(url, body, signed(body, secret, int(time.time())))}


@job(XAPI, failures=8)
def send_statement(work: Work) -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    if not settings.lrs_url:
        raise GiveUp("nobody-listens")
    row = db.session.get(Registration, UUID(work.payload["registration"]))
    if row is None:
        raise GiveUp("gone")
    body = json.dumps(statement(row, work.payload, settings.site), ensure_ascii=False).encode()
    db.session.rollback()
    who = base64.b64encode(f"{settings.lrs_key}:{settings.lrs_secret}".encode()).decode()
    headers = {"Authorization": f"Basic {who}", "X-Experience-API-Version": XAPI_VERSION}
    return {"status": _sent(settings.lrs_url.rstrip("/") + "/statements", body, headers)}


def message(payload: dict[str, Any]) -> dict[str, Any]:
    """What a program is told: the same words as in the API."""
    facts = {name: payload[name] for name in ("completion", "success", "score", "seconds", "finished_at")}
    key = str(UUID(payload["registration"]))
    return {
        "event": "registration.changed", "id": str(_event(payload)), "at": payload["at"], "registration": key, **facts,
    }  # fmt: skip


def signed(body: bytes, secret: str, now: int) -> dict[str, str]:
    """HMAC-SHA256 over "time.body": whoever keeps a message cannot send it again tomorrow."""
    digest = hmac.new(secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Signature": f"t={now},v1={digest}"}


def statement(row: Registration, payload: dict[str, Any], site: str) -> dict[str, Any]:
    """xAPI 1.0.3 part two, 2.4. Its id is that of the event, so that a store takes a repetition for what it is."""
    package = row.version.package
    names = {code: in_language(package, "title") for code in (package.language,)}
    return {
        "id": str(_event(payload)),
        "actor": {"objectType": "Agent", "account": {"homePage": site, "name": row.person_id.hex}},
        "verb": verb(payload),
        "object": {
            "objectType": "Activity",
            "id": f"{site}/shelf/packages/{package.id}",
            "definition": {"type": "http://adlnet.gov/expapi/activities/course", "name": names},
        },
        "result": result(payload),
        "context": {"registration": str(row.id), "platform": site},
        "timestamp": payload["at"],
    }


def verb(payload: dict[str, Any]) -> dict[str, Any]:
    name = payload["success"] if payload["success"] in ("passed", "failed") else "progressed"
    if name == "progressed" and payload["completion"] == "completed":
        name = "completed"
    return {"id": VERBS + name, "display": {"en": name}}


def result(payload: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"duration": written("2004", payload["seconds"] or 0.0)}
    if payload["completion"] in ("completed", "incomplete"):
        found["completion"] = payload["completion"] == "completed"
    if payload["success"] in ("passed", "failed"):
        found["success"] = payload["success"] == "passed"
    if payload["score"] is not None:
        found["score"] = {"scaled": max(-1.0, min(1.0, payload["score"]))}
    return found


def _event(payload: dict[str, Any]) -> UUID:
    return uuid5(NAMESPACE, f"{payload['registration']} {payload['entries']}")


def _sent(url: str, body: bytes, headers: dict[str, str]) -> int:
    try:
        status = outbound.post(url, body, {"Content-Type": "application/json", **headers})
    except outbound.NotThere as error:
        raise GiveUp(error.code) from None
    except (OSError, http.client.HTTPException) as error:
        raise NobodyAnswered(type(error).__name__) from None
    if status == 409 and "X-Experience-API-Version" in headers:
        return status  # the store has this statement already
    if not 200 <= status < 300:
        raise NobodyAnswered(str(status))
    return status
