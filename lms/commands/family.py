"""Processes that live and die together: pages, live events, the job worker."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

PR_SET_PDEATHSIG = 1
GRACE = 10.0


class Family:
    """Children are forked: what the parent has read and compiled, none of them reads again."""

    def __init__(self, works: list[Callable[[], object]]) -> None:
        self.ending = False
        forked = multiprocessing.get_context("fork")
        self.children = [forked.Process(target=partial(_child, work)) for work in works]

    def serve(self) -> None:
        for child in self.children:
            child.start()
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        while not self.ending and all(child.is_alive() for child in self.children):
            time.sleep(0.2)
        failed = any(child.exitcode for child in self.children)
        self._stop()
        if failed and not self.ending:
            sys.exit(1)

    def _end(self, _number: int, _frame: object) -> None:
        self.ending = True

    def _stop(self) -> None:
        for child in self.children:
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            child.join(max(0.1, deadline - time.monotonic()))
            if child.is_alive():
                child.kill()
                child.join()


def _child(work: Callable[[], object]) -> None:
    os.setpgrp()
    if sys.platform == "linux":
        # The kernel ends the children even when the parent is killed outright: no orphans.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    work()
