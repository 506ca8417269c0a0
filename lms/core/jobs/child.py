"""The inside of `run_confined`: a program that needs only the standard library until its limits are set."""

import ctypes
import importlib
import json
import os
import resource
import sys

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
FILE_SIZE = 2 * 1024**3


def limit(wish: dict) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (wish["memory"], wish["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (wish["seconds"], wish["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    if not wish["network"] and sys.platform == "linux":
        # An empty network of its own. Where the system forbids that, the other limits remain.
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)


def called(wish: dict) -> dict:
    module, _, name = wish["call"].partition(":")
    try:
        return {"value": getattr(importlib.import_module(module), name)(**wish["arguments"])}
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:
        return {
            "error": str(getattr(error, "code", "crashed")),
            "message": f"{type(error).__name__}: {error}",
        }


def main() -> None:
    wish = json.load(sys.stdin)
    # The answer has a door of its own: whatever the called code prints does not spoil it.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.path[:] = wish["path"]
    limit(wish)
    json.dump(called(wish), answer)
    answer.close()


if __name__ == "__main__":
    main()
