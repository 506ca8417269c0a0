"""Sign-ins as the sign-in page makes them, without the cost of as many password hashes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from lms.core import clock, ids
from lms.core.db import db, edge
from lms.people.models import SignInSession
from lms.people.signing_in import TOKEN


def cookies_of(app: Flask, person_id: Any) -> dict[str, str]:
    token = ids.new_token()
    with edge():
        db.session.add(
            SignInSession(
                person_id=person_id, token_digest=ids.token_digest(token), means="password",
                expires_at=clock.now() + timedelta(days=365),
            )
        )  # fmt: skip
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return {app.session_interface.get_cookie_name(app): signer.dumps({TOKEN: token})}
