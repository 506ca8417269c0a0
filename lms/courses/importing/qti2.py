"""Items of QTI 2 and 3 in a cartridge: read as the bank of questions reads them, asked here as a check can ask.

Options, words, numbers, pairs, steps and gaps have their like in a check (decisions/0051), an essay becomes homework; what
has none is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lms.core import html
from lms.core.xml import XmlRefused, parse
from lms.courses.importing.builder import Builder
from lms.quizzes.exchange.qti_in import read_qti
from lms.quizzes.exchange.reading import FileRefused

MOST = 60  # questions of one check
_GAP = re.compile(r"\[\[\d+\]\]")
Content = dict[str, Any]


def read(builder: Builder, items: list[bytes], title: str) -> None:
    asked = [one for data in items for one in _asked(data, builder)]
    checks = [one for kind, one in asked if kind == "check"]
    for start in range(0, len(checks), MOST):
        builder.block("check", {"title": title, "questions": checks[start : start + MOST]})
    for kind, one in asked:
        if kind == "homework":
            builder.block("homework", {"title": title, "html": one["ask"]})


def _asked(data: bytes, builder: Builder) -> Iterator[tuple[str, Content]]:
    pairs = _associated(data)
    if pairs is not None:
        yield "check", pairs
        return
    try:
        reading = read_qti(data)
    except FileRefused:
        builder.missed["question"] += 1
        return
    for note in reading.notes:
        if note.refused or note.code.startswith("picture"):
            builder.missed["question" if note.refused else "picture"] += 1
    for row in reading.questions:
        kind, content = row["kind"], row["content"]
        if kind == "essay":
            yield "homework", {"ask": content["stem"]}
        elif kind in ANSWERS:
            why = html.plain(content["explanation"])[:300]
            yield "check", {"ask": content["stem"], "answers": ANSWERS[kind](content), "why": why}
        else:
            builder.missed["question"] += 1


def _associated(data: bytes) -> Content | None:
    """associateInteraction: one heap of words, of which each belongs to one other. The bank has no like of it."""
    try:
        root = parse(data)
    except XmlRefused:
        return None
    found = [
        one for one in root.iter() if _name(one) in ("associateInteraction", "qti-associate-interaction")
    ]
    if len(found) != 1:
        return None
    choices = [
        one for one in found[0].iter() if _name(one).endswith(("AssociableChoice", "associable-choice"))
    ]
    texts = {one.get("identifier", ""): " ".join("".join(one.itertext()).split()) for one in choices}
    values = ("".join(one.itertext()).split() for one in root.iter() if _name(one) == _value_tag(root))
    pairs = [
        {"left": texts[pair[0]], "right": texts[pair[1]]}
        for pair in values
        if len(pair) == 2 and pair[0] in texts and pair[1] in texts
    ]
    placed = {text for pair in pairs for text in pair.values()}
    prompt = next((one for one in found[0] if _name(one) in ("prompt", "qti-prompt")), None)
    ask = " ".join("".join(prompt.itertext()).split()) if prompt is not None else root.get("title", "")
    extra = [text for text in texts.values() if text not in placed]
    return {"ask": ask, "answers": {"pairs": pairs, "extra": extra}, "why": ""} if pairs and ask else None


def _value_tag(root: Any) -> str:
    return "qti-value" if _name(root).startswith("qti-") else "value"


def _name(one: Any) -> str:
    return one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""


def _single(content: Content) -> Content:
    return _options((one["text"], one["id"] == content["right"]) for one in content["options"])


def _several(content: Content) -> Content:
    return _options((one["text"], one["right"]) for one in content["options"])


def _true_false(content: Content) -> Content:
    return _options((f"@@{word}", content["right"] is (word == "true")) for word in ("true", "false"))


def _options(rows: Iterator[tuple[str, bool]]) -> Content:
    return {"options": [{"text": html.plain(text), "right": right} for text, right in rows], "accepted": []}


def _short_text(content: Content) -> Content:
    return {"options": [], "accepted": content["answers"]}


def _number(content: Content) -> Content:
    share = abs(content["value"]) / 100 if content["in_percent"] else 1
    accepted = [f"{content['value']:g}".replace(".", ",")]
    return {"options": [], "accepted": accepted, "tolerance": content["tolerance"] * share}


def _matching(content: Content) -> Content:
    values = {one["id"]: html.plain(one["text"]) for one in content["values"]}
    pairs = [{"left": html.plain(one["text"]), "right": values[one["value"]]} for one in content["rows"]]
    used = {one["value"] for one in content["rows"]}
    return {"pairs": pairs, "extra": [text for key, text in values.items() if key not in used]}


def _ordering(content: Content) -> Content:
    return {"steps": [html.plain(one["text"]) for one in content["steps"]]}


def _gaps(content: Content) -> Content:
    gaps = [
        {"answers": [one["right"]], "options": one["options"]}
        if one["mode"] == "chosen"
        else {"answers": one["answers"], "options": []}
        for one in content["gaps"]
    ]
    return {"pieces": _GAP.split(html.plain(content["text"])), "gaps": gaps}


ANSWERS: dict[str, Callable[[Content], Content]] = {
    "single": _single, "several": _several, "true_false": _true_false, "short_text": _short_text, "number": _number,
    "matching": _matching, "ordering": _ordering, "gaps": _gaps,
}  # fmt: skip
