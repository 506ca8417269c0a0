"""Texts as people's programs save them, and the words that mark an answer in three languages."""

from __future__ import annotations

import codecs
import json
from functools import cache
from pathlib import Path
from typing import Any

from lms.quizzes.exchange.reading import FileRefused

MOST_BYTES = 8 * 1024 * 1024


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or the Windows encoding of Kazakh, which reads Russian files, too."""
    if len(data) > MOST_BYTES:
        raise FileRefused("too_large", most=MOST_BYTES // 1024 // 1024)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        return _strict(data, "utf-8")
    except FileRefused:
        return _strict(data, "kz1048")


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("encoding") from None
    if "\0" in text:
        raise FileRefused("encoding")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def words() -> dict[str, Any]:
    """What people write before an answer, and how they letter options."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return found
