"""The signature of a carrier: Ed25519 (RFC 8032) over the bytes of its manifest, which names every file's SHA-256."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lms.core.sealing import signing_key

PURPOSE = "carrier"


class BadSignature(Exception):
    """The manifest is not what was signed, or nothing was signed."""


def own_fingerprint() -> str:
    return fingerprint(signing_key(PURPOSE).public_key().public_bytes_raw())


def signature_of(manifest: bytes) -> bytes:
    key = signing_key(PURPOSE)
    said = {
        "algorithm": "Ed25519",
        "key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "signature": base64.b64encode(key.sign(manifest)).decode(),
    }
    return json.dumps(said).encode()


def maker_of(manifest: bytes, signature: bytes) -> str:
    """The fingerprint of whoever signed it. Raises BadSignature."""
    try:
        said: dict[str, Any] = json.loads(signature)
        key = base64.b64decode(said["key"], validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(
            base64.b64decode(said["signature"], validate=True), manifest
        )
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise BadSignature from error
    return fingerprint(key)


def fingerprint(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()


def shown(print_: str) -> str:
    """Sixteen digits in fours: enough to be compared by telephone."""
    return " ".join(print_[at : at + 4] for at in range(0, 16, 4))
