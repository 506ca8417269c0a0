"""Asking another OAI-PMH 2.0 repository, page by page. What it answers is a stranger's XML, small and flat or refused."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from lms.core import outbound
from lms.core.xml import XmlRefused, parse

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LARGEST, MOST_ELEMENTS = 16 * 1024 * 1024, 200_000
MOST_RECORDS_A_PAGE = 2_000
PATIENCE, LONGEST_WAIT = 4, 30  # how often it may say “later”, and for how many seconds we wait


class HarvestError(Exception):
    """`code`: a reason of lms.core.outbound, or no-answer, status, not-oai, too-large, refused, circle, too-many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class About:
    name: str
    seconds: bool  # whether it counts in seconds or in days
    now: str  # its own clock


@dataclass(frozen=True)
class Fetched:
    """One record: nothing is said of one that was deleted."""

    identifier: str
    deleted: bool
    dc: list[tuple[str, str, str]] = field(default_factory=list)  # (element, value, language)


@dataclass(frozen=True)
class FetchedPage:
    records: list[Fetched]
    token: str
    total: int


def identify(address: str) -> About:
    root = _asked(address, {"verb": "Identify"})
    told = root.find(f"{OAI}Identify")
    if told is None:
        raise HarvestError("not-oai")
    seconds = (told.findtext(f"{OAI}granularity") or "").endswith("ssZ")
    now = (root.findtext(f"{OAI}responseDate") or "").strip()
    name = " ".join((told.findtext(f"{OAI}repositoryName") or "").split())[:200]
    return About(name, seconds, now if seconds else now[:10])


def list_records(address: str, since: str, set_name: str, token: str) -> FetchedPage:
    """§3.5: with a token nothing else is asked. Nothing new is an empty page."""
    given = {"verb": "ListRecords", "resumptionToken": token}
    if not token:
        given = {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": since, "set": set_name}
    root = _asked(address, {name: value for name, value in given.items() if value})
    error = root.find(f"{OAI}error")
    if error is not None and error.get("code") == "noRecordsMatch":
        return FetchedPage([], "", 0)
    part = root.find(f"{OAI}ListRecords")
    if part is None:
        raise HarvestError("refused" if error is not None else "not-oai")
    records = [_record(one) for one in part.findall(f"{OAI}record")]
    if len(records) > MOST_RECORDS_A_PAGE:
        raise HarvestError("too-large")
    more = part.find(f"{OAI}resumptionToken")
    size = more.get("completeListSize", "") if more is not None else ""
    next_token = (more.text or "").strip() if more is not None else ""
    return FetchedPage([one for one in records if one.identifier], next_token[:2000], int(size) if size.isdecimal() and len(size) < 10 else 0)  # fmt: skip


def _record(one: Any) -> Fetched:
    head = one.find(f"{OAI}header")
    if head is None:
        return Fetched("", False)
    identifier = " ".join((head.findtext(f"{OAI}identifier") or "").split())
    deleted = head.get("status") == "deleted"
    return Fetched(identifier, deleted, [] if deleted else list(_elements(one)))


def _elements(record: Any) -> Iterator[tuple[str, str, str]]:
    for one in record.iter():
        if isinstance(one.tag, str) and one.tag.startswith(DC) and one.text and one.text.strip():
            yield one.tag.removeprefix(DC), one.text.strip(), one.get(LANG, "")


def _asked(address: str, given: dict[str, str]) -> etree._Element:
    url = f"{address}{'&' if '?' in address else '?'}{urlencode(given)}"
    for _try in range(PATIENCE):
        status, headers, body = _got(url)
        if status != 503:
            break
        time.sleep(min(_seconds(headers.get("Retry-After", "")), LONGEST_WAIT))
    if status != 200:
        raise HarvestError("status")
    try:
        root = parse(body, LARGEST, MOST_ELEMENTS)
    except XmlRefused as error:
        raise HarvestError("too-large" if error.code.startswith("too-") else "not-oai") from error
    if root.tag != f"{OAI}OAI-PMH":
        raise HarvestError("not-oai")
    return root


def _got(url: str) -> outbound.Answer:
    try:
        return outbound.fetch(url, LARGEST)
    except outbound.NotThere as error:
        raise HarvestError(error.code) from error
    except (OSError, http.client.HTTPException) as error:
        raise HarvestError("no-answer") from error


def _seconds(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 5
