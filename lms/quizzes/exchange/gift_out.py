"""Questions as GIFT. Pictures travel inside the text; what GIFT has no words for is a tag or is named in the list."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from lms.core.html import plain
from lms.quizzes.exchange.contexts import flattened
from lms.quizzes.exchange.fractions import fractions_of
from lms.quizzes.exchange.markup import addressed
from lms.quizzes.exchange.moodle_out import Load
from lms.quizzes.exchange.reading import Note
from lms.quizzes.exchange.tags import tags_of

Question = dict[str, Any]


def write_gift(questions: Iterable[Question], load: Load) -> tuple[bytes, list[Note]]:
    parts, notes, section = [], [], None
    for place, (question, tags) in enumerate(flattened(questions), 1):
        name = plain(question["content"].get("stem", ""))[:80] or str(place)
        writer = WRITERS.get(question["kind"])
        if writer is None:
            notes.append(Note("kind_not_in_format", place, name, True, {"kind": question["kind"]}))
            continue
        if question.get("section") and question["section"] != section:
            section = question["section"]
            parts.append("$CATEGORY: " + "/".join(one.replace("/", "//") for one in section.split(" / ")))
        notes += [Note(code, place, name) for code in _left_behind(question["content"])]
        parts.append(
            _written(question, name, [*tags_of(question), *tags, *_more_tags(question)], writer, load)
        )
    return ("\n\n".join(parts) + "\n").encode(), notes


def _left_behind(content: dict[str, Any]) -> list[str]:
    found = {"hints": "hints_left_behind", "units": "units_left_behind", "rubric": "rubric_left_behind"}
    codes = [code for name, code in found.items() if content.get(name)]
    sounds = any(not one["type"].startswith("image/") for one in content.get("media", []))
    return [*codes, *(["sound_left_behind"] if sounds else [])]


def _more_tags(question: Question) -> list[str]:
    content = question["content"]
    found = [f"points={content['points']}"] if "points" in content else []
    return [*found, f"tolerance={content['tolerance']}%"] if content.get("in_percent") else found


def _written(question: Question, name: str, tags: list[str], writer: Callable[..., str], load: Load) -> str:
    content = question["content"]

    def text(markup: str) -> str:
        return escaped(_carried(markup, load))

    stem = content.get("stem", "") + "".join(
        f'<p><img src="/quizzes/media/{one["file"]}" alt="{html.escape(one["alt"])}"></p>'
        for one in content.get("media", []) if one["type"].startswith("image/")
    )  # fmt: skip
    marks = " ".join("[tag:" + re.sub(r"([\\\]])", r"\\\1", tag) + "]" for tag in tags)
    explained = f"####{text(content['explanation'])}\n" if content.get("explanation") else ""
    body = writer(content, text)
    inside = "" if body is None else f" {{{body}{explained}}}"
    return f"// {marks}\n::{escaped(name)}::[html]{text(stem)}{inside}"


def _carried(markup: str, load: Load) -> str:
    def address(digest: str) -> str:
        found = load(digest)
        return f"data:{found[1]};base64,{base64.b64encode(found[0]).decode()}" if found else ""

    return addressed(markup, address)


def escaped(text: str) -> str:
    """One line, with nothing GIFT would read as a sign."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\r", "").replace("\n", " ")


Text = Callable[[str], str]


def _single(content: dict[str, Any], text: Text) -> str:
    right = content["right"]
    return (
        "".join(f"\n\t{'=' if one['id'] == right else '~'}{text(one['text'])}" for one in content["options"])
        + "\n"
    )


def _several(content: dict[str, Any], text: Text) -> str:
    shares = fractions_of([one["right"] for one in content["options"]])
    return (
        "".join(
            f"\n\t~%{share:g}%{text(one['text'])}"
            for one, share in zip(content["options"], shares, strict=True)
        )
        + "\n"
    )


def _true_false(content: dict[str, Any], _text: Text) -> str:
    return "TRUE" if content["right"] else "FALSE"


def _short(content: dict[str, Any], _text: Text) -> str:
    return "".join(f"\n\t={escaped(one)}" for one in content["answers"]) + "\n"


def _number(content: dict[str, Any], _text: Text) -> str:
    room = float(content.get("tolerance", 0))
    if content.get("in_percent"):
        room = abs(float(content["value"])) * room / 100
    return f"#{float(content['value']):.15g}:{room:.15g}"


def _matching(content: dict[str, Any], text: Text) -> str:
    return _pairs(content["rows"], "value", content["values"], text)


def _classification(content: dict[str, Any], text: Text) -> str:
    return _pairs(content["cards"], "group", content["groups"], text)


def _pairs(rows: list[dict[str, Any]], to: str, values: list[dict[str, Any]], text: Text) -> str:
    names = {one["id"]: escaped(plain(one["text"])) for one in values}
    used = {row[to] for row in rows}
    lines = [f"\n\t={text(row['text'])} -> {names[row[to]]}" for row in rows]
    return "".join([*lines, *(f"\n\t= -> {name}" for key, name in names.items() if key not in used)]) + "\n"


def _essay(_content: dict[str, Any], _text: Text) -> str:
    return ""


def _context(_content: dict[str, Any], _text: Text) -> None:
    return None


WRITERS: dict[str, Callable[..., Any]] = {
    "single": _single, "several": _several, "true_false": _true_false, "short_text": _short, "number": _number,
    "matching": _matching, "classification": _classification, "essay": _essay, "context": _context,
}  # fmt: skip
