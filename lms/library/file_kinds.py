"""Which files are taken, what each is sent as, and what can be looked at on the page."""

from __future__ import annotations

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text", "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip", "zip": "application/zip", "imscc": "application/zip",
    "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "vtt": "text/vtt; charset=utf-8",
    "srt": "text/plain; charset=utf-8", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml", "mp3": "audio/mpeg", "m4a": "audio/mp4",
    "ogg": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm", "glb": "model/gltf-binary",
}  # fmt: skip
SUBTITLES = frozenset({"vtt", "srt"})


def ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def is_taken(name: str) -> bool:
    return ending(name) in MEDIA_TYPES


def media_type(name: str) -> str:
    return MEDIA_TYPES.get(ending(name), "application/octet-stream")


def role_of(name: str) -> str:
    return "subtitles" if ending(name) in SUBTITLES else "main"
