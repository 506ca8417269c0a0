"""Pages leave packed: on a 64 kbit/s line every kilobyte is an eighth of a second.

docs/decisions/0003-packed-pages.md says why this gives no secret away.
"""

from __future__ import annotations

import gzip
import io
import secrets
from typing import Any

from flask import request

PACKED = frozenset({"text/html", "application/json", "application/problem+json", "text/csv", "image/svg+xml"})
WORTH_IT = 700  # smaller answers fit into one packet anyway
LEVEL = 6
LONGEST_PADDING = 100


def pack(response: Any) -> Any:
    if not _worth_packing(response):
        return response
    response.vary.add("Accept-Encoding")
    if "gzip" in request.accept_encodings:
        response.set_data(packed(response.get_data()))
        response.content_encoding = "gzip"
    return response


def _worth_packing(response: Any) -> bool:
    return (
        response.mimetype in PACKED
        and not response.is_streamed
        and not response.direct_passthrough
        and not response.content_encoding
        and response.calculate_content_length() >= WORTH_IT
    )


def packed(body: bytes) -> bytes:
    """gzip with a file name of random length in its header: the size of an answer tells nobody what it says."""
    padding = "a" * secrets.randbelow(LONGEST_PADDING + 1)
    target = io.BytesIO()
    with gzip.GzipFile(padding, "wb", LEVEL, target, mtime=0) as file:
        file.write(body)
    return target.getvalue()
