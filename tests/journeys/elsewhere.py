"""Another host, which must not hear anything: it writes down whatever comes, by TCP and by UDP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".xml": "text/xml"}


class Elsewhere:
    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.heard: list[str] = server.heard  # type: ignore[attr-defined]

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/taken/{name}"

    @property
    def taken(self) -> set[str]:
        return {one.rpartition("/")[2] for one in self.heard}


class _Hearing(BaseHTTPRequestHandler):
    """Also serves a folder without a single header that forbids anything, and a frame around it."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/taken/"):
            self.server.heard.append(path)  # type: ignore[attr-defined]
            return self._answer(b"", "text/plain")
        if path in ("/around.html", "/player.html"):
            inner = (
                "http://content.localhost:{}/player.html" if path == "/around.html" else "/files/index.html"
            )
            inner = inner.format(self.server.server_port)  # type: ignore[attr-defined]
            return self._answer(f"<!doctype html><title>x</title><iframe src='{inner}'></iframe>".encode())
        file = self.server.folder / path.rpartition("/")[2]  # type: ignore[attr-defined]
        if path.startswith("/files/") and file.is_file():
            return self._answer(file.read_bytes(), TYPES[file.suffix])
        self._answer(b"<!doctype html><title>no</title>", status=404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def _answer(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Quiet: what was heard is kept in `heard`."""


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hearing)
    server.heard, server.folder = [], folder  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # The same number by UDP: calls between browsers ask there how they can be reached.
    calls = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    calls.bind(("127.0.0.1", server.server_port))
    threading.Thread(target=_hear_calls, args=(calls, server), daemon=True).start()
    try:
        yield Elsewhere(server)
    finally:
        server.shutdown()
        server.server_close()
        calls.close()


def _hear_calls(calls: socket.socket, server: Any) -> None:
    try:
        while calls.recv(2048):
            server.heard.append("/taken/call")
    except OSError:
        return
