"""What must not be readable in the database: encrypted with a key derived from the secret key, one per purpose.

A digest with such a key finds doubles without opening anything; nobody without the key can try values.
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE = 12


def seal(text: str, purpose: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(purpose)).encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, purpose: str) -> str | None:
    """None when it was sealed with another key or for another purpose, or has been changed."""
    try:
        opened = AESGCM(_key(purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        return None
    return opened.decode()


def keyed_digest(text: str, purpose: str) -> str:
    return hmac.new(_key(f"digest of {purpose}"), text.encode(), sha256).hexdigest()


def signing_key(purpose: str) -> Ed25519PrivateKey:
    """This installation's own: whoever has its public half can tell what was signed here."""
    return Ed25519PrivateKey.from_private_bytes(_key(f"signature of {purpose}"))


def _key(purpose: str) -> bytes:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)
