"""GIFT: https://docs.moodle.org/en/GIFT_format. Blank lines part questions; what stands in braces are the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.quizzes.exchange.contexts import nested
from lms.quizzes.exchange.fractions import several_scoring
from lms.quizzes.exchange.markup import as_paragraph, brought_in, inline, text_as_html
from lms.quizzes.exchange.reading import Reading
from lms.quizzes.exchange.tags import number, read_tags
from lms.quizzes.exchange.texts import decoded
from lms.quizzes.questions import Content

_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])*)\]")
_FORMAT = re.compile(r"\s*\[(html|plain|moodle|markdown)\]", re.IGNORECASE)
_SHARE = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_BLANK = "_____"
SIGNS, HIDDEN = "~=#{}:\\n", 0xE000


@dataclass(frozen=True)
class _Block:
    line: int
    text: str
    tags: list[str]
    section: str


@dataclass(frozen=True)
class _Answer:
    text: str
    right: bool
    share: float


def read_gift(data: bytes) -> Reading:
    reading, belonging = Reading(), []
    for block in _blocks(decoded(data)):
        facts, tagged = read_tags(block.tags)
        facts.setdefault("section", block.section)
        known = len(reading.questions)
        _Question(block, facts, tagged, reading).read()
        if len(reading.questions) > known:
            belonging.append((facts.get("context", ""), facts.get("about", "")))
    nested(reading, belonging)
    return reading


def _blocks(text: str) -> Iterator[_Block]:
    section, tags, kept, begun = "", [], [], 0
    for number_of_line, line in enumerate([*text.splitlines(), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            tags += [re.sub(r"\\(.)", r"\1", one) for one in _TAG.findall(bare)]
        elif bare.upper().startswith("$CATEGORY:"):
            parts = re.split(r"(?<!/)/(?!/)", bare[10:].strip())
            section = " / ".join(
                one.replace("//", "/") for one in parts if one and not one.startswith("$") and one != "top"
            )
        elif bare:
            begun = begun or number_of_line
            kept.append(line)
        elif kept:
            yield _Block(begun, "\n".join(kept), tags, section)
            tags, kept, begun = [], [], 0


def _hidden(text: str) -> str:
    """Signs behind a backslash become letters nobody writes, so that what is left are signs of the format."""
    bare = text.translate(dict.fromkeys(range(HIDDEN, HIDDEN + len(SIGNS))))
    return re.sub(r"\\([~=#{}:\\n])", lambda found: chr(HIDDEN + SIGNS.index(found[1])), bare)


def _unescaped(text: str) -> str:
    meant = {HIDDEN + place: "\n" if sign == "n" else sign for place, sign in enumerate(SIGNS)}
    return text.translate(meant).strip()


class _Question:
    def __init__(self, block: _Block, facts: dict[str, str], tagged: Content, reading: Reading) -> None:
        self.block, self.facts, self.tagged, self.reading = block, facts, tagged, reading
        self.name = ""
        self.html = False

    def read(self) -> None:
        text = _hidden(self.block.text.strip())
        if found := re.match(r"::(.*?)::", text, re.DOTALL):
            self.name, text = _unescaped(found[1])[:120], text[found.end() :]
        if found := _FORMAT.match(text):
            self.html, text = found[1].lower() == "html", text[found.end() :]
        begin, end = _braces(text)
        if (begin < 0) != (end < 0):
            self.reading.refuse("damaged", self.block.line, self.name)
            return
        before, inside, after = (
            (text, "", "") if begin < 0 else (text[:begin], text[begin + 1 : end], text[end + 1 :])
        )
        stem = f"{before.rstrip()} {_BLANK} {after.lstrip()}" if after.strip() else before
        inside, *explained = inside.split("####", 1)
        try:
            made = self._read(inside.strip(), begin >= 0)
        except (ValueError, IndexError):
            self.reading.refuse("damaged", self.block.line, self.name)
            return
        if made is not None:
            self._take(made, stem, explained[0] if explained else "")

    def _take(self, made: tuple[str, Content], stem: str, explained: str) -> None:
        kind, content = made
        if self.facts.get("kind") == "classification" and kind == "matching":
            kind = "classification"
            cards = [{"text": row["text"], "group": row["value"]} for row in content["rows"]]
            content = {"groups": content["values"], "cards": cards, "scoring": "each", "shuffle": True}
        common = {
            "stem": as_paragraph(self.markup(stem)),
            "explanation": as_paragraph(self.markup(explained)),
        }
        tagged = {
            name: value
            for name, value in self.tagged.items()
            if name in content or name in ("table", "points")
        }
        facts = {name: value for name, value in self.facts.items() if name != "kind"}
        self.reading.take(kind, {**common, **content, **tagged}, self.block.line, self.name, **facts)

    def markup(self, text: str) -> str:
        text = _unescaped(text)
        return brought_in(
            text if self.html else text_as_html(text),
            self.reading,
            lambda _address: None,
            self.block.line,
            self.name,
        )

    def _read(self, inside: str, braces: bool) -> tuple[str, Content] | None:
        if not braces:
            return "context", {}
        if not inside:
            return "essay", {"least_words": 0, "most_words": 0}
        word = inside.split("#")[0].strip().upper()
        if word in ("T", "TRUE", "F", "FALSE"):
            return "true_false", {"right": word.startswith("T")}
        if inside.startswith("#"):
            return self._number(inside[1:])
        answers = _answers(inside)
        if all(one.right for one in answers) and all(len(one.text.split("->")) == 2 for one in answers):
            return self._matching(answers)
        if all(one.right for one in answers):
            return self._short(answers)
        return self._choice(answers)

    def _choice(self, answers: list[_Answer]) -> tuple[str, Content] | None:
        options = [{"id": f"o{n}", "text": inline(self.markup(one.text))} for n, one in enumerate(answers, 1)]
        full = [place for place, one in enumerate(answers) if one.right]
        if (
            len(full) == 1
            and all(one.share in (0.0, 100.0) for one in answers)
            and self.facts.get("kind") != "several"
        ):
            return "single", {"options": options, "right": options[full[0]]["id"], "shuffle": True}
        if full and any(0 < one.share < 100 for one in answers):
            self.reading.refuse("parts_in_single", self.block.line, self.name)
            return None
        shares = [one.share for one in answers]
        scoring, exact = several_scoring(shares)
        if not exact and "scoring" not in self.tagged:
            self.reading.note("scoring_changed", self.block.line, self.name)
        rows = [{**option, "right": share > 0} for option, share in zip(options, shares, strict=True)]
        return "several", {"options": rows, "shuffle": True, "scoring": scoring}

    def _short(self, answers: list[_Answer]) -> tuple[str, Content] | None:
        if any("*" in one.text for one in answers) and "ignore_case" not in self.tagged:
            self.reading.refuse("wildcard", self.block.line, self.name)
            return None
        if any(one.share < 100 for one in answers):
            self.reading.note("part_answers_dropped", self.block.line, self.name)
        texts = [_unescaped(one.text) for one in answers if one.share == 100]
        return "short_text", {"answers": texts, "ignore_case": True, "ignore_letters": True}

    def _matching(self, answers: list[_Answer]) -> tuple[str, Content]:
        rows: list[Content] = []
        values: dict[str, str] = {}
        for one in answers:
            left, right = one.text.split("->")
            key = values.setdefault(text_as_html(_unescaped(right)), f"v{len(values) + 1}")
            if left.strip():
                rows.append({"text": inline(self.markup(left)), "value": key})
        sides = {"rows": rows, "values": [{"id": key, "text": text} for text, key in values.items()]}
        return "matching", {**sides, "shuffle": True, "scoring": "each"}

    def _number(self, inside: str) -> tuple[str, Content] | None:
        parts = (
            [one for one in _answers(inside) if one.text] if "=" in inside else [_Answer(inside, True, 100.0)]
        )
        full = [one for one in parts if one.right and one.share == 100]
        if len(full) != 1:
            self.reading.refuse("several_numbers", self.block.line, self.name)
            return None
        if len(parts) > 1:
            self.reading.note("part_answers_dropped", self.block.line, self.name)
        text = full[0].text.split("#")[0].strip().replace(",", ".")
        if ".." in text:
            low, high = (float(one) for one in text.split("..", 1))
            value, room = (low + high) / 2, (high - low) / 2
        else:
            given, _colon, tolerance = text.partition(":")
            value, room = float(given), float(tolerance or 0)
        percent = self.facts.get("tolerance", "")
        wide = (
            {"tolerance": number(percent[:-1]), "in_percent": True}
            if percent.endswith("%")
            else {"tolerance": _whole(room), "in_percent": False}
        )
        return "number", {"value": _whole(value), **wide, "units": [], "unit_needed": False}


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else float(f"{value:.12g}")


def _braces(text: str) -> tuple[int, int]:
    return text.find("{"), text.rfind("}")


def _answers(inside: str) -> list[_Answer]:
    found = []
    for part in re.split(r"(?=[=~])", inside):
        if not part.strip():
            continue
        sign, text = part[0], part[1:].strip()
        if sign not in "=~":
            raise ValueError("text before the first answer")
        share = 100.0 if sign == "=" else 0.0
        if given := _SHARE.match(text):
            share, text = float(given[1]), text[given.end() :]
        text = _FORMAT.sub("", text.split("#")[0], count=1) if _FORMAT.match(text) else text.split("#")[0]
        found.append(_Answer(text.strip(), sign == "=", share))
    return found
