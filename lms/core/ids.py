"""Keys and codes. Keys are UUIDv7, so that rows of many servers never clash and sort by age."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from uuid6 import uuid7

# Without 0/O, 1/I/L: these codes are read from paper and typed by children.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_id() -> UUID:
    return UUID(bytes=uuid7().bytes)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is stored of a token: enough to recognise it, useless to whoever reads the table."""
    return hashlib.sha256(token.encode()).hexdigest()


def readable_code(length: int = 8) -> str:
    return "".join(secrets.choice(READABLE) for _ in range(length))
