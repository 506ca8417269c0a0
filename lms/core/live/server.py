"""The event service: two routes, no session, no page. Run by gunicorn's gevent worker."""

from __future__ import annotations

import random
import resource
import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from werkzeug import Request, Response

from lms.core.db import make_engine
from lms.core.live.bus import make_bus
from lms.core.live.hub import ROWS, Alive, Hub, Listener
from lms.core.live.tickets import Office, Ticket
from lms.core.security import secret_key
from lms.core.settings import Settings, load_settings

PING_SECONDS = 15.0
MOST_CHANNELS = 50


class LiveService:
    def __init__(self, settings: Settings, hub: Hub) -> None:
        self.settings, self.hub = settings, hub
        self.office = Office(secret_key(settings))
        self.names = {urlsplit(site).hostname for site in (settings.site, settings.live_site) if site}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        if request.path == "/healthz":
            return Response(f'{{"alive": true, "listeners": {self.hub.count}}}', mimetype="application/json")
        if request.path != "/live":
            return Response(status=404)
        if urlsplit(f"//{request.host}").hostname not in self.names:
            return Response(status=421)
        if request.method != "GET":
            return Response(status=405, headers={"Allow": "GET"})
        return self._listening(request)

    def _listening(self, request: Request) -> Response:
        origin = request.headers.get("Origin")
        if origin not in (None, self.settings.site):
            return Response(status=403)
        ticket = self.office.read(request.args.get("ticket", ""))
        if ticket is None or len(ticket.channels) > MOST_CHANNELS or not self._still_signed_in(ticket):
            return self._open(Response("", status=403))
        connection = request.environ.get("gunicorn.socket")
        listener = Listener(ticket, connection)
        if connection is not None and not isinstance(connection, ssl.SSLSocket):
            listener.handle = connection.fileno()
            listener.framed = request.environ["SERVER_PROTOCOL"] == "HTTP/1.1"
        lines = Lines(self.hub, listener, _last_heard(request, ticket))
        return self._open(Response(lines, mimetype="text/event-stream"))

    def _still_signed_in(self, ticket: Ticket) -> bool:
        if ticket.session_id is None or self.hub.alive is None:
            return True
        return ticket.session_id in self.hub.alive({ticket.session_id})

    def _open(self, response: Response) -> Response:
        """For the pages of our own site and nobody else's; nothing in between may gather or keep it."""
        response.headers.update(
            {
                "Access-Control-Allow-Origin": self.settings.site, "Access-Control-Allow-Credentials": "true",
                "Vary": "Origin", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
                "X-Content-Type-Options": "nosniff",
            }
        )  # fmt: skip
        return response


class Lines:
    """The body of an answer that does not end: what was missed, what comes, and a sign of life."""

    def __init__(self, hub: Hub, listener: Listener, after: int) -> None:
        self.hub, self.listener = hub, listener
        listener.after = after

    def __iter__(self) -> Iterator[bytes]:
        # Joined before the rows are read: what comes meanwhile is told apart by its number.
        self.hub.join(self.listener)
        try:
            # Not all at the same moment when the service starts anew under a thousand open pages.
            yield f"retry: {random.randint(2000, 6000)}\n\n".encode()
            yield from self._missed()
            while True:
                self.listener.idle = not self.listener.lines.qsize()
                found = self.listener.next(PING_SECONDS)
                self.listener.idle = False
                if found is None:
                    yield b": ping\n\n"
                elif found[0] > self.listener.after:
                    self.listener.after = found[0]
                    yield found[1]
        finally:
            self.hub.leave(self.listener)

    def _missed(self) -> Iterator[bytes]:
        told = self.listener
        missed = self.hub.missed(told.ticket.channels, told.after)
        if len(missed) > ROWS:
            # More than anyone would replay: the page is better off reloading.
            told.after = self.hub.newest
            yield f"id: {told.after}\nevent: reload\ndata: {{}}\n\n".encode()
            return
        for number, ready in missed:
            told.after = max(told.after, number)
            yield ready


def _last_heard(request: Request, ticket: Ticket) -> int:
    given = request.headers.get("Last-Event-ID", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else ticket.after


def create_live_app(
    alive: Callable[[Any], Alive] | None = None, settings: Settings | None = None
) -> LiveService:
    """`alive` makes, from an engine, the question which of some sign-ins still hold."""
    settings = settings or load_settings()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 16384)), hard))
    engine = make_engine(settings)
    hub = Hub(engine, make_bus(settings), alive(engine) if alive else None)
    hub.start()
    return LiveService(settings, hub)
