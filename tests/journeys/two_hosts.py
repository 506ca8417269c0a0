"""A small server that answers under two names and writes down what browsers send to each."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

REAL = (
    "session=real; Path=/; HttpOnly; SameSite=Lax",
    "strict=real; Path=/; HttpOnly; SameSite=Strict",
    "__Host-session=real; Path=/; Secure; HttpOnly; SameSite=Lax",
)
# What a package would try, from script and from its own server's headers.
PLANTED = (
    "planted-parent=evil; Path=/; Domain=localhost",
    "planted-dot=evil; Path=/; Domain=.localhost",
    "planted-sibling=evil; Path=/; Domain=lms.localhost",
    "planted-own=evil; Path=/; Domain=content.localhost",
    "planted-host-only=evil; Path=/",
    "session=evil; Path=/api; Domain=localhost",
    "session=evil; Path=/api",
    "__Secure-session=evil; Path=/; Secure; Domain=localhost",
    "__Host-session=evil; Path=/; Secure; Domain=localhost",
    "__Host-session=evil; Path=/api; Secure",
    "\u2000__Host-session=evil; Path=/; Domain=localhost",
    "=__Host-session=evil; Path=/; Domain=localhost",
)


class Heard(NamedTuple):
    host: str
    method: str
    path: str
    cookies: str
    fetch_site: str


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._hear()
        head, body = {
            "/set": ([("Set-Cookie", one) for one in REAL], b"set"),
            "/plant": ([("Set-Cookie", one.encode().decode("latin-1")) for one in PLANTED], b"planted"),
            "/worker.js": ([("Content-Type", "text/javascript")], b"addEventListener('fetch', () => 0)"),
        }.get(self.path, ([], b"<!doctype html><title>page</title>"))
        self._answer(head, body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._hear()
        self._answer([], b"posted")

    def _hear(self) -> None:
        head = self.headers
        heard: list[Heard] = self.server.heard  # type: ignore[attr-defined]
        heard.append(
            Heard(
                head["Host"], self.command, self.path, head.get("Cookie", ""), head.get("Sec-Fetch-Site", "")
            )
        )

    def _answer(self, head: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(200)
        for name, value in head:
            self.send_header(name, value)
        if not any(name == "Content-Type" for name, _value in head):
            self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Quiet: what was heard is kept in `heard`."""


class TwoHosts:
    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.heard: list[Heard] = server.heard  # type: ignore[attr-defined]

    def last(self, host: str, path: str, method: str = "GET") -> Heard:
        return next(
            one for one in reversed(self.heard) if (one.host, one.path, one.method) == (host, path, method)
        )


@contextmanager
def two_hosts() -> Iterator[TwoHosts]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.heard = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield TwoHosts(server)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def as_script(cookies: tuple[str, ...]) -> str:
    return f"for (const one of {json.dumps(cookies)}) document.cookie = one"
