"""Which format a file is in, and one door in and out for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from lms.quizzes.exchange.archives import Archive
from lms.quizzes.exchange.excel_in import read_excel
from lms.quizzes.exchange.gift_in import read_gift
from lms.quizzes.exchange.gift_out import write_gift
from lms.quizzes.exchange.moodle_in import read_moodle
from lms.quizzes.exchange.moodle_out import Load, write_moodle
from lms.quizzes.exchange.qti_in import ZIP, read_qti
from lms.quizzes.exchange.qti_out import write_qti
from lms.quizzes.exchange.reading import FileRefused, Note, Reading
from lms.quizzes.exchange.texts import decoded
from lms.quizzes.exchange.typed_in import read_typed
from lms.quizzes.exchange.word_in import read_word

Writer = Callable[[Iterable[dict[str, Any]], Load], tuple[bytes, list[Note]]]


@dataclass(frozen=True)
class Format:
    name: str
    title: str  # a proper name, the same in every language
    ending: str
    media_type: str
    write: Writer


WRITTEN: dict[str, Format] = {
    one.name: one
    for one in (
        Format("moodle", "Moodle XML", "xml", "application/xml", write_moodle),
        Format("gift", "GIFT", "txt", "text/plain; charset=utf-8", write_gift),
        Format("qti21", "QTI 2.1", "zip", "application/zip", partial(write_qti, version="2.1")),
        Format("qti22", "QTI 2.2", "zip", "application/zip", partial(write_qti, version="2.2")),
        Format("qti3", "QTI 3.0", "zip", "application/zip", partial(write_qti, version="3.0")),
    )
}  # fmt: skip
READ: dict[str, Callable[[bytes], Reading]] = {
    "moodle": read_moodle, "qti": read_qti, "gift": read_gift, "typed": read_typed, "word": read_word, "excel": read_excel,
}  # fmt: skip
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_any(data: bytes) -> tuple[str, Reading]:
    """The bytes decide, not the name of the file."""
    name = recognised(data)
    return name, READ[name](data)


def recognised(data: bytes) -> str:
    if not data.strip():
        raise FileRefused("empty")
    if data.startswith(OLD_OFFICE):
        raise FileRefused("old_office")
    if data.startswith(ZIP):
        names = Archive(data).names
        return "word" if "word/document.xml" in names else "excel" if "xl/workbook.xml" in names else "qti"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or re.match(
        rb"\s*<(\w+:)?(quiz|assessmentItem|qti-)", data
    ):
        return "moodle" if b"<quiz" in data[:4000] else "qti"
    text = decoded(data)
    braces = re.search(r"(?<!\\)\{[^{}]*\}\s*", text)
    return (
        "gift"
        if braces and re.search(r"(?<!\\)\{\s*(\}|[=~#]|T|F|####)|^::|^\$CATEGORY", text, re.MULTILINE)
        else "typed"
    )
