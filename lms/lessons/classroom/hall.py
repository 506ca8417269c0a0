"""One lesson in the school: what is shown now, who is here, and what the devices hear."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

PING_SECONDS = 15.0
REMEMBERED = 500
FRESH = 65.0  # seconds within which a device gives its sign of life


class Hall:
    def __init__(self, key: str, now: dict[str, Any]) -> None:
        self.key = key
        self.there = False  # the line out of the school
        self._gone_since = 0.0
        self.drops = 0
        self.rtt = 0
        self.here: dict[str, float] = {}  # pupil → last sign of life
        self._now = now
        self._ends: dict[str, float] = {}
        self._began = 0.0
        self._turn = threading.Condition()
        self._newest = int(time.time() * 1000)  # grows over a new start as well
        self._told: deque[tuple[int, str, Any]] = deque(maxlen=REMEMBERED)
        self._forgotten = self._newest
        self._note_times()

    # What is shown

    @property
    def now(self) -> dict[str, Any]:
        """As the centre tells it: moments as seconds from now."""
        with self._turn:
            told = {**self._now, **{name: self._left(name) for name in ("timer", "away")}}
            if told.get("ask"):
                told["ask"] = {**told["ask"], "n": self._left("ask")}
            minute = int((time.time() - self._began) / 60) if told.get("phase") == "live" else 0
            return {**told, "minute": minute, "outside": self.there}

    def take(self, now: dict[str, Any]) -> bool:
        """The state of the centre. True when it differs from what is shown here."""
        with self._turn:
            before = self._now
            same = _asked(before) == _asked(now)
            self._now = {**now, "seen": before.get("seen", []) if same else []}
            self._note_times()
            return _without_times(before) != _without_times(self._now)

    def _note_times(self) -> None:
        now = time.time()
        self._began = now - 60 * self._now.get("minute", 0)
        asked = self._now.get("ask") or {}
        left = {"timer": self._now.get("timer"), "away": self._now.get("away"), "ask": asked.get("n")}
        self._ends = {name: now + seconds if seconds else 0.0 for name, seconds in left.items()}

    def _left(self, name: str) -> int:
        return max(0, round(self._ends[name] - time.time())) if self._ends.get(name) else 0

    def hear(self, kind: str, data: Any) -> None:
        """An event of the centre, or one of our own while the line is gone: shown here, and told on."""
        with self._turn:
            change = CHANGES.get(kind)
            if change:
                self._now = {**self._now, **change(self._now, data)}
            if kind in ("timer", "away", "back", "ask"):
                self._ends["away" if kind == "back" else kind] = self._until(kind, data)
            if kind == "began":
                self._began = time.time()
            if kind != "stir":
                self._tell(kind, data)

    @staticmethod
    def _until(kind: str, data: Any) -> float:
        seconds = 0 if kind == "back" else data.get("n", 0)
        return time.time() + seconds if seconds else 0.0

    def answered(self, question: str, pupil: str) -> None:
        """Whose answer has come, for the names on the screen; also for one that comes back later."""
        with self._turn:
            if question == _asked(self._now) and pupil not in self._now.get("seen", []):
                self._now = {**self._now, "seen": [*self._now.get("seen", []), pupil]}
            self._tell("seen", {"p": pupil})

    # Who hears it

    def tell(self, kind: str, data: Any) -> None:
        with self._turn:
            self._tell(kind, data)

    def _tell(self, kind: str, data: Any) -> None:
        self._newest += 1
        if len(self._told) == REMEMBERED:
            self._forgotten = self._told[0][0]
        self._told.append((self._newest, kind, data))
        self._turn.notify_all()

    @property
    def newest(self) -> int:
        with self._turn:
            return self._newest

    def listen(self, after: int) -> Iterator[tuple[int, str, Any] | None]:
        """What came after a number and what comes; None is a sign of life."""
        with self._turn:
            if not self._forgotten <= after <= self._newest:
                after = self._newest
                yield after, "reload", {}
        while True:
            with self._turn:
                if self._newest <= after:
                    self._turn.wait(PING_SECONDS)
                found = [one for one in self._told if one[0] > after]
            if not found:
                yield None
                continue
            yield from found
            after = found[-1][0]

    # The line out of the school, and who is here

    def line(self, there: bool) -> float:
        """Seconds without a line, when it has just come back."""
        with self._turn:
            if there == self.there:
                return 0.0
            self.there = there
            gone = time.time() - self._gone_since if there and self._gone_since else 0.0
            if not there:
                self.drops, self._gone_since = self.drops + 1, time.time()
            self._tell("outside", {"there": there})
            return gone

    def seen(self, *pupils: str) -> None:
        for one in pupils:
            self.here[one] = time.time()

    def present(self) -> list[str]:
        return [pupil for pupil, at in list(self.here.items()) if at > time.time() - FRESH]


def _asked(now: dict[str, Any]) -> Any:
    return (now.get("ask") or {}).get("q")


def _without_times(now: dict[str, Any]) -> dict[str, Any]:
    """What runs down by itself is no news."""
    asked = now.get("ask")
    return {
        **now,
        "seen": [],
        "minute": 0,
        "timer": 0,
        "away": 0,
        "outside": True,
        "ask": {**asked, "n": 0} if asked else None,
    }


def _strokes(now: dict[str, Any], stroke: Any) -> dict[str, Any]:
    return {"ink": [*now.get("ink", []), stroke]} if stroke.get("s") == now.get("slide") else {}


def _pair(now: dict[str, Any], said: Any) -> dict[str, Any]:
    pairs = now.get("pairs")
    if not pairs or pairs.get("n") != said.get("n"):
        return {}
    return {"pairs": {**pairs, "a": {**pairs.get("a", {}), str(said["g"]): said["t"]}}}


CHANGES: dict[str, Callable[[dict[str, Any], Any], dict[str, Any]]] = {
    "page": lambda now, data: {
        "slide": data["s"],
        "ink": now.get("ink", []) if data["s"] == now.get("slide") else [],
    },
    "ink": _strokes,
    "wipe": lambda now, data: {"ink": []} if data["s"] == now.get("slide") else {},
    "ask": lambda now, data: {"ask": data, "seen": []},
    "close": lambda now, data: {"ask": None, "seen": []},
    "call": lambda now, data: {"called": data},
    "quiet": lambda now, data: {"called": None},
    "pairs": lambda now, data: {"pairs": data},
    "unpair": lambda now, data: {"pairs": None},
    "pair": _pair,
    "began": lambda now, data: {"phase": "live", "slide": 1, "ink": []},
    "ended": lambda now, data: {"phase": "ended", "ask": None, "called": None, "pairs": None},
}
