"""Asking another server, by an address a person typed: never our own network, never somewhere else than was checked.

The name is looked up once; every address it has must be public, and the connection goes to the one that was checked,
so that a name which answers differently the second time leads nowhere new. No redirect is followed, and only so much of
the answer is read. Hosts of one's own network that may be asked all the same stand in a setting, by name.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from lms.core.settings import Settings

SECONDS, LONGEST = 10, 120  # for one step, for a whole answer
MOST = 64 * 1024
# IPv4 in disguise: what it stands for is decided by whoever routes it.
DISGUISES = [
    ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]


class NotThere(Exception):
    """An address that may not be asked; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Target:
    host: str
    port: int
    path: str
    secure: bool
    address: str


def checked(url: str) -> Target:
    """Where this leads, with the address to connect to; raises NotThere."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotThere("address") from None
    host, secure = (parts.hostname or "").rstrip("."), parts.scheme == "https"
    ours = host in _allowed()
    if not host or parts.username or parts.scheme not in ("http", "https") or not url.isascii():
        raise NotThere("address")
    if not secure and not ours:
        raise NotThere("not-https")
    port = port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if any(char <= " " or char == "\x7f" for char in path):
        raise NotThere("address")
    return Target(host, port, path, secure, _looked_up(host, port, ours))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Raises NotThere, or OSError and HTTPException when nobody answers."""
    target = checked(url)
    line = _Line(target)
    try:
        line.request("POST", target.path, body, dict(headers))
        answer = line.getresponse()
        answer.read(MOST)
        return answer.status
    finally:
        line.close()


def fetch(url: str, most: int) -> Answer:
    """Status, headers and body; a body longer than that is NotThere. Raises as `post` does."""
    target = checked(url)
    line = _Line(target)
    try:
        line.request("GET", target.path, headers={"Accept-Encoding": "identity"})
        answer = line.getresponse()
        body = _read(answer, most, time.monotonic() + LONGEST)
        return Answer(answer.status, dict(answer.getheaders()), body)
    finally:
        line.close()


def _read(answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    """Whoever sends a byte now and then does not hold us for ever."""
    parts, size = [], 0
    while piece := answer.read1(MOST):
        parts.append(piece)
        size += len(piece)
        if size > most:
            raise NotThere("too-large")
        if time.monotonic() > until:
            raise TimeoutError
    return b"".join(parts)


class _Line(http.client.HTTPConnection):
    """To the address that was checked, by the name that was asked for."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target = target

    def connect(self) -> None:
        self.sock = socket.create_connection((self.target.address, self.target.port), SECONDS)
        if self.target.secure:
            trusted = ssl.create_default_context()
            self.sock = trusted.wrap_socket(self.sock, server_hostname=self.target.host)


def _looked_up(host: str, port: int, ours: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotThere("no-such-host") from None
    addresses = [str(one[4][0]) for one in found]
    if not ours and not all(is_public(one) for one in addresses):
        raise NotThere("not-public")
    return addresses[0]


def is_public(text: str) -> bool:
    address: Any = ipaddress.ip_address(text.partition("%")[0])
    inside = getattr(address, "ipv4_mapped", None)
    if inside is not None:
        address = inside
    hidden = address.version == 6 and any(address in one for one in DISGUISES)
    return bool(address.is_global) and not address.is_multicast and not hidden


def _allowed() -> set[str]:
    settings: Settings = current_app.extensions["settings"]
    return set(settings.outside_hosts.split())
