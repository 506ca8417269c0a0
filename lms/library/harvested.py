"""Dublin Core of another library as facts of ours: nothing is believed but words, and an address one may open."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from lms.core.imports.columns import title_key
from lms.library.arriving import plain
from lms.library.reading.lom import language_code, licence_of

KINDS = {"movingimage": "video", "sound": "audio", "collection": "sources", "stillimage": "sources"}
LONGEST_NAME = 200
Elements = Iterable[tuple[str, str, str]]


def facts_of(dc: Elements, language: str, subjects: Mapping[str, str]) -> dict[str, Any] | None:
    """None: it names no address, or no title, so nobody here could use it."""
    given: dict[str, list[tuple[str, str]]] = {}
    for name, value, said in dc:
        given.setdefault(name, []).append((value, said))
    own = next(filter(None, (language_code(one) for one, _ in given.get("language", ()))), language)
    link = next(
        filter(None, (address_in(one) for one, _ in given.get("identifier", []) + given.get("source", []))),
        "",
    )
    titles, abouts = _by_language(given.get("title", ()), own, 200), _by_language(given.get("description", ()), own, 4000)  # fmt: skip
    if not link or not titles:
        return None
    return {
        "kind": next((KINDS[one.lower()] for one, _ in given.get("type", ()) if one.lower() in KINDS), "link"),
        "language": own, "link": link, "offline": False,
        "subject": next(filter(None, (subjects.get(title_key(one)) for one, _ in given.get("subject", ()))), ""),
        "licence": next(filter(None, (licence_of(one) for one, _ in given.get("rights", ()))), "unknown"),
        "authors": [name for one, _ in given.get("creator", ())[:20] if (name := plain(one, 120))],
        **{f"title_{code}": titles.get(code, "") for code in ("kk", "ru")},
        **{f"about_{code}": abouts.get(code, "") for code in ("kk", "ru")},
    }  # fmt: skip


def origin_of(identifier: str) -> str:
    """By which it is known again."""
    if len(identifier) <= LONGEST_NAME:
        return identifier
    return f"sha256:{hashlib.sha256(identifier.encode()).hexdigest()}"


def address_in(text: str) -> str:
    """A whole address; without https only on hosts the operator has named."""
    if len(text) > 1000 or re.search(r"[\s\"<>\\]", text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return ""
    named = current_app.extensions["settings"].outside_hosts.split()
    if parts.scheme != "https" and not (parts.scheme == "http" and host in named):
        return ""
    return text if host and "@" not in parts.netloc else ""


def _by_language(values: Iterable[tuple[str, str]], own: str, most: int) -> dict[str, str]:
    """Our two languages; what is in another one stands where Kazakh would."""
    found: dict[str, str] = {}
    for text, said in values:
        code = "ru" if (language_code(said) or own) == "ru" else "kk"
        found.setdefault(code, plain(text, most))
    return {code: text for code, text in found.items() if text}
