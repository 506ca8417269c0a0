"""What a backup says of itself."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import current_app

from lms.core.backup.tables import TableNote
from lms.core.backup.targets import Damaged, Source

NAME = "manifest.json"
FORMAT = 1


@dataclass
class Manifest:
    installation: str
    made_at: str
    revision: str  # of the tables, as the migrations count
    secret: str  # a fingerprint, to say at once when another key would leave sealed values unreadable
    format: int = FORMAT
    tables: list[TableNote] = field(default_factory=list)
    files: int = 0
    file_bytes: int = 0

    def digest(self) -> str:
        """Of all rows of all tables. The list of files is one of the tables, and each file bears its own."""
        parts = "\n".join(f"{one.name} {one.rows} {one.digest}" for one in sorted(self.tables, key=_name))
        return hashlib.sha256(parts.encode()).hexdigest()

    def text(self) -> bytes:
        return json.dumps({**asdict(self), "digest": self.digest()}, indent=1).encode()


def _name(note: TableNote) -> str:
    return note.name


def read_manifest(source: Source) -> Manifest:
    with source.read(NAME) as file:
        try:
            found: dict[str, Any] = json.load(file)
        except ValueError as error:
            raise Damaged(f"{NAME} cannot be read") from error
    if found.get("format") != FORMAT:
        raise Damaged(f"this backup has format {found.get('format')}; this version reads {FORMAT}")
    digest = found.pop("digest", "")
    manifest = Manifest(**{**found, "tables": [TableNote(**note) for note in found["tables"]]})
    if manifest.digest() != digest:
        raise Damaged(f"{NAME} has been changed")
    return manifest


def secret_fingerprint() -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, b"which key is this", hashlib.sha256).hexdigest()[:16]
