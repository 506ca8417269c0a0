"""What a person typed as an address leads to public computers only, and to the one that was looked at."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from lms.core import outbound
from lms.core.settings import load_settings

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
]  # fmt: skip


@pytest.fixture
def app() -> Iterator[Flask]:
    plain = Flask("asking")
    plain.extensions["settings"] = load_settings({}, outside_hosts="school.test")
    with plain.app_context():
        yield plain


def answers(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[Any]:
    asked: list[Any] = []
    really = socket.getaddrinfo

    def look_up(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if host in addresses:
            return really(host, port, *rest, **more)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", look_up)
    return asked


pytestmark = pytest.mark.pure


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_public(address: str) -> None:
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["95.56.234.1", "2a00:1450:4001:800::200e"])
def test_what_is_public(address: str) -> None:
    assert outbound.is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    answers(monkeypatch, "95.56.234.1", address)  # one good address does not excuse the other
    with pytest.raises(outbound.NotThere) as refused:
        outbound.checked("https://journal.example.kz/hook")
    assert refused.value.code == "not-public"


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
     "https://localhost/", "https://localhost./"],
)  # fmt: skip
def test_spellings_of_this_computer_are_refused(app: Flask, url: str) -> None:
    with pytest.raises(outbound.NotThere) as refused:
        outbound.checked(url)
    assert refused.value.code in ("not-public", "no-such-host")


@pytest.mark.parametrize(
    "url, code",
    [("http://journal.example.kz/", "not-https"), ("ftp://journal.example.kz/", "address"), ("file:///etc/passwd", "address"),
     ("https://", "address"), ("https://me:secret@journal.example.kz/", "address"), ("https://a:99999999/", "address"),
     ("https://journal.example.kz/ a", "address"), ("https://мектеп.kz/", "address"), ("gopher://x", "address"),
     ("", "address"), ("https://[::1", "address")],
)  # fmt: skip
def test_other_addresses_are_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch, url: str, code: str
) -> None:
    answers(monkeypatch, "95.56.234.1")
    with pytest.raises(outbound.NotThere) as refused:
        outbound.checked(url)
    assert refused.value.code == code


class Listening(http.server.BaseHTTPRequestHandler):
    got: list[tuple[str, dict[str, str], bytes]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((self.path, dict(self.headers), body))
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[http.server.HTTPServer]:
    Listening.got, Listening.status = [], 200
    found = http.server.HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=found.serve_forever)
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def test_the_name_is_looked_up_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, server: http.server.HTTPServer
) -> None:
    """A name that answers otherwise the second time is not asked a second time."""
    asked = answers(monkeypatch, "127.0.0.1")
    assert outbound.post(f"http://school.test:{server.server_port}/hook?a=1", b"{}", {"X-A": "1"}) == 200
    assert asked == ["school.test"]
    assert [(path, head["Host"].partition(":")[0], body) for path, head, body in Listening.got] == [
        ("/hook?a=1", "school.test", b"{}")
    ]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, server: http.server.HTTPServer, status: int
) -> None:
    answers(monkeypatch, "127.0.0.1")
    Listening.status = status
    assert outbound.post(f"http://school.test:{server.server_port}/", b"", {}) == status
    assert len(Listening.got) == 1
