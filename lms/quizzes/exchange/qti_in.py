"""QTI 2.1, 2.2 and 3.0: packages and single items. What has an equal here comes in, the rest is named.

IMS QTI Assessment, Section and Item Information Model 2.2 and 1EdTech QTI 3.0: response declarations with a correct
response or a mapping; choice, order, match, inline choice, text entry, gap match and extended text interactions.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import etree

from lms.core.xml import XmlRefused, parse
from lms.quizzes.exchange.archives import Archive
from lms.quizzes.exchange.contexts import nested
from lms.quizzes.exchange.fractions import several_scoring
from lms.quizzes.exchange.markup import as_paragraph, brought_in, inline
from lms.quizzes.exchange.qti_markup import escaped, serialised
from lms.quizzes.exchange.qti_names import as_two
from lms.quizzes.exchange.reading import FileRefused, Reading
from lms.quizzes.exchange.tags import number, read_tags
from lms.quizzes.questions import Content

Element: TypeAlias = etree._Element
Find = Callable[[str], bytes | None]
ZIP = b"PK\x03\x04"
MOST_ITEM = 4 * 1024 * 1024


def read_qti(data: bytes) -> Reading:
    reading = Reading()
    belonging: list[tuple[str, str]] = []
    if not data.startswith(ZIP):
        _item(data, "", [], lambda _address: None, reading, belonging)
    else:
        archive = Archive(data)
        for name, tags in _listed(archive):
            content = archive.read(name, MOST_ITEM)
            if content is None:
                reading.refuse("member_missing", 0, name)
                continue
            _item(content, name, tags, partial(_beside, archive, posixpath.dirname(name)), reading, belonging)
    if not reading.questions and not reading.notes:
        raise FileRefused("not_qti")
    nested(reading, belonging)
    return reading


def _beside(archive: Archive, folder: str, address: str) -> bytes | None:
    return archive.read(posixpath.join(folder, unquote(address)))


def _listed(archive: Archive) -> list[tuple[str, list[str]]]:
    """(item, keywords) in the order of the manifest; without one, whatever looks like an item."""
    manifest = archive.read("imsmanifest.xml", MOST_ITEM * 4)
    if manifest is None:
        return [(name, []) for name in sorted(archive.names) if name.lower().endswith(".xml")]
    root = _parsed(manifest)
    found = []
    for resource in root.iter("resource"):
        if (resource.get("type") or "").startswith("imsqti_item"):
            words = ["".join(one.itertext()).strip() for one in resource.iter("keyword")]
            found.append((resource.get("href") or "", words))
    return found


def _parsed(data: bytes) -> Element:
    try:
        root = parse(data)
    except XmlRefused as refused:
        raise FileRefused(f"xml_{refused.code.replace('-', '_')}") from None
    as_two(root)
    return root


def _item(
    data: bytes, name: str, tags: list[str], find: Find, reading: Reading, belonging: list[tuple[str, str]]
) -> None:
    try:
        root = _parsed(data)
    except FileRefused as refused:
        if not name:
            raise
        reading.refuse(refused.code, 0, name)
        return
    if root.tag != "assessmentItem":
        if not name:
            raise FileRefused("not_qti")
        if root.tag != "assessmentTest":
            reading.refuse("not_an_item", 0, name)
        return
    facts, tagged = read_tags(tags)
    known = len(reading.questions)
    _Question(root, name, facts, tagged, find, reading).read()
    if len(reading.questions) > known:
        belonging.append((facts.get("context", ""), facts.get("about", "")))


class _Question:
    def __init__(
        self, root: Element, file: str, facts: dict[str, str], tagged: Content, find: Find, reading: Reading
    ) -> None:
        self.root, self.facts, self.tagged, self.find, self.reading = root, facts, tagged, find, reading
        self.line = int(root.sourceline or 0)
        self.name = " · ".join(filter(None, (file, (root.get("title") or "")[:80])))
        self.body = root.find("itemBody")
        self.declared = {one.get("identifier") or "": one for one in root.iterfind("responseDeclaration")}

    def read(self) -> None:
        if self.body is None:
            self.reading.refuse("damaged", self.line, self.name)
            return
        found = [
            one for one in self.body.iter() if isinstance(one.tag, str) and one.tag.endswith("Interaction")
        ]
        kinds = {one.tag for one in found}
        unknown = kinds - READERS.keys() - INLINE
        if unknown or (kinds and not kinds <= INLINE and len(found) > 1):
            self.reading.refuse("interaction", self.line, self.name, kind=", ".join(sorted(unknown or kinds)))
            return
        try:
            made = self._made(found)
        except (ValueError, KeyError, IndexError, TypeError, StopIteration, AttributeError):
            self.reading.refuse("damaged", self.line, self.name)
            return
        if made is not None:
            self._take(*made)

    def _made(self, found: list[Element]) -> tuple[str, Content] | None:
        if not found:
            return "context", {}
        if found[0].tag in INLINE:
            return _inline(self, found)
        return READERS[found[0].tag](self, found[0])

    def _take(self, kind: str, content: Content) -> None:
        if self.facts.get("kind") == "classification" and kind == "matching":
            kind = "classification"
            cards = [{"text": row["text"], "group": row["value"]} for row in content.pop("rows")]
            groups = content.pop("values")
            content = {**content, "groups": groups, "cards": cards}
        common = {
            "stem": as_paragraph(self.stem()),
            "explanation": as_paragraph(self._explanation()),
            "points": self._points(),
        }
        tagged = {
            name: value
            for name, value in self.tagged.items()
            if name in content or name in ("table", "points")
        }
        facts = {"language": (self.root.get("lang") or "")[:2], **self.facts}
        facts.pop("kind", None)
        self.reading.take(kind, {**common, **content, **tagged}, self.line, self.name, **facts)

    def _points(self) -> float | int:
        value = self.root.find("outcomeDeclaration[@identifier='MAXSCORE']/defaultValue/value")
        points = float(value.text or 1) if value is not None else 1.0
        return number(str(points)) if points > 0 else 1

    def _explanation(self) -> str:
        found = self.root.find("modalFeedback")
        return "" if found is None else self.markup(found)

    def stem(self) -> str:
        """Everything around the interaction, and its prompt."""
        assert self.body is not None
        blocks = [
            one for one in self.body if not (isinstance(one.tag, str) and one.tag.endswith("Interaction"))
        ]
        kept = "".join(self._outside(one) for one in blocks if one.tag != "rubricBlock")
        prompts = "".join(self.markup(one) for one in self.body.iter("prompt"))
        return (self.html(self.body.text or "") + kept + as_paragraph(prompts)).strip()

    def _outside(self, block: Element) -> str:
        """A block without the interactions in it; a gap at its end is where one answers, not text."""
        if any(isinstance(one.tag, str) and one.tag.endswith("Interaction") for one in block.iter()):
            text = self.markup_of([block])
            return text if text.replace("<p></p>", "").replace("<div></div>", "").strip() else ""
        return self.markup_of([block])

    def markup(self, element: Element) -> str:
        """What stands inside an element."""
        return self.html(escaped(element.text or "") + "".join(serialised(one, None) for one in element))

    def markup_of(self, elements: list[Element], gap: Callable[[Element], str] | None = None) -> str:
        return self.html("".join(serialised(one, gap) for one in elements))

    def html(self, markup: str) -> str:
        return brought_in(markup, self.reading, self.find, self.line, self.name) if markup.strip() else ""

    def correct(self, interaction: Element) -> list[str]:
        declared = self.declared[interaction.get("responseIdentifier") or ""]
        return [(one.text or "").strip() for one in declared.iterfind("correctResponse/value")]

    def mapped(self, interaction: Element) -> dict[str, float]:
        declared = self.declared[interaction.get("responseIdentifier") or ""]
        return {
            one.get("mapKey") or "": float(one.get("mappedValue") or 0)
            for one in declared.iterfind("mapping/mapEntry")
        }

    def type_of(self, interaction: Element) -> tuple[str, str]:
        declared = self.declared[interaction.get("responseIdentifier") or ""]
        return declared.get("cardinality") or "", declared.get("baseType") or ""


def _choice(one: _Question, interaction: Element) -> tuple[str, Content] | None:
    choices = list(interaction.iterfind("simpleChoice"))
    correct, mapped = one.correct(interaction), one.mapped(interaction)
    names = [choice.get("identifier") or "" for choice in choices]
    options = [
        {"id": f"o{place}", "text": inline(one.markup(choice))} for place, choice in enumerate(choices, 1)
    ]
    shuffle = interaction.get("shuffle") == "true"
    if one.type_of(interaction)[0] == "single":
        if sorted(names) == ["false", "true"]:
            return "true_false", {"right": correct[0] == "true"}
        return "single", {
            "options": options,
            "right": options[names.index(correct[0])]["id"],
            "shuffle": shuffle,
        }
    rows = [{**option, "right": name in correct} for option, name in zip(options, names, strict=True)]
    scoring, exact = "all", True
    if mapped:
        shares = _shares([mapped.get(name, 0.0) for name in names])
        rows = [{**option, "right": share > 0} for option, share in zip(options, shares, strict=True)]
        scoring, exact = several_scoring(shares)
    if not exact and "scoring" not in one.tagged:
        one.reading.note("scoring_changed", one.line, one.name)
    return "several", {"options": rows, "shuffle": shuffle, "scoring": scoring}


def _shares(values: list[float]) -> list[float]:
    whole = sum(value for value in values if value > 0) or 1.0
    return [100 * value / whole for value in values]


def _order(one: _Question, interaction: Element) -> tuple[str, Content]:
    texts = {
        choice.get("identifier") or "": inline(one.markup(choice))
        for choice in interaction.iterfind("simpleChoice")
    }
    steps = [
        {"id": f"s{place}", "text": texts[name]} for place, name in enumerate(one.correct(interaction), 1)
    ]
    return "ordering", {"steps": steps, "scoring": "all"}


def _match(one: _Question, interaction: Element) -> tuple[str, Content]:
    left, right = (
        list(side.iterfind("simpleAssociableChoice")) for side in interaction.iterfind("simpleMatchSet")
    )
    pairs = dict(pair.split() for pair in (one.correct(interaction) or list(one.mapped(interaction))))
    keys = {choice.get("identifier") or "": f"v{place}" for place, choice in enumerate(right, 1)}
    rows = [
        {"text": inline(one.markup(choice)), "value": keys[pairs[choice.get("identifier") or ""]]}
        for choice in left
    ]
    values = [
        {"id": key, "text": inline(one.markup(choice))}
        for key, choice in zip(keys.values(), right, strict=True)
    ]
    scoring = "each" if one.mapped(interaction) else "all"
    return "matching", {
        "rows": rows,
        "values": values,
        "shuffle": interaction.get("shuffle") == "true",
        "scoring": scoring,
    }


def _extended(one: _Question, _interaction: Element) -> tuple[str, Content]:
    return "essay", {"least_words": 0, "most_words": 0}


def _inline(one: _Question, found: list[Element]) -> tuple[str, Content] | None:
    """A single entry is a short text or a number; several, or one in the middle of a sentence, are gaps."""
    wished = one.facts.get("kind", "")
    alone = len(found) == 1 and found[0].tag == "textEntryInteraction" and _ends(found[0])
    if alone and wished != "gaps":
        return _entry(one, found[0])
    places: list[Content] = []

    def gap(interaction: Element) -> str:
        places.append(_gap(one, interaction))
        return f"[[{len(places)}]]"

    assert one.body is not None
    blocks = [block for block in one.body if any(inner in found for inner in block.iter())]
    text = as_paragraph(one.markup_of(blocks, gap))
    for block in blocks:
        one.body.remove(block)
    mapped = any(one.mapped(interaction) for interaction in found)
    return "gaps", {"text": text, "gaps": places, "scoring": "each" if mapped or len(found) > 1 else "all",
                    "ignore_case": not _minds_case(one, found), "ignore_letters": True,
                    **({} if one.stem() else {"stem": "<p>…</p>"})}  # fmt: skip


def _ends(interaction: Element) -> bool:
    """Nothing follows it in its block."""
    return not (interaction.tail or "").strip() and interaction.getnext() is None


def _minds_case(one: _Question, found: list[Element]) -> bool:
    entries = [one.declared[row.get("responseIdentifier") or ""] for row in found]
    return any(
        entry.get("caseSensitive") == "true" for row in entries for entry in row.iterfind("mapping/mapEntry")
    )


def _gap(one: _Question, interaction: Element) -> Content:
    correct = one.correct(interaction)
    if interaction.tag == "inlineChoiceInteraction":
        texts = {
            row.get("identifier") or "": "".join(row.itertext()).strip()
            for row in interaction.iterfind("inlineChoice")
        }
        return {"mode": "chosen", "options": list(texts.values()), "right": texts[correct[0]]}
    good = [text for text, value in one.mapped(interaction).items() if value > 0]
    return {"mode": "typed", "answers": list(dict.fromkeys([*correct, *good]))}


def _entry(one: _Question, interaction: Element) -> tuple[str, Content]:
    correct = one.correct(interaction)
    if one.type_of(interaction)[1] in ("float", "integer"):
        equal = next(one.root.iter("equal"), None)
        room = (equal.get("tolerance") or "0").split()[0] if equal is not None else "0"
        relative = equal is not None and equal.get("toleranceMode") == "relative"
        return "number", {"value": number(correct[0]), "tolerance": number(room), "in_percent": relative,
                          "units": [], "unit_needed": False}  # fmt: skip
    good = [text for text, value in one.mapped(interaction).items() if value > 0]
    answers = list(dict.fromkeys([*correct, *good]))
    return "short_text", {
        "answers": answers,
        "ignore_case": not _minds_case(one, [interaction]),
        "ignore_letters": True,
    }


INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
READERS: dict[str, Callable[[_Question, Element], tuple[str, Any] | None]] = {
    "choiceInteraction": _choice, "orderInteraction": _order, "matchInteraction": _match,
    "extendedTextInteraction": _extended,
}  # fmt: skip
