"""What the page of a test sends, looked at before anything else is done: well-made, or refused whole."""

from __future__ import annotations

from typing import Any

MOST_ENTRIES, MOST_FIELDS, LONGEST = 200, 60, 60_000
RANK = 2**31  # entries of one computer


class Malformed(ValueError):
    """Not what a page of ours would send."""


def checked(body: Any) -> tuple[int, list[dict[str, Any]], int, int]:
    """(epoch, entries, times away, letters pasted) of a well-made message; everything else is refused whole."""
    if not isinstance(body, dict) or not _whole(body.get("epoch"), 1, 10_000):
        raise Malformed
    entries = body.get("entries", [])
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES or not all(_good(one) for one in entries):
        raise Malformed
    away, pasted = body.get("away", 0), body.get("pasted", 0)
    if not _whole(away, 0, 1000) or not _whole(pasted, 0, 10**7):
        raise Malformed
    return body["epoch"], entries, away, pasted


def _good(entry: Any) -> bool:
    if (
        not isinstance(entry, dict)
        or not _whole(entry.get("seq"), 1, RANK - 1)
        or not _whole(entry.get("number"), 1, 500)
    ):
        return False
    if not isinstance(entry.get("beacon", ""), str) or not _whole(entry.get("since"), 0, 10**10):
        return False
    fields = entry.get("fields")
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        return False
    texts = [text for values in fields.values() if isinstance(values, list) for text in values]
    shaped = all(isinstance(name, str) and isinstance(values, list) for name, values in fields.items())
    size = sum(len(text) if isinstance(text, str) else LONGEST for text in [*fields, *texts])
    # PostgreSQL keeps no zero bytes, and no answer has one.
    return shaped and size <= LONGEST and not any("\0" in text for text in [*fields, *texts])


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
