"""Files of a course: what each family takes, how it is checked, and where it is kept."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.core import ids, storage
from lms.core.db import db
from lms.core.errors import Refused
from lms.courses import solids
from lms.courses.labels import SOLID_FAULTS
from lms.courses.models import Course, CourseFile, ModelPart
from lms.courses.service import films, pictures
from lms.courses.zips import SafeZip, ZipRefused

MEGABYTE = 1024 * 1024
# The end of the name → what it is sent as; its first bytes must agree where they are known.
AUDIO = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav"}
VIDEO = {"mp4": "video/mp4", "webm": "video/webm"}
FILES = {
    "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "odt": "application/octet-stream",
    "docx": "application/octet-stream", "xlsx": "application/octet-stream", "pptx": "application/octet-stream",
    "ods": "application/octet-stream", "odp": "application/octet-stream", "mp3": "audio/mpeg", "png": "image/png",
    "jpg": "image/jpeg",
}  # fmt: skip
MOST = {"picture": 25, "audio": 60, "video": 500, "subtitles": 2, "file": 60, "model": 60, "solid": 8}
ENDS = {
    "picture": ("png", "jpg", "jpeg", "webp", "gif", "bmp"), "audio": tuple(AUDIO), "video": tuple(VIDEO),
    "subtitles": ("vtt", "srt"), "file": tuple(FILES), "model": ("zip",), "solid": ("glb",),
}  # fmt: skip
_BEGINNINGS = {
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), "ogg": (b"OggS",), "opus": (b"OggS",),
    "wav": (b"RIFF",), "webm": (b"\x1a\x45\xdf\xa3",), "pdf": (b"%PDF",),
}  # fmt: skip
SOLID_LIMITS = {
    "triangles": solids.MOST_TRIANGLES, "pictures": solids.MOST_PICTURES, "side": solids.LONGEST_SIDE,
}  # fmt: skip
WRONG_KIND = _l("This file is of another kind. Allowed are: %(ends)s.")
_MODEL_TYPES = {
    "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript",
    "mjs": "text/javascript", "json": "application/json", "svg": "image/svg+xml", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "mp3": "audio/mpeg",
    "ogg": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm", "woff": "font/woff",
    "woff2": "font/woff2", "ttf": "font/ttf", "wasm": "application/wasm", "xml": "application/xml",
    "txt": "text/plain; charset=utf-8", "glb": "model/gltf-binary", "csv": "text/csv",
}  # fmt: skip


def attach(course: Course, family: str, name: str, data: bytes) -> CourseFile:
    """Checked, written anew where that is possible, and kept. `name` is only ever shown."""
    shown = PurePosixPath(name.replace("\\", "/")).name.replace("\0", "")[-150:] or "file"
    end = shown.rpartition(".")[2].lower()
    if end not in ENDS[family]:
        raise Refused(str(WRONG_KIND) % {"ends": ", ".join(ENDS[family])})
    if len(data) > MOST[family] * MEGABYTE:
        raise Refused(_("The file is too large: at most %(size)d MB fit.", size=MOST[family]))
    if end in _BEGINNINGS and not data.startswith(_BEGINNINGS[end]):
        raise Refused(_("The inside of this file is not what its name says."))
    if end in ("mp4", "m4a") and data[4:8] != b"ftyp":
        raise Refused(_("The inside of this file is not what its name says."))
    row = CourseFile(course_id=course.id, family=family, name=shown)
    _WAYS[family](row, end, data)
    db.session.add(row)
    db.session.flush()
    if family == "model":
        _unpack(row, data)
    if family == "video":
        films.make_smaller(course, row)
    return row


def _picture(row: CourseFile, _end: str, data: bytes) -> None:
    large, small = pictures.encode(data)
    _keep(row, large.data, large.media_type)
    row.width, row.height = large.width, large.height
    if small:
        row.small, row.small_size = (
            storage.keep(io.BytesIO(small.data), small.media_type).digest,
            len(small.data),
        )


def _plain(row: CourseFile, end: str, data: bytes) -> None:
    _keep(row, data, {**FILES, **AUDIO, **VIDEO}[end])


def _subtitles(row: CourseFile, end: str, data: bytes) -> None:
    """Kept as WebVTT; what is no text is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Subtitles are a text in UTF-8.")) from error
    text = text.replace("\r\n", "\n").replace("\0", "")
    if end == "srt" or not text.startswith("WEBVTT"):
        text = "WEBVTT\n\n" + re.sub(r"(\d\d:\d\d:\d\d),(\d\d\d)", r"\1.\2", text)
    if "-->" not in text:
        raise Refused(_("There is no line with times in these subtitles."))
    _keep(row, text.encode(), "text/vtt")


def _solid(row: CourseFile, _end: str, data: bytes) -> None:
    try:
        solids.look_through(data)
    except solids.SolidRefused as error:
        raise Refused(str(SOLID_FAULTS[error.code]) % {**SOLID_LIMITS, "names": error.names}) from error
    _keep(row, data, "model/gltf-binary")


def _model(row: CourseFile, _end: str, data: bytes) -> None:
    _keep(row, data, "application/zip")
    row.capability = ids.new_token()


_WAYS = {
    "picture": _picture, "audio": _plain, "video": _plain, "file": _plain, "subtitles": _subtitles, "model": _model,
    "solid": _solid,
}  # fmt: skip


def _keep(row: CourseFile, data: bytes, media_type: str) -> None:
    row.digest, row.size = storage.keep(io.BytesIO(data), media_type).digest, len(data)
    row.media_type = media_type


def _unpack(row: CourseFile, data: bytes) -> None:
    try:
        archive = SafeZip(data)
        names = [one for one in archive.names() if not one.startswith("__MACOSX/")]
        row.start = _start(names)
        for name in names:
            kind = _MODEL_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
            body = archive.read(name)
            blob = storage.keep(io.BytesIO(body), kind)
            part = ModelPart(file_id=row.id, path=name, digest=blob.digest, media_type=kind, size=len(body))
            db.session.add(part)
    except ZipRefused as error:
        raise Refused(_("This zip cannot be opened safely (%(code)s).", code=error.code)) from error
    db.session.flush()


def _start(names: list[str]) -> str:
    """index.html, the outermost one; else the only page there is."""
    pages = [one for one in names if one.lower().endswith((".html", ".htm"))]
    indexes = [one for one in pages if one.rpartition("/")[2].lower().startswith("index.")]
    if not pages:
        raise Refused(_("There is no HTML page in this zip."))
    return min(indexes or pages, key=lambda one: (one.count("/"), len(one)))


def bytes_of(row: CourseFile, small: bool = False) -> bytes:
    return stored(row.small if small and row.small else row.digest)


def stored(digest: str) -> bytes:
    file = storage.open_blob(digest)
    try:
        return file.read()
    finally:
        file.close()
