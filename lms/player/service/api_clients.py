"""Opening and closing the door for a program, and who stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock, ids, outbound
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.sealing import seal, unseal
from lms.places.models import Place
from lms.player.models import ApiClient
from lms.player.service import telling

PURPOSE = "signature of a webhook"
NOTED_EVERY = timedelta(minutes=5)


def open_for(
    place: Place, name: str, scopes: Sequence[str], by: UUID, hook_url: str = ""
) -> tuple[ApiClient, str, str]:
    """The client, its token and the secret of its webhook: both are seen once, by whoever asked."""
    token, secret = ids.new_token(), ids.new_token() if hook_url else ""
    row = ApiClient(
        name=name, place_id=place.id, path=place.path, token_digest=ids.token_digest(token),
        scopes=list(scopes), made_by=by, hook_url=_checked(hook_url),
        hook_secret=seal(secret, PURPOSE) if secret else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("api_client.made", row, path=place.path, name=name)
    telling.forget_listeners()
    return row, token, secret


def tell_at(client: ApiClient, hook_url: str) -> str:
    """Another address for its news, with a new secret; without one it is told nothing any more."""
    secret = ids.new_token() if hook_url else ""
    client.hook_url = _checked(hook_url)
    client.hook_secret = seal(secret, PURPOSE) if secret else None
    audit.record("api_client.changed", client, path=client.path, name=client.name)
    telling.forget_listeners()
    return secret


def close(client: ApiClient) -> None:
    client.revoked_at = client.revoked_at or clock.now()
    audit.record("api_client.revoked", client, path=client.path, name=client.name)
    telling.forget_listeners()


def of_token(token: str) -> ApiClient | None:
    """Whose token this is; that it was used is noted now and then."""
    row = db.session.scalar(
        select(ApiClient).where(
            ApiClient.token_digest == ids.token_digest(token), ApiClient.revoked_at.is_(None)
        )
    )
    now = clock.now()
    if row is not None and (row.last_used_at is None or row.last_used_at < now - NOTED_EVERY):
        row.last_used_at = now
    return row


def secret_of(client: ApiClient) -> str:
    return (unseal(client.hook_secret, PURPOSE) if client.hook_secret else None) or ""


def _checked(url: str) -> str:
    if not url:
        return ""
    try:
        outbound.checked(url)
    except outbound.NotThere as error:
        raise Refused(reasons().get(error.code, _("This address cannot be used."))) from None
    return url


def reasons() -> dict[str, str]:
    return {
        "not-https": _("The address has to begin with https://."),
        "no-such-host": _("There is no computer with this name."),
        "not-public": _(
            "This address lies inside a network of ours. The administrator of the server may allow it by name."
        ),
    }
