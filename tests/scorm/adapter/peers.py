"""Sessions behind a line protocol: the engine's own, and others spoken to in a process of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent
# The system's Node, else the one the front end was built with.
NODE = shutil.which("node") or str(HERE.parents[2] / ".venv" / "node" / "node")


class Peer:
    """One process that answers a line for a line, as long as the `with` lasts."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(
            command, cwd=HERE.parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, given: dict[str, Any], calls: list[list[str]]) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"given": given, "calls": calls}) + "\n")
        self.process.stdin.flush()
        answered: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answered

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)


def in_node(script: str) -> Peer:
    return Peer(NODE, str(HERE / script))
