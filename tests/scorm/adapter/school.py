"""A tiny server that plays the school: the commit protocol's server side, the player page, and faults on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PLAYER = b"""<!doctype html><meta charset="utf-8"><title>player</title><script src="/adapter.js"></script>
<iframe id="sco"></iframe><script type="module">
const { Journal, browser, follow, launch, replay } = ScormAdapter;
const name = new URLSearchParams(location.search).get("launch");
const journal = await Journal.open(indexedDB);
window.replayed = await replay(journal, browser(), async () => ({ token: "replay" }));
window.states = [];
window.troubles = [];
const given = { version: "2004", store: { values: {} } };
const host = { onState: (one) => states.push(one), onTrouble: (one) => troubles.push(one) };
const parts = launch(window, journal, { launch: name, token: "t", std: "2004" }, given, host);
follow(window, parts.courier);
window.API_1484_11.Initialize("");
window.ready = true;
</script>"""
SCO = """<!doctype html><meta charset="utf-8"><title>sco</title><script>
addEventListener("%s", () => {
  const api = parent.API_1484_11;
  api.SetValue("cmi.exit", "suspend");
  api.SetValue("cmi.location", "last page");
  api.Commit("");
  api.Terminate("");
});
</script>"""


@dataclass
class School:
    """`log`: launch → number → the bytes that were taken; `fault(body)` may name a status, or "lost" for no answer."""

    script: Path
    address: str = ""
    log: dict[str, dict[int, bytes]] = field(default_factory=dict)
    received: list[tuple[str, int]] = field(default_factory=list)
    fault: Callable[[dict[str, Any]], int | str | None] = lambda body: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, body: bytes) -> tuple[int, dict[str, Any]]:
        told = json.loads(body)
        with self.lock:
            rows = self.log.setdefault(told["launch"], {})
            self.received.append((told["launch"], told["seq"]))
            if rows.setdefault(told["seq"], body) != body:
                return 409, {"code": "conflict"}
            due = self.due(told["launch"])
            return (200 if told["seq"] < due else 202), {"next": due}

    def due(self, launch: str) -> int:
        rows = self.log.get(launch, {})
        return next(number for number in range(1, len(rows) + 2) if number not in rows)

    def state(self, launch: str) -> dict[str, str]:
        """The launch's data as its log, in order, says."""
        with self.lock:
            rows = self.log.get(launch, {})
            deltas = [json.loads(rows[number]) for number in range(1, self.due(launch))]
        merged: dict[str, str] = {}
        for delta in deltas:
            merged |= delta["set"]
        return merged | ({"finish": "true"} if any(delta.get("finish") for delta in deltas) else {})

    def page(self, path: str) -> tuple[str, bytes]:
        if path.startswith("/adapter.js"):
            return "text/javascript", self.script.read_bytes()
        if path.startswith("/play"):
            return "text/html", PLAYER
        if path.startswith("/sco"):
            return "text/html", (SCO % path.rpartition("?")[2]).encode()
        return "text/html", b"<!doctype html><title>elsewhere</title>"

    def serve(self) -> ThreadingHTTPServer:
        school = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, body = school.page(self.path)
                self.answer(200, kind, body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fault = school.fault(json.loads(body))
                if isinstance(fault, int):
                    return self.answer(fault, "application/json", b"{}")
                status, told = school.take(body)
                if fault == "lost":
                    self.close_connection = True
                    return None
                return self.answer(status, "application/json", json.dumps(told).encode())

            def answer(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing: the tests look at what was received."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A browser that dies in the middle of a request is what is tested here."""

        server = Quiet(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server
