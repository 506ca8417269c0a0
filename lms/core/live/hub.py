"""Rows in, lines out: one reader for a process, a short queue for each listener."""

from __future__ import annotations

import json
import os
import socket
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import gevent
import structlog
from gevent.queue import Empty, Full, Queue
from sqlalchemy import Engine, func, select

from lms.core.live.bus import Bus
from lms.core.live.models import LiveEvent
from lms.core.live.tickets import Ticket

log = structlog.get_logger()
LOOK_SECONDS = 5.0  # when no call comes, look anyway
CHECK_SECONDS = 30.0  # how soon an ended sign-in stops hearing
ROWS = 500
WAITING = 200  # lines a listener may lag behind
Alive = Callable[[set[UUID]], set[UUID]]


class Listener:
    def __init__(self, ticket: Ticket, connection: socket.socket | None) -> None:
        self.ticket, self.connection = ticket, connection
        self.lines: Queue[tuple[int, bytes] | None] = Queue(WAITING)
        self.after = 0  # the newest that was told
        self.handle: int | None = None  # where lines may go straight to
        self.framed = True  # in chunks, as HTTP/1.1 does
        self.idle = False

    def tell_at_once(self, number: int, line: bytes, chunk: bytes) -> bool:
        """Straight to one who waits and is owed nothing: a tenth of the work of waking their greenlet."""
        if self.handle is None or not self.idle:
            return False
        if number <= self.after:
            return True
        ready = chunk if self.framed else line
        try:
            sent = os.write(self.handle, ready)
        except BlockingIOError:
            return False
        except OSError:
            sent = 0
        if sent < len(ready):
            self.drop()  # what is left could only follow in the middle of something else
        self.after = number
        return True

    def offer(self, number: int, line: bytes) -> None:
        self.idle = False
        try:
            self.lines.put_nowait((number, line))
        except Full:
            self.drop()

    def drop(self) -> None:
        """Cut the line; a browser that still wants to hear comes back and asks for what it missed."""
        if self.connection is not None:
            try:
                self.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def next(self, seconds: float) -> tuple[int, bytes] | None:
        try:
            return self.lines.get(timeout=seconds)
        except Empty:
            return None


class Hub:
    def __init__(self, engine: Engine, bus: Bus, alive: Alive | None) -> None:
        self.engine, self.bus, self.alive = engine, bus, alive
        self.listeners: dict[str, set[Listener]] = defaultdict(set)
        self.count = 0
        self.newest = self._scalar(select(func.max(LiveEvent.number))) or 0

    def start(self) -> None:
        gevent.spawn(self._forever, self._listen)
        if self.alive:
            gevent.spawn(self._forever, self._check)

    def join(self, listener: Listener) -> None:
        self.count += 1
        for channel in listener.ticket.channels:
            self.listeners[channel].add(listener)

    def leave(self, listener: Listener) -> None:
        self.count -= 1
        for channel in listener.ticket.channels:
            self.listeners[channel].discard(listener)
            if not self.listeners[channel]:
                del self.listeners[channel]

    def missed(self, channels: Iterable[str], after: int) -> list[tuple[int, bytes]]:
        """What came before the listener joined. One more than the limit says that it is too much."""
        wanted = (
            select(LiveEvent)
            .where(LiveEvent.channel.in_(list(channels)), LiveEvent.number > after)
            .order_by(LiveEvent.number)
            .limit(ROWS + 1)
        )
        return [(row.number, line(row)) for row in self._rows(wanted)]

    def deliver(self) -> None:
        newer = select(LiveEvent).where(LiveEvent.number > self.newest).order_by(LiveEvent.number).limit(ROWS)
        while rows := self._rows(newer):
            for row in rows:
                self.newest = row.number
                ready = line(row)
                chunk = b"%X\r\n%b\r\n" % (len(ready), ready)
                for listener in tuple(self.listeners.get(row.channel, ())):
                    if not listener.tell_at_once(row.number, ready, chunk):
                        listener.offer(row.number, ready)
            newer = newer.where(LiveEvent.number > self.newest)

    def check(self) -> None:
        """Those who have signed out, or were disabled, hear no more."""
        listening = {one for group in self.listeners.values() for one in group if one.ticket.session_id}
        asked = {one.ticket.session_id for one in listening if one.ticket.session_id}
        if not asked or self.alive is None:
            return
        alive = self.alive(asked)
        for listener in listening:
            if listener.ticket.session_id not in alive:
                listener.drop()

    def _listen(self) -> None:
        with self.bus.ear() as ear:
            while True:
                self.deliver()
                ear.wait(LOOK_SECONDS)

    def _check(self) -> None:
        gevent.sleep(CHECK_SECONDS)
        self.check()

    def _forever(self, step: Callable[[], None]) -> None:
        while True:
            try:
                step()
            except Exception:
                log.exception("live")
                gevent.sleep(1)

    def _rows(self, statement: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(statement))

    def _scalar(self, statement: Any) -> Any:
        with self.engine.connect() as connection:
            return connection.scalar(statement)


def line(row: Any) -> bytes:
    """One event as the WHATWG standard writes it (server-sent events, 9.2.5)."""
    data = json.dumps({"channel": row.channel, "data": row.data}, ensure_ascii=False)
    return f"id: {row.number}\nevent: {row.kind}\ndata: {data}\n\n".encode()
