"""Hostile files are opened in a process of their own: little memory, little time, no network.

`run_confined("scorm.package.check:inspect", {"path": …})` calls the function there and returns its JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

CHILD = Path(__file__).with_name("child.py")
LARGEST_ANSWER = 64 * 1024 * 1024
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}


class ConfinedError(Exception):
    """`code`: time, memory, answer-too-large, crashed, or the code of the error raised inside."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code, self.message = code, message


def run_confined(
    call: str, arguments: dict[str, Any], *, memory_mb: int = 512, seconds: int = 30, network: bool = False
) -> Any:
    """`seconds` of processor time; three times that on the clock."""
    wish = {
        "call": call, "arguments": arguments, "path": sys.path, "memory": memory_mb * 1024 * 1024,
        "seconds": seconds, "network": network,
    }  # fmt: skip
    with TemporaryFile() as answer:
        code = _child(json.dumps(wish).encode(), answer.fileno(), seconds * 3)
        return _read(answer, code)


def _child(wish: bytes, answer: int, seconds: float) -> int:
    """No variables of ours go along: what runs there needs no address of a database and no secret."""
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [sys.executable, "-s", str(CHILD)], stdin=subprocess.PIPE, stdout=answer, stderr=subprocess.DEVNULL,
        env=environment, start_new_session=True, cwd="/",
    )  # fmt: skip
    try:
        process.communicate(wish, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ConfinedError("time") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode


def _read(answer: Any, code: int) -> Any:
    if code in OUT_OF_TIME:
        raise ConfinedError("time")
    if answer.seek(0, os.SEEK_END) > LARGEST_ANSWER:
        raise ConfinedError("answer-too-large")
    answer.seek(0)
    try:
        found = json.load(answer)
    except ValueError as error:
        raise ConfinedError("crashed", f"exit code {code}") from error
    if "error" in found:
        raise ConfinedError(found["error"], found.get("message", ""))
    return found["value"]
