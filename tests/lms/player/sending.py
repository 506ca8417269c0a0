"""A browser's side of a large upload: a sign-in, a token, and pieces that go on from where the server says."""

from __future__ import annotations

import http.client
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.cast import PASSWORD

MEGABYTE = 1024 * 1024
PIECE = 8 * MEGABYTE


class Line:
    """A browser's side: a sign-in, a token, and pieces that are sent again from where the server says."""

    def __init__(self, port: int) -> None:
        self.port, self.head = port, {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}

    def asks(self, method: str, path: str, body: bytes = b"", **head: str) -> tuple[int, bytes]:
        status, page, _there = self.is_led(method, path, body, **head)
        return status, page

    def is_led(self, method: str, path: str, body: bytes = b"", **head: str) -> tuple[int, bytes, str]:
        """The third is where the answer leads."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, {**self.head, **head})
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                if "session=" in cookie:
                    self.head["Cookie"] = cookie.partition(";")[0]
            return answer.status, answer.read(), urlsplit(answer.headers.get("Location", "")).path
        finally:
            line.close()

    def until_alive(self) -> None:
        for _ in range(600):
            try:
                self.asks("GET", "/healthz")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not come")

    def signs_in(self, login: str) -> None:
        token = token_in(self.asks("GET", "/sign-in")[1].decode())
        form = f"csrf_token={token}&login={login}&password={PASSWORD}".encode()
        status, _page = self.asks(
            "POST", "/sign-in", form, **{"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert status in (302, 303), status
        self.head["X-CSRFToken"] = token_in(self.asks("GET", "/shelf/upload")[1].decode())


def token_in(page: str) -> str:
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]


@dataclass
class Sending:
    """One file on its way, from wherever the server says it stopped."""

    line: Line
    file: Path
    key: str = ""

    @property
    def size(self) -> int:
        return self.file.stat().st_size

    def begins(self) -> None:
        body = json.dumps({"name": self.file.name, "size": self.size}).encode()
        status, said = self.line.asks("POST", "/uploads", body, **{"Content-Type": "application/json"})
        assert status == 201, said
        self.key = json.loads(said)["id"]

    def goes_on_to(self, goal: int) -> int:
        """The offset it began with."""
        first = offset = json.loads(self.line.asks("GET", f"/uploads/{self.key}")[1])["offset"]
        with self.file.open("rb") as file:
            while offset < goal:
                file.seek(offset)
                status, said = self.line.asks("PATCH", self.path, file.read(PIECE), **self.head(offset))
                assert status == 200, said
                offset = json.loads(said)["offset"]
        return first

    @property
    def path(self) -> str:
        return f"/uploads/{self.key}"

    def head(self, offset: int) -> dict[str, str]:
        return {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}

    def leaves_half_a_piece(self, offset: int) -> None:
        """The server is killed in the middle of the next piece: none of it counts."""
        wire = http.client.HTTPConnection("127.0.0.1", self.line.port, timeout=10)
        wire.putrequest("PATCH", self.path, skip_host=True)
        for name, value in {**self.line.head, **self.head(offset), "Content-Length": str(PIECE)}.items():
            wire.putheader(name, value)
        wire.endheaders(b"\0" * (MEGABYTE // 2))
        time.sleep(0.1)
        wire.close()
