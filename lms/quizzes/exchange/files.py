"""Pictures and sounds that come with questions, known by the hash of their bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import warnings
from dataclasses import dataclass, field

from PIL import Image

ADDRESS = "/quizzes/media/"
MOST_PIXELS = 25_000_000
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
# The first bytes of sounds that browsers play.
SOUNDS = ((b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"), (b"OggS", "audio/ogg"), (b"RIFF", "audio/wav"))
MOST_BYTES = 8 * 1024 * 1024
MOST_TOGETHER = 200 * 1024 * 1024
_DATA = re.compile(r"data:[\w/+.-]+;base64,(.*)", re.DOTALL)


@dataclass
class Files:
    kept: dict[str, tuple[bytes, str]] = field(default_factory=dict)  # hash → bytes, kind
    size: int = 0

    def add(self, data: bytes) -> str | None:
        """The hash, or None when it is neither a picture nor a sound that pages show."""
        kind = kind_of_file(data)
        if kind is None or self.size + len(data) > MOST_TOGETHER:
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.kept:
            self.kept[digest] = (data, kind)
            self.size += len(data)
        return digest

    def entry(self, digest: str, alt: str = "") -> dict[str, str]:
        """As a question's `media` holds it."""
        return {"file": digest, "type": self.kept[digest][1], "alt": alt[:300]}


def kind_of_file(data: bytes) -> str | None:
    if not data or len(data) > MOST_BYTES:
        return None
    for start, kind in SOUNDS:
        if data.startswith(start) and (start != b"RIFF" or data[8:12] == b"WAVE"):
            return kind
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=list(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.verify()
                return PICTURES[str(picture.format)]
    except Exception:  # a damaged picture makes Pillow raise anything at all
        return None


def decoded(text: str) -> bytes:
    """Base64 as files hold it, with line ends; empty when it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def from_address(address: str) -> bytes | None:
    """The bytes of a data: address; None for any other."""
    found = _DATA.fullmatch(address.strip())
    return decoded(found[1]) if found else None
