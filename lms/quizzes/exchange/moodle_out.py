"""Questions as Moodle XML. What Moodle has no kind for is named in the list, never left out silently."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from lxml import etree
from lxml.builder import E

from lms.core.html import plain
from lms.quizzes.exchange import cloze
from lms.quizzes.exchange.contexts import flattened
from lms.quizzes.exchange.fractions import fractions_of
from lms.quizzes.exchange.markup import addressed, pictures_in
from lms.quizzes.exchange.reading import Note
from lms.quizzes.exchange.tags import tags_of

Load = Callable[[str], tuple[bytes, str] | None]  # hash → bytes and kind
Element: TypeAlias = etree._Element
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif",
           "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav"}  # fmt: skip


def write_moodle(questions: Iterable[dict[str, Any]], load: Load) -> tuple[bytes, list[Note]]:
    root, notes = etree.Element("quiz"), []
    section = None
    for place, (question, tags) in enumerate(flattened(questions), 1):
        name = plain(question["content"].get("stem", ""))[:120] or str(place)
        writer = WRITERS.get(question["kind"])
        if writer is None:
            notes.append(Note("kind_not_in_format", place, name, True, {"kind": question["kind"]}))
            continue
        if question.get("section") and question["section"] != section:
            section = question["section"]
            root.append(_category(section))
        made = _Made(question, name, load)
        made.tags += tags
        writer(made)
        made.finish()
        notes += [Note(code, place, name) for code in made.notes]
        root.append(made.element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True), notes


def _category(section: str) -> Element:
    path = "/".join(part.strip().replace("/", "//") for part in section.split(" / "))
    return E.question(E.category(E.text(f"$course$/top/{path}")), type="category")


class _Made:
    def __init__(self, question: dict[str, Any], name: str, load: Load) -> None:
        self.question, self.content, self.load = question, question["content"], load
        self.element = E.question(E.name(E.text(name)))
        self.notes: list[str] = []
        self.tags = tags_of(question)

    def begin(self, kind: str, stem: str | None = None) -> None:
        self.element.set("type", kind)
        self.element.append(self.html("questiontext", self._stem() if stem is None else stem))
        self.element.append(self.html("generalfeedback", self.content.get("explanation", "")))
        self.add("defaultgrade", f"{float(self.content.get('points', 1)):.7f}")

    def _stem(self) -> str:
        """Pictures that stand beside the question go into it; a sound becomes a link to its file."""
        media = self.content.get("media", [])
        return self.content.get("stem", "") + "".join(
            f'<p><img src="/quizzes/media/{one["file"]}" alt="{html.escape(one["alt"])}"></p>'
            for one in media if one["type"].startswith("image/")
        )  # fmt: skip

    def finish(self) -> None:
        if any(not one["type"].startswith("image/") for one in self.content.get("media", [])):
            self.notes.append("sound_left_behind")
        for hint in self.content.get("hints", []):
            self.element.append(self.html("hint", hint))
        self.element.append(E.tags(*(E.tag(E.text(tag)) for tag in self.tags)))

    def add(self, name: str, text: str) -> None:
        self.element.append(getattr(E, name)(text))

    def html(self, name: str, markup: str, **more: str) -> Element:
        """With the pictures the text shows as its own files."""
        made = getattr(E, name)(format="html", **more)
        names: dict[str, str] = {}
        for digest in pictures_in(markup):
            found = self.load(digest)
            if found is None:
                self.notes.append("picture_missing")
                continue
            names[digest] = f"{digest[:16]}.{ENDINGS.get(found[1], 'bin')}"
            made.append(
                E.file(base64.b64encode(found[0]).decode(), name=names[digest], path="/", encoding="base64")
            )
        made.insert(0, E.text(addressed(markup, lambda one: f"@@PLUGINFILE@@/{names.get(one, one)}")))
        return made

    def answer(self, markup: str, fraction: float, form: str = "html") -> None:
        text = f"{fraction:.5f}".rstrip("0").rstrip(".")
        if form == "html":
            self.element.append(self.html("answer", markup, fraction=text))
        else:
            self.element.append(E.answer(E.text(markup), fraction=text, format=form))

    def shuffle(self) -> None:
        self.add("shuffleanswers", "true" if self.content.get("shuffle", True) else "false")


def _single(made: _Made) -> None:
    made.begin("multichoice")
    made.add("single", "true")
    made.shuffle()
    for option in made.content["options"]:
        made.answer(option["text"], 100 if option["id"] == made.content["right"] else 0)


def _several(made: _Made) -> None:
    made.begin("multichoice")
    made.add("single", "false")
    made.shuffle()
    shares = fractions_of([option["right"] for option in made.content["options"]])
    for option, share in zip(made.content["options"], shares, strict=True):
        made.answer(option["text"], share)
    _say_scoring(made)


def _say_scoring(made: _Made) -> None:
    if made.content.get("scoring", "all") != "each":
        made.notes.append("scoring_as_tag")


def _true_false(made: _Made) -> None:
    made.begin("truefalse")
    for text, right in (("true", made.content["right"]), ("false", not made.content["right"])):
        made.answer(text, 100 if right else 0, "moodle_auto_format")


def _short(made: _Made) -> None:
    made.begin("shortanswer")
    made.add("usecase", "0" if made.content.get("ignore_case", True) else "1")
    for text in made.content["answers"]:
        made.answer(text.replace("*", "\\*"), 100, "moodle_auto_format")


def _number(made: _Made) -> None:
    content = made.content
    made.begin("numerical")
    tolerance = float(content.get("tolerance", 0))
    if content.get("in_percent"):
        made.tags.append(f"tolerance={_exact(tolerance)}%")
        tolerance = abs(float(content["value"])) * tolerance / 100
    made.answer(_exact(content["value"]), 100, "moodle_auto_format")
    made.element[-1].append(E.tolerance(_exact(tolerance)))
    made.add("unitgradingtype", "1" if content.get("unit_needed") else "0")
    units = [
        E.unit(E.multiplier(_exact(1 / float(unit["factor"]))), E.unit_name(unit["text"]))
        for unit in content.get("units", [])
    ]
    if units:
        made.element.append(E.units(*units))


def _exact(value: Any) -> str:
    return f"{float(value):.15g}"


def _matching(made: _Made) -> None:
    _pairs(made, made.content["rows"], "value", made.content["values"])


def _classification(made: _Made) -> None:
    _pairs(made, made.content["cards"], "group", made.content["groups"])


def _pairs(made: _Made, rows: list[dict[str, Any]], to: str, values: list[dict[str, Any]]) -> None:
    """Moodle's right side is plain text; values nobody needs stand beside an empty question."""
    made.begin("matching")
    made.shuffle()
    names = {value["id"]: plain(value["text"]) for value in values}
    if any(pictures_in(value["text"]) for value in values):
        made.notes.append("picture_on_the_right")
    used = {row[to] for row in rows}
    ordered = [value["id"] for value in values]
    # First come the rows; a value is written where it is needed first, so that their order can be found again.
    for row in rows:
        made.element.append(made.html("subquestion", row["text"]))
        made.element[-1].append(E.answer(E.text(names[row[to]])))
    for key in ordered:
        if key not in used:
            made.element.append(made.html("subquestion", ""))
            made.element[-1].append(E.answer(E.text(names[key])))
    _say_scoring(made)


def _gaps(made: _Made) -> None:
    content = made.content
    embedded = cloze.written(content["text"], content["gaps"], not content.get("ignore_case", True))
    made.begin("cloze", embedded)
    made.element.append(made.html("instructions", content.get("stem", "")))
    _say_scoring(made)


def _ordering(made: _Made) -> None:
    made.begin("ordering")
    for place, step in enumerate(made.content["steps"], 1):
        made.answer(step["text"], place)
    _say_scoring(made)


def _essay(made: _Made) -> None:
    made.begin("essay")
    for name, field in (("minwordlimit", "least_words"), ("maxwordlimit", "most_words")):
        if made.content.get(field):
            made.add(name, str(made.content[field]))
    if made.content.get("rubric"):
        made.notes.append("rubric_left_behind")


def _context(made: _Made) -> None:
    made.begin("description")


WRITERS: dict[str, Callable[[_Made], None]] = {
    "single": _single, "several": _several, "true_false": _true_false, "short_text": _short, "number": _number,
    "matching": _matching, "classification": _classification, "gaps": _gaps, "ordering": _ordering, "essay": _essay,
    "context": _context,
}  # fmt: skip
