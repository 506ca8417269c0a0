"""A paper locked for its journey: whoever holds the file needs the spoken code and the part of the key kept here.

key = HMAC-SHA256(part, scrypt(code)); the paper is closed with ChaCha20-Poly1305 (RFC 7914, RFC 8439). These, because a
page on a plain HTTP line has no crypto of its own and must bring it along: see exam/sealed in the assets.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from hashlib import scrypt, sha256

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

# 16 MB and about a second on an old laptop: what costs a guesser as much for every code.
COST, BLOCK = 2**14, 8


def new_salt() -> bytes:
    return os.urandom(16)


def new_part() -> bytes:
    return os.urandom(32)


def spelled(code: str) -> str:
    """As it is heard: capital letters, no spaces."""
    return "".join(code.upper().split())


@lru_cache(maxsize=64)
def key_of(code: str, salt: bytes, part: bytes) -> bytes:
    heard = scrypt(spelled(code).encode(), salt=salt, n=COST, r=BLOCK, p=1, maxmem=64 * 2**20, dklen=32)
    return hmac.new(part, heard, sha256).digest()


def closed(text: str, key: bytes, about: str) -> tuple[bytes, bytes]:
    """(nonce, box). `about` binds the box to its sitting and pupil."""
    nonce = os.urandom(12)
    return nonce, ChaCha20Poly1305(key).encrypt(nonce, text.encode(), about.encode())


def opened(nonce: bytes, box: bytes, key: bytes, about: str) -> str:
    """Raises InvalidTag for another key, another pupil or a changed box."""
    return ChaCha20Poly1305(key).decrypt(nonce, box, about.encode()).decode()
