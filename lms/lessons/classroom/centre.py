"""Calls from the school's computer to the server of the lessons."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin

from lms.lessons.classroom.kept import Waiting

PATIENCE = 20.0
SILENCE = 40.0  # the event service gives a sign of life every fifteen seconds


class Centre:
    def __init__(self, site: str, key: str) -> None:
        self.site, self.key = site.rstrip("/") + "/", key

    @contextmanager
    def _call(
        self, path: str, body: bytes | None = None, patience: float = PATIENCE, key: bool = True
    ) -> Iterator[Any]:
        """Whatever goes wrong on the line is an OSError."""
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(urljoin(self.site, path), data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=patience) as answer:
                yield answer
        except HTTPException as error:
            raise OSError(str(error)) from error

    def told(self, path: str) -> Any:
        with self._call(path) as answer:
            return json.load(answer)

    def file(self, path: str) -> bytes:
        with self._call(path) as answer:
            found: bytes = answer.read()
        return found

    def hand_in(self, lesson: str, device: str, words: Sequence[Waiting], now: float) -> Any:
        said = [{"n": one.number, "k": one.kind, "d": one.data, "s": max(0.0, now - one.at)} for one in words]
        body = json.dumps({"v": device, "say": said}).encode()
        with self._call(f"streaming/school/{lesson}/say", body) as answer:
            return json.load(answer)

    def listen(self, address: str) -> Iterator[tuple[str, Any]]:
        """Events as they come. Ends with an OSError when the line is gone, and by itself when the server ends it."""
        with self._call(address, patience=SILENCE, key=False) as answer:
            kind = ""
            for line in answer:
                name, _colon, rest = line.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = rest
                elif name == "data" and kind:
                    yield kind, json.loads(rest).get("data")
                    kind = ""
