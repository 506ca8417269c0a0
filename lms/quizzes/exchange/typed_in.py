"""Questions as people type them, and Aiken: a question, lettered options, the right letters below.

    1. What is pressure measured in?          numbers and blank lines are welcome and not needed
    A) newton
    *B) pascal                                a star marks a right option, or the line below does
    Answer: B                                 several letters: several are right; no options: a word or a number

Letters may be Latin or Cyrillic; the words before an answer are those of `words.json`. Aiken is the same with
`ANSWER: B`: https://docs.moodle.org/en/Aiken_format
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lms.quizzes.exchange.markup import as_paragraph, text_as_html
from lms.quizzes.exchange.reading import Reading
from lms.quizzes.exchange.texts import decoded, words
from lms.quizzes.questions import Content
from lms.quizzes.questions.numbers import number_of

_NUMBER = re.compile(r"\s*\d{1,4}\s*[.)]\s+(?=\S)")
_OPTION = re.compile(r"\s*([*+]?)\s*([^\W\d_])\s*[.)]\s*(\S.*)")
_LABELLED = re.compile(r"\s*([^\W\d_][\w \-]{0,30}?)\s*:\s*(.*)", re.DOTALL)


@dataclass
class Typed:
    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str, bool]] = field(default_factory=list)  # letter, text, starred
    said: dict[str, str] = field(default_factory=dict)
    section: str = ""


def read_typed(data: bytes) -> Reading:
    return read_lines(enumerate(decoded(data).split("\n"), 1), Reading())


def read_lines(lines: Any, reading: Reading, rich: bool = False) -> Reading:
    """`lines`: (number, text) one by one; `rich`: the texts are clean markup already."""
    one = Typed()
    for number, line in lines:
        one = _added(one, number, line, reading, rich)
    finished(one, reading, rich)
    return reading


def _added(one: Typed, number: int, line: str, reading: Reading, rich: bool) -> Typed:
    if not line.strip():
        # A blank line parts questions once there are options or an answer; before that it belongs to the text.
        if one.options or one.said:
            finished(one, reading, rich)
            return Typed()
        return one
    label, value = _labelled(line)
    if label and one.stem:
        one.said[label] = value
        return one
    option = _OPTION.fullmatch(line)
    if option and one.stem and _place(option[2], [text for text, _t, _s in one.options]) == len(one.options):
        one.options.append((option[2], option[3].strip(), bool(option[1])))
        return one
    begins = _NUMBER.match(line)
    if one.stem and (one.options or one.said):
        finished(one, reading, rich)
        one = Typed()
    if begins and one.stem:
        finished(one, reading, rich)
        one = Typed()
    one.line = one.line or number
    one.stem.append(line[begins.end() :].strip() if begins else line.strip())
    return one


def _labelled(line: str) -> tuple[str, str]:
    found = _LABELLED.fullmatch(line)
    name = " ".join(found[1].casefold().split()) if found else ""
    for label in ("answer", "explanation", "points", "objective", "level"):
        if found and name in words()[label]:
            return label, found[2].strip()
    return "", ""


def _place(letter: str, before: list[str]) -> int:
    """Which option a letter names, in whichever alphabet the question uses; -1 for none."""
    up = letter.upper()
    alphabets = [
        one
        for one in words()["letters"]
        if all(one[n : n + 1] == text.upper() for n, text in enumerate(before))
    ]
    return next((one.index(up) for one in alphabets if up in one), -1)


def finished(one: Typed, reading: Reading, rich: bool) -> None:
    if not one.stem:
        return
    name = " ".join(one.stem)[:80]
    made = _kind(one, rich)
    if isinstance(made, str):
        reading.refuse(made, one.line, name)
        return
    kind, content = made
    stem = "<br>".join(text if rich else text_as_html(text) for text in one.stem)
    points = number_of(one.said.get("points", "")) or 1
    whole = {
        "stem": as_paragraph(stem),
        "points": int(points) if points == int(points) else points,
        **content,
    }
    if text := one.said.get("explanation"):
        whole["explanation"] = as_paragraph(text if rich else text_as_html(text))
    reading.take(
        kind,
        whole,
        one.line,
        name,
        objective=one.said.get("objective", ""),
        level=_level(one.said.get("level", "")),
        section=one.section,
    )


def _level(said: str) -> str:
    """A, B or C, also when they were typed as the Russian letters that look like them."""
    return said.strip()[:1].upper().translate(str.maketrans(words()["levels"], "ABC"))


def _kind(one: Typed, rich: bool) -> tuple[str, Content] | str:
    answer = one.said.get("answer", "")
    if one.options:
        return _chosen(one, answer, rich)
    if not answer:
        return "no_answer"
    if answer.casefold() in words()["true"] or answer.casefold() in words()["false"]:
        return "true_false", {"right": answer.casefold() in words()["true"]}
    value = number_of(answer)
    if value is not None:
        return "number", {
            "value": value,
            "tolerance": 0,
            "in_percent": False,
            "units": [],
            "unit_needed": False,
        }
    texts = [text.strip() for text in re.split(r"[;|]", answer) if text.strip()]
    return "short_text", {"answers": texts, "ignore_case": True, "ignore_letters": True}


def _chosen(one: Typed, answer: str, rich: bool) -> tuple[str, Content] | str:
    letters = [letter for letter, _text, _star in one.options]
    right = {place for place, (_letter, _text, star) in enumerate(one.options) if star}
    for given in re.findall(r"[^\W\d_]", answer):
        right.add(_named(given, letters))
    if not right or not right <= set(range(len(letters))):
        return "no_answer" if not right else "unknown_letter"
    options = [
        {"id": f"o{place}", "text": text if rich else text_as_html(text)}
        for place, (_letter, text, _star) in enumerate(one.options, 1)
    ]
    if len(right) == 1:
        return "single", {"options": options, "right": options[right.pop()]["id"], "shuffle": True}
    rows = [{**option, "right": place in right} for place, option in enumerate(options)]
    return "several", {"options": rows, "shuffle": True, "scoring": "all"}


def _named(given: str, letters: list[str]) -> int:
    """The option with this letter, or in its place in another alphabet: B below options in Cyrillic."""
    up = [letter.upper() for letter in letters]
    if given.upper() in up:
        return up.index(given.upper())
    return _place(given, [])
