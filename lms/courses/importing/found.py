"""What was found in a document, before anything of it is kept."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lms.core import storage
from lms.core.jobs import ConfinedError, run_confined
from lms.core.scratch import scratch
from lms.core.storage.folder import Part

ZIPPED = "lms.courses.importing.zipped:read"
READERS = {
    "docx": "lms.courses.importing.word:read", "pptx": "lms.courses.importing.slides:read",
    "md": "lms.courses.importing.markdown:read", "html": "lms.courses.importing.zipped:read_page",
    "imscc": ZIPPED, "zip": ZIPPED,
}  # fmt: skip
MEMORY_MB, SECONDS = 768, 60


@dataclass
class Found:
    """`lessons`: [{"title", "facts", "module", "blocks": [[kind, content, content of the twin]]}]; a file in a block is
    named by its place in `files`: [{"name", "family", "digest"}]. `twins`: content is Kazakh, its twin Russian;
    else content is in the language of the document and there is no twin."""

    modules: list[dict[str, str]] = field(default_factory=list)
    lessons: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    missed: dict[str, int] = field(default_factory=dict)  # code → how often
    course: dict[str, Any] = field(default_factory=dict)
    twins: bool = False
    drawn: int = 0  # slides of which there is a picture
    refused: str = ""

    @property
    def counts(self) -> Counter[str]:
        return Counter(block[0] for lesson in self.lessons for block in lesson["blocks"])

    def kept(self) -> str:
        """As a stored file; its digest."""
        return storage.keep(io.BytesIO(json.dumps(asdict(self), ensure_ascii=False).encode())).digest


def read(document: bytes, end: str) -> Found:
    """Opened in a process of its own, whose only ways out are its answer and one long file."""
    with scratch() as folder:
        path, spool = folder / "document", folder / "spool"
        path.write_bytes(document)
        given = {"path": str(path), "reader": READERS[end], "spool": str(spool)}
        try:
            found = run_confined(
                "lms.courses.importing.apart:read", given, memory_mb=MEMORY_MB, seconds=SECONDS
            )
        except ConfinedError as error:
            return Found(refused=error.code)
        return Found(**{**found, "files": [_stored(one, spool) for one in found.get("files", ())]})


def _stored(file: dict[str, Any], spool: Path) -> dict[str, Any]:
    with spool.open("rb") as whole:
        whole.seek(file["start"])
        digest = storage.keep(Part(whole, file["size"])).digest
    return {"name": file["name"], "family": file["family"], "digest": digest}


def kept_found(digest: str) -> Found:
    stored = storage.open_blob(digest)
    try:
        return Found(**json.loads(stored.read()))
    finally:
        stored.close()
