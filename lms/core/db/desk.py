"""A desk at which many hand in and one writes for all: one transaction and one flush to the disk for those who wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, Protocol, TypeVar

MOST = 64  # in one transaction: nobody waits for more than these


class Handed(Protocol):
    done: bool


One = TypeVar("One", bound=Handed)


class Desk(Generic[One]):
    """`write` keeps all or raises, then `failed` hears of them; of one `owner` only the first is taken at a time."""

    def __init__(
        self,
        write: Callable[[list[One]], None],
        failed: Callable[[list[One]], None],
        owner: Callable[[One], Hashable],
    ) -> None:
        self._writing, self._failed, self._owner = write, failed, owner
        self.waiting: list[One] = []
        self.lock, self.pen = threading.Lock(), threading.Lock()

    def hand_in(self, one: One) -> None:
        with self.lock:
            self.waiting.append(one)
        while not one.done:
            with self.pen:
                if not one.done:
                    self._write()

    def _write(self) -> None:
        with self.lock:
            mine = self._one_of_each()
        try:
            self._writing(mine)
        except Exception:
            self._failed(mine)
        finally:
            for one in mine:
                one.done = True

    def _one_of_each(self) -> list[One]:
        """The next one of the same owner may build upon the first."""
        first: dict[Any, One] = {}
        for one in self.waiting:
            if len(first) < MOST:
                first.setdefault(self._owner(one), one)
        taken = {id(one) for one in first.values()}
        self.waiting = [one for one in self.waiting if id(one) not in taken]
        return list(first.values())
