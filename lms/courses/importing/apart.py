"""The inside of the process that opens a stranger's document: what it found is JSON, the files lie in one long file."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def read(path: str, reader: str, spool: str) -> dict[str, Any]:
    module, _, name = reader.partition(":")
    found: dict[str, Any] = getattr(import_module(module), name)(path)
    with open(spool, "wb") as out:
        for file in found.get("files", ()):
            data = file.pop("data")
            file["start"], file["size"] = out.tell(), len(data)
            out.write(data)
    return found
