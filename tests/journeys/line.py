"""A bad line between a browser and the school: slow, late, lossy, and at times not there at all."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PIECE = 1_460  # bytes that travel together
LOST_FOR = (0.6, 1.8)  # seconds until what was lost has been sent again
BREAKS = 0.05  # of the losses, how many end the connection


@dataclass
class Quality:
    bytes_a_second: float = 10_000_000
    delay: float = 0.0  # seconds in each direction
    loss: float = 0.0


GOOD = Quality()
# 64 kbit/s, 600 ms there and back, 3 of 100 pieces lost.
VILLAGE = Quality(64_000 / 8, 0.3, 0.03)


class Line:
    def __init__(self, target: int) -> None:
        self.target, self.quality, self.is_cut = target, GOOD, False
        self.luck = random.Random(7)
        self.lanes = [0.0, 0.0]  # when each direction is free again
        self.carried = self.pieces = 0
        self.open: set[asyncio.StreamWriter] = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        starting = asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.server = asyncio.run_coroutine_threadsafe(starting, self.loop).result(10)
        self.port: int = self.server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """Whatever is on its way is gone."""
        self.is_cut = True
        self.loop.call_soon_threadsafe(self._drop)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self._drop)
        self.loop.call_soon_threadsafe(self.server.close)
        asyncio.run_coroutine_threadsafe(self._ended(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _ended(self) -> None:
        """What is still on its way is taken back, so that nothing is left waiting in a loop that is closed."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _drop(self) -> None:
        for one in list(self.open):
            one.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self.open |= {writer, back}
        try:
            await asyncio.gather(self._carry(reader, back, 0), self._carry(there, writer, 1))
        except OSError:
            pass
        finally:
            self.open -= {writer, back}
            writer.transport.abort()
            back.transport.abort()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, lane: int) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(self._deliver(waiting, sink))
        late = 0.0
        while piece := await source.read(PIECE):
            now = self.loop.time()
            self.carried += len(piece)
            self.pieces += 1
            self.lanes[lane] = max(now, self.lanes[lane]) + len(piece) / self.quality.bytes_a_second
            late = max(late, self.lanes[lane] + self.quality.delay)
            if self.luck.random() < self.quality.loss:
                late += self.luck.uniform(*LOST_FOR)  # what comes behind it waits
                if self.luck.random() < BREAKS:
                    sink.transport.abort()
            waiting.put_nowait((late, piece))
        waiting.put_nowait((late, b""))
        await delivering

    async def _deliver(self, waiting: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter) -> None:
        while True:
            due, piece = await waiting.get()
            await asyncio.sleep(max(0.0, due - self.loop.time()))
            if not piece:
                if sink.can_write_eof():
                    sink.write_eof()
                return
            sink.write(piece)
            await sink.drain()


@contextmanager
def line(target: int) -> Iterator[Line]:
    one = Line(target)
    try:
        yield one
    finally:
        one.close()
