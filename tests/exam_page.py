"""A pupil's page of a test without a browser: it speaks with the school as the script of the page does.

What the school has not acknowledged waits in a journal and is sent again; what it has is remembered, so that nothing
of it may be missing afterwards.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

Fields = dict[str, list[str]]


@dataclass
class ExamPage:
    """On a connection of its own. `now` is the stop-watch of the page, in seconds."""

    port: int
    cookies: dict[str, str]
    now: Callable[[], float] = time.monotonic
    way: str = ""
    epoch: int = 1
    seq: int = 0
    token: str = ""
    beacon: str = ""
    beacon_at: float = 0.0
    left: float | None = None
    state: str = ""
    waiting: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: dict[int, Fields] = field(default_factory=dict)
    line: http.client.HTTPConnection | None = None

    def begins(self, sitting: Any) -> None:
        self._learn(self.get(f"/tests/{sitting}"))
        status, head, _text = self._ask(
            "POST", f"/tests/{sitting}/begin", urlencode({"csrf_token": self.token}),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        assert status == 303, status
        self.way = head["Location"].split(f":{self.port}")[-1]
        self.opens()

    def opens(self) -> None:
        page = self.get(self.way)
        self._learn(page)
        self.epoch = int(_one(page, r'data-epoch="(\d+)"'))
        self.beacon, self.beacon_at = _one(page, r'data-beacon="([^"]+)"'), self.now()
        self.says("ready", {})

    def writes(self, number: int, fields: Fields) -> None:
        """Into the journal of this computer; no line is needed for it."""
        self.seq += 1
        since = round(1000 * (self.now() - self.beacon_at))
        self.waiting.append(
            {"seq": self.seq, "number": number, "fields": fields, "beacon": self.beacon, "since": since}
        )

    def sends(self) -> bool:
        """Everything that waits; False when the line does not carry it."""
        entries = list(self.waiting)
        try:
            told = self.says("answers", {"epoch": self.epoch, "entries": entries, "away": 0, "pasted": 0})
        except (OSError, http.client.HTTPException):
            self.closes()
            return False
        known = set(told["seqs"])
        for one in entries:
            if one["seq"] in known:
                self.acknowledged[one["number"]] = one["fields"]
        self.waiting = [one for one in self.waiting if one["seq"] not in known]
        return True

    def hands_in(self) -> str:
        status, _head, text = self._ask("POST", f"{self.way}/hand-in", "", self._spoken())
        assert status == 200, (status, text[:300])
        return str(json.loads(text)["state"])

    def closes(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None

    def says(self, way: str, body: Any) -> Any:
        status, _head, text = self._ask("POST", f"{self.way}/{way}", json.dumps(body), self._spoken())
        assert status == 200, (way, status, text[:300])
        told = json.loads(text)
        self.beacon, self.beacon_at, self.left = told["beacon"], self.now(), told["left"]
        self.state = told["state"]
        return told

    def get(self, path: str) -> str:
        status, _head, text = self._ask("GET", path, None, {})
        assert status == 200, (path, status)
        return text

    def _spoken(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": self.token}

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str]) -> tuple[int, Any, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = {"Cookie": cookie, "Origin": f"http://localhost:{self.port}", **more}
        answer = self._answer(method, path, body, head)
        text = answer.read().decode()
        for kept in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = kept.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, text

    def _answer(
        self, method: str, path: str, body: str | None, head: dict[str, str]
    ) -> http.client.HTTPResponse:
        """As a browser does: a connection that the server closed while it lay idle is opened anew."""
        if self.line is not None:
            try:
                self.line.request(method, path, body, head)
                return self.line.getresponse()
            except (ConnectionError, http.client.BadStatusLine):  # closed before a word of the answer
                self.line.close()
        self.line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        self.line.request(method, path, body, head)
        return self.line.getresponse()

    def _learn(self, page: str) -> None:
        self.token = _one(page, r'name="csrf_token" value="([^"]+)"')


def _one(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found, page[:500]
    return found[1]
