"""Between the centre and the lessons kept here: fetched beforehand, heard as they go on, answers handed in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import structlog

from lms.lessons.classroom.centre import Centre
from lms.lessons.classroom.hall import Hall
from lms.lessons.classroom.kept import DONE, Kept, Waiting

FETCH, BEAT, AGAIN, HAND_IN = 120.0, 60.0, 3.0, 0.5
MOST_NAMES = 60
EARLY = 1800.0  # seconds before its beginning from which a lesson is listened to
LONG_AGO = 36 * 3600
PASSING = frozenset({"point", "still"})  # gone in a moment, and no reason to write to the disk
notes = structlog.get_logger()


class Link:
    """All lessons of the school. Each has a thread that hears and one that hands in."""

    def __init__(self, kept: Kept, centre: Centre) -> None:
        self.kept, self.centre = kept, centre
        self.halls: dict[str, Hall] = {}
        self.stopped = threading.Event()
        self.reached = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """What was fetched before is here at once, also where there is no line today."""
        for key in self.kept.get("lessons") or []:
            self._open(key)
        self._run(self._fetching)

    def stop(self) -> None:
        self.stopped.set()
        for one in self._threads:
            one.join(2)

    def _run(self, task: Callable[..., None], *values: Any) -> None:
        thread = threading.Thread(target=task, args=values, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _forever(self, step: Callable[[], None], pause: float) -> None:
        while not self.stopped.is_set():
            try:
                step()
            except Exception:
                notes.exception("lesson of the school")
            self.stopped.wait(pause)

    # Beforehand

    def _fetching(self) -> None:
        self._forever(self.fetch, FETCH)

    def fetch(self) -> None:
        """Lists, pages, slides: what is here already is not fetched again."""
        try:
            told = self.centre.told("streaming/school")
            for path in told["assets"]:
                self._bring(file_of(path), path)
            self.kept.put("index", told["pages"])
            for key in told["lessons"]:
                self._fetch_lesson(key)
        except OSError as error:
            self.reached = False
            notes.warning("lessons not fetched", reason=str(error))
            return
        self.reached = True
        # A lesson that has ended stays until its last words are handed in.
        old = [
            key
            for key in self.kept.get("lessons") or []
            if key not in told["lessons"] and self._unfinished(key)
        ]
        self.kept.put("lessons", [*told["lessons"], *old])

    def _unfinished(self, key: str) -> bool:
        return bool(self.kept.waiting(key, 1)) or self.kept.get(f"seen {key}") > time.time() - LONG_AGO

    def _fetch_lesson(self, key: str) -> None:
        told = self.centre.told(f"streaming/school/{key}")
        for number, digest in told["slides"]:
            self._bring(digest, f"streaming/school/{key}/slides/{number}.webp")
        self.kept.put(f"lesson {key}", told)
        self.kept.put(f"seen {key}", time.time())
        mark = sha256(repr(told["slides"]).encode()).hexdigest()[:12]
        if told["slides"]:
            self.kept.add(key, f"ready.{key}.{mark}", "ready", {"n": len(told["slides"])})
        self._open(key)

    def _bring(self, name: str, path: str) -> None:
        if not self.kept.has(name):
            self.kept.keep_file(name, self.centre.file(path))

    # While it goes on

    def _open(self, key: str) -> None:
        told = self.kept.get(f"lesson {key}")
        if key in self.halls or not told:
            return
        hall = self.halls[key] = Hall(key, self.kept.get(f"now {key}") or told["now"])
        self._run(self._forever, lambda: self._hear(hall), AGAIN)
        self._run(self._forever, lambda: self.hand_in(hall), HAND_IN)
        self._run(self._beating, hall)

    def _hear(self, hall: Hall) -> None:
        """The state first, then what comes after it, so that nothing falls between."""
        if not self._due(hall.key):
            self._line(hall, self.reached)
            return
        try:
            began = time.monotonic()
            told = self.centre.told(f"streaming/school/{hall.key}/state")
            hall.rtt = round(1000 * (time.monotonic() - began))
        except OSError:
            self._line(hall, there=False)
            return
        back = not hall.there
        changed = hall.take(told["now"])
        self._line(hall, there=True)
        if changed or back:
            hall.tell("reload", {})
        self._keep_now(hall)
        try:
            for kind, data in self.centre.listen(told["live"]):
                if kind == "reload" or self.stopped.is_set():
                    return
                hall.hear(kind, data)
                if kind not in PASSING:
                    self._keep_now(hall)
        except OSError:
            return  # the next question for the state tells whether it was the line

    def _due(self, key: str) -> bool:
        """Lessons of tomorrow take nothing of the line today."""
        told = self.kept.get(f"lesson {key}")
        return bool(told["now"]["phase"] == "live" or told["starts_at"] - EARLY < time.time())

    def _keep_now(self, hall: Hall) -> None:
        self.kept.put(f"now {hall.key}", hall.now)

    def _line(self, hall: Hall, there: bool) -> None:
        gone = hall.line(there)
        if gone:
            self.kept.add(hall.key, f"own.{hall.key}.{time.time()}", "own", {"n": round(gone)})
            self.beat(hall)

    def hand_in(self, hall: Hall) -> None:
        """In the order of saying, until the centre has acknowledged: told twice is kept once there."""
        while words := self.kept.waiting(hall.key):
            try:
                answer = self.centre.hand_in(hall.key, self.kept.device, words, time.time())
            except OSError:
                self._line(hall, there=False)
                self.stopped.wait(AGAIN)
                return
            self._settle(words, answer)

    def _settle(self, words: list[Waiting], answer: Any) -> None:
        refused = answer["not"]
        for one in words:
            if one.number in answer["done"]:
                self.kept.settle(one.number, DONE)
            elif str(one.number) in refused:
                self.kept.settle(one.number, refused[str(one.number)])
                notes.warning("word refused", kind=one.kind, reason=refused[str(one.number)])

    # Signs of life

    def _beating(self, hall: Hall) -> None:
        self._forever(lambda: self.beat(hall), BEAT)

    def beat(self, hall: Hall) -> None:
        if hall.now.get("phase") != "live":
            return
        here, drops = hall.present(), hall.drops
        hall.drops = 0
        for place in range(0, max(len(here), 1), MOST_NAMES):
            said = {"p": here[place : place + MOST_NAMES], "r": hall.rtt, "x": drops}
            self.kept.add(hall.key, f"beat.{hall.key}.{time.time()}.{place}", "beat", said)
            drops = 0


def file_of(path: str) -> str:
    """/static/<digest>/site.css → one name for a file; its bytes never change."""
    return path.strip("/").replace("/", ".")
