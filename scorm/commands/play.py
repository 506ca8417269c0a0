"""`python -m scorm play`: one JSON object a line, in and out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TextIO

from scorm.player.protocol import Player


def run(arguments: Sequence[str]) -> int:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return play(sys.stdin.buffer, sys.stdout, now)


def play(lines: Iterable[bytes], out: TextIO, now: str) -> int:
    player = Player(now)
    for line in lines:
        if line.strip():
            out.write(player.line(line.decode("utf-8", "replace")) + "\n")
            out.flush()
    return 0
