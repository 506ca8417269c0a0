"""A file as an answer: a photograph of the notebook, a document. And a voice: the same with sound."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, many, one
from lms.quizzes.questions.rubric import ByHand

PICTURES, DOCUMENTS, SOUNDS = "pictures", "documents", "sounds"
TYPES = {PICTURES: _l("Pictures"), DOCUMENTS: _l("Documents")}
ENDINGS = {
    PICTURES: (".jpg", ".jpeg", ".png", ".webp"),
    DOCUMENTS: (".pdf", ".docx", ".xlsx", ".pptx", ".txt"),
    SOUNDS: (".mp3", ".ogg", ".oga", ".m4a", ".wav", ".webm", ".aac"),
}
_FILE = re.compile(r"[0-9a-f]{64}")


class File(ByHand):
    """`types`: which kinds of files are taken. The answer: {"file": digest, "name": "…"}."""

    name = "file"
    title = _l("File")
    about = _l("A photograph of the notebook or a document; a person marks it.")

    def _blank(self) -> Content:
        return {"types": [PICTURES, DOCUMENTS]}

    def endings(self, content: Content) -> tuple[str, ...]:
        return tuple(ending for name in content["types"] for ending in ENDINGS.get(name, ()))

    def _check(self, content: Content) -> list[Any]:
        return [] if self.endings(content) else [_l("Choose which files are taken.")]

    def _public(self, content: Content, seed: int) -> Content:
        return {"endings": list(self.endings(content))}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        file = one(fields, "file")
        return {"file": file, "name": one(fields, "name")[:200]} if _FILE.fullmatch(file) else None

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [str(answer["name"])] if answer else []

    def _edited(self, fields: Fields) -> Content:
        return {"types": [name for name in many(fields, "types") if name in TYPES]}


class Audio(File):
    name = "audio"
    title = _l("Voice")
    about = _l("A spoken answer: recorded here or brought as a file; a person marks it.")

    def _blank(self) -> Content:
        return {"types": [SOUNDS]}

    def _edited(self, fields: Fields) -> Content:
        return {"types": [SOUNDS]}
