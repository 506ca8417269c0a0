"""What a hostile file may make its reader do."""

from __future__ import annotations

import os
import socket
import sys
import time


class BadManifest(Exception):
    code = "bad-manifest"


def twice(word: str) -> dict[str, str]:
    sys.stdout.write("noise")
    return {"word": word * 2}


def eats_memory() -> int:
    return len(bytearray(1024 * 1024 * 1024))


def never_ends() -> None:
    while True:
        pass


def sleeps() -> None:
    time.sleep(60)


def dies() -> None:
    os.abort()


def fails() -> None:
    raise RuntimeError


def fails_with_a_code() -> None:
    raise BadManifest


def answers_nonsense() -> object:
    return object()


def looks_around() -> dict[str, object]:
    ours = [name for name in os.environ if name.startswith("LMS_")]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
        try:
            outside.connect(("192.0.2.1", 9))
            reached = True
        except OSError:
            reached = False
    return {"variables": ours, "reaches_out": reached}
