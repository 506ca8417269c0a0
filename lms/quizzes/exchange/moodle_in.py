"""Moodle XML, as https://docs.moodle.org/en/Moodle_XML_format describes it and Moodle 4 writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from lxml import etree

from lms.core.xml import XmlRefused, parse
from lms.quizzes.exchange import cloze
from lms.quizzes.exchange.contexts import nested
from lms.quizzes.exchange.files import decoded
from lms.quizzes.exchange.fractions import several_scoring
from lms.quizzes.exchange.markup import as_paragraph, brought_in, inline, text_as_html
from lms.quizzes.exchange.reading import FileRefused, Reading
from lms.quizzes.exchange.tags import number, read_tags
from lms.quizzes.questions import Content

MOST_BYTES = 64 * 1024 * 1024
MOST_ELEMENTS = 400_000
PLUGIN_FILE = "@@PLUGINFILE@@/"
Element: TypeAlias = etree._Element


def read_moodle(data: bytes) -> Reading:
    try:
        root = parse(data, MOST_BYTES, MOST_ELEMENTS)
    except XmlRefused as refused:
        raise FileRefused(f"xml_{refused.code.replace('-', '_')}") from None
    if root.tag != "quiz":
        raise FileRefused("not_moodle")
    reading, section = Reading(), ""
    belonging: list[tuple[str, str]] = []
    for element in root.iterchildren("question"):
        if element.get("type") == "category":
            section = _category(element)
        else:
            one = _Question(element, reading, section)
            one.read()
            if len(reading.questions) > len(belonging):
                belonging.append((one.facts.get("context", ""), one.facts.get("about", "")))
    nested(reading, belonging)
    return reading


def _category(element: Element) -> str:
    """`$course$/top/Physics/Pressure` → Physics / Pressure."""
    parts = re.split(r"(?<!/)/(?!/)", element.findtext("category/text") or "")
    return " / ".join(
        part.replace("//", "/") for part in parts if part and not part.startswith("$") and part != "top"
    )


class _Question:
    def __init__(self, element: Element, reading: Reading, section: str) -> None:
        self.element, self.reading = element, reading
        self.line = int(element.sourceline or 0)
        self.name = " ".join((element.findtext("name/text") or "").split())[:120]
        tags = [one.findtext("text") or "" for one in element.iterfind("tags/tag")]
        self.facts, self.tagged = read_tags(tags)
        self.facts.setdefault("section", section)

    def read(self) -> None:
        kind = self.element.get("type") or ""
        reader = READERS.get(kind)
        if reader is None:
            self.reading.refuse("unknown_kind", self.line, self.name, kind=kind)
            return
        try:
            made = reader(self)
        except (ValueError, KeyError, IndexError, cloze.ClozeRefused):
            self.reading.refuse("damaged", self.line, self.name)
            return
        if made is not None:
            self.take(*made)

    def take(self, kind: str, content: Content) -> None:
        kind = self._wished(kind, content)
        facts = {name: value for name, value in self.facts.items() if name != "kind"}
        whole = {
            **self._common(),
            **content,
            **{k: v for k, v in self.tagged.items() if k in content or k == "table"},
        }
        self.reading.take(kind, whole, self.line, self.name, **facts)

    def _wished(self, kind: str, content: Content) -> str:
        """Kinds of ours that Moodle knows only as another one."""
        if self.facts.get("kind") == "classification" and kind == "matching":
            content["groups"] = content.pop("values")
            content["cards"] = [{"text": row["text"], "group": row["value"]} for row in content.pop("rows")]
            return "classification"
        return kind

    def _common(self) -> Content:
        hints = [self.html(one) for one in self.element.iterfind("hint")]
        grade = self.element.findtext("defaultgrade") or "1"
        return {
            "stem": as_paragraph(self.html(self.element.find("questiontext"))),
            "points": number(grade) if float(grade) > 0 else 1,
            "explanation": as_paragraph(self.html(self.element.find("generalfeedback"))),
            "hints": [as_paragraph(one) for one in hints if one],
            "media": [],
        }

    def html(self, element: Element | None) -> str:
        """The text of an element with its own files."""
        if element is None:
            return ""
        text = element.findtext("text") or ""
        if element.get("format") in ("plain_text", "markdown"):
            text = text_as_html(text)
        files = {one.get("name") or "": one.text or "" for one in element.iterfind("file")}
        return brought_in(text, self.reading, lambda address: _file(files, address), self.line, self.name)

    def answers(self) -> list[tuple[Element, float]]:
        return [(one, float(one.get("fraction") or 0)) for one in self.element.iterfind("answer")]

    def flag(self, name: str, usual: bool = True) -> bool:
        text = (self.element.findtext(name) or "").strip().lower()
        return text in ("1", "true") if text else usual

    def note(self, code: str, **facts: Any) -> None:
        self.reading.note(code, self.line, self.name, **facts)

    def refuse(self, code: str, **facts: Any) -> None:
        self.reading.refuse(code, self.line, self.name, **facts)


def _file(files: dict[str, str], address: str) -> bytes | None:
    name = address.removeprefix(PLUGIN_FILE).lstrip("/")
    found = files.get(name) or next((text for key, text in files.items() if _bare(key) == _bare(name)), None)
    return decoded(found) if found else None


def _bare(name: str) -> str:
    """Moodle writes spaces of a name as %20 in the address."""
    return name.replace("%20", " ").casefold()


def _choice(one: _Question) -> tuple[str, Content] | None:
    options = [
        {"id": f"o{n}", "text": inline(one.html(answer))} for n, (answer, _f) in enumerate(one.answers(), 1)
    ]
    fractions = [fraction for _answer, fraction in one.answers()]
    shuffle = one.flag("shuffleanswers")
    if one.flag("single") and one.element.get("type") == "multichoice":
        full = [place for place, fraction in enumerate(fractions) if fraction >= 99.9]
        if len(full) != 1 or any(0 < fraction < 99.9 for fraction in fractions):
            one.refuse("parts_in_single")
            return None
        if any(fraction < 0 for fraction in fractions):
            one.note("penalty_dropped")
        return "single", {"options": options, "right": options[full[0]]["id"], "shuffle": shuffle}
    rows = [{**option, "right": fraction > 0} for option, fraction in zip(options, fractions, strict=True)]
    scoring, exact = several_scoring(fractions)
    if one.element.get("type") == "multichoiceset":
        scoring, exact = "all", True
    if not exact and "scoring" not in one.tagged:
        one.note("scoring_changed")
    return "several", {"options": rows, "shuffle": shuffle, "scoring": scoring}


def _true_false(one: _Question) -> tuple[str, Content]:
    best = max(one.answers(), key=lambda pair: pair[1])[0]
    return "true_false", {"right": (best.findtext("text") or "").strip().lower() == "true"}


def _short(one: _Question) -> tuple[str, Content] | None:
    full = [(answer.findtext("text") or "").strip() for answer, fraction in one.answers() if fraction >= 99.9]
    if any("*" in text.replace("\\*", "") for text in full):
        one.refuse("wildcard")
        return None
    if any(0 < fraction < 99.9 for _answer, fraction in one.answers()):
        one.note("part_answers_dropped")
    texts = [text.replace("\\*", "*") for text in full]
    content: Content = {
        "answers": texts,
        "ignore_case": not one.flag("usecase", False),
        "ignore_letters": True,
    }
    return "short_text", content


def _number(one: _Question) -> tuple[str, Content] | None:
    full = [answer for answer, fraction in one.answers() if fraction >= 99.9]
    if len(full) != 1 or (full[0].findtext("text") or "").strip() == "*":
        one.refuse("several_numbers")
        return None
    if len(one.answers()) > 1:
        one.note("part_answers_dropped")
    units = [
        {"text": unit.findtext("unit_name") or "", "factor": _factor(unit.findtext("multiplier") or "1")}
        for unit in one.element.iterfind("units/unit")
    ]
    tolerance, in_percent = full[0].findtext("tolerance") or "0", False
    if (percent := one.facts.get("tolerance", "")).endswith("%"):
        tolerance, in_percent = percent[:-1], True
    return "number", {
        "value": number((full[0].findtext("text") or "").replace(",", ".")), "tolerance": number(tolerance),
        "in_percent": in_percent, "units": units,
        "unit_needed": (one.element.findtext("unitgradingtype") or "0").strip() not in ("", "0"),
    }  # fmt: skip


def _factor(multiplier: str) -> float | int:
    """How many of the first unit one of these is; Moodle writes it the other way round."""
    factor = 1 / float(multiplier)
    return int(factor) if factor == int(factor) else float(f"{factor:.12g}")


def _matching(one: _Question) -> tuple[str, Content]:
    rows: list[Content] = []
    values: dict[str, str] = {}
    for pair in one.element.iterfind("subquestion"):
        text = text_as_html(pair.findtext("answer/text") or "")
        if not text:
            continue
        key = values.setdefault(text, f"v{len(values) + 1}")
        if left := inline(one.html(pair)):
            rows.append({"text": left, "value": key})
    sides = {"rows": rows, "values": [{"id": key, "text": text} for text, key in values.items()]}
    return "matching", {**sides, "shuffle": one.flag("shuffleanswers"), "scoring": "each"}


def _cloze(one: _Question) -> tuple[str, Content]:
    text, gaps = cloze.read(as_paragraph(one.html(one.element.find("questiontext"))))
    for code in cloze.changes(gaps):
        one.note(code)
    plain = [{name: value for name, value in gap.items() if name != "notes"} for gap in gaps]
    stem = as_paragraph(one.html(one.element.find("instructions"))) or "<p>…</p>"
    return "gaps", {
        "stem": stem,
        "text": text,
        "gaps": plain,
        "scoring": "each",
        "ignore_case": True,
        "ignore_letters": True,
    }


def _chosen_gaps(one: _Question) -> tuple[str, Content]:
    """`gapselect` and `ddwtos`: [[1]] in the text stands for the first choice, [[2]] for the second …"""
    boxes = [*one.element.iterfind("selectoption"), *one.element.iterfind("dragbox")]
    choices = [
        ((box.findtext("text") or "").strip(), (box.findtext("group") or "1").strip()) for box in boxes
    ]
    gaps: list[Content] = []

    def keep(found: re.Match[str]) -> str:
        right, group = choices[int(found[1]) - 1]
        gaps.append(
            {"mode": "chosen", "options": [text for text, its in choices if its == group], "right": right}
        )
        return f"[[{len(gaps)}]]"

    text = re.sub(r"\[\[(\d+)\]\]", keep, as_paragraph(one.html(one.element.find("questiontext"))))
    return "gaps", {
        "stem": "<p>…</p>",
        "text": text,
        "gaps": gaps,
        "scoring": "each",
        "ignore_case": True,
        "ignore_letters": True,
    }


def _ordering(one: _Question) -> tuple[str, Content]:
    steps = [
        {"id": f"s{n}", "text": inline(one.html(answer))} for n, (answer, _f) in enumerate(one.answers(), 1)
    ]
    return "ordering", {"steps": steps, "scoring": "each"}


def _essay(one: _Question) -> tuple[str, Content]:
    if one.element.findtext("graderinfo/text"):
        one.note("grader_info_dropped")
    least, most = (one.element.findtext(name) or "0" for name in ("minwordlimit", "maxwordlimit"))
    return "essay", {"least_words": int(least or 0), "most_words": int(most or 0), "rubric": []}


def _context(one: _Question) -> tuple[str, Content]:
    return "context", {}


READERS: dict[str, Callable[[_Question], tuple[str, Content] | None]] = {
    "multichoice": _choice, "multichoiceset": _choice, "truefalse": _true_false, "shortanswer": _short,
    "numerical": _number, "matching": _matching, "cloze": _cloze, "multianswer": _cloze, "gapselect": _chosen_gaps,
    "ddwtos": _chosen_gaps, "ordering": _ordering, "essay": _essay, "description": _context,
}  # fmt: skip
