"""Questions as a QTI package of version 2.1, 2.2 or 3.0, with pictures as files and our own facts as keywords."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from lxml import etree
from lxml.builder import E

from lms.core.html import plain
from lms.core.xml import parse
from lms.quizzes.exchange.contexts import flattened
from lms.quizzes.exchange.markup import addressed, pictures_in
from lms.quizzes.exchange.moodle_out import ENDINGS, Load
from lms.quizzes.exchange.qti_names import ITEM_TYPES, TEMPLATES, in_version
from lms.quizzes.exchange.reading import Note
from lms.quizzes.exchange.tags import tags_of

Element: TypeAlias = etree._Element
Question = dict[str, Any]
_VOID = re.compile(r"<(br|hr|img)\b([^<>]*?)/?>")
STAMP = (2026, 1, 1, 0, 0, 0)  # the same questions give the same bytes
MANIFEST = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"


def write_qti(questions: Iterable[Question], load: Load, version: str = "2.2") -> tuple[bytes, list[Note]]:
    notes: list[Note] = []
    files: dict[str, bytes] = {}
    listed: list[tuple[str, list[str], list[str]]] = []
    for place, (question, tags) in enumerate(flattened(questions), 1):
        name = plain(question["content"].get("stem", ""))[:100] or str(place)
        writer = WRITERS.get(question["kind"])
        if writer is None:
            notes.append(Note("kind_not_in_format", place, name, True, {"kind": question["kind"]}))
            continue
        made = _Made(question, name, f"q{place:04d}", version, load)
        writer(made)
        made.finish()
        notes += [Note(code, place, name) for code in made.notes]
        files[f"items/{made.key}.xml"] = made.bytes()
        files |= {f"items/{path}": data for path, data in made.files.items()}
        listed.append((made.key, [*made.tags, *tags], list(made.files)))
    return _zipped({"imsmanifest.xml": _manifest(listed, version), **files}), notes


def _manifest(listed: list[tuple[str, list[str], list[str]]], version: str) -> bytes:
    resources = E.resources()
    for key, tags, files in listed:
        general = etree.Element(f"{{{LOM}}}general")
        for tag in tags:
            etree.SubElement(etree.SubElement(general, f"{{{LOM}}}keyword"), f"{{{LOM}}}string").text = tag
        lom = etree.Element(f"{{{LOM}}}lom", nsmap={"lom": LOM})
        lom.append(general)
        resource = E.resource(
            E.metadata(lom), identifier=key, type=ITEM_TYPES[version], href=f"items/{key}.xml"
        )
        for path in (f"items/{key}.xml", *(f"items/{one}" for one in files)):
            resource.append(E.file(href=path))
        resources.append(resource)
    schema = E.metadata(
        E.schema("QTIv3.0 Package" if version == "3.0" else f"QTIv{version} Package"),
        E.schemaversion("1.0.0"),
    )
    root = E.manifest(schema, E.organizations(), resources, identifier="questions")
    for one in root.iter(etree.Element):
        if not one.tag.startswith("{"):
            one.tag = f"{{{MANIFEST}}}{one.tag}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _Made:
    def __init__(self, question: Question, name: str, key: str, version: str, load: Load) -> None:
        self.question, self.content, self.key = question, question["content"], key
        self.version, self.load = version, load
        self.tags = [
            *tags_of(question),
            *([f"points={self.content['points']}"] if "points" in self.content else []),
        ]
        self.files: dict[str, bytes] = {}
        self.notes: list[str] = []
        self.root = E.assessmentItem(identifier=key, title=name, adaptive="false", timeDependent="false")
        self.body = E.itemBody()
        self.after: list[Element] = []

    def finish(self) -> None:
        content = self.content
        left = {"hints": "hints_left_behind", "units": "units_left_behind", "rubric": "rubric_left_behind"}
        self.notes += [code for name, code in left.items() if content.get(name)]
        score = E.outcomeDeclaration(
            E.defaultValue(E.value("0")), identifier="SCORE", cardinality="single", baseType="float"
        )
        most = E.outcomeDeclaration(
            E.defaultValue(E.value(f"{float(content.get('points', 1)):g}")), identifier="MAXSCORE", cardinality="single", baseType="float"
        )  # fmt: skip
        self.root.extend([score, most])
        if content.get("explanation"):
            self.root.append(
                E.outcomeDeclaration(identifier="FEEDBACK", cardinality="single", baseType="identifier")
            )
        self.root.append(self.body)
        self.root.extend(self.after)
        if content.get("explanation"):
            self.root.append(E.modalFeedback(*self.markup(content["explanation"]), outcomeIdentifier="FEEDBACK",
                                             identifier="explanation", showHide="show"))  # fmt: skip

    def bytes(self) -> bytes:
        made = in_version(self.root, self.version)
        if self.question.get("language"):
            made.set("{http://www.w3.org/XML/1998/namespace}lang", self.question["language"])
        return etree.tostring(made, xml_declaration=True, encoding="UTF-8")

    def markup(self, text: str) -> list[Element]:
        """HTML as elements, its pictures as files of the package. A bare line becomes a paragraph."""
        for digest in pictures_in(text):
            found = self.load(digest)
            if found is None:
                self.notes.append("picture_missing")
            else:
                self.files[f"media/{digest}.{ENDINGS.get(found[1], 'bin')}"] = found[0]
        names = {one.split("/")[1].split(".")[0]: one for one in self.files}
        text = addressed(text, lambda digest: names.get(digest, ""))
        root = parse(f"<div>{_well_formed(text)}</div>".encode())
        return [*([_text(root.text)] if (root.text or "").strip() else []), *root]

    def inside(self, name: str, text: str, **attributes: str) -> Element:
        made = etree.Element(name, attributes)
        root = parse(f"<div>{_well_formed(text)}</div>".encode()) if not pictures_in(text) else None
        if root is not None:
            made.text = root.text
            made.extend(list(root))
        else:
            made.extend(self.markup(text))
        return made

    def stem(self) -> None:
        pictures = "".join(
            f'<p><img src="/quizzes/media/{one["file"]}" alt="{html.escape(one["alt"])}"></p>'
            for one in self.content.get("media", []) if one["type"].startswith("image/")
        )  # fmt: skip
        if any(not one["type"].startswith("image/") for one in self.content.get("media", [])):
            self.notes.append("sound_left_behind")
        self.body.extend(self.markup(self.content.get("stem", "") + pictures))

    def declare(self, cardinality: str, kind: str, correct: list[str], mapping: dict[str, float] | None = None, case: bool = False, key: str = "RESPONSE") -> None:  # fmt: skip
        declared = E.responseDeclaration(identifier=key, cardinality=cardinality, baseType=kind)
        if correct:
            declared.append(E.correctResponse(*(E.value(one) for one in correct)))
        if mapping:
            low = {"lowerBound": "0"}
            entries = [E.mapEntry(mapKey=name, mappedValue=f"{value:.6g}", **({"caseSensitive": "true"} if case else {"caseSensitive": "false"} if kind == "string" else {}))
                       for name, value in mapping.items()]  # fmt: skip
            declared.append(E.mapping(*entries, defaultValue="0", **low))
        # Declarations of responses stand before everything else.
        self.root.insert(len(self.root.findall("responseDeclaration")), declared)

    def process(self, template: str) -> None:
        ending = ".xml" if self.version == "3.0" else ""
        self.after.append(E.responseProcessing(template=f"{TEMPLATES[self.version]}{template}{ending}"))


def _text(text: str | None) -> Element:
    made = E.p()
    made.text = text
    return made


def _well_formed(text: str) -> str:
    return _VOID.sub(r"<\1\2/>", text).replace("&nbsp;", "\u00a0")


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _single(made: _Made) -> None:
    content = made.content
    made.declare("single", "identifier", [content["right"]])
    made.stem()
    _choices(made, content["options"], "1")
    made.process("match_correct")


def _several(made: _Made) -> None:
    content = made.content
    right = [one["id"] for one in content["options"] if one["right"]]
    share = float(content.get("points", 1)) / max(1, len(right))
    each = {one["id"]: share if one["right"] else -share for one in content["options"]}
    by_parts = content.get("scoring") == "each"
    made.declare("multiple", "identifier", right, each if by_parts else None)
    made.stem()
    _choices(made, content["options"], "0")
    if content.get("scoring") == "mistakes":
        made.notes.append("scoring_as_tag")
    made.process("map_response" if by_parts else "match_correct")


def _choices(made: _Made, options: list[dict[str, Any]], most: str) -> None:
    choices = [made.inside("simpleChoice", one["text"], identifier=one["id"]) for one in options]
    made.body.append(E.choiceInteraction(*choices, responseIdentifier="RESPONSE", shuffle=_flag(made.content.get("shuffle", True)), maxChoices=most))  # fmt: skip


def _true_false(made: _Made) -> None:
    made.declare("single", "identifier", ["true" if made.content["right"] else "false"])
    made.stem()
    choices = [E.simpleChoice(word, identifier=word) for word in ("true", "false")]
    made.body.append(
        E.choiceInteraction(*choices, responseIdentifier="RESPONSE", shuffle="false", maxChoices="1")
    )
    made.process("match_correct")


def _short(made: _Made) -> None:
    content = made.content
    points = float(content.get("points", 1))
    made.declare("single", "string", content["answers"][:1], dict.fromkeys(content["answers"], points),
                 not content.get("ignore_case", True))  # fmt: skip
    made.stem()
    made.body.append(E.p(E.textEntryInteraction(responseIdentifier="RESPONSE", expectedLength="30")))
    made.process("map_response")


def _number(made: _Made) -> None:
    content = made.content
    made.declare("single", "float", [f"{float(content['value']):.15g}"])
    made.stem()
    made.body.append(E.p(E.textEntryInteraction(responseIdentifier="RESPONSE", expectedLength="15")))
    room = f"{float(content.get('tolerance', 0)):.15g}"
    equal = E.equal(E.variable(identifier="RESPONSE"), E.correct(identifier="RESPONSE"), tolerance=f"{room} {room}",
                    toleranceMode="relative" if content.get("in_percent") else "absolute")  # fmt: skip
    score = E.setOutcomeValue(E.variable(identifier="MAXSCORE"), identifier="SCORE")
    made.after.append(E.responseProcessing(E.responseCondition(E.responseIf(equal, score))))


def _matching(made: _Made) -> None:
    _pairs(made, made.content["rows"], "value", made.content["values"])


def _classification(made: _Made) -> None:
    _pairs(made, made.content["cards"], "group", made.content["groups"])


def _pairs(made: _Made, rows: list[dict[str, Any]], to: str, values: list[dict[str, Any]]) -> None:
    content = made.content
    correct = [f"r{place} {row[to]}" for place, row in enumerate(rows, 1)]
    share = float(content.get("points", 1)) / max(1, len(rows))
    by_parts = content.get("scoring") == "each"
    made.declare("multiple", "directedPair", correct, dict.fromkeys(correct, share) if by_parts else None)
    made.stem()
    left = [
        made.inside("simpleAssociableChoice", row["text"], identifier=f"r{place}", matchMax="1")
        for place, row in enumerate(rows, 1)
    ]
    right = [
        made.inside("simpleAssociableChoice", one["text"], identifier=one["id"], matchMax=str(len(rows)))
        for one in values
    ]
    made.body.append(E.matchInteraction(E.simpleMatchSet(*left), E.simpleMatchSet(*right), responseIdentifier="RESPONSE",
                                        shuffle=_flag(content.get("shuffle", True)), maxAssociations=str(len(rows))))  # fmt: skip
    if content.get("scoring") == "mistakes":
        made.notes.append("scoring_as_tag")
    made.process("map_response" if by_parts else "match_correct")


def _ordering(made: _Made) -> None:
    steps = made.content["steps"]
    made.declare("ordered", "identifier", [one["id"] for one in steps])
    made.stem()
    # Written in another order than the right one, so that the file does not give it away.
    choices = [
        made.inside("simpleChoice", one["text"], identifier=one["id"])
        for one in sorted(steps, key=lambda one: plain(one["text"]))
    ]
    made.body.append(E.orderInteraction(*choices, responseIdentifier="RESPONSE", shuffle="true"))
    if made.content.get("scoring", "all") != "all":
        made.notes.append("scoring_as_tag")
    made.process("match_correct")


def _gaps(made: _Made) -> None:
    content = made.content
    points = float(content.get("points", 1)) / max(1, len(content["gaps"]))
    for place, gap in enumerate(content["gaps"], 1):
        if gap["mode"] == "chosen":
            key = f"c{gap['options'].index(gap['right']) + 1}"
            made.declare("single", "identifier", [key], {key: points}, key=f"RESPONSE{place}")
        else:
            made.declare("single", "string", gap["answers"][:1], dict.fromkeys(gap["answers"], points),
                         not content.get("ignore_case", True), f"RESPONSE{place}")  # fmt: skip
    made.stem()
    text = re.sub(
        r"\[\[(\d+)\]\]",
        lambda found: _embedded(content["gaps"][int(found[1]) - 1], found[1]),
        content["text"],
    )
    made.body.extend(made.markup(text))
    made.process("map_response")


def _embedded(gap: dict[str, Any], place: str) -> str:
    if gap["mode"] == "typed":
        return f'<textEntryInteraction responseIdentifier="RESPONSE{place}"/>'
    choices = "".join(
        f'<inlineChoice identifier="c{n}">{html.escape(text, quote=False)}</inlineChoice>'
        for n, text in enumerate(gap["options"], 1)
    )
    return f'<inlineChoiceInteraction responseIdentifier="RESPONSE{place}" shuffle="true">{choices}</inlineChoiceInteraction>'


def _essay(made: _Made) -> None:
    made.declare("single", "string", [])
    made.stem()
    made.body.append(E.extendedTextInteraction(responseIdentifier="RESPONSE"))


def _context(made: _Made) -> None:
    made.stem()


WRITERS: dict[str, Callable[[_Made], None]] = {
    "single": _single, "several": _several, "true_false": _true_false, "short_text": _short, "number": _number,
    "matching": _matching, "classification": _classification, "gaps": _gaps, "ordering": _ordering, "essay": _essay,
    "context": _context,
}  # fmt: skip
