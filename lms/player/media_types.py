"""What each file of a package is sent as, told by the end of its name; the machine's own table is not asked.

A text in UTF-8 says so. One in another encoding says nothing here, because its own declaration holds then.
"""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
_TEXTS = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "css": "text/css",
    "js": "text/javascript", "mjs": "text/javascript", "json": "application/json", "xml": "application/xml",
    "xsl": "application/xml", "xslt": "application/xml", "svg": "image/svg+xml", "txt": "text/plain",
    "csv": "text/csv", "vtt": "text/vtt", "srt": "text/plain", "map": "application/json",
    "webmanifest": "application/manifest+json", "lrc": "text/plain",
}  # fmt: skip
_OTHERS = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "jpe": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "bmp": "image/bmp", "ico": "image/x-icon", "cur": "image/x-icon",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav", "flac": "audio/flac", "weba": "audio/webm", "mid": "audio/midi",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject", "pdf": "application/pdf", "wasm": "application/wasm",
    "swf": "application/x-shockwave-flash", "zip": "application/zip", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip


def media_type(path: str, encoding: str = "") -> str:
    """`encoding`: "utf-8" where the bytes are text in it with letters beyond ASCII, else empty."""
    last = path.rpartition("/")[2]
    end = last.rpartition(".")[2].lower() if "." in last else ""
    if end in _TEXTS:
        return _TEXTS[end] + (f"; charset={encoding}" if encoding else "")
    return _OTHERS.get(end, UNKNOWN)


def is_text(path: str) -> bool:
    return path.rpartition(".")[2].lower() in _TEXTS
