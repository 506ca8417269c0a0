"""QTI 2.1, 2.2 and 3.0: out and back the same, packages of others, hostile packages."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from lms.quizzes.exchange.qti_in import read_qti
from lms.quizzes.exchange.qti_out import write_qti
from lms.quizzes.exchange.reading import FileRefused
from tests.lms.quizzes.exchange import made

pytestmark = pytest.mark.pure


def told_by_qti(question: dict[str, Any]) -> dict[str, Any]:
    """Without what QTI has no place for here."""
    content = {**question["content"], "hints": []}
    if "units" in content:
        content |= {"units": [], "unit_needed": False}
    if question["kind"] == "essay":
        content |= {"least_words": 0, "most_words": 0}
    return {**question, "content": content}


@pytest.mark.parametrize(("version", "count"), [("2.1", 60), ("2.2", 500), ("3.0", 500)])
def test_questions_go_out_and_come_back_the_same(version: str, count: int) -> None:
    before = [told_by_qti(one) for one in made.questions(count)]
    data, notes = write_qti(before, made.load, version)
    assert {note.code for note in notes} <= {"scoring_as_tag"}
    found = read_qti(data)
    assert found.notes == []
    for mine, theirs in zip(before, found.questions, strict=True):
        assert theirs == mine
    assert set(found.files.kept) == set(made.PICTURES)
    again, _notes = write_qti(found.questions, lambda digest: found.files.kept[digest], version)
    assert again == data


def test_a_text_keeps_the_questions_about_it() -> None:
    data, _notes = write_qti([made.context(), made.question(2)], made.load, "3.0")
    found = read_qti(data).questions
    assert [row["kind"] for row in found] == ["context", "true_false"]
    assert [row["kind"] for row in found[0]["items"]] == ["single", "short_text"]


def test_names_of_version_3_are_those_of_the_standard() -> None:
    data, _notes = write_qti([made.question(0)], made.load, "3.0")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("items/q0001.xml").decode()
    for name in ("<qti-assessment-item", "time-dependent=", "<qti-response-declaration", "base-type=", "<qti-item-body",
                 "<qti-choice-interaction", "response-identifier=", "<qti-simple-choice", "<img ", "xml:lang="):  # fmt: skip
        assert name in text


CHOICE = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="x" title="Қысым" adaptive="false" timeDependent="false">
<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="identifier">
<correctResponse><value>B</value></correctResponse>{mapping}</responseDeclaration>
<itemBody><p>Қайсысы?</p><{interaction} responseIdentifier="R" shuffle="false" maxChoices="1"><prompt>Таңдаңыз</prompt>
<simpleChoice identifier="A">ньютон</simpleChoice><simpleChoice identifier="B">паскаль <em>(Па)</em></simpleChoice><simpleChoice identifier="C">джоуль</simpleChoice></{interaction}></itemBody>
</assessmentItem>"""


def item(cardinality: str = "single", mapping: str = "", interaction: str = "choiceInteraction") -> bytes:
    return CHOICE.format(cardinality=cardinality, mapping=mapping, interaction=interaction).encode()


def test_an_item_of_others_comes_in_alone() -> None:
    found = read_qti(item()).questions[0]
    assert found["kind"] == "single"
    assert found["content"]["stem"] == "<p>Қайсысы?</p><p>Таңдаңыз</p>"
    assert [one["text"] for one in found["content"]["options"]] == [
        "ньютон",
        "паскаль <em>(Па)</em>",
        "джоуль",
    ]
    assert found["content"]["right"] == "o2" and found["content"]["shuffle"] is False


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_a_package_without_a_manifest_is_read_file_by_file() -> None:
    files = {
        "one.xml": item(),
        "two.xml": item(interaction="hotspotInteraction"),
        "three.xml": b"<broken",
        "four.xml": b"<other/>",
    }
    found = read_qti(packed(files))
    assert len(found.questions) == 1
    assert {note.name.split(" · ")[0]: note.code for note in found.refused} == {
        "two.xml": "interaction", "three.xml": "xml_not_well_formed", "four.xml": "not_an_item",
    }  # fmt: skip


def test_a_mapping_that_is_not_even_is_said() -> None:
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="-1"/><mapEntry mapKey="B" mappedValue="3"/></mapping>'
    found = read_qti(item("multiple", mapping))
    assert [note.code for note in found.notes] == ["scoring_changed"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml_not_well_formed"), (b"<quiz/>", "not_qti"), (b"PK\x03\x04broken", "broken_archive"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><assessmentItem/>', "xml_doctype"),
        (packed({"a.xml": b" " * 60_000_000}), "too_large_inside"), (packed({"readme.txt": b"x"}), "not_qti"),
    ],
)  # fmt: skip
def test_hostile_packages_are_refused_whole(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_qti(data)
    assert refused.value.code == code


def test_a_picture_outside_the_package_is_not_found() -> None:
    body = item().replace(
        b"<p>", b'<p><img src="../../../etc/passwd" alt="x"/><img src="http://evil.example/x.png" alt="y"/>'
    )
    found = read_qti(packed({"items/a.xml": body, "etc/passwd": b"root"}))
    assert sorted(note.code for note in found.notes) == ["picture_elsewhere", "picture_missing"]
    assert "<img" not in found.questions[0]["content"]["stem"]
